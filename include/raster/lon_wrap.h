/* lon_wrap: longitudes that wind.
 *
 * A longitude and the same with 360 more or less are one place. So a raster, a grid, a clip
 * and a class map that are all in longitude and latitude may lie turns apart in the plane,
 * and the ends of one may run through the middle of another. Here a raster is laid where it
 * is wanted before anything is computed, so that what follows sees a plane:
 *
 * - One turn of it covers what is wanted, or is all of it that lies there: it is moved by
 *   whole turns of 360 degrees.
 * - Its ends run through what is wanted, and it goes around the earth (a whole number of
 *   its columns is 360 degrees, to a hundredth of a column): it is wound on, as if it had
 *   its columns over and over again.
 * - Its ends run through what is wanted, but it does not go around: it stays, and
 * lon_wrap_away says that its other turns are to be looked for one by one.
 *
 * Rasters in other planes, or whose rows are not level, stay as they are. */
#ifndef ECO_RASTER_LON_WRAP_H
#define ECO_RASTER_LON_WRAP_H

#include "geo/grid.h"
#include "raster/raster.h"

/* For what lies from west to east in the plane of a CRS; a raster that goes around has
 * `margin` of its columns beyond either end, where resampling looks for neighbours. */
void lon_wrap_under(struct ras *r, const struct crs *crs, double west, double east,
                    int margin);

/* Whether a raster that lies where it lies now leaves some of what is wanted to other turns
 * of it. Of a raster in that CRS. */
bool lon_wrap_away(const struct raster_grid *r, double west, double east);

/* For what lies in another plane, about a longitude of the raster's own CRS: one that goes
 * around the earth then has half a turn on each side, and `margin` columns beyond. */
void lon_wrap_about(struct ras *r, double longitude, int margin);

/* The one or the other for a source under a grid. A source without a CRS or a place stays;
 * MSG_INPUT, told, when there is no way from the grid to it. */
int lon_wrap_to_grid(struct ras *source, const struct grid *g);

#endif
