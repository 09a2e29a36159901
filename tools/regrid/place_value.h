/* place_value: the value at a place, from the pixels of a window.
 *
 * Both C and OpenCL C: the program for accelerators (share/opencl/) has this text too, so
 * that its results are the same bits. No library calls but ceil, fabs, floor and isnan;
 * kernel.h is text of both, too. What the vectors are, and DEVICE_MEMORY, is said by
 * base/simd.h or by that program. */
#ifndef ECO_REGRID_PLACE_VALUE_H
#define ECO_REGRID_PLACE_VALUE_H

#include "base/simd.h"
#include "kernel.h"
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define PLACE_EDGE 1e-10 /* of a pixel: nearer to an edge is beyond it */
#define PLACE_WEIGHTLESS                                                                   \
    1e-6 /* what is left of a kernel weighs too little, as in gdalwarp */

/* Part of a source. Behind its pixels stands one that is NaN. */
struct place_window {
    int column, row, columns, rows;
    int source_columns, source_rows;
    bool strict;
};

/* The weights of one direction: of the pixels from `first` of the window on. */
struct place_kernel {
    enum warp_method method;
    int reach, first;
    double beyond, width;
    const double *weight; /* a device works each out again */
};

/* The index, in the window, of the pixel that holds a place; that of the NaN behind the
 * window for a place outside of the raster. Without branches, for the loops over rows. */
static inline size_t place_index(const struct place_window *w, double x, double y)
{
    double columns = w->source_columns, rows = w->source_rows;
    size_t none = (size_t)w->columns * (size_t)w->rows;
    x += PLACE_EDGE;
    y += PLACE_EDGE;
    bool in = (x >= 0) & (y >= 0) & (x < columns) & (y < rows);
    int column = (int)(in ? x : 0) - w->column, row = (int)(in ? y : 0) - w->row;
    return in ? (size_t)row * (size_t)w->columns + (size_t)column : none;
}

/* A pixel of the window that may lie outside. */
static inline double place_tap(const struct place_window *w, DEVICE_MEMORY const double *v,
                               int column, int row)
{
    if (column < 0 || row < 0 || column >= w->columns || row >= w->rows)
        return NAN;
    return v[(size_t)row * (size_t)w->columns + (size_t)column];
}

