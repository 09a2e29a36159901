/* area_stats: area-weighted statistics. */
#include "area_stats.h"
#include "area_work.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/crs_transform.h"
#include "geo/polygon_index.h"
#include "raster/lon_wrap.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const denominator_names[] = {"cell", "source", "mask", NULL};

enum { CHUNK = 1 << 18 }; /* pixels that are read at a time */

/* Bytes of what is read of a pixel: its value, bits and weight. */
enum { PIXEL_BYTES = sizeof(double) + 1 + sizeof(float) };

/* The rows to read at a time: whole blocks where there is memory for them. */
static int rows_at_a_time(const struct area_stats *w)
{
    int columns = w->window[2], blocks = w->source->block_rows;
    int most = CHUNK / columns > 1 ? CHUNK / columns : 1;
    if (most >= blocks)
        return most / blocks * blocks;
    return (double)columns * blocks * PIXEL_BYTES <= (double)w->spec->memory ? blocks
                                                                             : most;
}

/* Reads the window, some rows at a time, and hands each row on. */
static int go_through(struct area_stats *w)
{
    int first = w->window[1], end = first + w->window[3], columns = w->window[2];
    int step = rows_at_a_time(w);
    if (step < w->source->block_rows && step < w->window[3])
        masked_reader_keep(w->from, w->spec->blocks); /* they are come back to */
    size_t most = (size_t)columns * (size_t)(step < w->window[3] ? step : w->window[3]);
    if (most > w->chunk) {
        w->v = mem_resize(w->v, most, sizeof *w->v);
        w->bits = mem_resize(w->bits, most, 1);
        if (masked_reader_weighs(w->from))
            w->weight = mem_resize(w->weight, most, sizeof *w->weight);
        w->chunk = most;
    }
    int status = MSG_OK;
    for (int row = first; row < end && status == MSG_OK;) {
        int stop = (row / step + 1) * step < end ? (row / step + 1) * step : end;
        status = masked_reader_look(w->from, w->window[0], row, columns, stop - row, w->v,
                                    w->bits, w->weight);
        if (w->device && status == MSG_OK)
            status = area_device_take(w, row, stop - row, w->v, w->bits, w->weight);
        for (int k = row; !w->device && status == MSG_OK && k < stop; k++) {
            const double *v = w->v + (size_t)(k - row) * (size_t)columns;
            const unsigned char *bits = w->bits + (size_t)(k - row) * (size_t)columns;
            const float *weight =
                w->weight ? w->weight + (size_t)(k - row) * (size_t)columns : NULL;
            if (w->aligned)
                area_aligned_take(w, k, v, bits, weight);
            else
                area_projected_take(w, k, v, bits, weight);
        }
        row = stop;
    }
    return status;
}

static double coverage_of(const struct area_stats *w, size_t k)
{
    double weight = w->cell[k].weight;
    if (w->spec->denominator == AREA_CELL)
        return w->cell_area == 1 ? weight : weight / w->cell_area;
    return w->more[k].denominator > 0 ? weight / w->more[k].denominator : 0;
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
    else
        for (int j = 0; j < columns; j++)
            to[j] = f[j].kept ? statistic(w, k + (size_t)j, stat) : NAN;
}

static void finish(struct area_stats *w, double *const *band, size_t stride)
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
        for (size_t j = 0; first && j < columns; j++)
            if (f[j].kept)
                put_ordered(w, w->bag.sample + first[k + j],
                            first[k + j + 1] - first[k + j], band, at + j);
    }
    free(first);
    free(f);
    cell_values_reset(&w->bag);
}

/* The pixels under the present rectangle. */
static double pixels_of(const struct area_stats *w)
{
    double pixels = 0;
    for (const struct area_stats *s = w; s; s = s->next)
        pixels += (double)s->window[2] * s->window[3];
    return pixels;
}

