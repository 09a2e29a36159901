/* pixel_mask: clip areas and class maps, pixel by pixel. */
#include "mask/pixel_mask.h"
#include "base/mem.h"
#include "base/msg.h"
#include "clip_box.h"
#include "geo/approx_transform.h"
#include "geo/polygon_index.h"
#include "mask_cache.h"
#include "raster/lon_wrap.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double clip_tolerance = 1e-4; /* of a source pixel */

struct pixel_mask {
    struct raster_grid source;
    const struct grid *grid;
    struct crs_transform *to_grid;
    struct approx_transform *in_grid;
    struct poly_index *clip;
    int box[4];
    bool has_box;
    struct classmap_use *mask; /* paths are new texts */
    struct classmap **map;     /* NULL where the cache had what they give */
    double *covers;            /* as it had it */
    int nmasks;
    struct mask_cache_entry entry; /* zeroed: none */
    bool weighs;
    unsigned char *kept; /* bits of all pixels, once they were asked for */
    float *kept_weight;
    unsigned char *bits; /* of a window whose values are looked at */
    size_t bits_cap;
    double turn; /* the source's columns in 360 degrees, or 0 */
    /* of the clip's longitudes, where a source's may lie in another turn: 360, or 0 */
    double clip_turn, clip_middle;
};

/* The smaller side of the pixel in the middle of the box, in the grid's plane; 0 where it
 * has no place there. */
static double pixel_size(struct pixel_mask *s)
{
    double x[3], y[3];
    if (s->source.places)
        return sqrt(fabs(approx_listed_area(&s->source, s->to_grid, NULL, s->clip_turn)));
    for (int i = 0; i < 3; i++) {
        double column = s->box[0] + s->box[2] / 2 + (i == 1);
        double row = s->box[1] + s->box[3] / 2 + (i == 2);
        gt_place(s->source.gt, column, row, &x[i], &y[i]);
    }
    crs_forward(s->to_grid, x, y, 1, 3);
    double size = fmin(hypot(x[1] - x[0], y[1] - y[0]), hypot(x[2] - x[0], y[2] - y[0]));
    return size > 0 ? size : 0;
}

/* Where clip and source may lie turns apart. */
static void find_turns(struct pixel_mask *s)
{
    const struct raster_grid *r = &s->source;
    double b[4];
    poly_bounds(&s->grid->clip, b);
    s->clip_middle = (b[0] + b[2]) / 2;
    if (r->places) {
        s->clip_turn = crs_turn(s->grid->crs);
        return;
    }
    if (crs_transform_identity(s->to_grid) && !lon_wrap_away(r, b[0], b[2]))
        return;
    s->turn = raster_grid_turn(r);
    /* Longitudes that are worked out are within 180; those that come of others need not be.
     */
    if (s->turn > 0 || b[0] < -180 || b[2] > 180)
        s->clip_turn = crs_turn(s->grid->crs);
}

/* The way to the grid, and its clip. */
static int open_clip(struct pixel_mask *s, const struct ras *source)
{
    const struct grid *grid = s->grid;
    int status =
        crs_transform_open(&s->to_grid, source->grid.crs, grid->crs, NULL, source->path);
    if (status == MSG_OK && grid->clip.nrings)
        find_turns(s);
    if (status == MSG_OK)
        status = clip_box_find(s->box, &s->has_box, &grid->clip, &s->source, source->path,
                               s->to_grid, s->turn);
    if (status == MSG_OK && grid->clip.nrings) {
        s->in_grid =
            approx_open(&s->source, s->to_grid, NULL, clip_tolerance * pixel_size(s));
        s->clip = poly_index_open(&grid->clip);
    }
    return status;
}

/* What the cache has. */
static bool read_kept(struct pixel_mask *s)
{
    size_t all = (size_t)s->source.columns * (size_t)s->source.rows;
    s->kept = mem_resize(NULL, all, 1);
    s->kept_weight = s->weighs ? mem_resize(NULL, all, sizeof *s->kept_weight) : NULL;
    const struct mask_cache_pixels pixels = {s->kept, s->kept_weight, s->covers};
    if (mask_cache_read(&s->entry, &s->source, s->nmasks, &pixels))
        return true;
    free(s->kept);
    free(s->kept_weight);
    s->kept = NULL;
    s->kept_weight = NULL;
    return false;
}

static bool keeps(const struct pixel_mask *s)
{
    size_t all = (size_t)s->source.columns * (size_t)s->source.rows;
    return !s->source.places && all <= (s->weighs ? PIXEL_MASK_KEPT / 2 : PIXEL_MASK_KEPT);
}

