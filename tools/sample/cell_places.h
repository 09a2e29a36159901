/* cell_places: the text that the place of a cell decides, made once for all rasters in a
 * row that share a grid. */
#ifndef ECO_SAMPLE_CELL_PLACES_H
#define ECO_SAMPLE_CELL_PLACES_H

#include "base/buf.h"
#include "geo/crs_transform.h"
#include "raster/raster.h"

/* The part of a row's records that its place decides. Record i has text from at[2 i] to
 * at[2 i + 1] before its value and from there to at[2 i + 2] behind it. */
struct row_text {
    struct buf text;
    size_t *at;
    bool made;
};

/* Zeroed, but for csv: it has no grid yet. */
struct cell_places {
    bool csv; /* the form of the text */

    /* the grid of the last raster */
    struct raster_grid grid;
    struct crs_transform *map;
    struct row_text *row;
    int nrows; /* entries of row: all rows, or 1 when they are too many */
    double *x, *y, *longitude, *latitude;
};

/* Makes the grid of r the present one. MSG_INPUT, told, when it has no longitudes. */
int cell_places_take(struct cell_places *c, const struct ras *r);

/* Of a row; good until the next call. */
const struct row_text *cell_places_row(struct cell_places *c, int row);
void cell_places_free(struct cell_places *c);

#endif
