/* zonal_parts: what the long and the wide form of polygons share. */
#ifndef ECO_SAMPLE_ZONAL_PARTS_H
#define ECO_SAMPLE_ZONAL_PARTS_H

#include "sample/zonal_options.h"
#include "scene/raster_list.h"
#include "zone_sums.h"

struct zonal {
    struct out *o;
    struct zonal_options options;
    char delimiter;
    struct gdal_plugin_features features;
    struct raster_list sources;
    char **name; /* of the columns behind the polygons' own */
    size_t nnames;

    struct stat_list stats; /* those of the options, for the present raster */
    bool told;              /* of scales and classes */
    struct masked_reader pixels;
    struct zone_pixels zones;
    struct zone_sums sums;
    struct pixel_weights weights;
    struct raster_grid ground_grid; /* of sums.ground */
    double *result;                 /* of one raster: features times statistics */
};

/* The statistics of one raster into p->result. */
int zonal_values(struct zonal *p, struct scene_raster *s);

/* A column of ours: prefix, name and, when more is not NULL, _more. MSG_INPUT, told, when
 * there is one of that name already. */
int zonal_add_name(struct zonal *p, const char *name, const char *more);

/* Metadata and legend. */
void zonal_put_head(struct zonal *p);

/* A polygon's own fields. */
void zonal_put_polygon(struct zonal *p, size_t feature);

/* The statistics of one raster and polygon, a field each. */
void zonal_put_values(struct zonal *p, int form, const double *value);

/* One record a polygon and time, of all rasters. */
int zonal_wide(struct zonal *p);

#endif
