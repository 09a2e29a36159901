/* series: records in; a script of values over time, with gaps where there are none. */
#include "base/mem.h"
#include "chart.h"
#include "plot/pictures.h"
#include "record_table.h"
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: eco-plotspec series --y NAME,... [OPTION]... [RECORDS]...\n"
    "Columns of records over time, with gaps; satellites' over a tower's, say.\n";

static const char examples[] =
    "  eco-sample --points sites.tsv --layer LST ECO_*.tif | \\\n"
    "      eco-plotspec series --y value --by name | gnuplot -d >series.png\n"
    "  eco-match overpasses.tsv tower.tsv | \\\n"
    "      eco-plotspec series --y ETinst --line LE --line-from tower.tsv | \\\n"
    "      gnuplot -d >series.png\n";

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
    struct record_table t, under; /* the columns, and those of the lines below them */
    bool points;
    double gap_days; /* NaN: by the data */
    struct group *group;
    int ngroups, nunder; /* all, and how many of them are lines below: the first */
    size_t values, moments, nights;
};

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

/* So many times the median distance of moments in time. */
static double usual_gap(const struct line *l, double times)
{
    if (l->n < 3)
        return HUGE_VAL;
    double *apart = mem_alloc(l->n - 1, sizeof *apart);
    for (size_t i = 0; i + 1 < l->n; i++)
        apart[i] = l->moment[i + 1].seconds - l->moment[i].seconds;
    qsort(apart, l->n - 1, sizeof *apart, by_size);
    double gap = times * apart[(l->n - 1) / 2];
    free(apart);
    return gap;
}

static void fill_line(struct series *s, struct line *l, const struct record_table *t,
                      int column, int group, int night)
{
    for (size_t k = 0; k < t->n; k++) {
        double v = t->column[column].v[k];
        bool dark = t->hour[k] < 6 || t->hour[k] >= 18;
        if (isnan(v) || isnan(t->seconds[k]) || (t != &s->under && dark != night) ||
            (t->by && t->group[k] != group))
            continue;
        l->moment = mem_grow(l->moment, &l->cap, l->n + 1, sizeof *l->moment);
        l->moment[l->n++] = (struct moment){t->seconds[k], v, v, v, 1};
    }
    size_t n = l->n;
    join_moments(l);
    /* Of what is measured all the time, one that is missing is a gap. */
    l->gap =
        isnan(s->gap_days) ? usual_gap(l, t == &s->under ? 1.5 : 4) : s->gap_days * 86400;
    if (t == &s->under)
        return;
    s->values += n;
    s->nights += night ? n : 0;
    s->moments += l->n;
}

/* A group for each column and text of a table. */
static int add_groups(struct series *s, const struct record_table *t)
{
    int texts = t->by ? t->ngroups : 1;
    if (s->ngroups + t->ncolumns * texts > PLOT_GROUPS) {
        msg_error("%d columns for each of %d texts of \"%s\" are more than the %d lines "
                  "that one picture can tell apart",
                  t->ncolumns, texts, t->by, PLOT_GROUPS);
        return MSG_INPUT;
    }
    for (int i = 0; i < t->ncolumns * texts; i++) {
        struct group *g = &s->group[s->ngroups++];
        struct buf name = {0};
        for (int night = 0; night < (t == &s->under ? 1 : 2); night++)
            fill_line(s, &g->line[night], t, i / texts, i % texts, night);
        buf_puts(&name, t->by ? t->group_name[i % texts] : t->column[i / texts].name);
        if (t->by && t->ncolumns > 1)
            buf_printf(&name, " %s", t->column[i / texts].name);
        g->name = name.s;
    }
    return MSG_OK;
}

static int make_groups(struct series *s)
{
    s->group = mem_alloc(PLOT_GROUPS, sizeof *s->group);
    int status = add_groups(s, &s->under);
    s->nunder = s->ngroups;
    return status == MSG_OK ? add_groups(s, &s->t) : status;
}

static void find_ranges(const struct series *s, double x[2], double y[2])
{
    for (int i = 0; i < 2 * s->ngroups; i++) {
        const struct line *l = &s->group[i / 2].line[i % 2];
        for (size_t k = 0; k < l->n; k++) {
            plot_include(x, l->moment[k].seconds);
            plot_include(y, l->moment[k].least);
            plot_include(y, l->moment[k].most);
        }
    }
    if (!(x[0] < x[1])) {
        x[0] = x[0] <= x[1] ? x[0] - 43200 : 0;
        x[1] = x[0] + 86400;
    }
    plot_widen(x, 0.02);
    plot_options_range(&s->t.options, 0.06, y);
}

/* The bars of times with several values, from the lowest to the highest. */
static void add_bars(struct chart *c, const struct line *l, struct chart_mark mark)
{
    size_t several = 0;
    for (size_t k = 0; k < l->n; k++)
        several += l->moment[k].n > 1;
    double *v = chart_layer(c, several, 4,
                            "using 1:2:3:4 with yerrorbars pt 0 lw 1.8 lc rgb '#80%s'",
                            mark.color + 1);
    for (size_t k = 0; k < l->n; k++) {
        const struct moment *m = &l->moment[k];
        const double bar[] = {m->seconds, m->mean, m->least, m->most};
        if (m->n > 1)
            v = (double *)memcpy(v, bar, sizeof bar) + 4;
    }
}

static bool ends(const struct line *l, size_t k)
{
    return k + 1 < l->n && l->moment[k + 1].seconds - l->moment[k].seconds > l->gap;
}

