/* resample: nearest, bilinear, cubic and other kernels. */
#include "resample.h"
#include "base/mem.h"
#include "base/msg.h"
#include "cell_centres.h"
#include "place_device.h"
#include "place_value.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cells, so that their places, their values and the pixels under them stay in the cache. */
enum { AT_ONCE = 1 << 14 };

struct resample {
    struct masked_reader *from;
    struct ras *source; /* its raster */
    const struct resample_spec *spec;
    struct crs_transform *map;   /* from the grid to the source */
    struct place_device *device; /* or NULL */
    /* the part of the source under the present rectangle */
    double *v;
    size_t cap;
    struct place_window window;
    struct cell_centres cells; /* of the present rectangle */
    bool touches, kernels;     /* cells so far: the source, others than nearest */
    double *weight[2];         /* of a kernel's columns and rows */
    double beyond[2], by[2];   /* what they are for: along a row often the same again */
    int reach[2];              /* how far they go to each side */
};

int resample_open(struct resample **made, struct masked_reader *from,
                  const struct resample_spec *spec)
{
    struct resample *w = mem_alloc(1, sizeof *w);
    struct ras *source = from->ras;
    double inverse[6];
    *made = w;
    w->from = from;
    w->source = source;
    w->spec = spec;
    w->window = (struct place_window){.source_columns = source->grid.columns,
                                      .source_rows = source->grid.rows,
                                      .strict = spec->strict};
    int status =
        crs_transform_open(&w->map, spec->grid->crs, source->grid.crs, NULL, source->path);
    if (status == MSG_OK && !gt_invert(source->grid.gt, inverse)) {
        msg_error("%s: its pixels have no area", source->path);
        status = MSG_INPUT;
    }
    if (status != MSG_OK) {
        resample_close(w);
        *made = NULL;
        return status;
    }
    cell_centres_open(&w->cells, spec->grid, w->map, &source->grid, spec->tolerance);
    w->device = place_device_open(spec->device, &w->cells);
    return MSG_OK;
}

void resample_warn(const struct resample *w)
{
    const double *widest = w->cells.widest;
    if (w->kernels && w->spec->narrow && (widest[0] > 1 || widest[1] > 1))
        msg_warn("%s: cells are up to %.3g x %.3g of its pixels, and kernels that are not "
                 "widened pass over some of them",
                 w->source->path, widest[0], widest[1]);
}

void resample_close(struct resample *w)
{
    if (!w)
        return;
    place_device_close(w->device);
    cell_centres_close(&w->cells);
    crs_transform_close(w->map);
    free(w->v);
    free(w->weight[0]);
    free(w->weight[1]);
    free(w);
}

/* The weights of lanczos take sines, which are the processor's own. */
static bool is_for_device(const struct resample *w, enum warp_method method)
{
    return w->device && method != RESAMPLE_LANCZOS;
}

/* How wide the kernel is made for a cell of the rectangle, along columns or rows. */
static double width_of(const struct resample *w, int k, size_t cell)
{
    return w->spec->narrow ? 1 : cell_centres_width(&w->cells, k, cell);
}

/* How far the method's kernel goes for any of the rectangle's cells; of the device's cells
 * none is wide. */
static void find_reach(struct resample *w, enum warp_method method, size_t cells,
                       bool narrow)
{
    for (int k = 0; k < 2; k++) {
        double widest = 1;
        for (size_t i = 0; !narrow && w->cells.wide && i < cells; i++)
            widest = fmax(widest, width_of(w, k, i));
        w->reach[k] = kernel_reach(method, widest);
        w->weight[k] =
            mem_resize(w->weight[k], 2 * (size_t)w->reach[k] + 1, sizeof *w->weight[k]);
        w->beyond[k] = NAN;
    }
}

/* Of all places that are in the raster, or next to it, the least and the most. */
struct places {
    vector least[2], most[2];
    vector_mask touches;
};

