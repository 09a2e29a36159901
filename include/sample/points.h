/* points: values of rasters at the points of a table, as records.
 *
 * Long: one record a raster and point: the point's own columns, then time, solar_time,
 * layer, a column a statistic, path. Rasters in the order they come, points in the
 * order of the table. A table of more than POINT_TABLE_MANY points is done in parts of so
 * many: the first of them in all rasters, then the next.
 *
 * Wide: one record a time and point, a column a layer and statistic, the layers in the
 * order of --layer or else of their first raster. Of several rasters with the same time
 * and layer (tiles of one scene) the first that has a value at the point gives it. */
#ifndef ECO_SAMPLE_POINTS_H
#define ECO_SAMPLE_POINTS_H

#include "record/raster_inputs.h"
#include "sample/point_options.h"

/* A raster that cannot be read is told; the others are done. */
int points_run(struct out *o, const struct points_options *options,
               struct raster_inputs *paths);

#endif
