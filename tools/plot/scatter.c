/* scatter: records in; a script of a scatter plot with what agreement is made of. */
#include "plot/scatter.h"
#include "base/mem.h"
#include "base/num.h"
#include "chart.h"
#include "options.h"
#include "record_table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { X = PLOT_FIRST_FREE, Y, CSV_IN };

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

static int take_option(struct scatter *s, char *names[2], struct cli *cli, int option)
{
    switch (option) {
    case X:
        names[0] = optarg;
        return MSG_OK;
    case Y:
        names[1] = optarg;
        return MSG_OK;
    case CSV_IN:
        s->csv = true;
        return MSG_OK;
    default:
        return plot_options_take(&s->options, cli, option);
    }
}

static int take_options(struct scatter *s, struct cli *cli, int argc, char **argv)
{
    static const struct option options[] = {
        {"x", required_argument, NULL, X},
        {"y", required_argument, NULL, Y},
        {"csv-in", no_argument, NULL, CSV_IN},
        PLOT_OPTIONS,
        {0},
    };
    char *names[2] = {NULL, NULL};
    int status = MSG_OK;
    for (int c; status == MSG_OK && (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        status = take_option(s, names, cli, c);
    if (status == MSG_OK && (!names[0] || !names[1]))
        return cli_usage("scatter needs --x and --y");
    s->table.ncolumns = 2;
    s->table.column[0].column = mem_text(names[0]);
    s->table.column[1].column = mem_text(names[1]);
    return status;
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
    double margin = least < most ? 0.04 * (most - least) : fmax(fabs(least) * 1e-3, 0.5);
    range[0] = least - margin;
    range[1] = most + margin;
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
        if (line < 4 || !isnan(a->slope))
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
        plot_data(&c->p, s->pair, 2 * a->n * sizeof *s->pair);
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

int plot_scatter(struct cli *cli, int argc, char **argv)
{
    struct scatter s = {.csv = false};
    plot_options_init(&s.options);
    int status = take_options(&s, cli, argc, argv);
    if (status == MSG_OK)
        status = record_table_read(&s.table, argv + optind, argc - optind, s.csv);
    if (status == MSG_OK) {
        keep_pairs(&s);
        compute(&s.a, s.pair);
        status = draw(&s, cli->command);
    }
    free(s.pair);
    record_table_free(&s.table);
    return status;
}
