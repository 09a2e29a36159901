/* scatter: records in; a script of a scatter plot with what agreement is made of. */
#include "plot/scatter.h"
#include "base/mem.h"
#include "base/num.h"
#include "chart.h"
#include "plot/options.h"
#include "record_table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: eco-plotspec scatter --x NAME --y NAME [OPTION]... [RECORDS]...\n"
    "One column of records against another, with what their agreement is made of.\n";

static const char examples[] =
    "  eco-sample --points sites.tsv --stat value,mean --window 3 ECO_*_LST_*.tif | \\\n"
    "      eco-plotspec scatter --x value --y mean | gnuplot -d >scatter.png\n";

static const char *const ink = "#404040";

/* Of pairs x, y: y - x is the error. */
struct agreement {
    size_t n;
    double bias, rmse, r2, slope, intercept; /* NaN where they do not exist */
};

struct scatter {
    struct plot_options options;
    struct record_table table; /* x and y */
    bool csv;
    struct agreement a;
    double *pair; /* x, y of those that have both */
};

static int take_options(struct scatter *s, struct options *o, int argc, char **argv)
{
    const char *x = NULL, *y = NULL;
    const struct option_row rows[] = {
        OPTION_TEXT("x", "NAME", &x, "column of the x axis"),
        OPTION_TEXT("y", "NAME", &y, "column of the y axis"),
        OPTION_TEXT("unit", "UNIT[,UNIT]", &s->table.units,
                    "of x and y (default: what the records say)"),
        OPTION_FLAG("csv-in", &s->csv, "the records are CSV"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    plot_options_add(&s->options, o);
    int status = options_parse(o, 2, argc, argv);
    if (status == MSG_OK && (!x || !y))
        return msg_usage("scatter needs --x and --y");
    s->table.ncolumns = 2;
    s->table.column[0].column = mem_text(x);
    s->table.column[1].column = mem_text(y);
    return status == MSG_OK ? record_table_check(&s->table) : status;
}

static void keep_pairs(struct scatter *s)
{
    const double *x = s->table.column[0].v, *y = s->table.column[1].v;
    s->pair = mem_alloc(s->table.n + 1, 2 * sizeof *s->pair);
    for (size_t i = 0; i < s->table.n; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        s->pair[2 * s->a.n] = x[i];
        s->pair[2 * s->a.n++ + 1] = y[i];
    }
}

static void compute(struct agreement *a, const double *pair)
{
    double n = (double)a->n, mx = 0, my = 0, sxx = 0, syy = 0, sxy = 0, squares = 0;
    for (size_t i = 0; i < a->n; i++) {
        mx += pair[2 * i];
        my += pair[2 * i + 1];
    }
    mx /= n;
    my /= n;
    for (size_t i = 0; i < a->n; i++) {
        double dx = pair[2 * i] - mx, dy = pair[2 * i + 1] - my;
        double error = pair[2 * i + 1] - pair[2 * i];
        sxx += dx * dx;
        syy += dy * dy;
        sxy += dx * dy;
        squares += error * error;
    }
    a->bias = my - mx;
    a->rmse = sqrt(squares / n);
    a->r2 = sxx > 0 && syy > 0 ? sxy / sxx * (sxy / syy) : NAN;
    a->slope = sxx > 0 ? sxy / sxx : NAN;
    a->intercept = my - a->slope * mx;
    if (!isfinite(a->slope) || !isfinite(a->intercept))
        a->slope = NAN;
}

/* One range for both axes: all pairs and a margin. */
static void find_range(const struct scatter *s, double range[2])
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (size_t i = 0; i < 2 * s->a.n; i++) {
        least = fmin(least, s->pair[i]);
        most = fmax(most, s->pair[i]);
    }
    if (!s->a.n)
        least = most = 0;
    range[0] = least;
    range[1] = most;
    plot_widen(range, 0.04);
    if (!isnan(s->options.range[0]))
        memcpy(range, s->options.range, 2 * sizeof *range);
}

/* "bias = 1.23 K": a number with four digits, and the unit of y. */
static void add_number(struct buf *b, const char *name, double v, const char *unit)
{
    buf_printf(b, "%s = %.4g", name, v);
    if (unit && !isnan(v)) {
        buf_putc(b, ' ');
        plot_unit(b, unit);
    }
}

static void put_numbers(struct chart *c, const struct scatter *s)
{
    const struct agreement *a = &s->a;
    const char *unit = s->table.column[1].unit;
    double x = c->left + 16 * c->p.scale, y = c->bottom + c->height - 18 * c->p.scale;
    for (int line = 0; line < (a->n ? 5 : 1); line++) {
        struct buf b = {0};
        if (line == 0) {
            buf_puts(&b, "n = ");
            plot_count(&b, (double)a->n);
        } else if (line == 1)
            add_number(&b, "bias", a->bias, unit);
        else if (line == 2)
            add_number(&b, "RMSE", a->rmse, unit);
        else if (line == 3)
            add_number(&b, "R^2", a->r2, NULL);
        else
            buf_printf(&b, "y = %.4g x %c %.4g", a->slope, a->intercept < 0 ? '-' : '+',
                       fabs(a->intercept));
        if (line < 3 || !isnan(line < 4 ? a->r2 : a->slope))
            plot_label(&c->p, x, y - line * 24 * c->p.scale, PLOT_LEFT,
                       (struct plot_font){.size = 1, .color = ink}, b.s);
        buf_free(&b);
    }
}

static void put_plot(struct chart *c, const struct scatter *s)
{
    const struct agreement *a = &s->a;
    out_puts(&c->p.o, "plot x with lines lw 1 lc rgb '#404040' dt '-'");
    if (!isnan(a->slope)) {
        out_puts(&c->p.o, ", ");
        out_double(&c->p.o, a->slope);
        out_puts(&c->p.o, " * x + ");
        out_double(&c->p.o, a->intercept);
        out_puts(&c->p.o, " with lines lw 1.6 lc rgb '#d1242f'");
    }
    if (a->n) {
        out_puts(&c->p.o, ", ");
        plot_points(&c->p, a->n, 2);
        /* The more points, the more of them are seen through. */
        out_puts(&c->p.o, " using 1:2 with points pt 7 ps 0.6 lc rgb '#");
        out_puts(&c->p.o, a->n < 300 ? "30" : a->n < 3000 ? "80" : "c0");
        out_puts(&c->p.o, "3b6fb6'");
    }
    out_char(&c->p.o, '\n');
    if (a->n)
        out_write(&c->p.o, (const char *)s->pair, 2 * a->n * sizeof *s->pair);
}

static int draw(const struct scatter *s, const char *command)
{
    struct chart c = {.p.terminal = s->options.terminal};
    struct buf x = {0}, y = {0}, title = {0}, subtitle = {0};
    find_range(s, c.x);
    memcpy(c.y, c.x, sizeof c.y);
    record_table_label(&s->table.column[0], &x);
    record_table_label(&s->table.column[1], &y);
    buf_printf(&title, "%s and %s", s->table.column[1].name, s->table.column[0].name);
    buf_puts(&subtitle, "dashed: 1:1; red: least squares; bias and RMSE of y - x");
    c.x_name = x.s;
    c.y_name = y.s;
    chart_layout(&c, s->options.width ? s->options.width : 1000,
                 s->options.width ? s->options.height : 1000, true);
    plot_begin(&c.p, s->options.output, command);
    chart_axes(&c, s->options.title ? s->options.title : title.s, subtitle.s, NULL, 0);
    put_numbers(&c, s);
    put_plot(&c, s);
    buf_free(&x);
    buf_free(&y);
    buf_free(&title);
    buf_free(&subtitle);
    return plot_end(&c.p);
}

int plot_scatter(int argc, char **argv)
{
    struct options o;
    struct scatter s = {.csv = false};
    options_init(&o, argc, argv, usage, examples);
    int status = take_options(&s, &o, argc, argv);
    if (status == MSG_OK)
        status = record_table_read(&s.table, o.args, o.nargs, s.csv);
    if (status == MSG_OK) {
        keep_pairs(&s);
        compute(&s.a, s.pair);
        status = draw(&s, o.command);
    }
    free(s.pair);
    record_table_free(&s.table);
    options_free(&o);
    return status;
}