/* What the present rectangle takes, in bytes: its sums, a row of blocks, its bag. */
static double bytes_of(const struct area_stats *w)
{
    double cells = (double)w->rect->columns * w->rect->rows;
    double bytes = cells * (sizeof(struct sums) + sizeof(size_t));
    bytes += w->wants_more ? cells * sizeof(struct more) : 0;
    for (const struct area_stats *s = w; s; s = s->next)
        bytes += (double)s->window[2] *
                 ((double)s->source->block_rows * PIXEL_BYTES + 4 * sizeof(double));
    if (w->wants_bag) /* pixels at a cell's edge go into more than one */
        bytes += (1.2 * pixels_of(w) + 4 * cells) * CELL_VALUES_ITEM_BYTES;
    return bytes;
}

/* A cell whose values, which medians need all at once, take too much. */
static int too_many(const struct area_stats *w)
{
    double share = w->spec->share > 0 ? w->spec->share : 1;
    msg_error("%s: a cell has up to %.0f of its pixels, and medians and the like need all "
              "at once: that takes --memory %.0fM",
              w->source->path, pixels_of(w), ceil(bytes_of(w) / share / (1 << 20)));
    return MSG_INPUT;
}

/* Two halves of a rectangle, along its longer side. */
static int halves(struct area_stats *w, const struct grid_rect *rect, double *const *band,
                  size_t stride)
{
    struct grid_rect a, b;
    size_t n = w->spec->stats->n;
    double **second = mem_resize(NULL, n, sizeof *second);
    grid_halve(rect, &a, &b);
    size_t step = (size_t)(b.row - a.row) * stride + (size_t)(b.column - a.column);
    for (size_t k = 0; k < n; k++)
        second[k] = band[k] + step;
    int status = area_stats_rect(w, &a, band, stride);
    if (status == MSG_OK)
        status = area_stats_rect(w, &b, second, stride);
    free(second);
    return status;
}

/* Finds the pixels under a rectangle. */
static bool find_pixels(struct area_stats *w, const struct grid_rect *rect)
{
    w->rect = rect;
    memset(w->window, 0, sizeof w->window);
    if (w->has_box && w->aligned)
        area_aligned_window(w);
    else if (w->has_box)
        area_projected_window(w);
    return w->window[2] > 0 && w->window[3] > 0;
}

/* Adds them to the sums. */
static int take_pixels(struct area_stats *w)
{
    if (w->window[2] <= 0 || w->window[3] <= 0)
        return MSG_OK;
    w->summary.touches = w->summary.touches || w->aligned;
    if (w->aligned)
        area_aligned_begin(w);
    else
        area_projected_begin(w);
    int status = w->device ? area_device_begin(w) : MSG_OK;
    if (status == MSG_OK)
        status = go_through(w);
    if (w->device && status == MSG_OK)
        status = area_device_end(w);
    return status;
}

/* The same for the sums of another. */
static int take_pixels_for(struct area_stats *w, struct area_stats *sums)
{
    w->cell = sums->cell;
    w->more = sums->more;
    w->bag = sums->bag;
    int status = take_pixels(w);
    sums->bag = w->bag;
    w->cell = NULL;
    w->more = NULL;
    w->bag = (struct cell_values){0};
    return status;
}

static void clear_sums(struct area_stats *w, size_t cells)
{
    if (cells > w->cells) {
        w->cell = mem_resize(w->cell, cells, sizeof *w->cell);
        if (w->wants_more)
            w->more = mem_resize(w->more, cells, sizeof *w->more);
        w->cells = cells;
    }
    memset(w->cell, 0, cells * sizeof *w->cell);
    for (size_t k = 0; w->more && k < cells; k++)
        w->more[k] = (struct more){.least = HUGE_VAL, .most = -HUGE_VAL};
}

int area_stats_rect(struct area_stats *w, const struct grid_rect *rect, double *const *band,
                    size_t stride)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    bool any = false;
    for (struct area_stats *s = w; s; s = s->next)
        any = find_pixels(s, rect) || any;
    if (any && cells > 1 && bytes_of(w) > (double)w->spec->memory)
        return halves(w, rect, band, stride);
    if (any && w->wants_bag && bytes_of(w) > (double)w->spec->memory)
        return too_many(w);
    clear_sums(w, cells);
    int status = take_pixels(w);
    for (struct area_stats *s = w->next; s && status == MSG_OK; s = s->next)
        status = take_pixels_for(s, w);
    if (status == MSG_OK)
        finish(w, band, stride);
    return status;
}