static int open_maps(struct pixel_mask *s, const struct classmap_use *mask, int nmasks,
                     const char *cache)
{
    int status = MSG_OK;
    s->mask = mem_alloc((size_t)nmasks, sizeof *s->mask);
    s->map = mem_alloc((size_t)nmasks, sizeof *s->map);
    s->covers = mem_alloc((size_t)nmasks, sizeof *s->covers);
    for (int i = 0; i < nmasks; i++) {
        s->mask[s->nmasks++] = mask[i];
        s->mask[i].path = mem_text(mask[i].path);
        s->weighs = s->weighs || mask[i].by_area;
    }
    if (cache && s->grid && !pixel_mask_takes_all(s) && keeps(s) &&
        mask_cache_find(&s->entry, cache, &s->source, s->grid, mask, nmasks) &&
        read_kept(s))
        return MSG_OK;
    for (int i = 0; i < nmasks && status == MSG_OK; i++)
        status = classmap_open(&s->map[i], mask[i].path, mask[i].classes, &s->source);
    return status;
}

int pixel_mask_open(struct pixel_mask **made, const struct ras *source,
                    const struct grid *grid, const struct classmap_use *mask, int nmasks,
                    const char *cache)
{
    struct pixel_mask *s = mem_alloc(1, sizeof *s);
    *made = s;
    s->grid = grid;
    s->source = source->grid;
    int status = ras_need_place(source);
    if (status == MSG_OK && grid)
        status = open_clip(s, source);
    if (status == MSG_OK)
        status = open_maps(s, mask, nmasks, cache);
    if (status == MSG_OK && s->weighs && source->grid.places) {
        msg_error("%s: class maps count by the centres of a swath's pixels, not by area",
                  source->path);
        status = MSG_INPUT;
    }
    if (status != MSG_OK) {
        pixel_mask_close(s);
        *made = NULL;
    }
    return status;
}

void pixel_mask_close(struct pixel_mask *s)
{
    if (!s)
        return;
    approx_close(s->in_grid);
    poly_index_close(s->clip);
    crs_transform_close(s->to_grid);
    for (int i = 0; i < s->nmasks; i++) {
        classmap_close(s->map[i]);
        free((char *)s->mask[i].path);
    }
    mask_cache_free(&s->entry);
    free(s->mask);
    free(s->map);
    free(s->covers);
    free(s->kept);
    free(s->kept_weight);
    free(s->bits);
    free(s);
}

bool pixel_mask_serves(const struct pixel_mask *s, const struct ras *source,
                       const struct classmap_use *mask, int nmasks)
{
    if (s->nmasks != nmasks || !raster_grid_equal(&s->source, &source->grid))
        return false;
    for (int i = 0; i < nmasks; i++)
        if (strcmp(s->mask[i].path, mask[i].path) != 0 ||
            s->mask[i].classes != mask[i].classes || s->mask[i].by_area != mask[i].by_area)
            return false;
    return true;
}

bool pixel_mask_takes_all(const struct pixel_mask *s)
{
    return !s->clip && !s->nmasks;
}

bool pixel_mask_weighs(const struct pixel_mask *s)
{
    return s->weighs;
}

struct crs_transform *pixel_mask_transform(struct pixel_mask *s)
{
    return s->to_grid;
}

bool pixel_mask_box(const struct pixel_mask *s, int box[4])
{
    memcpy(box, s->box, sizeof s->box);
    return s->has_box;
}

double pixel_mask_on_map(const struct pixel_mask *s, int mask)
{
    return s->map[mask] ? classmap_covers(s->map[mask]) : s->covers[mask];
}

static void clip_row(struct pixel_mask *s, int column, int row, int columns, double *x,
                     double *y, unsigned char *bits)
{
    if (!s->clip) {
        memset(bits, PIXEL_MASK_CLIP, (size_t)columns);
        return;
    }
    approx_row(s->in_grid, row + 0.5, column, 0.5, columns, x, y);
    for (int i = 0; s->clip_turn > 0 && i < columns; i++)
        x[i] = crs_unwind(x[i], s->clip_turn, s->clip_middle);
    bool level = true;
    for (int i = 0; i < columns; i++)
        level &= y[i] == y[0];
    if (level) {
        static_assert(PIXEL_MASK_CLIP == 1, "what poly_index_row gives");
        poly_index_row(s->clip, x, y[0], columns, bits);
        return;
    }
    for (int i = 0; i < columns; i++)
        bits[i] = poly_index_contains(s->clip, x[i], y[i]) ? PIXEL_MASK_CLIP : 0;
}

