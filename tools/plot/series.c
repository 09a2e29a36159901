/* series: records in; a script of values over time, with gaps where there are none. */
#include "plot/series.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/num.h"
#include "chart.h"
#include "plot/options.h"
#include "record_table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: eco-plotspec series --y NAME,... [OPTION]... [RECORDS]...\n"
    "Columns of records over time, with gaps.\n";

static const char examples[] =
    "  eco-sample --points sites.tsv --layer LST ECO_*.tif | \\\n"
    "      eco-plotspec series --y value --by name | gnuplot -d >series.png\n";

/* One moment of a line: the mean of all values that it has there, and their range. */
struct moment {
    double seconds, mean, least, most, n;
};

struct line {
    struct moment *moment;
    size_t n, cap;
    double gap; /* seconds over which nothing is drawn */
};

/* What one colour and mark stand for: the days and the nights are lines of their own, since
 * a line from one to the other would show nothing but that the sun had set. */
struct group {
    struct line line[2]; /* by day, with filled marks, and by night, with open ones */
    char *name;
};

struct series {
    struct plot_options options;
    struct record_table table;
    bool csv, points;
    double gap_days; /* NaN: by the data */
    struct group *group;
    int ngroups;
    size_t values, moments, nights;
};

static int take_options(struct series *s, struct options *o, int argc, char **argv)
{
    const char *columns = NULL;
    const struct option_row rows[] = {
        OPTION_TEXT("y", "NAME,...", &columns, "columns of the y axis"),
        OPTION_TEXT("time", "NAME", &s->table.time, "column of the times (default: time)"),
        OPTION_TEXT("by", "NAME", &s->table.by, "one line for each text in this column"),
        OPTION_NUMBER("gap", "DAYS", &s->gap_days, -INFINITY, INFINITY,
                      "no line over longer ones (default: by the data)"),
        OPTION_FLAG("points", &s->points, "marks without lines"),
        OPTION_TEXT("unit", "UNIT[,UNIT...]", &s->table.units,
                    "of the columns (default: what the records say)"),
        OPTION_FLAG("csv-in", &s->csv, "the records are CSV"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    plot_options_add(&s->options, o);
    int status = options_parse(o, 2, argc, argv);
    if (status != MSG_OK)
        return status;
    if (!columns)
        return msg_usage("series needs --y");
    if (s->gap_days <= 0)
        return msg_usage("--gap: not above 0: \"%g\"", s->gap_days);
    if (!record_table_columns(&s->table, "--y", columns))
        return MSG_USAGE;
    return record_table_check(&s->table);
}

static int by_time(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;
    return (x->seconds > y->seconds) - (x->seconds < y->seconds);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Puts moments in order and joins those of one time. */
static void join_moments(struct line *l)
{
    size_t n = 0;
    if (l->n)
        qsort(l->moment, l->n, sizeof *l->moment, by_time);
    for (size_t i = 0; i < l->n; i++) {
        struct moment *last = n ? &l->moment[n - 1] : NULL, here = l->moment[i];
        if (!last || last->seconds != here.seconds) {
            l->moment[n++] = here;
            continue;
        }
        last->n++;
        last->mean += (here.mean - last->mean) / last->n;
        last->least = fmin(last->least, here.least);
        last->most = fmax(last->most, here.most);
    }
    l->n = n;
}

/* Four times the median distance of moments in time. */
static double usual_gap(const struct line *l)
{
    if (l->n < 3)
        return HUGE_VAL;
    double *apart = mem_alloc(l->n - 1, sizeof *apart);
    for (size_t i = 0; i + 1 < l->n; i++)
        apart[i] = l->moment[i + 1].seconds - l->moment[i].seconds;
    qsort(apart, l->n - 1, sizeof *apart, by_size);
    double gap = 4 * apart[(l->n - 1) / 2];
    free(apart);
    return gap;
}

static void fill_line(struct series *s, struct line *l, const struct plot_column *c,
                      int group, bool night)
{
    const struct record_table *t = &s->table;
    for (size_t k = 0; k < t->n; k++) {
        double v = c->v[k];
        if (isnan(v) || isnan(t->seconds[k]) || t->night[k] != night ||
            (t->by && t->group[k] != group))
            continue;
        l->moment = mem_grow(l->moment, &l->cap, l->n + 1, sizeof *l->moment);
        l->moment[l->n++] = (struct moment){t->seconds[k], v, v, v, 1};
    }
    s->values += l->n;
    s->nights += night ? l->n : 0;
    join_moments(l);
    s->moments += l->n;
    l->gap = isnan(s->gap_days) ? usual_gap(l) : s->gap_days * 86400;
}

static int make_groups(struct series *s)
{
    const struct record_table *t = &s->table;
    int texts = t->by ? t->ngroups : 1;
    if (t->ncolumns * texts > PLOT_GROUPS) {
        msg_error(
            "%d columns for each of %d texts of \"%s\" are more than the %d lines that "
            "one picture can tell apart",
            t->ncolumns, texts, t->by, PLOT_GROUPS);
        return MSG_INPUT;
    }
    s->ngroups = t->ncolumns * texts;
    s->group = mem_alloc((size_t)s->ngroups + 1, sizeof *s->group);
    for (int i = 0; i < s->ngroups; i++) {
        const struct plot_column *c = &t->column[i / texts];
        struct buf name = {0};
        for (int night = 0; night < 2; night++)
            fill_line(s, &s->group[i].line[night], c, i % texts, night);
        buf_puts(&name, t->by ? t->group_name[i % texts] : c->name);
        if (t->by && t->ncolumns > 1)
            buf_printf(&name, " %s", c->name);
        s->group[i].name = name.s;
    }
    return MSG_OK;
}

static void find_ranges(const struct series *s, double x[2], double y[2])
{
    x[0] = y[0] = HUGE_VAL;
    x[1] = y[1] = -HUGE_VAL;
    for (int i = 0; i < 2 * s->ngroups; i++) {
        const struct line *l = &s->group[i / 2].line[i % 2];
        for (size_t k = 0; k < l->n; k++) {
            x[0] = fmin(x[0], l->moment[k].seconds);
            x[1] = fmax(x[1], l->moment[k].seconds);
            y[0] = fmin(y[0], l->moment[k].least);
            y[1] = fmax(y[1], l->moment[k].most);
        }
    }
    if (!s->values)
        x[0] = x[1] = y[0] = y[1] = 0;
    double margin_x = x[0] < x[1] ? 0.02 * (x[1] - x[0]) : 43200;
    x[0] -= margin_x;
    x[1] += margin_x;
    plot_widen(y, 0.06);
    if (!isnan(s->options.range[0]))
        memcpy(y, s->options.range, 2 * sizeof *y);
}

/* Data of one line: seconds, mean, least, most, with a break in each gap. */
static double *line_data(const struct line *l, size_t *n, bool *spread)
{
    double *v = mem_alloc(2 * l->n + 1, 4 * sizeof *v);
    *n = 0;
    *spread = false;
    for (size_t i = 0; i < l->n; i++) {
        const struct moment *m = &l->moment[i];
        if (i && m->seconds - m[-1].seconds > l->gap) {
            const double none[4] = {m[-1].seconds, NAN, NAN, NAN};
            memcpy(v + 4 * (*n)++, none, sizeof none);
        }
        const double here[4] = {m->seconds, m->mean, m->least, m->most};
        memcpy(v + 4 * (*n)++, here, sizeof here);
        *spread = *spread || m->n > 1;
    }
    return v;
}

/* What is drawn: the bars of a line, or the line itself. */
static void put_element(struct chart *c, const struct series *s, int i, bool bars, size_t n)
{
    struct chart_mark mark = chart_mark(i / 2, i % 2);
    struct buf b = {0};
    plot_points(&c->p, n, 4);
    if (bars)
        buf_printf(&b, " using 1:2:3:4 with yerrorbars pt 0 lw 1.8 lc rgb '#80%s'",
                   mark.color + 1);
    else
        buf_printf(&b, " using 1:2 with %s pt %d ps 0.9 lw 1.3 lc rgb '%s'",
                   s->points ? "points" : "linespoints", mark.point, mark.color);
    out_puts(&c->p.o, b.s);
    buf_free(&b);
}

/* One plot command: bars, then lines; behind it the data of each in the same order. */
static void put_plot(struct chart *c, const struct series *s)
{
    int lines = 2 * s->ngroups;
    double **v = mem_alloc((size_t)lines + 1, sizeof *v);
    size_t *n = mem_alloc((size_t)lines + 1, sizeof *n);
    bool *spread = mem_alloc((size_t)lines + 1, sizeof *spread);
    const char *before = "plot ";
    for (int i = 0; i < lines; i++)
        v[i] = line_data(&s->group[i / 2].line[i % 2], &n[i], &spread[i]);
    for (int k = 0; k < 2 * lines; k++) {
        int i = k % lines;
        if (!n[i] || (k < lines && !spread[i]))
            continue;
        out_puts(&c->p.o, before);
        put_element(c, s, i, k < lines, n[i]);
        before = ", ";
    }
    out_puts(&c->p.o, s->values ? "\n" : "plot NaN\n");
    for (int k = 0; k < 2 * lines; k++) {
        int i = k % lines;
        if (n[i] && (k >= lines || spread[i]))
            out_write(&c->p.o, (const char *)v[i], n[i] * 4 * sizeof **v);
    }
    for (int i = 0; i < lines; i++)
        free(v[i]);
    free(v);
    free(n);
    free(spread);
}

static void add_titles(const struct series *s, struct buf *title, struct buf *subtitle,
                       struct buf *y_name)
{
    const struct record_table *t = &s->table;
    bool one_unit = true;
    for (int i = 0; i < t->ncolumns; i++) {
        const char *unit = t->column[i].unit, *first = t->column[0].unit;
        buf_printf(title, "%s%s", i ? ", " : "", t->column[i].name);
        one_unit = one_unit && unit && first && strcmp(unit, first) == 0;
    }
    if (t->ncolumns == 1)
        record_table_label(&t->column[0], y_name);
    else if (one_unit)
        plot_unit(y_name, t->column[0].unit);
    buf_puts(subtitle, "n = ");
    plot_count(subtitle, (double)s->values);
    if (s->moments < s->values) {
        buf_puts(subtitle, ", means of ");
        plot_count(subtitle, (double)s->moments);
        buf_puts(subtitle, " times; bars from the lowest to the highest value");
    }
    if (s->nights)
        buf_puts(subtitle, s->nights == s->values
                               ? "; by night (18 to 6 h of solar time)"
                               : "; filled marks by day (6 to 18 h of solar time), open by "
                                 "night");
}

/* The years that marks without one belong to are the axis's. */
static void add_time_name(const struct series *s, const struct plot_mark *mark, int n,
                          const double range[2], struct buf *b)
{
    struct date from = {0}, to = {0};
    buf_puts(b, strcmp(s->table.time, "solar_time") == 0 ? "local solar time" : "UTC");
    if (!n || !strchr(mark[0].label, ':'))
        return;
    date_set_number(&from, (long)floor(range[0] / 86400));
    date_set_number(&to, (long)floor(range[1] / 86400));
    buf_printf(b, ", %d", from.year);
    if (to.year != from.year)
        buf_printf(b, " to %d", to.year);
}

static int draw(const struct series *s, const char *command)
{
    struct chart c = {
        .p.terminal = s->options.terminal,
    };
    struct buf title = {0}, subtitle = {0}, x = {0}, y = {0};
    int nmarks;
    find_ranges(s, c.x, c.y);
    add_titles(s, &title, &subtitle, &y);
    c.y_name = y.s;
    const char **names = mem_alloc((size_t)s->ngroups + 1, sizeof *names);
    for (int i = 0; i < s->ngroups; i++)
        names[i] = s->group[i].name;
    c.key = names;
    c.nkeys = s->ngroups > 1 ? s->ngroups : 0;
    chart_layout(&c, s->options.width ? s->options.width : 1600,
                 s->options.width ? s->options.height : 700, false);
    double apart = plot_text_width(&c.p, 1, 13) * (c.x[1] - c.x[0]) / c.width;
    struct plot_mark *mark = chart_dates(c.x[0], c.x[1], apart, &nmarks);
    add_time_name(s, mark, nmarks, c.x, &x);
    c.x_name = x.s;
    plot_begin(&c.p, s->options.output, command);
    chart_axes(&c, s->options.title ? s->options.title : title.s, subtitle.s, mark, nmarks);
    put_plot(&c, s);
    free(mark);
    free(names);
    buf_free(&title);
    buf_free(&subtitle);
    buf_free(&x);
    buf_free(&y);
    return plot_end(&c.p);
}

static void series_free(struct series *s)
{
    for (int i = 0; i < s->ngroups; i++) {
        free(s->group[i].line[0].moment);
        free(s->group[i].line[1].moment);
        free(s->group[i].name);
    }
    free(s->group);
    record_table_free(&s->table);
}

int plot_series(int argc, char **argv)
{
    struct options o;
    struct series s = {.table.time = "time", .gap_days = NAN};
    options_init(&o, argc, argv, usage, examples);
    int status = take_options(&s, &o, argc, argv);
    if (status == MSG_OK)
        status = record_table_read(&s.table, o.args, o.nargs, s.csv);
    if (status == MSG_OK)
        status = make_groups(&s);
    if (status == MSG_OK)
        status = draw(&s, o.command);
    series_free(&s);
    options_free(&o);
    return status;
}
