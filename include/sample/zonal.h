/* zonal: statistics of rasters inside of polygons, as records.
 *
 * Long: one record a raster and polygon: the polygon's id, the fields of it that are asked
 * for, then time, layer, a column a statistic, path. Rasters in the order they come,
 * polygons in that of their layer.
 *
 * Wide: one record a time and polygon, a column a layer and statistic. Of several rasters
 * with the same time and layer the first that has pixels in a polygon gives it, told.
 *
 * Polygons are taken into the raster's CRS, their edges followed to a thousandth of a
 * pixel; what they cover is computed once for all rasters in a row that share a grid. */
#ifndef ECO_SAMPLE_ZONAL_H
#define ECO_SAMPLE_ZONAL_H

#include "record/raster_inputs.h"
#include "sample/zonal_options.h"

/* A raster that cannot be read is told; the others are done. */
int zonal_run(struct out *o, const struct zonal_options *options,
              struct raster_inputs *paths);

#endif
