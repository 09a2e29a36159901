/* zone_pixels: the pixels of rasters that the polygons of a layer cover, and how much of
 * each.
 *
 * Polygons are taken into a raster's CRS, their edges followed to a thousandth of a pixel,
 * once for all rasters in a row with that CRS and size of pixels. Their boxes tell which of
 * them may meet a raster; only these are its zones, in the order of the rows and columns
 * where they begin. What a zone covers is worked out some rows at a time, and kept for the
 * next rasters of the same grid while it takes no more than `bytes`; beyond that it is
 * worked out again. */
#ifndef ECO_SAMPLE_ZONE_PIXELS_H
#define ECO_SAMPLE_ZONE_PIXELS_H

#include "geo/crs_transform.h"
#include "geo/polygon_coverage.h"
#include "raster/gdal_plugin.h"
#include "raster/raster.h"

/* A polygon on the present grid. */
struct zone {
    size_t feature;
    int top, bottom; /* all its pixels lie in the rows from top to before bottom */
    int left;        /* and in no column before this */
};

/* Zeroed, but for the first four. */
struct zone_pixels {
    const struct gdal_plugin_features *features; /* borrowed, with a CRS */
    const char *path;                            /* of their file, for messages */
    enum zone_touch touch;
    size_t bytes; /* 0: keep nothing */

    /* the present grid */
    bool ready;
    struct raster_grid grid;
    struct zone *zone;
    size_t n;

    /* private */
    struct crs_transform *map;
    const struct crs
        *to; /* the CRS of the plane, and the size of the pixels it is good for */
    double pixel;
    double turn;            /* of its x: 360 or 0 */
    struct poly *projected; /* NULL where the layer's own plane will do */
    double (*box)[4];       /* of each polygon in the plane: west, south, east, north */
    struct zone_kept *kept; /* of each zone */
    size_t kept_bytes;
    struct poly pixels; /* of one zone */
    struct polygon_coverage coverage;
};

/* Turns to a raster. MSG_INPUT, told, when the CRSs have no operation. */
int zone_pixels_take(struct zone_pixels *z, const struct ras *r);

/* What a zone covers of the rows from `first` to before `last`; good until the next call.
 */
const struct polygon_coverage_run *zone_pixels_rows(struct zone_pixels *z, size_t zone,
                                                    int first, int last, size_t *n);

/* About how many pixels a zone covers, rather too many than too few. */
double zone_pixels_count(struct zone_pixels *z, size_t zone);

void zone_pixels_free(struct zone_pixels *z);

#endif
