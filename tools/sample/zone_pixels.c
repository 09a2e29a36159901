/* zone_pixels: the pixels of rasters that the polygons of a layer cover. */
#include "zone_pixels.h"
#include "base/lower_bound.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/polygon_project.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The runs of a zone from its top to before the row `end`. */
struct zone_kept {
    struct polygon_coverage_run *run;
    size_t n, cap;
    int end;
};

static void free_zones(struct zone_pixels *z)
{
    for (size_t i = 0; i < z->n; i++)
        free(z->kept[i].run);
    free(z->kept);
    free(z->zone);
    z->kept = NULL;
    z->zone = NULL;
    z->n = z->kept_bytes = 0;
    z->ready = false;
}

static void free_plane(struct zone_pixels *z)
{
    for (size_t i = 0; z->projected && i < z->features->n; i++)
        poly_free(&z->projected[i]);
    free(z->projected);
    z->projected = NULL;
    z->to = NULL;
}

static const struct poly *area_of(const struct zone_pixels *z, size_t feature)
{
    return z->projected ? &z->projected[feature] : &z->features->feature[feature].area;
}

/* The polygons in the plane of a raster. */
static int take_plane(struct zone_pixels *z, const struct ras *r)
{
    const struct gdal_plugin_features *f = z->features;
    const double *gt = r->grid.gt;
    double pixel = fmin(hypot(gt[1], gt[4]), hypot(gt[2], gt[5]));
    bool same = z->to == r->grid.crs;
    if (same && (z->pixel == pixel || !z->projected))
        return MSG_OK;
    free_plane(z);
    if (!same) {
        crs_transform_close(z->map);
        z->map = NULL;
        int status =
            crs_transform_open(&z->map, crs_of(f->crs), r->grid.crs, NULL, z->path);
        if (status != MSG_OK)
            return status;
    }
    z->to = r->grid.crs;
    z->pixel = pixel;
    z->turn = crs_turn(z->to);
    if (!crs_transform_identity(z->map))
        z->projected = mem_alloc(f->n, sizeof *z->projected);
    if (!z->box)
        z->box = mem_alloc(f->n, sizeof *z->box);
    for (size_t i = 0; i < f->n; i++) {
        const struct gdal_plugin_feature *one = &f->feature[i];
        if (z->projected &&
            poly_transform(&z->projected[i], &one->area, z->map, pixel / 1000) != MSG_OK)
            msg_warn("%s: polygon \"%s\" has no place in the CRS of %s", z->path, one->id,
                     r->path);
        poly_bounds(area_of(z, i), z->box[i]);
    }
    return MSG_OK;
}

/* Where x is an angle, the same place may have a number a turn away. */
static int turns(const struct zone_pixels *z)
{
    return z->turn > 0 ? 1 : 0;
}

/* The rows that a box, moved along x, may have pixels in; none (top >= bottom) where it
 * misses the raster. */
static struct zone rows_of_box(const struct zone_pixels *z, const double box[4],
                               double shift)
{
    const struct gt_locator place = gt_locator_of(z->grid.gt);
    double left = HUGE_VAL, right = -HUGE_VAL, top = HUGE_VAL, bottom = -HUGE_VAL;
    for (int i = 0; i < 4; i++) {
        double column, row;
        gt_locate(&place, box[i % 2 ? 2 : 0] + shift, box[i / 2 ? 3 : 1], &column, &row);
        left = fmin(left, column);
        right = fmax(right, column);
        top = fmin(top, row);
        bottom = fmax(bottom, row);
    }
    /* A pixel more, so that rounding loses none. */
    left = fmax(0, floor(left) - 1);
    top = fmax(0, floor(top) - 1);
    right = fmin(z->grid.columns, ceil(right) + 1);
    bottom = fmin(z->grid.rows, ceil(bottom) + 1);
    return left < right && top < bottom
               ? (struct zone){.top = (int)top, .bottom = (int)bottom, .left = (int)left}
               : (struct zone){0};
}

static int by_place(const void *a, const void *b)
{
    const struct zone *p = a, *q = b;
    if (p->top != q->top)
        return p->top < q->top ? -1 : 1;
    if (p->left != q->left)
        return p->left < q->left ? -1 : 1;
    return p->feature < q->feature ? -1 : p->feature > q->feature;
}

