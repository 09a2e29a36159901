/* diurnal: records in; a script of the mean and the spread of columns by the hour. */
#include "base/mem.h"
#include "base/stats.h"
#include "chart.h"
#include "plot/pictures.h"
#include "record_table.h"
#include <stdlib.h>

static const char usage[] =
    "usage: eco-plotspec diurnal --y NAME,... [OPTION]... [RECORDS]...\n"
    "Mean and spread of columns in each hour of the local solar time.\n";

static const char examples[] =
    "  eco-match overpasses.tsv tower.tsv | \\\n"
    "      eco-plotspec diurnal --y LE,ETinst | gnuplot -d >diurnal.png\n";

enum { HOURS = 24 };

/* One column in one hour. */
struct hour {
    struct stat_sample *sample;
    size_t n, cap;
    double mean, spread;
};

struct diurnal {
    struct record_table t;
    struct hour hour[PLOT_COLUMNS][HOURS];
    size_t n;
    struct chart c;
};

/* Only records that have all columns, so that these compare. */
static void take_records(struct diurnal *d)
{
    const struct record_table *t = &d->t;
    for (size_t i = 0; i < t->n; i++) {
        bool whole = !isnan(t->hour[i]);
        for (int k = 0; k < t->ncolumns; k++)
            whole = whole && !isnan(t->column[k].v[i]);
        for (int k = 0; whole && k < t->ncolumns; k++) {
            struct hour *h = &d->hour[k][(int)t->hour[i] % HOURS];
            h->sample = mem_grow(h->sample, &h->cap, h->n + 1, sizeof *h->sample);
            h->sample[h->n++] = (struct stat_sample){t->column[k].v[i], 1};
        }
        d->n += whole;
    }
}

static void compute(struct diurnal *d)
{
    struct stat_item item[] = {{.kind = STAT_MEAN}, {.kind = STAT_STDDEV}};
    const struct stat_list list = {.item = item, .n = 2};
    for (int i = 0; i < d->t.ncolumns * HOURS; i++) {
        struct hour *h = &d->hour[i / HOURS][i % HOURS];
        double result[2];
        stats_compute(&list, h->sample, h->n, result);
        h->mean = result[0];
        h->spread = result[1];
        plot_include(d->c.y, h->mean - h->spread);
        plot_include(d->c.y, h->mean + h->spread);
    }
}

/* Columns stand side by side, so that bars do not hide each other. */
static void add_column(struct diurnal *d, int k)
{
    struct chart_mark mark = chart_mark(k, false);
    double aside = 0.14 * (k - (d->t.ncolumns - 1) / 2.0);
    double *bar = chart_layer(&d->c, HOURS, 3,
                              "using 1:2:3 with yerrorbars pt 0 lw 1.4 lc rgb '#60%s'",
                              mark.color + 1);
    double *line = chart_layer(&d->c, HOURS, 2,
                               "using 1:2 with linespoints pt %d ps 1.1 lw 1.6 lc rgb '%s'",
                               mark.point, mark.color);
    for (int i = 0; i < HOURS; i++) {
        const struct hour *h = &d->hour[k][i];
        bar[3 * i] = line[2 * i] = i + 0.5 + aside;
        bar[3 * i + 1] = line[2 * i + 1] = h->mean;
        bar[3 * i + 2] = h->spread;
    }
    if (d->t.ncolumns > 1)
        chart_key(&d->c, d->t.column[k].name, k, CHART_POINT);
}

/* How many records an hour has, above it. */
static void add_counts(struct diurnal *d)
{
    for (int i = 0; i < HOURS; i++) {
        struct buf b = {0};
        if (!d->hour[0][i].n)
            continue;
        plot_count(&b, (double)d->hour[0][i].n);
        chart_label(&d->c, i + 0.5, d->c.y[1], PLOT_CENTER,
                    (struct plot_font){.size = 0.75, .color = "#707070"}, b.s);
        buf_free(&b);
    }
}

static int draw(struct diurnal *d)
{
    struct chart *c = &d->c;
    const struct record_table *t = &d->t;
    take_records(d);
    compute(d);
    plot_options_range(&t->options, 0.06, c->y);
    for (int k = 0; k < t->ncolumns; k++) {
        add_column(d, k);
        buf_printf(&c->title, "%s%s", k ? ", " : "", t->column[k].name);
    }
    add_counts(d);
    buf_puts(&c->title, " by the hour");
    buf_puts(&c->subtitle, "n = ");
    plot_count(&c->subtitle, (double)d->n);
    buf_puts(&c->subtitle, " (of each hour: above it); bars: \xc2\xb1 standard deviation");
    buf_puts(&c->x_name, "local solar time (h)");
    const char *unit = record_table_unit(t, 0);
    if (t->ncolumns == 1)
        record_table_label(&t->column[0], &c->y_name);
    else if (unit)
        plot_unit(&c->y_name, unit);
    c->empty = d->n ? NULL : "no record with a value and an hour";
    return chart_draw(c, &t->options, t->o.command);
}

int plot_diurnal(int argc, char **argv)
{
    struct diurnal d = {
        .t = {.usage = usage, .examples = examples, .hours = true},
        .c = {.width = 1200,
              .height = 800,
              .x = {0, HOURS},
              .y = PLOT_NOTHING,
              .x_ticks = {.step = 3, .n = 9}},
    };
    const struct option_row rows[] = {
        OPTION_TEXT("y", "NAME,...", &d.t.y, "columns of the y axis"),
        OPTION_TEXT("time", "NAME", &d.t.time, "column of the times (default: time)"),
        OPTION_END,
    };
    int status = record_table_open(&d.t, rows, argc, argv);
    if (status == MSG_OK)
        status = draw(&d);
    for (int i = 0; i < PLOT_COLUMNS * HOURS; i++)
        free(d.hour[i / HOURS][i % HOURS].sample);
    record_table_free(&d.t);
    return status;
}