/* Bilinear where some of the four may miss. */
static inline double place_bilinear_edge(const struct place_window *w,
                                         DEVICE_MEMORY const double *v, int i, int j,
                                         double fx, double fy)
{
    const double weight[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
    double sum = 0, total = 0;
    for (int k = 0; k < 4; k++) {
        double one = place_tap(w, v, i + k % 2, j + k / 2);
        if (isnan(one)) {
            if (w->strict && weight[k] > 0)
                return NAN;
            continue;
        }
        sum += weight[k] * one;
        total += weight[k];
    }
    return total > 0 ? sum / total : NAN;
}

static inline double place_bilinear(const struct place_window *w,
                                    DEVICE_MEMORY const double *v, double x, double y)
{
    if (isnan(v[place_index(w, x, y)]))
        return NAN;
    double px = x - 0.5, py = y - 0.5;
    int i = (int)floor(px), j = (int)floor(py);
    double fx = px - i, fy = py - j;
    i -= w->column;
    j -= w->row;
    if (i >= 0 && j >= 0 && i + 1 < w->columns && j + 1 < w->rows) {
        DEVICE_MEMORY const double *p = v + (size_t)j * (size_t)w->columns + i;
        DEVICE_MEMORY const double *q = p + w->columns;
        double value =
            (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) + (q[0] * (1 - fx) + q[1] * fx) * fy;
        if (!isnan(value))
            return value;
    }
    return place_bilinear_edge(w, v, i, j, fx, fy);
}

static inline void place_cubic_weights(double f, double weight[4])
{
    weight[0] = ((-0.5 * f + 1) * f - 0.5) * f;
    weight[1] = (1.5 * f - 2.5) * f * f + 1;
    weight[2] = ((-1.5 * f + 2) * f + 0.5) * f;
    weight[3] = (0.5 * f - 0.5) * f * f;
}

static inline double place_cubic(const struct place_window *w,
                                 DEVICE_MEMORY const double *v, double x, double y)
{
    if (isnan(v[place_index(w, x, y)]))
        return NAN;
    double px = x - 0.5, py = y - 0.5;
    int i = (int)floor(px), j = (int)floor(py);
    double fx = px - i, fy = py - j, wx[4], wy[4];
    i -= w->column + 1;
    j -= w->row + 1;
    if (i >= 0 && j >= 0 && i + 3 < w->columns && j + 3 < w->rows) {
        DEVICE_MEMORY const double *p = v + (size_t)j * (size_t)w->columns + i;
        DEVICE_MEMORY const double *q = p + w->columns;
        DEVICE_MEMORY const double *r = q + w->columns, *s = r + w->columns;
        double value = 0;
        vector along = VECTOR_ALL(0); /* the four rows */
        place_cubic_weights(fx, wx);
        place_cubic_weights(fy, wy);
        for (int k = 0; k < 4; k++)
            along += wx[k] * VECTOR_OF(p[k], q[k], r[k], s[k]);
        value += wy[0] * VECTOR_LANE(along, 0);
        value += wy[1] * VECTOR_LANE(along, 1);
        value += wy[2] * VECTOR_LANE(along, 2);
        value += wy[3] * VECTOR_LANE(along, 3);
        if (!isnan(value))
            return value;
    }
    return w->strict ? NAN : place_bilinear_edge(w, v, i + 1, j + 1, fx, fy);
}

/* That of the i-th pixel of its 2 reach. */
static inline double place_kernel_weight(const struct place_kernel *k, int i)
{
#ifdef __OPENCL_VERSION__
    return kernel_weight(k->method, k->beyond, k->width, k->reach, i);
#else
    return k->weight[i];
#endif
}

/* The kernel of one direction for a cell that is so wide, without its weights. start: the
 * window's first column or row. */
static inline struct place_kernel place_kernel_of(enum warp_method method, double place,
                                                  double width, int reach, int start)
{
    struct place_kernel k;
    double centre = place - 0.5, pixel = floor(centre);
    k.method = method;
    k.reach = reach;
    k.first = (int)pixel - (reach - 1) - start;
    k.beyond = centre - pixel;
    k.width = width;
    k.weight = NULL;
    return k;
}

/* By any kernel, for a place whose own pixel has a value. */
static inline double place_kernel_value(const struct place_window *w,
                                        DEVICE_MEMORY const double *v,
                                        const struct place_kernel *kx,
                                        const struct place_kernel *ky)
{
    int i = kx->first, j = ky->first, across = 2 * kx->reach, down = 2 * ky->reach;
    /* Those of the window. */
    int left = i < 0 ? -i : 0, top = j < 0 ? -j : 0;
    int right = w->columns - i < across ? w->columns - i : across;
    int bottom = w->rows - j < down ? w->rows - j : down;
    bool whole = right - left == across && bottom - top == down;
    double sum = 0, total = 0;
    for (int r = top; r < bottom; r++) {
        DEVICE_MEMORY const double *p = v + (size_t)(j + r) * (size_t)w->columns + i;
        double along = 0, weight = 0, of_row = place_kernel_weight(ky, r);
        for (int c = left; c < right; c++) {
            double of_pixel = place_kernel_weight(kx, c);
            if (isnan(p[c])) {
                whole = whole && of_pixel == 0;
                continue;
            }
            along += of_pixel * p[c];
            weight += of_pixel;
        }
        sum += of_row * along;
        total += of_row * weight;
    }
    return total < PLACE_WEIGHTLESS || (w->strict && !whole) ? NAN : sum / total;
}

#endif