static bool wants(const struct area_stats_spec *spec, unsigned kinds)
{
    bool any = false;
    for (size_t i = 0; i < spec->stats->n; i++)
        any = any || kinds & 1u << spec->stats->item[i].kind;
    return any;
}

int area_stats_open(struct area_stats **made, struct masked_reader *from,
                    const struct area_stats_spec *spec)
{
    struct area_stats *w = mem_alloc(1, sizeof *w);
    *made = w;
    struct ras *source = from->ras;
    w->from = from;
    w->source = source;
    w->select = from->mask;
    w->spec = spec;
    w->cell_area = 1;
    w->total = mem_alloc((size_t)spec->grid->rows, sizeof *w->total);
    const struct grid *g = spec->grid;
    bool plane = crs_transform_identity(pixel_mask_transform(from->mask)) &&
                 !lon_wrap_away(&source->grid, g->x0, g->x0 + g->columns * g->dx);
    if (!plane) {
        const struct raster_grid cells = grid_cells(g);
        w->turn = raster_grid_turn(&cells);
        w->source_turn = raster_grid_turn(&source->grid);
        /* Longitudes that come of others may lie in any turn. */
        w->beyond = w->source_turn > 0 || g->x0 < -180 || g->x0 + g->columns * g->dx > 180;
    }
    w->counts_all = spec->denominator == AREA_SOURCE;
    w->counts_mask = spec->denominator == AREA_MASK;
    w->wants_moments =
        wants(spec, 1u << STAT_STDDEV | 1u << STAT_VARIANCE | 1u << STAT_RMS);
    w->wants_range = wants(spec, 1u << STAT_MIN | 1u << STAT_MAX | 1u << STAT_RANGE);
    w->wants_bag = spec->stats->sorts;
    w->wants_more = w->counts_all || w->counts_mask || w->wants_moments || w->wants_range;
    w->clip = spec->grid->clip.nrings ? poly_index_open(&spec->grid->clip) : NULL;
    w->has_box = pixel_mask_box(from->mask, w->box);
    if (!w->has_box)
        return MSG_OK;
    if (w->source_turn > 0 && w->box[2] > w->source_turn) /* each pixel once */
        w->box[2] = (int)rint(w->source_turn);
    /* Sums of several are shares of cells, in which pixels of all sizes agree. */
    if (plane && source->grid.gt[2] == 0 && source->grid.gt[4] == 0 && !spec->joins)
        w->aligned = area_aligned_open(w);
    else
        w->projected = area_projected_open(w);
    w->device = area_device_open(w);
    return MSG_OK;
}

void area_stats_join(struct area_stats *const *w, size_t n)
{
    for (size_t i = 1; i < n; i++)
        w[i - 1]->next = w[i];
}

void area_stats_close(struct area_stats *w)
{
    if (!w)
        return;
    area_aligned_close(w->aligned);
    area_device_close(w->device);
    area_projected_close(w->projected);
    poly_index_close(w->clip);
    cell_values_free(&w->bag);
    free(w->cell);
    free(w->more);
    free(w->v);
    free(w->bits);
    free(w->weight);
    free(w->total);
    free(w);
}

const struct area_stats_summary *area_stats_summary(struct area_stats *w)
{
    struct area_stats_summary *s = &w->summary;
    s->pixels = s->sum = s->covered = 0;
    for (const struct area_stats *other = w->next; other; other = other->next)
        s->touches = s->touches || other->summary.touches;
    for (int i = 0; i < w->spec->grid->rows; i++) {
        s->pixels += w->total[i].pixels;
        s->sum += w->total[i].sum;
        s->covered += w->total[i].covered;
    }
    return s;
}
