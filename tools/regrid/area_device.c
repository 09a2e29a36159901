/* area_device: sums of pixels whose source has another CRS than the grid, on a device.
 *
 * The processor decodes rows and finds the patches of the transform; the device does what
 * area_projected.c does, and hands back the few pixels that it cannot take. */
#include "area_work.h"
#include "base/mem.h"
#include "geo/approx_transform.h"
#include "regrid/device.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct area_device {
    const struct opencl_plugin *plugin;
    struct opencl_areas *areas;
    struct approx_transform *lattice;
    double *patches, *x, *y;
    size_t npatches, ncorners;
};

struct area_device *area_device_open(struct area_stats *w)
{
    const struct regrid_device *device = w->spec->device;
    struct approx_transform *lattice = w->projected ? area_projected_lattice(w) : NULL;
    if (!device || !lattice || w->wants_bag || w->spec->joins)
        return NULL;
    struct area_device *d = mem_alloc(1, sizeof *d);
    struct opencl_areas_spec spec = {.moments = w->wants_moments,
                                     .range = w->wants_range,
                                     .counts_all = w->counts_all,
                                     .counts_weight = w->counts_mask,
                                     .all = PIXEL_MASK_ALL,
                                     .sliver = regrid_sliver,
                                     .turn = w->turn};
    memcpy(spec.box, w->box, sizeof spec.box);
    d->plugin = device->plugin;
    d->areas = d->plugin->areas_open(device->device, &spec);
    d->lattice = lattice;
    return d;
}

void area_device_close(struct area_device *d)
{
    if (!d)
        return;
    d->plugin->areas_close(d->areas);
    free(d->patches);
    free(d->x);
    free(d->y);
    free(d);
}

int area_device_begin(struct area_stats *w)
{
    return w->device->plugin->areas_begin(w->device->areas, w->rect);
}

/* Patches where all corners are interpolated; else the corners. */
static void give_places(struct area_stats *w, struct opencl_rows *r)
{
    struct area_device *d = w->device;
    size_t patches = approx_patch_count(r->column, r->row, r->columns, r->rows);
    if (patches > d->npatches) {
        d->npatches = patches;
        d->patches =
            mem_resize(d->patches, d->npatches * APPROX_COEFFICIENTS, sizeof *d->patches);
    }
    if (approx_patches(d->lattice, r->column, r->row, r->columns, r->rows, d->patches)) {
        r->patches = d->patches;
        return;
    }
    size_t n = (size_t)r->columns + 1, corners = n * ((size_t)r->rows + 1);
    if (corners > d->ncorners) {
        d->ncorners = corners;
        d->x = mem_resize(d->x, corners, sizeof *d->x);
        d->y = mem_resize(d->y, corners, sizeof *d->y);
    }
    for (int k = 0; k <= r->rows; k++)
        approx_row(d->lattice, r->row + k, r->column, 0, (int)n, d->x + (size_t)k * n,
                   d->y + (size_t)k * n);
    r->x = d->x;
    r->y = d->y;
}

int area_device_take(struct area_stats *w, int row, int rows, const double *v,
                     const unsigned char *bits, const float *weight)
{
    struct area_device *d = w->device;
    size_t columns = (size_t)w->window[2];
    size_t most = d->plugin->areas_pixels(d->areas) / columns;
    int status = MSG_OK;
    for (int k = 0, n; k < rows && status == MSG_OK; k += n) {
        size_t from = (size_t)k * columns;
        n = most < 1 ? 1 : most < (size_t)(rows - k) ? (int)most : rows - k;
        struct opencl_rows r = {.column = w->window[0],
                                .row = row + k,
                                .columns = w->window[2],
                                .rows = n,
                                .v = v + from,
                                .bits = bits + from,
                                .weight = weight ? weight + from : NULL,
                                .odd = area_projected_odd,
                                .user = w};
        give_places(w, &r);
        status = d->plugin->areas_take(d->areas, &r);
    }
    return status;
}

int area_device_end(struct area_stats *w)
{
    static_assert(sizeof(struct sums) == 4 * sizeof(double), "sums as the device has them");
    static_assert(sizeof(struct more) == 5 * sizeof(double), "and what there is besides");
    struct opencl_sums sums = {.sum = &w->cell->weight,
                               .more = w->more ? &w->more->denominator : NULL};
    int status = w->device->plugin->areas_end(w->device->areas, &sums);
    w->summary.touches = w->summary.touches || sums.touches;
    return status;
}
