/* footprint: where on earth a raster's pixels lie. MSG_INPUT, told, where they have no
 * place (ras_need_place), or there is no way from its CRS to degrees. */
#ifndef ECO_INDEX_FOOTPRINT_H
#define ECO_INDEX_FOOTPRINT_H

#include "geo/grid.h"
#include "raster/raster.h"

/* Whether they touch the box around an area (the clip of a grid in degrees), in the
 * raster's plane and, to a hundredth of its size, in degrees. */
int footprint_touches(const struct ras *r, const struct grid *place, bool *touches);

/* The longitude of its middle. */
int footprint_longitude(const struct ras *r, double *longitude);

#endif
