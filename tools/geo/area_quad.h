/* area_quad: the areas of a quadrilateral in the few cells that it lies in.
 *
 * Both C and OpenCL C: the program for accelerators (share/opencl/) has this text too, so
 * that its results are the same bits. No library calls but fabs and isnan. */
#ifndef ECO_GEO_AREA_QUAD_H
#define ECO_GEO_AREA_QUAD_H

#include "geo/area_weights_few.h"
#include <math.h>
#include <stdbool.h>

static inline double least_of(double a, double b)
{
    return a < b ? a : b;
}

static inline double most_of(double a, double b)
{
    return a > b ? a : b;
}

static inline int floor_of(double v)
{
    int i = (int)v;
    return i - (v < i);
}

/* What a piece of an edge says of the area left of the line x = 0 in its row of cells: by
 * Green's theorem the area left of it is the integral of min(x, 0) dy along the outline. */
static inline double left_of(double x0, double x1, double dy)
{
    double least = least_of(x0, x1), most = most_of(x0, x1);
    if (most <= 0)
        return dy * (x0 + x1) / 2;
    return least < 0 ? -dy * least * least / (2 * (most - least)) : 0;
}

/* Adds a piece of an edge that lies in one row: left[c] gets the area left of the right
 * side of column c, the last one's being that of all. */
static inline void add_piece(double x0, double x1, double dy, int columns,
                             double left[AREA_WEIGHTS_FEW])
{
    for (int c = 0; c < columns - 1; c++)
        left[c] += left_of(x0 - (c + 1), x1 - (c + 1), dy);
    left[columns - 1] += dy * ((x0 + x1) / 2 - columns);
}

/* Adds an edge, row by row. */
static inline void add_edge(double ax, double ay, double bx, double by,
                            const struct area_weights_few *f,
                            double left[AREA_WEIGHTS_FEW][AREA_WEIGHTS_FEW])
{
    int from = floor_of(ay), to = floor_of(by);
    from = from < f->rows ? from : f->rows - 1; /* on the lower side of the last row */
    to = to < f->rows ? to : f->rows - 1;
    double x = ax, y = ay;
    for (int r = from; r != to;) {
        int line = r < to ? r + 1 : r;
        double next = ax + (bx - ax) * ((line - ay) / (by - ay));
        add_piece(x, next, line - y, f->columns, left[r]);
        x = next;
        y = line;
        r += r < to ? 1 : -1;
    }
    add_piece(x, bx, by - y, f->columns, left[to]);
}

static inline bool area_quad_few(const double corner[8], struct area_weights_few *f)
{
    const double *c = corner;
    double x0 = least_of(least_of(c[0], c[2]), least_of(c[4], c[6]));
    double x1 = most_of(most_of(c[0], c[2]), most_of(c[4], c[6]));
    double y0 = least_of(least_of(c[1], c[3]), least_of(c[5], c[7]));
    double y1 = most_of(most_of(c[1], c[3]), most_of(c[5], c[7]));
    double sum = c[0] + c[1] + c[2] + c[3] + c[4] + c[5] + c[6] + c[7];
    if (isnan(sum) || !(x0 > -1e9 && x1 < 1e9 && y0 > -1e9 && y1 < 1e9))
        return false;
    f->column = floor_of(x0);
    f->row = floor_of(y0);
    if (x1 > f->column + AREA_WEIGHTS_FEW || y1 > f->row + AREA_WEIGHTS_FEW)
        return false;
    f->columns = 1 + (x1 > f->column + 1) + (x1 > f->column + 2);
    f->rows = 1 + (y1 > f->row + 1) + (y1 > f->row + 2);
    if (f->columns == 1 && f->rows == 1) { /* as most pixels of a fine source are */
        double across = (c[4] - c[0]) * (c[7] - c[3]) - (c[6] - c[2]) * (c[5] - c[1]);
        f->whole = f->area[0][0] = fabs(across) / 2;
        return true;
    }
    double left[AREA_WEIGHTS_FEW][AREA_WEIGHTS_FEW] = {{0}};
    double ax = c[6] - f->column, ay = c[7] - f->row;
    for (int i = 0; i < 8; i += 2) {
        double bx = c[i] - f->column, by = c[i + 1] - f->row;
        add_edge(ax, ay, bx, by, f, left);
        ax = bx;
        ay = by;
    }
    double whole = 0;
    for (int r = 0; r < f->rows; r++)
        whole += left[r][f->columns - 1];
    double sign = whole < 0 ? -1 : 1;
    f->whole = sign * whole;
    for (int r = 0; r < f->rows; r++)
        for (int k = 0; k < f->columns; k++)
            f->area[r][k] = most_of(0, sign * (left[r][k] - (k ? left[r][k - 1] : 0)));
    return true;
}

#endif