VECTOR_INLINE void add_places(struct places *p, const struct raster_grid *source,
                              const double *x, const double *y)
{
    const double columns = source->columns, rows = source->rows;
    vector at[2];
    memcpy(&at[0], x, sizeof at[0]);
    memcpy(&at[1], y, sizeof at[1]);
    vector_mask in =
        (at[0] > -1) & (at[1] > -1) & (at[0] < columns + 1) & (at[1] < rows + 1);
    p->touches |= (at[0] >= 0) & (at[1] >= 0) & (at[0] < columns) & (at[1] < rows);
    for (int k = 0; k < 2; k++) {
        p->least[k] = VECTOR_PICK(in & (at[k] < p->least[k]), at[k], p->least[k]);
        p->most[k] = VECTOR_PICK(in & (at[k] > p->most[k]), at[k], p->most[k]);
    }
}

VECTOR_CLONES
static struct opencl_bounds bounds_of(const struct resample *w, size_t cells)
{
    const vector none = VECTOR_ALL(HUGE_VAL);
    const double *x = w->cells.x, *y = w->cells.y;
    struct places p = {{none, none}, {-none, -none}, {0}};
    double last[2][VECTOR_LANES];
    size_t whole = cells - cells % VECTOR_LANES;
    for (size_t i = 0; i < whole; i += VECTOR_LANES)
        add_places(&p, &w->source->grid, x + i, y + i);
    for (size_t k = 0; k < VECTOR_LANES; k++) {
        last[0][k] = whole + k < cells ? x[whole + k] : NAN;
        last[1][k] = whole + k < cells ? y[whole + k] : NAN;
    }
    add_places(&p, &w->source->grid, last[0], last[1]);
    struct opencl_bounds b = {{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}, false, 0};
    for (int lane = 0; lane < VECTOR_LANES; lane++) {
        b.touches |= VECTOR_LANE(p.touches, lane) != 0;
        for (int k = 0; k < 2; k++) {
            b.least[k] = fmin(b.least[k], VECTOR_LANE(p.least[k], lane));
            b.most[k] = fmax(b.most[k], VECTOR_LANE(p.most[k], lane));
        }
    }
    return b;
}

/* Finds the rectangle's cells, on the device if it can, and what they lie in. */
static int find_cells(struct resample *w, enum warp_method method,
                      const struct grid_rect *rect, struct opencl_bounds *bounds,
                      bool *found)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    bool measured = method != RESAMPLE_NEAREST;
    int status = MSG_OK;
    w->kernels = w->kernels || measured;
    *found = false;
    if (is_for_device(w, method))
        status = place_device_find(w->device, rect, measured, bounds, found);
    if (status == MSG_OK && !*found) {
        cell_centres_find(&w->cells, rect, measured);
        *bounds = bounds_of(w, cells);
    }
    find_reach(w, method, cells, *found || !measured);
    return status;
}

/* The pixels that these cells need, cut off at the raster; false when there are none. */
static bool find_window(struct resample *w, const struct opencl_bounds *b)
{
    const struct raster_grid *source = &w->source->grid;
    w->touches = w->touches || b->touches;
    if (b->least[0] > b->most[0])
        return false;
    int across = w->reach[0] + 1, down = w->reach[1] + 1;
    w->window.column = (int)fmax(0, floor(b->least[0]) - across);
    w->window.row = (int)fmax(0, floor(b->least[1]) - down);
    w->window.columns =
        (int)fmin(source->columns, floor(b->most[0]) + across + 1) - w->window.column;
    w->window.rows = (int)fmin(source->rows, floor(b->most[1]) + down + 1) - w->window.row;
    return w->window.columns > 0 && w->window.rows > 0;
}

static int load(struct resample *w)
{
    size_t n = (size_t)w->window.columns * (size_t)w->window.rows;
    if (n > w->cap) {
        w->v = mem_resize(w->v, n + 1, sizeof *w->v);
        w->cap = n;
    }
    w->v[n] = NAN;
    return masked_reader_read(w->from, w->window.column, w->window.row, w->window.columns,
                              w->window.rows, w->v);
}

