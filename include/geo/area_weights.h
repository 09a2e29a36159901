/* area_weights: how much of a pixel lies in each cell of a grid. */
#ifndef ECO_GEO_AREA_WEIGHTS_H
#define ECO_GEO_AREA_WEIGHTS_H

#include "geo/area_weights_few.h"
#include "geo/grid.h"
#include <stdbool.h>

/* Along one axis: the pixels that lie in a cell, and the share of each that does. All
 * but the first and the last of a cell's pixels lie in it whole. */
struct area_weights_run {
    int first, count;  /* pixels; count 0 when there are none */
    double head, tail; /* shares of the first and the last (tail when count > 1) */
};

/* Fills the runs of `cells` cells from 0 to 1, 1 to 2, ... for `pixels` pixels whose
 * edges lie at origin + i * step, in cells; step may be negative, so that first may run
 * from a cell's far side. Pixels before `from` and from `to` on do not count, nor does
 * a share so small (1e-9 of pixel and cell) that rounding may have made it. */
void area_weights_axis(double origin, double step, int from, int to, int cells,
                       struct area_weights_run *run);

/* A quadrilateral's area in each cell of a plane of unit cells. corner: x, y of its
 * corners, in order. Calls take(user, column, row, area) for each of the cells that it
 * overlaps; the areas are positive whichever way the corners run, and do not depend on
 * which cells are asked for. Returns the area of the whole, also outside of the cells. */
double area_weights_quad(const double corner[8], const struct grid_rect *cells,
                         void (*take)(void *user, int column, int row, double area),
                         void *user);

/* The same for one that lies in at most AREA_WEIGHTS_FEW x AREA_WEIGHTS_FEW cells, as most
 * do, and several times as fast; false for any other. area[r][c]: that in the cell (column
 * + c, row + r). */
bool area_weights_quad_few(const double corner[8], struct area_weights_few *f);

/* The same for a row of n pixels (at most AREA_WEIGHTS_BATCH), and many times as fast
 * again. Its corners are n + 1 above and n + 1 below; up to AREA_WEIGHTS_PAD more are read,
 * whatever they are. Pixels that lie in at most 2 x 2 cells, with columns and rows running
 * as those of the cells and each side on its own side of the line between the cells, are
 * `plain`: of the others nothing is said. Masks are 0 or -1. Part k of a pixel is in the
 * cell (column + k % 2, row + k / 2); one that there is not has area 0. */
enum { AREA_WEIGHTS_BATCH = 64, AREA_WEIGHTS_PAD = 3 };
struct area_weights_row {
    long long plain[AREA_WEIGHTS_BATCH];
    long long
        inside[AREA_WEIGHTS_BATCH]; /* plain, and all of its 2 x 2 cells are in `cells` */
    long long single[AREA_WEIGHTS_BATCH]; /* it lies in one cell */
    double column[AREA_WEIGHTS_BATCH], row[AREA_WEIGHTS_BATCH];
    double whole[AREA_WEIGHTS_BATCH],
        inverse[AREA_WEIGHTS_BATCH]; /* its area, and 1 over that */
    double area[4][AREA_WEIGHTS_BATCH];
};
void area_weights_row(const double *above_x, const double *above_y, const double *below_x,
                      const double *below_y, int n, const struct grid_rect *cells,
                      struct area_weights_row *b);

#endif
