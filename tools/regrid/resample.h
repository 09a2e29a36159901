/* resample: a source's values at the centres of a grid's cells.
 *
 * nearest   the pixel that holds the centre (one closer than 1e-10 of a pixel to an edge
 *           belongs to the pixel beyond it)
 * bilinear  between the 2 x 2 nearest pixel centres
 * cubic     between the 4 x 4 nearest, by cubic convolution with a = -1/2 (Keys 1981,
 *           IEEE Trans. ASSP 29, 1153-1160)
 * cubicspline, lanczos   of the 4 x 4 and the 6 x 6 nearest, see kernel.h
 *
 * Where a cell is larger than pixels (by more than 1 / 0.95, as in gdalwarp) all of these
 * but nearest are widened to it, along the source's columns and along its rows by
 * themselves, unless `narrow` says not to, which is then told.
 *
 * A cell has a value only where the pixel that holds its centre has one: nothing is
 * made up where nothing was seen. Neighbours that miss (nodata, outside, not selected)
 * are left out and the other weights made up to one; cubic with one that misses is
 * bilinear where it is not widened. Where what is left weighs next to nothing there is no
 * value. With `strict` one neighbour that misses makes the cell miss.
 *
 * A centre's longitude may be any number of turns away from the source's. The last column
 * of a source that goes around the earth has the first for a neighbour where it was wound
 * so (raster/lon_wrap.h).
 *
 * Where a centre lies in the source is known to `tolerance` pixels; see
 * geo/approx_transform.h. No value depends on how the grid is cut. */
#ifndef ECO_REGRID_RESAMPLE_H
#define ECO_REGRID_RESAMPLE_H

#include "geo/grid.h"
#include "kernel.h"
#include "mask/masked_reader.h"
#include "regrid/device.h"

struct resample_spec {
    const struct grid *grid;
    const struct regrid_device *device; /* where to work; NULL: the processor */
    double tolerance; /* of a source pixel; 0: every centre is transformed by itself */
    bool strict, narrow;
    size_t memory; /* for the part of the source under one rectangle, in bytes */
};

struct resample;

/* Everything is borrowed. */
int resample_open(struct resample **w, struct masked_reader *from,
                  const struct resample_spec *spec);
void resample_close(struct resample *w);

/* Tells when kernels were too narrow. */
void resample_warn(const struct resample *w);

/* Whether any cell's centre so far lay in the source. */
bool resample_touches(const struct resample *w);

/* Values of a rectangle of cells, row after row, `stride` apart, NaN where there is
 * none. For a grid with a clip, cells with their centre outside of it are NaN. */
int resample_rect(struct resample *w, enum warp_method method, const struct grid_rect *rect,
                  double *v, size_t stride);

#endif