/* The kernel of the columns (k = 0) or the rows, with its weights. */
static struct place_kernel kernel_of(struct resample *w, enum warp_method method, int k,
                                     double place, double width)
{
    int start = k ? w->window.row : w->window.column;
    struct place_kernel made =
        place_kernel_of(method, place, width, kernel_reach(method, width), start);
    if (made.beyond != w->beyond[k] || width != w->by[k])
        kernel_weights(method, made.beyond, width, made.reach, w->weight[k]);
    w->beyond[k] = made.beyond;
    w->by[k] = width;
    made.weight = w->weight[k];
    return made;
}

/* Any kernel, for a cell that is so wide. */
static double kernel(struct resample *w, enum warp_method method, double x, double y,
                     double width, double height)
{
    if (isnan(w->v[place_index(&w->window, x, y)]))
        return NAN;
    struct place_kernel kx = kernel_of(w, method, 0, x, width);
    struct place_kernel ky = kernel_of(w, method, 1, y, height);
    return place_kernel_value(&w->window, w->v, &kx, &ky);
}

/* What place_index gives for several places at once. */
VECTOR_INLINE void place_indices(const struct place_window *w, const double *x,
                                 const double *y, vector *index)
{
    typedef int whole __attribute__((vector_size(VECTOR_LANES * sizeof(int))));
    const double columns = w->source_columns, rows = w->source_rows;
    const vector none = VECTOR_ALL((double)w->columns * w->rows);
    vector px, py;
    memcpy(&px, x, sizeof px);
    memcpy(&py, y, sizeof py);
    px += PLACE_EDGE;
    py += PLACE_EDGE;
    vector_mask in = (px >= 0) & (py >= 0) & (px < columns) & (py < rows);
    whole column = __builtin_convertvector(VECTOR_KEEP(in, px), whole) - w->column;
    whole row = __builtin_convertvector(VECTOR_KEEP(in, py), whole) - w->row;
    vector at = __builtin_convertvector(row, vector) * w->columns +
                __builtin_convertvector(column, vector);
    *index = VECTOR_PICK(in, at, none);
}

/* Values at the places of a row of cells. */
VECTOR_CLONES
static void nearest_row(const struct resample *w, const double *x, const double *y, int n,
                        double *to)
{
    int i = 0;
    for (; i + VECTOR_LANES <= n; i += VECTOR_LANES) {
        vector at;
        place_indices(&w->window, x + i, y + i, &at);
        for (int k = 0; k < VECTOR_LANES; k++)
            to[i + k] = w->v[(ptrdiff_t)VECTOR_LANE(at, k)];
    }
    for (; i < n; i++)
        to[i] = w->v[place_index(&w->window, x[i], y[i])];
}

VECTOR_CLONES
static void bilinear_row(const struct resample *w, const double *x, const double *y, int n,
                         double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = place_bilinear(&w->window, w->v, x[i], y[i]);
}

VECTOR_CLONES
static void cubic_row(const struct resample *w, const double *x, const double *y, int n,
                      double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = place_cubic(&w->window, w->v, x[i], y[i]);
}

/* The cells from number `first` of the rectangle on. */
VECTOR_CLONES
static void kernel_row(struct resample *w, enum warp_method method, size_t first, int n,
                       double *to)
{
    for (int i = 0; i < n; i++) {
        size_t at = first + (size_t)i;
        double x = w->cells.x[at], y = w->cells.y[at];
        double width = width_of(w, 0, at), height = width_of(w, 1, at);
        bool wide = width > 1 || height > 1;
        to[i] =
            !wide && method == RESAMPLE_BILINEAR ? place_bilinear(&w->window, w->v, x, y)
            : !wide && method == RESAMPLE_CUBIC  ? place_cubic(&w->window, w->v, x, y)
                                                 : kernel(w, method, x, y, width, height);
    }
}

