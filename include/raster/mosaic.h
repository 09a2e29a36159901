/* mosaic: rasters whose pixels are of one lattice, laid side by side and over each other.
 *
 * Tiles of a scene, and scenes of a swath that were put onto one grid, have pixels of one
 * size whose edges fall onto each other's. Such rasters are read as the one that they were
 * cut from: the rectangle around them, in whose columns and rows each has its place. Two
 * are of one lattice when edges agree to a thousandth of a pixel, and when their pixels are
 * of one type, scale, offset, nodata and unit, so that what is made of them has one form.
 *
 * The place of the rectangle is that of its leftmost and its topmost raster, so that it
 * does not depend on the order. */
#ifndef ECO_RASTER_MOSAIC_H
#define ECO_RASTER_MOSAIC_H

#include "raster/raster.h"

struct mosaic_part {
    struct ras *ras; /* borrowed */
    int band;
    int column, row; /* of its first pixel in the mosaic */
};

/* Whether two are of one lattice. */
bool mosaic_fits(const struct mosaic_part *a, const struct mosaic_part *b);

/* Lays the parts, which fit each other, and describes the rectangle around them: as the
 * first part, but for its grid. That is to be looked at, neither read nor closed. */
void mosaic_lay(struct mosaic_part *part, size_t n, struct ras *around);

#endif