/* A line with a break in each gap. */
static void add_line(struct chart *c, const struct line *l, const char *how)
{
    size_t n = l->n;
    for (size_t k = 0; k < l->n; k++)
        n += ends(l, k);
    double *v = chart_layer(c, n, 2, "using 1:2 with %s", how);
    for (size_t k = 0; k < l->n; k++) {
        *v++ = l->moment[k].seconds;
        *v++ = l->moment[k].mean;
        if (ends(l, k)) {
            *v++ = l->moment[k].seconds;
            *v++ = NAN;
        }
    }
}

static void add_group(struct chart *c, const struct series *s, int i)
{
    const struct group *g = &s->group[i];
    bool under = i < s->nunder;
    for (int night = 0; night < 2; night++) {
        struct chart_mark mark = chart_mark(under ? 0 : i - s->nunder, night);
        struct buf how = {0};
        if (under)
            buf_puts(&how, "linespoints pt 7 ps 0.25 lw 1 lc rgb '#909090'");
        else
            buf_printf(&how, "%s pt %d ps 0.9 lw 1.3 lc rgb '%s'",
                       s->points ? "points" : "linespoints", mark.point, mark.color);
        add_bars(c, &g->line[night], mark);
        add_line(c, &g->line[night], how.s);
        buf_free(&how);
    }
    if (s->ngroups > 1)
        chart_key(c, g->name, under ? 0 : i - s->nunder, under ? CHART_LINE : CHART_POINT);
}

static void add_titles(const struct series *s, struct chart *c)
{
    const struct record_table *t = &s->t;
    for (int i = 0; i < t->ncolumns; i++)
        buf_printf(&c->title, "%s%s", i ? ", " : "", t->column[i].name);
    for (int i = 0; i < s->under.ncolumns; i++)
        buf_printf(&c->title, "%s%s", i ? ", " : " over ", s->under.column[i].name);
    const char *unit = record_table_unit(t, 0);
    const char *below = record_table_unit(&s->under, 0);
    if (unit && below && strcmp(unit, below) != 0)
        msg_warn("--line: its unit is %s, and that of --y is %s", below, unit);
    if (t->ncolumns == 1 && !s->under.ncolumns)
        record_table_label(&t->column[0], &c->y_name);
    else if (unit)
        plot_unit(&c->y_name, unit);
    buf_puts(&c->subtitle, "n = ");
    plot_count(&c->subtitle, (double)s->values);
    if (s->moments < s->values) {
        buf_puts(&c->subtitle, ", means of ");
        plot_count(&c->subtitle, (double)s->moments);
        buf_puts(&c->subtitle, " times; bars from the lowest to the highest value");
    }
    if (s->nights)
        buf_puts(&c->subtitle, s->nights == s->values
                                   ? "; by night (18 to 6 h of solar time)"
                                   : "; filled marks by day (6 to 18 h of solar time), "
                                     "open by night");
    buf_puts(&c->x_name,
             t->time && strcmp(t->time, "solar_time") == 0 ? "local solar time" : "UTC");
}

static int draw(struct series *s)
{
    struct chart c = {
        .width = 1600, .height = 700, .dates = true, .x = PLOT_NOTHING, .y = PLOT_NOTHING};
    find_ranges(s, c.x, c.y);
    add_titles(s, &c);
    for (int i = 0; i < s->ngroups; i++)
        add_group(&c, s, i);
    c.empty = s->values ? NULL : "no value with a time";
    return chart_draw(&c, &s->t.options, s->t.o.command);
}

static void series_free(struct series *s)
{
    for (int i = 0; i < s->ngroups; i++) {
        free(s->group[i].line[0].moment);
        free(s->group[i].line[1].moment);
        free(s->group[i].name);
    }
    free(s->group);
    record_table_free(&s->under);
    record_table_free(&s->t);
}

static int read_under(struct series *s, const char *path)
{
    char *inputs[] = {(char *)path};
    if (!path != !s->under.y)
        return msg_usage("--line and --line-from go together");
    s->under.missing = s->t.missing;
    s->under.form = s->t.form;
    s->under.options.unit = s->t.options.unit;
    return path ? record_table_read(&s->under, inputs, 1) : MSG_OK;
}

int plot_series(int argc, char **argv)
{
    struct series s = {.t = {.usage = usage, .examples = examples, .times = true},
                       .under = {.y_name = "--line", .times = true},
                       .gap_days = NAN};
    const char *under = NULL;
    const struct option_row rows[] = {
        OPTION_TEXT("y", "NAME,...", &s.t.y, "columns of the y axis"),
        OPTION_TEXT("time", "NAME", &s.t.time, "column of the times (default: time)"),
        OPTION_TEXT("by", "NAME", &s.t.by, "one line for each text in this column"),
        OPTION_NUMBER("gap", "DAYS", &s.gap_days, -INFINITY, INFINITY,
                      "no line over longer ones (default: by the data)"),
        OPTION_FLAG("points", &s.points, "marks without lines"),
        OPTION_TEXT("line", "NAME,...", &s.under.y, "columns that are a line below these"),
        OPTION_FILE("line-from", "FILE", ENDINGS_TABLE, &under, "whose records have them"),
        OPTION_END,
    };
    int status = record_table_open(&s.t, rows, argc, argv);
    if (status == MSG_OK && s.gap_days <= 0)
        status = msg_usage("--gap: not above 0: \"%g\"", s.gap_days);
    if (status == MSG_OK)
        status = read_under(&s, under);
    if (status == MSG_OK)
        status = make_groups(&s);
    if (status == MSG_OK)
        status = draw(&s);
    series_free(&s);
    return status;
}
