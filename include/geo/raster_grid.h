/* raster_grid: where the pixels of a raster, or the cells of a grid, lie.
 *
 * A value: copied and thrown away freely, as its CRS is nobody's to free. */
#ifndef ECO_GEO_RASTER_GRID_H
#define ECO_GEO_RASTER_GRID_H

#include "geo/crs.h"
#include "geo/geolocation_array.h"
#include "geo/geotransform.h"
#include <stdbool.h>

struct raster_grid {
    int columns, rows;
    double gt[6];          /* see geotransform.h */
    const struct crs *crs; /* NULL where it is not known */
    /* Where its pixels are listed, not laid by gt, in which case gt means nothing and crs
     * is that of the places; else NULL. Good while the raster is open. */
    struct geolocation_array *places;
};

/* Whether two have the same pixels in the same place, number for number, and a CRS of the
 * same text. Listed places are not compared: they are never equal. */
bool raster_grid_equal(const struct raster_grid *a, const struct raster_grid *b);

/* Whether they have the same pixels to a hundredth of one, and no CRSs that differ. */
bool raster_grid_same(const struct raster_grid *a, const struct raster_grid *b);

/* From the units that a file has to degrees, where its CRS has angles in others, and back
 * for one that is written. What lies in numbers too large for angles is not looked at. */
void raster_grid_to_degrees(struct raster_grid *g);
void raster_grid_from_degrees(struct raster_grid *g);

/* What is absurd about where its pixels lie, or NULL: numbers that are none, pixels larger
 * than the earth or too small to be told apart. */
const char *raster_grid_absurd(const struct raster_grid *g);

/* How far it reaches to the west and to the east: its smallest and its largest x. */
void raster_grid_bounds(const struct raster_grid *g, double *west, double *east);

/* Columns in a full turn of longitudes; 0 where x is no angle, or columns follow none.
 * Nothing that reaches beyond
 * 10 turns is taken for longitudes: so grids in metres, as most are, need no look at their
 * CRS. */
double raster_grid_turn(const struct raster_grid *g);

/* Whether numbers could be degrees, by that rule. */
bool raster_grid_could_be_degrees(double west, double east);

#endif
