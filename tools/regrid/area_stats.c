/* area_stats: area-weighted statistics. */
#include "area_stats.h"
#include "area_swath.h"
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
            unsigned char *bits = w->bits + (size_t)(k - row) * (size_t)columns;
            const float *weight =
                w->weight ? w->weight + (size_t)(k - row) * (size_t)columns : NULL;
            if (w->swath)
                area_swath_bits(w, k, bits);
            if (w->aligned)
                area_aligned_take(w, k, v, bits, weight);
            else
                area_projected_take(w, k, v, bits, weight);
        }
        row = stop;
    }
    return status;
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
    bytes += w->spec->nearest ? cells * sizeof(struct centre) : 0;
    for (const struct area_stats *s = w; s && !s->swath; s = s->next)
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
    size_t n = w->spec->stats->n + w->spec->nearest;
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

/* The pixels of a swath that may be under a rectangle: of its window their number is meant.
 */
static int find_scans(struct area_stats *w)
{
    int status = MSG_OK;
    w->window[2] = w->source->grid.columns;
    w->window[3] = w->source->grid.rows;
    if (bytes_of(w) > (double)w->spec->memory)
        status = area_swath_survey(w);
    w->window[3] = (int)ceil(area_swath_pixels(w) / w->window[2]);
    return status;
}

/* Finds the pixels under a rectangle. */
static int find_pixels(struct area_stats *w, const struct grid_rect *rect, bool *any)
{
    int status = MSG_OK;
    w->rect = rect;
    memset(w->window, 0, sizeof w->window);
    if (w->has_box && w->aligned)
        area_aligned_window(w);
    else if (w->has_box && w->swath)
        status = find_scans(w);
    else if (w->has_box)
        area_projected_window(w);
    *any = *any || (w->window[2] > 0 && w->window[3] > 0);
    return status;
}

/* Adds them to the sums. */
static int take_pixels(struct area_stats *w)
{
    if (w->window[2] <= 0 || w->window[3] <= 0)
        return MSG_OK;
    if (w->swath)
        return area_swath_go_through(w, go_through);
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
        if (w->spec->nearest)
            w->centre = mem_resize(w->centre, cells, sizeof *w->centre);
        w->cells = cells;
    }
    memset(w->cell, 0, cells * sizeof *w->cell);
    area_ground_rect(w, cells);
    for (size_t k = 0; w->more && k < cells; k++)
        w->more[k] = (struct more){.least = HUGE_VAL, .most = -HUGE_VAL};
    if (w->centre)
        memset(w->centre, 0, cells * sizeof *w->centre);
}

int area_stats_rect(struct area_stats *w, const struct grid_rect *rect, double *const *band,
                    size_t stride)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    bool any = false;
    int status = MSG_OK;
    for (struct area_stats *s = w; s && status == MSG_OK; s = s->next)
        status = find_pixels(s, rect, &any);
    if (status != MSG_OK)
        return status;
    if (cells > 1 && bytes_of(w) > (double)w->spec->memory)
        return halves(w, rect, band, stride);
    if (any && w->wants_bag && bytes_of(w) > (double)w->spec->memory)
        return too_many(w);
    clear_sums(w, cells);
    status = take_pixels(w);
    for (struct area_stats *s = w->next; s && status == MSG_OK; s = s->next)
        status = take_pixels_for(s, w);
    if (status == MSG_OK)
        area_finish(w, band, stride);
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
    bool plane = !source->grid.places &&
                 crs_transform_identity(pixel_mask_transform(from->mask)) &&
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
    w->wants_areas = spec->stats->n > 0;
    w->clip = spec->grid->clip.nrings ? poly_index_open(&spec->grid->clip) : NULL;
    w->has_box = pixel_mask_box(from->mask, w->box);
    int status = spec->ground ? area_ground_open(w) : MSG_OK;
    if (status != MSG_OK || !w->has_box)
        return status;
    if (w->source_turn > 0 && w->box[2] > w->source_turn) /* each pixel once */
        w->box[2] = (int)rint(w->source_turn);
    w->swath = area_swath_open(w);
    /* Sums of several are shares of cells, in which pixels of all sizes agree; on the
     * ground pixels of one size differ. */
    if (plane && source->grid.gt[2] == 0 && source->grid.gt[4] == 0 && !spec->joins &&
        !spec->ground)
        w->aligned = area_aligned_open(w);
    else
        w->projected = area_projected_open(w);
    w->device = spec->ground ? NULL : area_device_open(w);
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
    area_ground_close(w);
    area_device_close(w->device);
    area_projected_close(w->projected);
    area_swath_close(w->swath);
    poly_index_close(w->clip);
    cell_values_free(&w->bag);
    free(w->cell);
    free(w->more);
    free(w->centre);
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
