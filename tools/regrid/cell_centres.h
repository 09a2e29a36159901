/* cell_centres: where the centres of a grid's cells lie in a source, and how wide cells
 * are. */
#ifndef ECO_REGRID_CELL_CENTRES_H
#define ECO_REGRID_CELL_CENTRES_H

#include "geo/crs_transform.h"
#include "geo/grid.h"

struct cell_centres {
    /* of the present rectangle's cells, row after row, in the source's columns and rows;
     * NaN for those outside of the clip or without a place */
    double *x, *y;
    /* How many columns and rows they are wide, at least 1, as kernels are made for them: of
     * each, or where scale is NULL of all. Up to 1 / 0.95 counts as 1, as in gdalwarp. */
    double *scale[2], width[2];
    bool wide;        /* some cell of the rectangle is wider than 1 */
    double widest[2]; /* of all so far */

    /* private */
    const struct grid *grid;
    const struct raster_grid *source;
    struct approx_transform *lattice;
    struct poly_index *clip;
    double turn; /* the source's columns in 360 degrees, or 0 */
    bool level;  /* cells and pixels are rectangles of one plane */
    double *edge[6];
    size_t cells;
};

/* map: from the grid to the source, whose geotransform can be inverted. All are borrowed.
 */
void cell_centres_open(struct cell_centres *p, const struct grid *grid,
                       struct crs_transform *map, const struct raster_grid *source,
                       double tolerance);
void cell_centres_close(struct cell_centres *p);

/* Those of a rectangle; widths: how wide they are, too. */
void cell_centres_find(struct cell_centres *p, const struct grid_rect *rect, bool widths);

/* For who finds them elsewhere: the patches (of approx_patches) that hold a rectangle's
 * cells. False where they cannot be had by these alone. */
bool cell_centres_patches(struct cell_centres *p, const struct grid_rect *rect,
                          double *coefficients);

/* Whether all cells count as 1 wide when this is the square of the widest one's width. */
bool cell_centres_narrow(double square);

/* How wide a cell of the rectangle is, by its number; along columns (k = 0) or rows. */
static inline double cell_centres_width(const struct cell_centres *p, int k, size_t cell)
{
    return p->scale[k] ? p->scale[k][cell] : p->width[k];
}

#endif