/* Bits of a window, and its weights when weight is not NULL. */
static int compute(struct pixel_mask *s, int column, int row, int columns, int rows,
                   unsigned char *bits, float *weight)
{
    size_t width = (size_t)columns, n = width * (size_t)rows;
    double *x = mem_resize(NULL, 2 * width, sizeof *x), *y = x + width;
    unsigned char *on = mem_resize(NULL, n, 1);
    int status = MSG_OK;
    for (int r = 0; r < rows; r++)
        clip_row(s, column, row + r, columns, x, y, bits + (size_t)r * width);
    memcpy(on, bits, n);
    for (size_t i = 0; weight && i < n; i++)
        weight[i] = 1;
    for (int k = 0; k < s->nmasks && status == MSG_OK; k++)
        if (!s->mask[k].by_area)
            status = classmap_keep(s->map[k], column, row, columns, rows, on);
    for (int k = 0; k < s->nmasks && weight && status == MSG_OK; k++)
        if (s->mask[k].by_area)
            status = classmap_weigh(s->map[k], column, row, columns, rows, on, weight);
    for (size_t i = 0; i < n; i++)
        if ((on[i] || !s->nmasks) && (!weight || weight[i] > 0))
            bits[i] |= PIXEL_MASK_CLASS;
    free(x);
    free(on);
    return status;
}

/* Works all pixels out once, when they are few enough to keep. */
static int keep_all(struct pixel_mask *s)
{
    size_t all = (size_t)s->source.columns * (size_t)s->source.rows;
    s->kept = mem_resize(NULL, all, 1);
    s->kept_weight = s->weighs ? mem_resize(NULL, all, sizeof *s->kept_weight) : NULL;
    int status =
        compute(s, 0, 0, s->source.columns, s->source.rows, s->kept, s->kept_weight);
    if (status != MSG_OK) {
        free(s->kept);
        free(s->kept_weight);
        s->kept = NULL;
        s->kept_weight = NULL;
    } else if (s->entry.path) {
        const struct mask_cache_pixels pixels = {s->kept, s->kept_weight, s->covers};
        for (int i = 0; i < s->nmasks; i++)
            s->covers[i] = classmap_covers(s->map[i]);
        mask_cache_write(&s->entry, &s->source, s->nmasks, &pixels, MASK_CACHE_SHARE);
    }
    return status;
}

int pixel_mask_window(struct pixel_mask *s, int column, int row, int columns, int rows,
                      unsigned char *bits, float *weight)
{
    size_t width = (size_t)columns;
    if (pixel_mask_takes_all(s)) {
        memset(bits, PIXEL_MASK_ALL, width * (size_t)rows);
        for (size_t i = 0; weight && i < width * (size_t)rows; i++)
            weight[i] = 1;
        return MSG_OK;
    }
    if (!keeps(s)) {
        /* Weights say which pixels have none, so they are needed even when not wanted. */
        float *own = s->weighs && !weight
                         ? mem_resize(NULL, width * (size_t)rows, sizeof *own)
                         : NULL;
        int status = compute(s, column, row, columns, rows, bits, own ? own : weight);
        free(own);
        return status;
    }
    int status = s->kept ? MSG_OK : keep_all(s);
    for (int r = 0; r < rows && status == MSG_OK; r++) {
        size_t from = (size_t)(row + r) * (size_t)s->source.columns + (size_t)column;
        memcpy(bits + (size_t)r * width, s->kept + from, width);
        if (weight && s->kept_weight)
            memcpy(weight + (size_t)r * width, s->kept_weight + from,
                   width * sizeof *weight);
        for (int i = 0; weight && !s->kept_weight && i < columns; i++)
            weight[(size_t)r * width + (size_t)i] = 1;
    }
    return status;
}

int pixel_mask_apply(struct pixel_mask *s, int column, int row, int columns, int rows,
                     double *v)
{
    size_t n = (size_t)columns * (size_t)rows;
    if (pixel_mask_takes_all(s))
        return MSG_OK;
    s->bits = mem_grow(s->bits, &s->bits_cap, n, 1);
    int status = MSG_OK;
    if (s->grid) {
        status = pixel_mask_window(s, column, row, columns, rows, s->bits, NULL);
    } else {
        for (size_t i = 0; i < n; i++)
            s->bits[i] = isnan(v[i]) ? 0 : PIXEL_MASK_ALL;
        for (int k = 0; k < s->nmasks && status == MSG_OK; k++)
            status = classmap_keep(s->map[k], column, row, columns, rows, s->bits);
    }
    for (size_t i = 0; i < n; i++)
        v[i] = s->bits[i] == PIXEL_MASK_ALL ? v[i] : NAN;
    return status;
}
