/* approx_transform: where the pixels of one raster lie in another plane, quickly.
 *
 * Transforming each pixel through PROJ costs more than all else. The lattice has
 * patches of 64 x 64 pixels, anchored to the raster's first pixel; each patch
 * transforms 3 x 3 points and interpolates between them by a biquadratic. Its error
 * is of third order in the patch's size and is measured, at points where it is
 * largest, against the operation itself; a patch that misses the tolerance
 * transforms each of its points. So a result depends on the pixel alone, never on
 * the window it was asked for in.
 *
 * Pixels whose places are listed (geolocation_array.h) lie on no lattice of their own:
 * patches are then quarters of a degree of longitude and latitude, from (-180, 90) on, and
 * a pixel's place is taken to the polynomial of the patch that holds it. Where rows have
 * fewer than 16 pixels in a patch each pixel is transformed. */
#ifndef ECO_GEO_APPROX_TRANSFORM_H
#define ECO_GEO_APPROX_TRANSFORM_H

#include "geo/crs_transform.h"
#include "geo/raster_grid.h"
#include <stdbool.h>

struct approx_transform;

/* from: the pixels that are transformed; of those whose places are listed the centres alone
 * can be asked for, and a row of them may be read at once. map: from their CRS to the
 * target's. to: what the columns and rows are of that come out (its geotransform can be
 * inverted), or NULL to have x and y in the target's plane. tolerance: the largest error,
 * in the units that come out; 0 transforms every point. The map is borrowed. */
struct approx_transform *approx_open(const struct raster_grid *from,
                                     struct crs_transform *map,
                                     const struct raster_grid *to, double tolerance);
void approx_close(struct approx_transform *l);

/* The same by the rule that gdalwarp has (its -et): along each whole row, straight between
 * points that are transformed, halved until the middle errs by no more than the tolerance.
 * For results that were made so; rows are worked out whole. */
struct approx_transform *approx_open_rows(const struct raster_grid *from,
                                          struct crs_transform *map,
                                          const struct raster_grid *to, double tolerance);

/* Where the points (column + offset + 0, 1, ... n - 1, row) lie, into x and y. row and
 * offset (0 <= offset < 1: 0 for corners, 0.5 for centres) may be fractions; columns
 * go up to the raster's number of columns. Points that do not transform are NaN. */
void approx_row(struct approx_transform *l, double row, int column, double offset, int n,
                double *x, double *y);

/* The same points, transformed one by one. */
void approx_exact(struct approx_transform *l, double row, int column, double offset, int n,
                  double *x, double *y);

/* The mean area of pixels whose places are listed, in the units that come out, as the
 * middle of the first scan shows that has neighbours with places; 0 where none has. turn:
 * of x, or 0. Negative where columns and rows lie mirrored in x and y. */
double approx_listed_area(const struct raster_grid *from, struct crs_transform *map,
                          const struct raster_grid *to, double turn);

/* For who evaluates elsewhere: the patches that hold the corners column to column +
 * columns, row to row + rows, row of patches after row: of each first the coefficients of
 * x, then those of y, c[i][j] of u^i w^j, u and w being the place in the patch from 0 to 1.
 * The value is (c[0][0] + w (c[0][1] + w c[0][2])) + u (... + u (...)), in this order.
 * False where one of these patches transforms each of its points, or all do. */
enum { APPROX_PATCH = 64, APPROX_COEFFICIENTS = 18 };
bool approx_patches(struct approx_transform *l, int column, int row, int columns, int rows,
                    double *coefficients);

/* How many patches these are. */
static inline size_t approx_patch_count(int column, int row, int columns, int rows)
{
    int across = (column + columns) / APPROX_PATCH - column / APPROX_PATCH + 1;
    int down = (row + rows) / APPROX_PATCH - row / APPROX_PATCH + 1;
    return (size_t)across * (size_t)down;
}

/* The largest error that was measured in the patches used so far. */
double approx_error(const struct approx_transform *l);

#endif
