/* gdal_plugin: what needs GDAL, loaded when it is first needed.
 *
 * libgdal brings 115 libraries, 50 ms and 33 MB, and most runs need none of it: plain
 * GeoTIFF is read without. So all that calls GDAL is one shared object, eco-gdal.so,
 * opened by gdal_plugin_load. It lies in ../lib/eco beside the folder of the running
 * program, both in the build tree and once installed. */
#ifndef ECO_RASTER_GDAL_PLUGIN_H
#define ECO_RASTER_GDAL_PLUGIN_H

#include "base/msg.h"
#include "geo/polygon.h"
#include "geo/raster_grid.h"
#include <stdbool.h>
#include <stddef.h>

struct ras_driver;

/* The GeoTIFF tags that say a CRS. */
struct gdal_plugin_geokeys {
    unsigned short *directory;
    size_t ndirectory;
    double *doubles;
    size_t ndoubles;
    char *text; /* NULL when there is none */
};

/* The features of a layer, in its order. */
struct gdal_plugin_feature {
    char *id;         /* UTF-8; "NA" where the field is not set */
    char **value;     /* the same of each of the fields; NULL when there are none */
    struct poly area; /* outer rings counter-clockwise, holes clockwise; none: no area */
};
struct gdal_plugin_features {
    struct gdal_plugin_feature *feature;
    size_t n;
    char *id_name; /* of the column of the ids */
    char **field;  /* names of the other fields */
    size_t nfields;
    char *crs; /* WKT, NULL when the layer has none */
};

struct gdal_plugin {
    int version; /* GDAL_PLUGIN_VERSION of the headers it was built with */

    /* Tells it where its messages go. */
    void (*start)(struct msg_channel *channel);

    const struct ras_driver *raster;

    /* All polygons of a vector file's layer (NULL: its first), joined into one area, of
     * how many features they are, and the layer's CRS as WKT (NULL when it has none; free
     * it). Of an invalid polygon, with a warning, the places that an odd number of a part's
     * rings lie around belong to it; features that are no polygons are an error. */
    int (*area)(const char *path, const char *layer, struct poly *p, size_t *nfeatures,
                char **crs);

    /* The polygons of a layer one by one, each with the text of its field `id`, or with
     * the layer's own number when id is NULL ("fid"), and of those in `fields`: "a,b", or
     * "all" others, or NULL. Real numbers are the shortest texts of them. Otherwise as
     * area. Free it by gdal_plugin_features_free. */
    int (*features)(const char *path, const char *layer, const char *id, const char *fields,
                    struct gdal_plugin_features *f);

    /* The keys for a CRS; free the three arrays. */
    int (*geokeys)(const char *crs, struct gdal_plugin_geokeys *keys);

    /* Makes a cloud-optimized GeoTIFF, with overviews, of a GeoTIFF; it appears at `to`
     * when it is whole. smooth, compress: as in raster/geotiff_write.h; overviews of what
     * is not smooth, such as classes, have the nearest pixels, others means. */
    int (*cog)(const char *from, const char *to, bool smooth, int compress);

    /* The size of the square cells that gdalwarp would choose for a raster, of which path
     * is the name, in another CRS (as text), and the bounds that hold it there: west,
     * south, east, north. MSG_INPUT, told, when there are none. */
    int (*suggest)(const char *path, const struct raster_grid *from, const char *crs,
                   double *size, double bounds[4]);
};
enum { GDAL_PLUGIN_VERSION = 9 };

/* NULL, and told, when the module is missing or does not load. */
const struct gdal_plugin *gdal_plugin_load(void);

void gdal_plugin_features_free(struct gdal_plugin_features *f);

#endif
