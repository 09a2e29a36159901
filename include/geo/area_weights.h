/* overlap: how much of a pixel lies in each cell of a grid. */
#ifndef ECO_OVERLAP_H
#define ECO_OVERLAP_H

#include "geo/grid.h"
#include <stdbool.h>

/* Along one axis: the pixels that lie in a cell, and the share of each that does. All
 * but the first and the last of a cell's pixels lie in it whole. */
struct overlap_run {
    int first, count;  /* pixels; count 0 when there are none */
    double head, tail; /* shares of the first and the last (tail when count > 1) */
};

/* Fills the runs of `cells` cells from 0 to 1, 1 to 2, ... for `pixels` pixels whose
 * edges lie at origin + i * step, in cells; step may be negative, so that first may run
 * from a cell's far side. Pixels before `from` and from `to` on do not count, nor does
 * a share so small (1e-9 of pixel and cell) that rounding may have made it. */
void overlap_axis(double origin, double step, int from, int to, int cells,
                  struct overlap_run *run);

/* A quadrilateral's area in each cell of a plane of unit cells. corner: x, y of its
 * corners, in order. Calls take(user, column, row, area) for each of the cells that it
 * overlaps; the areas are positive whichever way the corners run, and do not depend on
 * which cells are asked for. Returns the area of the whole, also outside of the cells. */
double overlap_quad(const double corner[8], const struct grid_rect *cells,
                    void (*take)(void *user, int column, int row, double area), void *user);

/* The same for one that lies in at most OVERLAP_FEW x OVERLAP_FEW cells, as most do, and
 * several times as fast; false for any other. area[r][c]: that in the cell (column + c,
 * row + r). */
enum { OVERLAP_FEW = 3 };
struct overlap_few {
    int column, row, columns, rows;
    double area[OVERLAP_FEW][OVERLAP_FEW], whole;
};
bool overlap_quad_few(const double corner[8], struct overlap_few *f);

/* The same for a row of n pixels (at most OVERLAP_BATCH), and many times as fast again. Its
 * corners are n + 1 above and n + 1 below; up to OVERLAP_PAD more are read, whatever they
 * are. Pixels that lie in at most 2 x 2 cells, with columns and rows running as those of
 * the cells and each side on its own side of the line between the cells, are `plain`: of
 * the others nothing is said. Masks are 0 or -1. Part k of a pixel is in the cell
 * (column + k % 2, row + k / 2); one that there is not has area 0. */
enum { OVERLAP_BATCH = 64, OVERLAP_PAD = 3 };
struct overlap_batch {
    long long plain[OVERLAP_BATCH];
    long long inside[OVERLAP_BATCH]; /* plain, and all of its 2 x 2 cells are in `cells` */
    long long single[OVERLAP_BATCH]; /* it lies in one cell */
    double column[OVERLAP_BATCH], row[OVERLAP_BATCH];
    double whole[OVERLAP_BATCH], inverse[OVERLAP_BATCH]; /* its area, and 1 over that */
    double area[4][OVERLAP_BATCH];
};
void overlap_batch(const double *above_x, const double *above_y, const double *below_x,
                   const double *below_y, int n, const struct grid_rect *cells,
                   struct overlap_batch *b);

#endif
