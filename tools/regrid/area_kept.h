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

/* What is known of a row; of a pixel 24 bytes, and 32 more when it lies in several cells.
 */
enum area_kept_kind { AREA_KEPT_ODD, AREA_KEPT_SINGLE, AREA_KEPT_PARTED };
struct area_kept_row {
    int column, n, filled;
    bool plain; /* no pixel is odd, so that nobody needs their corners */
    unsigned char *kind;
    int32_t *cell_column, *cell_row;
    double *whole;     /* as in area_weights_row */
    double (*part)[4]; /* of each parted pixel, one after the other */
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
 */
struct area_kept_row *area_kept_begin(struct area_kept *k, int row, int column, int n);
void area_kept_add(struct area_kept *k, struct area_kept_row *r,
                   const struct area_weights_row *b, int n);

/* Whether all pixels are plain, so that nobody needs their corners. */
bool area_kept_plain(const struct area_kept_row *r);

/* The n pixels of the batch from pixel `from` on, as area_weights_row gave them (but for
 * the whole of those in several cells), for these cells. */
void area_kept_batch(const struct area_kept_row *r, int from, int n,
                     const struct grid_rect *cells, struct area_weights_row *b);

#endif
