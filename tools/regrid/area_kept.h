/* area_kept: areas of pixels in cells, kept from input to input.
 *
 * Scenes of one grid have the same pixels, whose areas in the cells are most of the work
 * where the CRSs differ. What area_weights_row said of a row of them is kept within a
 * number of bytes, row by row as they come, and is the same to the last bit when it is
 * asked for again. */
#ifndef ECO_REGRID_AREA_KEPT_H
#define ECO_REGRID_AREA_KEPT_H

#include "geo/area_weights.h"
#include "geo/raster_grid.h"
#include <stdint.h>

struct area_kept;

/* A pixel in one cell, in several, and one that is not plain: as many parts does each
 * have. */
enum area_kept_kind { AREA_KEPT_SINGLE, AREA_KEPT_PARTED, AREA_KEPT_ODD };

/* What is known of a row; of a pixel 17 bytes, and 32 more for each part. */
struct area_kept_row {
    int column, n, filled;
    unsigned char *kind;
    int32_t *cell_column, *cell_row;
    double *whole;     /* as in area_weights_row */
    double (*part)[4]; /* of a parted pixel its areas, of an odd one its corners' x and y,
                          clockwise; pixel after pixel */
    size_t *first;     /* of each batch: its first part */
    size_t nparts, part_cap;
};

struct area_kept *area_kept_open(size_t bytes);
void area_kept_close(struct area_kept *k);

/* Turns to a source's pixels, with that tolerance, on the process's one grid; what was of
 * others goes. */
void area_kept_turn(struct area_kept *k, const struct raster_grid *pixels,
                    double tolerance);

/* What there is of n pixels of a row of the source from `column` on; NULL: nothing. */
const struct area_kept_row *area_kept_find(const struct area_kept *k, int row, int column,
                                           int n);

/* Room for such a row; NULL when there is none. All its batches are to be added, in order.
 * x, y: the corners above (0) and below (1) the row's pixels. */
struct area_kept_row *area_kept_begin(struct area_kept *k, int row, int column, int n);
void area_kept_add(struct area_kept *k, struct area_kept_row *r,
                   const struct area_weights_row *b, int n, double *const x[2],
                   double *const y[2]);

/* The n pixels of the batch from pixel `from` on, as area_weights_row gave them (but for
 * the whole of those in several cells), for these cells; of x and y the corners of those
 * that are odd. */
void area_kept_batch(const struct area_kept_row *r, int from, int n,
                     const struct grid_rect *cells, struct area_weights_row *b,
                     double *const x[2], double *const y[2]);

#endif
