/* histogram: records in; a script of how the differences of columns from another one are
 * distributed. */
#include "base/mem.h"
#include "base/moments.h"
#include "base/stats.h"
#include "chart.h"
#include "plot/pictures.h"
#include "record_table.h"
#include <stdlib.h>

static const char usage[] =
    "usage: eco-plotspec histogram --x NAME --y NAME,... [OPTION]... [RECORDS]...\n"
    "How the errors y - x of one column or several are distributed.\n";

static const char examples[] =
    "  eco-plotspec histogram --x LE --y ETinst pairs.tsv | gnuplot -d >errors.png\n";

enum { MOST_BINS = 200 };

struct histogram {
    struct record_table t;
    struct pairs pairs[PLOT_COLUMNS]; /* of each column with x */
    double q[PLOT_COLUMNS][3];        /* quartiles of their errors */
    double first, step;               /* bins begin at first * step */
    int bins;
    struct chart c;
};

static double error(const struct pairs *p, size_t i)
{
    return p->s[i] - p->o[i];
}

static void take_errors(struct histogram *h)
{
    for (int k = 1; k < h->t.ncolumns; k++) {
        struct pairs *p = &h->pairs[k];
        record_table_pairs(&h->t, k, p);
        struct stat_sample *e = mem_alloc(p->n + 1, sizeof *e);
        for (size_t i = 0; i < p->n; i++) {
            e[i] = (struct stat_sample){error(p, i), 1};
            plot_include(h->c.x, e[i].v);
        }
        stats_quartiles(e, p->n, h->q[k]);
        free(e);
    }
    plot_options_range(&h->t.options, 0, h->c.x);
}

/* About as wide as Freedman and Diaconis (1981) say, 2 IQR / cube root of n, for the column
 * that wants the narrowest: a round number from 0.7 to 1.8 times that. */
static void choose_bins(struct histogram *h)
{
    double *x = h->c.x, width = HUGE_VAL;
    for (int k = 1; k < h->t.ncolumns; k++)
        if (h->pairs[k].n)
            width =
                fmin(width, 2 * (h->q[k][2] - h->q[k][0]) / cbrt((double)h->pairs[k].n));
    width = fmax(0.7 * width, (x[1] - x[0]) / MOST_BINS);
    h->step = plot_ticks(x[0], x[1], fmin(width, (x[1] - x[0]) / 3)).step;
    h->first = floor(x[0] / h->step);
    h->bins = (int)(floor(x[1] / h->step) - h->first) + 1;
    x[0] = h->first * h->step;
    x[1] = (h->first + h->bins) * h->step;
}

/* Counts in the bins of column k; how many errors lie in none. */
static size_t count(const struct histogram *h, int k, double *n)
{
    size_t beyond = 0;
    for (size_t i = 0; i < h->pairs[k].n; i++) {
        double bin = floor(error(&h->pairs[k], i) / h->step) - h->first;
        if (bin >= 0 && bin < h->bins)
            n[(size_t)bin]++;
        else
            beyond++;
    }
    return beyond;
}

/* Boxes of one column; several are lines with marks, which do not hide each other. */
static size_t add_column(struct histogram *h, int k)
{
    static const char box[] = "using 1:2:3 with boxes lc rgb '%s' fs solid 0.6 border";
    static const char line[] = "using 1:2 with linespoints lw 1.6 lc rgb '%s' pt %d";
    bool several = h->t.ncolumns > 2;
    struct chart_mark mark = chart_mark(k - 1, false);
    double *n = mem_alloc((size_t)h->bins, sizeof *n);
    size_t beyond = count(h, k, n);
    double *v = several
                    ? chart_layer(&h->c, (size_t)h->bins, 3, line, mark.color, mark.point)
                    : chart_layer(&h->c, (size_t)h->bins, 3, box, mark.color);
    for (int i = 0; i < h->bins; i++, v += 3) {
        v[0] = (h->first + i + 0.5) * h->step;
        v[1] = n[i];
        v[2] = h->step;
        h->c.y[1] = fmax(h->c.y[1], n[i]);
    }
    if (several)
        chart_key(&h->c, h->t.column[k].name, k - 1, CHART_POINT);
    free(n);
    return beyond;
}

/* All numbers of one column; of several a line each. */
static void add_notes(struct histogram *h)
{
    bool several = h->t.ncolumns > 2;
    for (int k = 1; k < h->t.ncolumns; k++) {
        struct moments m;
        struct buf b = {0};
        const char *unit = h->t.column[k].unit;
        moments_of(&m, &h->pairs[k]);
        plot_text(&b, h->t.column[k].name);
        buf_puts(&b, ": n = ");
        plot_count(&b, (double)m.n);
        buf_printf(&b, ", bias = %.4g, RMSE = %.4g", moments_bias(&m), moments_rmse(&m));
        if (several && m.n)
            chart_note(&h->c, &b);
        buf_free(&b);
        if (several)
            continue;
        chart_count(&h->c, "n", (double)m.n);
        chart_number(&h->c, "bias", moments_bias(&m), unit);
        chart_number(&h->c, "RMSE", moments_rmse(&m), unit);
        chart_number(&h->c, "median", h->q[k][1], unit);
        chart_number(&h->c, "IQR", h->q[k][2] - h->q[k][0], unit);
    }
}

static int draw(struct histogram *h)
{
    struct chart *c = &h->c;
    const struct record_table *t = &h->t;
    size_t pairs = 0, beyond = 0;
    take_errors(h);
    choose_bins(h);
    for (int k = 1; k < t->ncolumns; k++) {
        beyond += add_column(h, k);
        pairs += h->pairs[k].n;
        buf_printf(&c->title, "%s%s", k > 1 ? ", " : "Errors of ", t->column[k].name);
    }
    buf_printf(&c->title, " against %s", t->column[0].name);
    buf_printf(&c->subtitle, "%s \xe2\x88\x92 %s; bins of %g",
               t->ncolumns > 2 ? "y" : t->column[1].name, t->column[0].name, h->step);
    if (beyond)
        buf_printf(&c->subtitle, "; %zu of %zu lie beyond", beyond, pairs);
    add_notes(h);
    /* The lines of notes stand above the counts. */
    c->y[1] = fmax(c->y[1] * (t->ncolumns > 2 ? 1 + 0.05 * t->ncolumns : 1.25), 1);
    chart_line(c, 0, 0, 0, c->y[1], "lw 1.2 lc rgb '#404040' dt '-'");
    c->empty = pairs ? NULL : "no pair of values";
    const char *unit = record_table_unit(t, 1);
    buf_puts(&c->x_name, unit ? "error (" : "error");
    if (unit) {
        plot_unit(&c->x_name, unit);
        buf_putc(&c->x_name, ')');
    }
    buf_puts(&c->y_name, "number of pairs");
    return chart_draw(c, &t->options, t->o.command);
}

int plot_histogram(int argc, char **argv)
{
    struct histogram h = {
        .t = {.usage = usage, .examples = examples},
        .c = {.width = 1200, .height = 800, .least_step = 1, .x = PLOT_NOTHING},
    };
    const struct option_row rows[] = {
        OPTION_TEXT("x", "NAME", &h.t.x, "column of what is true"),
        OPTION_TEXT("y", "NAME,...", &h.t.y, "columns whose errors are shown"),
        OPTION_END,
    };
    int status = record_table_open(&h.t, rows, argc, argv);
    if (status == MSG_OK)
        status = draw(&h);
    for (int k = 0; k < PLOT_COLUMNS; k++)
        pairs_free(&h.pairs[k]);
    record_table_free(&h.t);
    return status;
}
