/* resample: nearest, bilinear, cubic and other kernels. */
#include "resample.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/simd.h"
#include "cell_centres.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double edge = 1e-10; /* of a pixel: nearer to an edge is beyond it */

struct resample {
    struct masked_reader *from;
    struct ras *source; /* its raster */
    const struct resample_spec *spec;
    struct crs_transform *map; /* from the grid to the source */
    /* the part of the source under the present rectangle */
    double *v;
    size_t cap, nan; /* nan: where a NaN stands behind the window */
    int c0, r0, columns, rows;
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
    cell_centres_close(&w->cells);
    crs_transform_close(w->map);
    free(w->v);
    free(w->weight[0]);
    free(w->weight[1]);
    free(w);
}

/* How wide the kernel is made for a cell of the rectangle, along columns or rows. */
static double width_of(const struct resample *w, int k, size_t cell)
{
    return w->spec->narrow ? 1 : cell_centres_width(&w->cells, k, cell);
}

/* Finds the rectangle's cells, and how far the method's kernel goes for any of them. */
static void prepare(struct resample *w, enum warp_method method,
                    const struct grid_rect *rect)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    bool measured = method != RESAMPLE_NEAREST;
    w->kernels = w->kernels || measured;
    cell_centres_find(&w->cells, rect, measured);
    for (int k = 0; k < 2; k++) {
        double widest = 1;
        for (size_t i = 0; measured && w->cells.wide && i < cells; i++)
            widest = fmax(widest, width_of(w, k, i));
        w->reach[k] = kernel_reach(method, widest);
        w->weight[k] =
            mem_resize(w->weight[k], 2 * (size_t)w->reach[k] + 1, sizeof *w->weight[k]);
        w->beyond[k] = NAN;
    }
}

/* The pixels that these cells need, cut off at the raster; false when there are none. */
static bool find_window(struct resample *w, size_t cells)
{
    const struct ras *r = w->source;
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    bool touches = w->touches;
    for (size_t i = 0; i < cells; i++) {
        double x = w->cells.x[i], y = w->cells.y[i];
        bool in = x > -1 && y > -1 && x < r->grid.columns + 1.0 && y < r->grid.rows + 1.0;
        bool under = x >= 0 && y >= 0 && x < r->grid.columns && y < r->grid.rows;
        touches |= under;
        x0 = in && x < x0 ? x : x0;
        x1 = in && x > x1 ? x : x1;
        y0 = in && y < y0 ? y : y0;
        y1 = in && y > y1 ? y : y1;
    }
    w->touches = touches;
    if (x0 > x1)
        return false;
    int across = w->reach[0] + 1, down = w->reach[1] + 1;
    w->c0 = (int)fmax(0, floor(x0) - across);
    w->r0 = (int)fmax(0, floor(y0) - down);
    w->columns = (int)fmin(r->grid.columns, floor(x1) + across + 1) - w->c0;
    w->rows = (int)fmin(r->grid.rows, floor(y1) + down + 1) - w->r0;
    return w->columns > 0 && w->rows > 0;
}

static int load(struct resample *w)
{
    size_t n = (size_t)w->columns * (size_t)w->rows;
    if (n > w->cap) {
        w->v = mem_resize(w->v, n + 1, sizeof *w->v);
        w->cap = n;
    }
    w->nan = n;
    w->v[n] = NAN;
    return masked_reader_read(w->from, w->c0, w->r0, w->columns, w->rows, w->v);
}

/* The index, in the window, of the pixel that holds a place; that of the NaN behind the
 * window for a place outside of the raster. Without branches, for the loops below. */
static size_t index_at(const struct resample *w, double x, double y)
{
    double columns = w->source->grid.columns, rows = w->source->grid.rows;
    x += edge;
    y += edge;
    bool in = (x >= 0) & (y >= 0) & (x < columns) & (y < rows);
    int column = (int)(in ? x : 0) - w->c0, row = (int)(in ? y : 0) - w->r0;
    return in ? (size_t)row * (size_t)w->columns + (size_t)column : w->nan;
}

/* A pixel of the window that may lie outside. */
static double tap(const struct resample *w, int column, int row)
{
    if (column < 0 || row < 0 || column >= w->columns || row >= w->rows)
        return NAN;
    return w->v[(size_t)row * (size_t)w->columns + (size_t)column];
}

