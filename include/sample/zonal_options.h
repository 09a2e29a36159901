/* zonal_options: which polygons are taken, and what of a raster in each. */
#ifndef ECO_SAMPLE_ZONAL_OPTIONS_H
#define ECO_SAMPLE_ZONAL_OPTIONS_H

#include "base/stats.h"
#include "geo/polygon_coverage.h"
#include "mask/masked_reader.h"
#include <stdbool.h>

struct zonal_options {
    const char *path;
    const char *sublayer; /* of a file with several; NULL: the first */
    const char *id;       /* the field that names a polygon; NULL: the layer's number */
    const char *fields;   /* others of the polygons' own: "a,b" or "all"; NULL: none */
    const char *crs;      /* of a layer that names none, or NULL */
    enum zone_touch touch;
    const struct stat_list *stats;
    const struct mask_options *mask; /* which pixels count */
    struct scene_ask ask;            /* which rasters, and which band */
    const char *prefix;              /* before the names of columns but the id, or "" */
    const char *command;             /* for ##cmd=, or NULL */
    const char *weights;             /* a raster of what a pixel counts, or NULL */
    bool ground;                     /* areas on the ellipsoid, not in the raster's plane */
    size_t memory;                   /* for all that grows with the sizes, in bytes */
    bool csv, wide;
};

#endif
