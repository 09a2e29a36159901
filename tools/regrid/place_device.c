/* place_device: values at cells' centres on a device. */
#include "place_device.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/approx_transform.h"
#include <stdlib.h>
#include <string.h>

struct place_device {
    const struct opencl_plugin *plugin;
    struct opencl_places *places;
    struct cell_centres *cells;
    double *patches, *values;
    size_t npatches, nvalues;
};

struct place_device *place_device_open(const struct regrid_device *device,
                                       struct cell_centres *cells)
{
    if (!device)
        return NULL;
    struct place_device *d = mem_alloc(1, sizeof *d);
    d->plugin = device->plugin;
    d->places = d->plugin->places_open(device->device);
    d->cells = cells;
    return d;
}

void place_device_close(struct place_device *d)
{
    if (!d)
        return;
    d->plugin->places_close(d->places);
    free(d->patches);
    free(d->values);
    free(d);
}

bool place_device_fits(const struct place_device *d, size_t cells, size_t pixels)
{
    return d->plugin->places_fit(d->places, cells, pixels);
}

int place_device_find(struct place_device *d, const struct grid_rect *rect, bool measured,
                      struct opencl_bounds *bounds, bool *found)
{
    const int source[2] = {d->cells->source->columns, d->cells->source->rows};
    size_t n = approx_patch_count(rect->column, rect->row, rect->columns, rect->rows);
    if (n > d->npatches) {
        d->npatches = n;
        d->patches = mem_resize(d->patches, n * APPROX_COEFFICIENTS, sizeof *d->patches);
    }
    *found = cell_centres_patches(d->cells, rect, d->patches);
    if (!*found)
        return MSG_OK;
    int status =
        d->plugin->places_find(d->places, rect, d->patches, source, measured, bounds);
    *found = cell_centres_narrow(bounds->widest);
    return status;
}

int place_device_values(struct place_device *d, const struct grid_rect *rect, bool found,
                        const struct opencl_window *window, double *v, size_t stride)
{
    size_t columns = (size_t)rect->columns, cells = columns * (size_t)rect->rows;
    double *to = v;
    int status =
        found ? MSG_OK : d->plugin->places_put(d->places, cells, d->cells->x, d->cells->y);
    if (stride != columns && cells > d->nvalues) {
        d->nvalues = cells;
        d->values = mem_resize(d->values, cells, sizeof *d->values);
    }
    if (stride != columns)
        to = d->values;
    if (status == MSG_OK)
        status = d->plugin->places_take(d->places, cells, window, to);
    for (int r = 0; to != v && status == MSG_OK && r < rect->rows; r++)
        memcpy(v + (size_t)r * stride, to + (size_t)r * columns, columns * sizeof *v);
    return status;
}
