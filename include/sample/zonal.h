/* zonal: statistics of rasters inside of polygons, as records.
 *
 * One record a raster and polygon: the polygon's id, then time, layer, a column a
 * statistic, path. Rasters in the order they come, polygons in that of their layer.
 * Polygons are taken into the raster's CRS, their edges followed to a thousandth of a
 * pixel; what they cover is computed once for all rasters in a row that share a grid. */
#ifndef ECO_SAMPLE_ZONAL_H
#define ECO_SAMPLE_ZONAL_H

#include "base/stats.h"
#include "geo/polygon_coverage.h"
#include "mask/masked_reader.h"
#include "record/raster_inputs.h"

struct zonal_options {
    const char *path;
    const char *sublayer; /* of a file with several; NULL: the first */
    const char *id;       /* the field that names a polygon; NULL: the layer's number */
    const char *crs;      /* of a layer that names none, or NULL */
    enum zone_touch touch;
    const struct stat_list *stats;
    const struct mask_options *mask; /* which pixels count */
    struct scene_ask ask;            /* which rasters, and which band */
    const char *prefix;              /* before the names of columns but the id, or "" */
    const char *command;             /* for ##cmd=, or NULL */
    bool csv;
};

/* A raster that cannot be read is told; the others are done. */
int zonal_run(struct out *o, const struct zonal_options *options,
              struct raster_inputs *paths);

#endif
