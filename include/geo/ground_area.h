/* ground_area: how large the pixels of a raster, or the cells of a grid, are on the ground.
 *
 * Square metres on the ellipsoid of WGS 84. A pixel's four corners are taken to longitude
 * and latitude, and on to a plane where areas are those of the ellipsoid (Snyder, Map
 * Projections: A Working Manual, USGS Professional Paper 1395, 1987): up to 45 degrees
 * longitude and q(latitude), eq. 3-12; beyond, around the pole, the azimuthal plane with
 * radius a sqrt(q(pole) - q), eq. 24-23. There its sides are taken as straight, which is
 * good to the square of a pixel over the radius of the earth (2 km: 1e-7). Pixels in
 * longitude and latitude lie between meridians and parallels and are exact.
 *
 * In a projected CRS the ratio of areas changes slowly: it is worked out on a lattice of at
 * most 5 km and straight between its points, with an error of the same order (1e-7). */
#ifndef ECO_GEO_GROUND_AREA_H
#define ECO_GEO_GROUND_AREA_H

#include "geo/raster_grid.h"

struct ground_area;

/* what names the grid's owner in messages. MSG_INPUT, told, when the CRS has no longitudes
 * and latitudes. */
int ground_area_open(struct ground_area **made, const struct raster_grid *grid,
                     const char *what);

/* The areas of n pixels of a row from `column` on; NaN where a corner has no longitude.
 * What comes out depends on the pixel alone. */
void ground_area_row(struct ground_area *g, int column, int row, int n, double *area);
void ground_area_close(struct ground_area *g);

#endif