static void find_zones(struct zone_pixels *z)
{
    size_t n = z->features->n;
    z->zone = mem_alloc(n, sizeof *z->zone);
    for (size_t i = 0; i < n; i++) {
        struct zone all = {0};
        for (int turn = -turns(z); turn <= turns(z) && z->box[i][0] <= z->box[i][2];
             turn++) {
            struct zone one = rows_of_box(z, z->box[i], turn * z->turn);
            if (one.top >= one.bottom)
                continue;
            bool first = all.top >= all.bottom;
            all.left = first || one.left < all.left ? one.left : all.left;
            all.top = first || one.top < all.top ? one.top : all.top;
            all.bottom = first || one.bottom > all.bottom ? one.bottom : all.bottom;
        }
        all.feature = i;
        if (all.top < all.bottom)
            z->zone[z->n++] = all;
    }
    if (z->n)
        qsort(z->zone, z->n, sizeof *z->zone, by_place);
    z->kept = mem_alloc(z->n, sizeof *z->kept);
    for (size_t i = 0; i < z->n; i++)
        z->kept[i].end = z->zone[i].top;
}

int zone_pixels_take(struct zone_pixels *z, const struct ras *r)
{
    if (z->ready && raster_grid_equal(&z->grid, &r->grid))
        return MSG_OK;
    free_zones(z);
    int status = take_plane(z, r);
    if (status != MSG_OK)
        return status;
    z->grid = r->grid;
    find_zones(z);
    z->ready = true;
    return MSG_OK;
}

/* A zone's rings as columns and rows. */
static const struct poly *pixels_of(struct zone_pixels *z, size_t zone)
{
    const struct poly *from = area_of(z, z->zone[zone].feature);
    const struct gt_locator place = gt_locator_of(z->grid.gt);
    struct poly *to = &z->pixels;
    to->npoints = to->nrings = 0;
    for (int turn = -turns(z); turn <= turns(z); turn++)
        for (size_t ring = 0; ring < from->nrings; ring++) {
            poly_ring(to);
            for (size_t i = from->ring[ring]; i < from->ring[ring + 1]; i++) {
                double column, row;
                gt_locate(&place, from->x[i] + turn * z->turn, from->y[i], &column, &row);
                poly_point(to, column, row);
            }
        }
    return to;
}

/* Adds what was made of the next rows, when there is room for it. */
static void keep(struct zone_pixels *z, struct zone_kept *k, int end)
{
    const struct polygon_coverage *made = &z->coverage;
    size_t before = k->cap;
    if (z->kept_bytes + (made->n + before) * sizeof *k->run > z->bytes)
        return;
    k->run = mem_grow(k->run, &k->cap, k->n + made->n, sizeof *k->run);
    if (made->n)
        memcpy(k->run + k->n, made->run, made->n * sizeof *k->run);
    k->n += made->n;
    k->end = end;
    z->kept_bytes += (k->cap - before) * sizeof *k->run;
}

static bool is_above(const void *run, const void *row)
{
    return ((const struct polygon_coverage_run *)run)->row < *(const int *)row;
}

/* The first run of a row, or of one behind it. */
static size_t find_row(const struct zone_kept *k, int row)
{
    return lower_bound(k->run, k->n, sizeof *k->run, &row, is_above);
}

const struct polygon_coverage_run *zone_pixels_rows(struct zone_pixels *z, size_t zone,
                                                    int first, int last, size_t *n)
{
    struct zone_kept *k = &z->kept[zone];
    if (last <= k->end) {
        size_t from = find_row(k, first);
        *n = find_row(k, last) - from;
        return k->run + from;
    }
    polygon_coverage_rows(&z->coverage, pixels_of(z, zone), z->grid.columns, first, last,
                          z->touch);
    if (first == k->end)
        keep(z, k, last);
    *n = z->coverage.n;
    return z->coverage.run;
}

double zone_pixels_count(struct zone_pixels *z, size_t zone)
{
    const struct poly *p = pixels_of(z, zone);
    double edges = 0;
    for (size_t r = 0; r < p->nrings; r++) {
        size_t from = p->ring[r], to = p->ring[r + 1];
        for (size_t i = from, j = to - 1; i < to; j = i++)
            edges += fabs(p->x[i] - p->x[j]) + fabs(p->y[i] - p->y[j]) + 2;
    }
    return fabs(p->npoints ? poly_area(p) : 0) + edges;
}

void zone_pixels_free(struct zone_pixels *z)
{
    free_zones(z);
    if (z->features)
        free_plane(z);
    crs_transform_close(z->map);
    free(z->box);
    poly_free(&z->pixels);
    polygon_coverage_free(&z->coverage);
    *z = (struct zone_pixels){0};
}