/* Bilinear where some of the four may miss. */
static double bilinear_edge(const struct resample *w, int i, int j, double fx, double fy)
{
    const double weight[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
    double sum = 0, total = 0;
    for (int k = 0; k < 4; k++) {
        double v = tap(w, i + k % 2, j + k / 2);
        if (isnan(v)) {
            if (w->spec->strict && weight[k] > 0)
                return NAN;
            continue;
        }
        sum += weight[k] * v;
        total += weight[k];
    }
    return total > 0 ? sum / total : NAN;
}

static double bilinear(const struct resample *w, double x, double y)
{
    if (isnan(w->v[index_at(w, x, y)]))
        return NAN;
    double px = x - 0.5, py = y - 0.5;
    int i = (int)floor(px), j = (int)floor(py);
    double fx = px - i, fy = py - j;
    i -= w->c0;
    j -= w->r0;
    if (i >= 0 && j >= 0 && i + 1 < w->columns && j + 1 < w->rows) {
        const double *p = w->v + (size_t)j * (size_t)w->columns + i, *q = p + w->columns;
        double v =
            (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) + (q[0] * (1 - fx) + q[1] * fx) * fy;
        if (!isnan(v))
            return v;
    }
    return bilinear_edge(w, i, j, fx, fy);
}

static void cubic_weights(double f, double weight[4])
{
    weight[0] = ((-0.5 * f + 1) * f - 0.5) * f;
    weight[1] = (1.5 * f - 2.5) * f * f + 1;
    weight[2] = ((-1.5 * f + 2) * f + 0.5) * f;
    weight[3] = (0.5 * f - 0.5) * f * f;
}

static double cubic(const struct resample *w, double x, double y)
{
    if (isnan(w->v[index_at(w, x, y)]))
        return NAN;
    double px = x - 0.5, py = y - 0.5;
    int i = (int)floor(px), j = (int)floor(py);
    double fx = px - i, fy = py - j, wx[4], wy[4];
    i -= w->c0 + 1;
    j -= w->r0 + 1;
    if (i >= 0 && j >= 0 && i + 3 < w->columns && j + 3 < w->rows) {
        const double *p = w->v + (size_t)j * (size_t)w->columns + i;
        const double *q = p + w->columns, *r = q + w->columns, *s = r + w->columns;
        double v = 0;
        vector along = {0}; /* the four rows */
        cubic_weights(fx, wx);
        cubic_weights(fy, wy);
        for (int k = 0; k < 4; k++)
            along += wx[k] * (const vector){p[k], q[k], r[k], s[k]};
        for (int k = 0; k < 4; k++)
            v += wy[k] * along[k];
        if (!isnan(v))
            return v;
    }
    return w->spec->strict ? NAN : bilinear_edge(w, i + 1, j + 1, fx, fy);
}

/* What is left of a kernel weighs too little, as in gdalwarp. */
static const double weightless = 1e-6;

/* The weights of a kernel that is so wide, along the columns (k = 0) or the rows, for a
 * place: how many, and the pixel of the first. */
static int place_kernel(struct resample *w, enum warp_method method, int k, double place,
                        double width, int *first)
{
    double centre = place - 0.5, pixel = floor(centre), beyond = centre - pixel;
    int reach = kernel_reach(method, width);
    if (beyond != w->beyond[k] || width != w->by[k])
        kernel_weights(method, beyond, width, reach, w->weight[k]);
    w->beyond[k] = beyond;
    w->by[k] = width;
    *first = (int)pixel - (reach - 1);
    return 2 * reach;
}

/* Any kernel, for a cell that is so wide. */
static double kernel(struct resample *w, enum warp_method method, double x, double y,
                     double width, double height)
{
    if (isnan(w->v[index_at(w, x, y)]))
        return NAN;
    const double *wx = w->weight[0], *wy = w->weight[1];
    int i, j;
    int across = place_kernel(w, method, 0, x, width, &i);
    int down = place_kernel(w, method, 1, y, height, &j);
    i -= w->c0;
    j -= w->r0;
    /* Those of the window. */
    int left = i < 0 ? -i : 0, top = j < 0 ? -j : 0;
    int right = w->columns - i < across ? w->columns - i : across;
    int bottom = w->rows - j < down ? w->rows - j : down;
    bool whole = right - left == across && bottom - top == down;
    double sum = 0, total = 0;
    for (int r = top; r < bottom; r++) {
        const double *p = w->v + (size_t)(j + r) * (size_t)w->columns + i;
        double along = 0, weight = 0;
        for (int c = left; c < right; c++) {
            bool good = !isnan(p[c]);
            along += good ? wx[c] * p[c] : 0;
            weight += good ? wx[c] : 0;
            whole = whole && (good || wx[c] == 0);
        }
        sum += wy[r] * along;
        total += wy[r] * weight;
    }
    return total < weightless || (w->spec->strict && !whole) ? NAN : sum / total;
}

/* Values at the places of a row of cells. */
VECTOR_CLONES
static void nearest_row(const struct resample *w, const double *x, const double *y, int n,
                        double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = w->v[index_at(w, x[i], y[i])];
}

VECTOR_CLONES
static void bilinear_row(const struct resample *w, const double *x, const double *y, int n,
                         double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = bilinear(w, x[i], y[i]);
}

VECTOR_CLONES
static void cubic_row(const struct resample *w, const double *x, const double *y, int n,
                      double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = cubic(w, x[i], y[i]);
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
        to[i] = !wide && method == RESAMPLE_BILINEAR ? bilinear(w, x, y)
                : !wide && method == RESAMPLE_CUBIC
                    ? cubic(w, x, y)
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

int resample_rect(struct resample *w, enum warp_method method, const struct grid_rect *rect,
                  double *v, size_t stride)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    prepare(w, method, rect);
    if (!find_window(w, cells)) {
        blank(rect, v, stride);
        return MSG_OK;
    }
    if (cells > 1 && (double)w->columns * w->rows * sizeof *w->v > (double)w->spec->memory)
        return halves(w, method, rect, v, stride);
    int status = load(w);
    for (int r = 0; status == MSG_OK && r < rect->rows; r++) {
        size_t first = (size_t)r * (size_t)rect->columns;
        method_row(w, method, first, rect->columns, v + (size_t)r * stride);
    }
    return status;
}