/* A row of cells. Nothing is wide where kernels reach no further than they do by
 * themselves. */
static void method_row(struct resample *w, enum warp_method method, size_t first, int n,
                       double *to)
{
    const double *x = w->cells.x + first, *y = w->cells.y + first;
    int narrow = kernel_reach(method, 1);
    bool wide = w->reach[0] > narrow || w->reach[1] > narrow;
    if (method == RESAMPLE_NEAREST)
        nearest_row(w, x, y, n, to);
    else if (method == RESAMPLE_BILINEAR && !wide)
        bilinear_row(w, x, y, n, to);
    else if (method == RESAMPLE_CUBIC && !wide)
        cubic_row(w, x, y, n, to);
    else
        kernel_row(w, method, first, n, to);
}

bool resample_touches(const struct resample *w)
{
    return w->touches;
}

static void blank(const struct grid_rect *rect, double *v, size_t stride)
{
    for (int r = 0; r < rect->rows; r++)
        for (int i = 0; i < rect->columns; i++)
            v[(size_t)r * stride + (size_t)i] = NAN;
}

/* Two halves along the longer side, when the pixels under all would take too much. */
static int halves(struct resample *w, enum warp_method method, const struct grid_rect *rect,
                  double *v, size_t stride)
{
    struct grid_rect a, b;
    grid_halve(rect, &a, &b);
    size_t step = (size_t)(b.row - a.row) * stride + (size_t)(b.column - a.column);
    int status = resample_rect(w, method, &a, v, stride);
    return status == MSG_OK ? resample_rect(w, method, &b, v + step, stride) : status;
}

/* Values of the cells that were found, from the window. */
static int values_on_device(struct resample *w, enum warp_method method,
                            const struct grid_rect *rect, bool found, double *v,
                            size_t stride)
{
    const struct place_window *at = &w->window;
    bool wide = !found && !w->spec->narrow && method != RESAMPLE_NEAREST;
    struct opencl_window window = {.method = method,
                                   .strict = at->strict,
                                   .column = at->column,
                                   .row = at->row,
                                   .columns = at->columns,
                                   .rows = at->rows,
                                   .source_columns = at->source_columns,
                                   .source_rows = at->source_rows,
                                   .v = w->v,
                                   .width = {1, 1}};
    for (int k = 0; wide && k < 2; k++) {
        window.scale[k] = w->cells.scale[k];
        window.width[k] = w->cells.width[k];
    }
    return place_device_values(w->device, rect, found, &window, v, stride);
}

/* Whether the pixels of the window, or the cells and these, take too much. */
static bool is_too_large(const struct resample *w, enum warp_method method, size_t cells,
                         double pixels)
{
    bool takes_too_much = is_for_device(w, method)
                              ? !place_device_fits(w->device, cells, (size_t)pixels)
                              : cells > AT_ONCE;
    return takes_too_much || pixels * sizeof *w->v > (double)w->spec->memory;
}

int resample_rect(struct resample *w, enum warp_method method, const struct grid_rect *rect,
                  double *v, size_t stride)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    struct opencl_bounds bounds = {0};
    bool found;
    if (cells > 1 && is_too_large(w, method, cells, 0))
        return halves(w, method, rect, v, stride);
    int status = find_cells(w, method, rect, &bounds, &found);
    if (status != MSG_OK)
        return status;
    if (!find_window(w, &bounds)) {
        blank(rect, v, stride);
        return MSG_OK;
    }
    if (cells > 1 &&
        is_too_large(w, method, cells, (double)w->window.columns * w->window.rows))
        return halves(w, method, rect, v, stride);
    status = load(w);
    if (status == MSG_OK && is_for_device(w, method))
        return values_on_device(w, method, rect, found, v, stride);
    for (int r = 0; status == MSG_OK && r < rect->rows; r++) {
        size_t first = (size_t)r * (size_t)rect->columns;
        method_row(w, method, first, rect->columns, v + (size_t)r * stride);
    }
    return status;
}
