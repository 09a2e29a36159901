/* scatter: records in; a script of a scatter plot with what agreement is made of. */
#include "base/moments.h"
#include "chart.h"
#include "plot/pictures.h"
#include "record_table.h"
#include <stdlib.h>

static const char usage[] =
    "usage: eco-plotspec scatter --x NAME --y NAME [OPTION]... [RECORDS]...\n"
    "One column of records against another, with what their agreement is made of.\n";

static const char examples[] =
    "  eco-sample --points sites.tsv --stat value,mean --window 3 ECO_*_LST_*.tif | \\\n"
    "      eco-plotspec scatter --x value --y mean | gnuplot -d >scatter.png\n";

enum {
    MANY = 2000, /* points that can still be told apart */
    CELLS = 80   /* on a side of the counts that are shown of more */
};

static void add_points(struct chart *c, const struct pairs *p)
{
    /* The more points, the smaller they are, and the more of them are seen through. */
    double *v = chart_layer(c, p->n, 2, "using 1:2 with points pt 7 ps %g lc rgb '#%s%s'",
                            p->n < 30    ? 1.4
                            : p->n < 300 ? 0.9
                                         : 0.6,
                            p->n < 300 ? "30" : "80", "0072b2");
    for (size_t i = 0; i < p->n; i++) {
        v[2 * i] = p->o[i];
        v[2 * i + 1] = p->s[i];
    }
}

/* How many points lie where, in colours that go by the logarithm. */
static int add_density(struct chart *c, const struct pairs *p)
{
    float *count = chart_image(c, CELLS, CELLS);
    for (size_t i = 0; i < p->n; i++) {
        double x = floor((p->o[i] - c->x[0]) / (c->x[1] - c->x[0]) * CELLS);
        double y = floor((p->s[i] - c->y[0]) / (c->y[1] - c->y[0]) * CELLS);
        if (x >= 0 && x < CELLS && y >= 0 && y < CELLS)
            count[(int)y * CELLS + (int)x]++;
    }
    for (int i = 0; i < CELLS * CELLS; i++) {
        c->most_count = fmax(c->most_count, (double)count[i]);
        count[i] = count[i] > 0 ? count[i] : NAN;
    }
    return plot_palette_read(&c->counts, "cover", 0.15); /* no paler, on white paper */
}

/* Over dark cells too, a line is seen by its pale edges. */
static void add_line(struct chart *c, double slope, double intercept, const char *how)
{
    const char *const both[] = {"lw 3.4 lc rgb '#50ffffff'", how};
    for (int i = 0; i < 2; i++)
        chart_line(c, c->x[0], slope * c->x[0] + intercept, c->x[1],
                   slope * c->x[1] + intercept, both[i]);
}

/* Whether the notes hide fewer points in the lower right corner than in the upper left. */
static bool notes_below(const struct chart *c, const struct pairs *p)
{
    const double wide = 0.35, high = 0.2;
    size_t above = 0, below = 0;
    for (size_t i = 0; i < p->n; i++) {
        double x = (p->o[i] - c->x[0]) / (c->x[1] - c->x[0]);
        double y = (p->s[i] - c->y[0]) / (c->y[1] - c->y[0]);
        above += x < wide && y > 1 - high;
        below += x > 1 - wide && y < high;
    }
    return below < above;
}

static void add_notes(struct chart *c, const struct moments *m, struct moments_line line,
                      const char *unit)
{
    chart_count(c, "n", (double)m->n);
    chart_number(c, "bias", moments_bias(m), unit);
    chart_number(c, "RMSE", moments_rmse(m), unit);
    chart_number(c, "R^2", moments_r2(m), NULL);
    struct buf b = {0};
    buf_printf(&b, "y = %.4g x %s %.4g", line.slope,
               line.intercept < 0 ? "\xe2\x88\x92" : "+", fabs(line.intercept));
    if (isfinite(line.slope) && isfinite(line.intercept))
        chart_note(c, &b);
    buf_free(&b);
}

static int draw(struct record_table *t)
{
    struct chart c = {.width = 1000, .height = 1000, .shape = 1, .x = PLOT_NOTHING};
    struct pairs p = {0};
    struct moments m;
    record_table_pairs(t, 1, &p);
    moments_of(&m, &p);
    struct moments_line line = moments_ols(&m);
    for (size_t i = 0; i < p.n; i++) {
        plot_include(c.x, p.o[i]);
        plot_include(c.x, p.s[i]);
    }
    plot_options_range(&t->options, 0.04, c.x);
    c.y[0] = c.x[0];
    c.y[1] = c.x[1];
    record_table_label(&t->column[0], &c.x_name);
    record_table_label(&t->column[1], &c.y_name);
    buf_printf(&c.title, "%s and %s", t->column[1].name, t->column[0].name);
    buf_puts(&c.subtitle,
             "dashed: 1:1; solid: least squares; bias and RMSE of y \xe2\x88\x92 x");
    c.notes_below = notes_below(&c, &p);
    c.empty = p.n ? NULL : "no pair of values";
    int status = MSG_OK;
    if (p.n > MANY)
        status = add_density(&c, &p);
    else
        add_points(&c, &p);
    add_line(&c, 1, 0, "lw 1.2 lc rgb '#404040' dt '-'");
    if (isfinite(line.slope) && isfinite(line.intercept))
        add_line(&c, line.slope, line.intercept, "lw 1.8 lc rgb '#d1242f'");
    add_notes(&c, &m, line, t->column[1].unit);
    if (status == MSG_OK)
        status = chart_draw(&c, &t->options, t->o.command);
    pairs_free(&p);
    return status;
}

int plot_scatter(int argc, char **argv)
{
    struct record_table t = {.usage = usage, .examples = examples, .most_y = 1};
    const struct option_row rows[] = {
        OPTION_TEXT("x", "NAME", &t.x, "column of the x axis"),
        OPTION_TEXT("y", "NAME", &t.y, "column of the y axis"),
        OPTION_END,
    };
    int status = record_table_open(&t, rows, argc, argv);
    if (status == MSG_OK)
        status = draw(&t);
    record_table_free(&t);
    return status;
}
