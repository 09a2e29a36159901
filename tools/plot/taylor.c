/* taylor: records of eco-stats in; a script of a Taylor diagram.
 *
 * A model stands where its radius is its standard deviation over that of what was observed,
 * and the cosine of its angle the correlation r; so its distance from the observed, at 1 on
 * the axis, is the centred RMS error in the same unit (K. E. Taylor 2001, J. Geophys. Res.
 * 106, 7183). */
#include "chart.h"
#include "plot/pictures.h"
#include "record_table.h"
#include <stdlib.h>

static const char usage[] =
    "usage: eco-plotspec taylor [OPTION]... [SKILL]...\n"
    "Standard deviation and correlation of models, from the records of eco-stats.\n";

static const char examples[] =
    "  eco-stats --observed LE --model ETinst,JET --by site pairs.tsv | \\\n"
    "      eco-plotspec taylor | gnuplot -d >taylor.png\n";

enum { R, ALPHA, ARC = 360 };

static const char *const faint = "lw 0.8 lc rgb '#c4c4c4'";

struct taylor {
    struct record_table t; /* r, alpha */
    double radius;         /* the outer arc */
    bool half;             /* some r is below 0 */
    size_t n;
    struct chart c;
};

/* Part of a circle about a place on the axis, as far as it lies in the diagram. */
static void add_circle(struct taylor *d, double middle, double radius, const char *how)
{
    double *v = chart_layer(&d->c, ARC + 1, 2, "using 1:2 with lines %s", how);
    for (int i = 0; i <= ARC; i++, v += 2) {
        double angle = i * acos(-1) / ARC;
        double x = middle + radius * cos(angle), y = radius * sin(angle);
        bool inside = hypot(x, y) <= d->radius * 1.0001 && (x >= -1e-9 || d->half);
        v[0] = x;
        v[1] = inside ? y : NAN;
    }
}

static void add_correlations(struct taylor *d)
{
    static const double marks[] = {0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1};
    int n = sizeof marks / sizeof *marks;
    for (int i = d->half ? 1 - n : 0; i < n; i++) {
        double r = i < 0 ? -marks[-i] : marks[i], x = r, y = sqrt(1 - r * r);
        struct buf b = {0};
        buf_printf(&b, "%s%g", r < 0 ? "\xe2\x88\x92" : "", fabs(r));
        chart_line(&d->c, 0, 0, x * d->radius, y * d->radius, faint);
        chart_label(&d->c, x * d->radius * 1.02, y * d->radius * 1.02 + 0.01 * d->radius,
                    r > 0.05    ? PLOT_LEFT
                    : r < -0.05 ? PLOT_RIGHT
                                : PLOT_CENTER,
                    (struct plot_font){.size = 0.9, .color = "#404040"}, b.s);
        buf_free(&b);
    }
    chart_label(&d->c, 0.78 * d->radius, 0.78 * d->radius, PLOT_LEFT,
                (struct plot_font){.size = 1, .color = "#404040"}, "correlation r");
}

/* The places of one centred RMS error, and that beside them. */
static void add_error(struct taylor *d, double e)
{
    double x = 1 - e * sqrt(0.5), y = e * sqrt(0.5);
    struct buf b = {0};
    add_circle(d, 1, e, "lw 1.2 lc rgb '#707070' dt '.'");
    buf_printf(&b, "%.4g", e);
    if (hypot(x, y) < 0.97 * d->radius && (x > 0.03 * d->radius || d->half))
        chart_label(&d->c, x, y, PLOT_CENTER,
                    (struct plot_font){.size = 0.8, .color = "#606060", .boxed = true},
                    b.s);
    buf_free(&b);
}

static void add_frame(struct taylor *d)
{
    const struct plot_ticks *t = &d->c.x_ticks;
    add_correlations(d);
    for (int i = 1; i <= t->n; i++)
        add_circle(d, 0, plot_tick(t, i), faint);
    for (double e = t->step; e < d->radius + 1; e += t->step)
        add_error(d, e);
    add_circle(d, 0, 1, "lw 1.4 lc rgb '#404040' dt '-'");
    add_circle(d, 0, d->radius, "lw 1 lc rgb '#404040'");
    chart_line(&d->c, d->half ? -d->radius : 0, 0, d->radius, 0, "lw 1 lc rgb '#404040'");
    if (!d->half)
        chart_line(&d->c, 0, 0, 0, d->radius, "lw 1 lc rgb '#404040'");
}

static void add_models(struct taylor *d)
{
    const struct record_table *t = &d->t;
    const double *r = t->column[R].v, *alpha = t->column[ALPHA].v;
    for (int g = 0; g < t->ngroups; g++) {
        struct chart_mark mark = chart_mark(g, false);
        double *v = chart_layer(&d->c, t->n, 2,
                                "using 1:2 with points pt %d ps 1.5 lw 1.4 lc rgb '%s'",
                                mark.point, mark.color);
        for (size_t i = 0; i < t->n; i++, v += 2) {
            bool here = t->group[i] == g;
            v[0] = here ? alpha[i] * r[i] : NAN;
            v[1] = here ? alpha[i] * sqrt(fmax(1 - r[i] * r[i], 0)) : NAN;
        }
        chart_key(&d->c, t->group_name[g], g, CHART_POINT);
    }
}

static void find_radius(struct taylor *d)
{
    const double *r = d->t.column[R].v, *alpha = d->t.column[ALPHA].v;
    double most = 1.4;
    for (size_t i = 0; i < d->t.n; i++) {
        if (isnan(r[i]) || isnan(alpha[i]))
            continue;
        d->n++;
        d->half = d->half || r[i] < 0;
        most = fmax(most, alpha[i]);
    }
    most = fmin(most, PLOT_MOST / 2);
    d->c.x_ticks = plot_ticks(0, 1.06 * most, most / 5);
    d->radius = 1.06 * most;
}

static int draw(struct taylor *d)
{
    struct chart *c = &d->c;
    find_radius(d);
    c->x[0] = d->half ? -1.12 * d->radius : 0;
    c->x[1] = c->y[1] = 1.12 * d->radius;
    c->shape = d->half ? 2 : 1;
    c->y_ticks = c->x_ticks;
    if (d->half)
        c->y_ticks = (struct plot_ticks){.n = -1};
    add_frame(d);
    double *observed = chart_layer(c, 1, 2,
                                   "using 1:2 with points pt 3 ps 1.8 lw 1.6 "
                                   "lc rgb '#000000'");
    observed[0] = 1;
    observed[1] = 0;
    add_models(d);
    buf_puts(&c->title, "Standard deviation and correlation");
    buf_printf(&c->subtitle,
               "n = %zu; star: what was observed; dotted: centred RMS error, over the "
               "same standard deviation",
               d->n);
    buf_puts(&c->x_name, "standard deviation / that of what was observed");
    return chart_draw(c, &d->t.options, d->t.o.command);
}

int plot_taylor(int argc, char **argv)
{
    struct taylor d = {
        .t = {.usage = usage,
              .examples = examples,
              .y = "r,alpha",
              .y_name = "taylor",
              .by = "model"},
        .c = {.width = 1100, .height = 1000, .bare = true},
    };
    const struct option_row rows[] = {
        OPTION_TEXT("by", "NAME", &d.t.by, "a mark for each text in this column (model)"),
        OPTION_END,
    };
    int status = record_table_open(&d.t, rows, argc, argv);
    if (status == MSG_OK)
        status = draw(&d);
    record_table_free(&d.t);
    return status;
}
