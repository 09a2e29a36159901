/* places: values at the centres of cells, on a device. */
#include "places.h"
#include "base/mem.h"
#include "base/msg.h"
#include <math.h>
#include <stdlib.h>

enum {
    LANES = 32,                     /* work items that look through one row of places */
    BOUNDS = 6,                     /* what each of them finds */
    CELL_BYTES = 5 * sizeof(double) /* a place, two widths and a value */
};

struct opencl_places {
    struct opencl_device *device;
    struct device_buffer patches, x, y, bounds, scale[2], v, values;
    double *found;
};

struct opencl_places *places_open(struct opencl_device *d)
{
    struct opencl_places *p = mem_alloc(1, sizeof *p);
    p->device = d;
    d->users++;
    return p;
}

void places_close(struct opencl_places *p)
{
    if (!p)
        return;
    struct device_buffer *const all[] = {&p->patches,  &p->x,        &p->y, &p->bounds,
                                         &p->scale[0], &p->scale[1], &p->v, &p->values};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        device_release(p->device, all[i]);
    p->device->users--;
    free(p->found);
    free(p);
}

bool places_fit(const struct opencl_places *p, size_t cells, size_t pixels)
{
    size_t share = device_share(p->device);
    return cells <= share / CELL_BYTES &&
           pixels < (share - cells * CELL_BYTES) / sizeof(double);
}

/* ---- where cells are ---- */

/* What all work items have found, as one. */
static struct opencl_bounds bounds_of(const double *found, size_t n)
{
    struct opencl_bounds b = {{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}, false, 0};
    for (size_t i = 0; i < n; i++, found += BOUNDS) {
        for (int k = 0; k < 2; k++) {
            b.least[k] = found[k] < b.least[k] ? found[k] : b.least[k];
            b.most[k] = found[2 + k] > b.most[k] ? found[2 + k] : b.most[k];
        }
        b.touches = b.touches || found[4] > 0;
        b.widest = found[5] > b.widest ? found[5] : b.widest;
    }
    return b;
}

static int find_bounds(struct opencl_places *p, const struct grid_rect *rect, cl_int across,
                       const int source[2], bool measured)
{
    size_t rows = (size_t)rect->rows;
    size_t bytes = LANES * rows * BOUNDS * sizeof(double);
    cl_int column = rect->column, row = rect->row, columns = rect->columns;
    cl_int measure = measured;
    cl_int2 size = {{source[0], source[1]}};
    int status = device_reserve(p->device, &p->bounds, bytes);
    if (status != MSG_OK)
        return status;
    const struct device_argument argument[] = {
        DEVICE_ARG(p->patches.mem), DEVICE_ARG(column),   DEVICE_ARG(row),
        DEVICE_ARG(across),         DEVICE_ARG(columns),  DEVICE_ARG(size),
        DEVICE_ARG(measure),        DEVICE_ARG(p->x.mem), DEVICE_ARG(p->y.mem),
        DEVICE_ARG(p->bounds.mem)};
    status = device_run(p->device, KERNEL_BOUNDS, LANES, rows, argument,
                        sizeof argument / sizeof *argument);
    p->found = mem_resize(p->found, LANES * rows * BOUNDS, sizeof *p->found);
    return status == MSG_OK ? device_read(p->device, &p->bounds, p->found, bytes) : status;
}

int places_find(struct opencl_places *p, const struct grid_rect *rect,
                const double *patches, const int source[2], bool measured,
                struct opencl_bounds *bounds)
{
    struct opencl_device *d = p->device;
    size_t columns = (size_t)rect->columns, rows = (size_t)rect->rows;
    const double centres = 0.5;
    cl_int column = rect->column, row = rect->row, across;
    int status = device_write_patches(d, &p->patches, patches, rect, &across);
    if (status == MSG_OK)
        status = device_reserve(d, &p->x, columns * rows * sizeof(double));
    if (status == MSG_OK)
        status = device_reserve(d, &p->y, columns * rows * sizeof(double));
    if (status != MSG_OK)
        return status;
    const struct device_argument argument[] = {
        DEVICE_ARG(p->patches.mem), DEVICE_ARG(column),  DEVICE_ARG(row),
        DEVICE_ARG(across),         DEVICE_ARG(centres), DEVICE_ARG(p->x.mem),
        DEVICE_ARG(p->y.mem)};
    status = device_run(d, KERNEL_PLACES, columns, rows, argument,
                        sizeof argument / sizeof *argument);
    if (status == MSG_OK)
        status = find_bounds(p, rect, across, source, measured);
    if (status == MSG_OK)
        *bounds = bounds_of(p->found, LANES * rows);
    return status;
}

int places_put(struct opencl_places *p, size_t cells, const double *x, const double *y)
{
    int status = device_write(p->device, &p->x, x, cells * sizeof *x);
    return status == MSG_OK ? device_write(p->device, &p->y, y, cells * sizeof *y) : status;
}

/* ---- what is there ---- */

static int write_window(struct opencl_places *p, size_t cells,
                        const struct opencl_window *window)
{
    struct opencl_device *d = p->device;
    size_t pixels = (size_t)window->columns * (size_t)window->rows;
    int status = device_write(d, &p->v, window->v, (pixels + 1) * sizeof *window->v);
    for (int k = 0; k < 2 && status == MSG_OK; k++)
        status = window->scale[k] ? device_write(d, &p->scale[k], window->scale[k],
                                                 cells * sizeof(double))
                                  : device_reserve(d, &p->scale[k], sizeof(double));
    return status == MSG_OK ? device_reserve(d, &p->values, cells * sizeof(double))
                            : status;
}

int places_take(struct opencl_places *p, size_t cells, const struct opencl_window *window,
                double *values)
{
    cl_int method = window->method;
    cl_int modes = (window->strict ? 1 : 0) | (window->scale[0] ? 2 : 0);
    cl_double2 width = {{window->width[0], window->width[1]}};
    cl_int4 at = {{window->column, window->row, window->columns, window->rows}};
    cl_int2 source = {{window->source_columns, window->source_rows}};
    int status = write_window(p, cells, window);
    if (status != MSG_OK)
        return status;
    const struct device_argument argument[] = {
        DEVICE_ARG(p->x.mem),        DEVICE_ARG(p->y.mem),     DEVICE_ARG(p->scale[0].mem),
        DEVICE_ARG(p->scale[1].mem), DEVICE_ARG(width),        DEVICE_ARG(p->v.mem),
        DEVICE_ARG(method),          DEVICE_ARG(modes),        DEVICE_ARG(at),
        DEVICE_ARG(source),          DEVICE_ARG(p->values.mem)};
    status = device_run(p->device, KERNEL_VALUES, cells, 1, argument,
                        sizeof argument / sizeof *argument);
    return status == MSG_OK
               ? device_read(p->device, &p->values, values, cells * sizeof *values)
               : status;
}
