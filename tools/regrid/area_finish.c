/* area_finish: the statistics of cells, of their sums. */
#include "area_work.h"
#include "base/mem.h"
#include "geo/polygon_index.h"
#include <math.h>
#include <stdlib.h>

/* Scans that overlap may cover more of a cell than there is. */
static double raw_coverage(const struct area_stats *w, size_t k)
{
    double weight = w->cell[k].weight;
    if (w->spec->denominator == AREA_CELL && w->ground)
        return weight / w->ground_cell[k];
    if (w->spec->denominator == AREA_CELL)
        return w->cell_area == 1 ? weight : weight / w->cell_area;
    return w->more[k].denominator > 0 ? weight / w->more[k].denominator : 0;
}

static double coverage_of(const struct area_stats *w, size_t k)
{
    double coverage = raw_coverage(w, k);
    return w->swath && coverage > 1 ? 1 : coverage;
}

/* Rounding, of weights as floats too, must not drop a cell that lies at the threshold. */
static const double coverage_slack = 1e-7;

/* A cell's plain statistic, but for its mean. */
static double statistic(const struct area_stats *w, size_t k, enum stat_kind stat)
{
    const struct sums *s = &w->cell[k];
    const struct more *m = w->more ? &w->more[k] : NULL;
    switch (stat) {
    case STAT_STDDEV:
        return sqrt(m->moment / s->weight);
    case STAT_VARIANCE:
        return m->moment / s->weight;
    case STAT_RMS:
        return hypot(s->sum / s->weight, sqrt(m->moment / s->weight));
    case STAT_SUM:
        return s->share_sum;
    case STAT_MIN:
        return m->least <= m->most ? m->least : NAN;
    case STAT_MAX:
        return m->least <= m->most ? m->most : NAN;
    case STAT_RANGE:
        return m->least <= m->most ? m->most - m->least : NAN;
    default:
        return NAN;
    }
}

/* The statistics that need a cell's values all at once. */
static void put_ordered(const struct area_stats *w, struct stat_sample *sample, size_t n,
                        double *const *band, size_t at)
{
    const struct stat_list *list = w->spec->stats;
    const struct stat_ordered values = stats_order(sample, n);
    for (size_t i = 0; i < list->n; i++)
        if (stats_needs_order(list->item[i].kind))
            band[i][at] = stats_of_ordered(&list->item[i], &values);
}

/* Nor may it put a value into a cell that pixels only border on. */
static bool is_sliver(const struct area_stats *w, const struct sums *s)
{
    return s->count < regrid_sliver && s->weight < regrid_sliver * w->cell_area;
}

/* What a cell has come to, for the bands to be made of. */
struct finished {
    double coverage; /* NaN outside of the clip */
    double mean;
    bool in, kept; /* in the clip; has values enough */
};

/* Decides about a row's cells. */
static void judge_row(struct area_stats *w, int i, struct finished *f)
{
    const struct grid *g = w->spec->grid;
    const struct grid_rect *rect = w->rect;
    struct row_total *total = &w->total[rect->row + i];
    double pixels = total->pixels, sum = total->sum, covered = total->covered;
    double y = grid_y(g, rect->row + i), enough = w->spec->min_coverage - coverage_slack;
    int inside = 0, cells = 0;
    for (int j = 0; j < rect->columns; j++)
        f[j] = (struct finished){NAN, NAN, true, false};
    for (int j = 0; w->clip && j < rect->columns; j++)
        f[j].in = poly_index_contains(w->clip, grid_x(g, rect->column + j), y);
    for (int j = 0; j < rect->columns; j++) {
        size_t k = (size_t)i * (size_t)rect->columns + (size_t)j;
        struct sums *s = &w->cell[k];
        if (is_sliver(w, s))
            s->weight = s->count = 0;
        if (!f[j].in)
            continue;
        f[j].coverage = coverage_of(w, k);
        covered += f[j].coverage;
        inside++;
        if (!(s->weight > 0 && f[j].coverage >= enough))
            continue;
        f[j].kept = true;
        f[j].mean = s->sum / s->weight;
        pixels += s->count;
        sum += s->count * f[j].mean;
        cells++;
    }
    *total = (struct row_total){pixels, sum, covered};
    w->summary.inside += inside;
    w->summary.cells += cells;
}

/* One band of a row of cells, the first of which is cell k. */
static void put_row(const struct area_stats *w, size_t k, const struct finished *f,
                    enum stat_kind stat, double *to)
{
    int columns = w->rect->columns;
    if (stat == STAT_COVERAGE)
        for (int j = 0; j < columns; j++)
            to[j] = f[j].coverage;
    else if (stat == STAT_MEAN)
        for (int j = 0; j < columns; j++)
            to[j] = f[j].mean;
    else if (stat == STAT_N)
        for (int j = 0; j < columns; j++)
            to[j] = f[j].in ? w->cell[k + (size_t)j].count : NAN;
    else if (stat == STAT_COVERAGE_RAW)
        for (int j = 0; j < columns; j++)
            to[j] = f[j].in ? raw_coverage(w, k + (size_t)j) : NAN;
    else
        for (int j = 0; j < columns; j++)
            to[j] = f[j].kept ? statistic(w, k + (size_t)j, stat) : NAN;
}

void area_finish(struct area_stats *w, double *const *band, size_t stride)
{
    const struct grid_rect *rect = w->rect;
    size_t *first = NULL, columns = (size_t)rect->columns;
    uint32_t cells = (uint32_t)(rect->columns * rect->rows);
    struct finished *f = mem_resize(NULL, columns, sizeof *f);
    if (w->wants_bag) {
        first = mem_alloc((size_t)cells + 1, sizeof *first);
        cell_values_sort(&w->bag, cells, first);
    }
    for (int i = 0; i < rect->rows; i++) {
        size_t k = (size_t)i * columns, at = (size_t)i * stride;
        judge_row(w, i, f);
        for (size_t b = 0; b < w->spec->stats->n; b++)
            put_row(w, k, f, w->spec->stats->item[b].kind, band[b] + at);
        for (size_t j = 0; w->centre && j < columns; j++)
            band[w->spec->stats->n][at + j] =
                f[j].in && w->centre[k + j].any ? w->centre[k + j].v : NAN;
        for (size_t j = 0; first && j < columns; j++)
            if (f[j].kept)
                put_ordered(w, w->bag.sample + first[k + j],
                            first[k + j + 1] - first[k + j], band, at + j);
    }
    free(first);
    free(f);
    cell_values_reset(&w->bag);
}
