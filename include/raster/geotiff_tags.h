/* geotiff_tags: the tags that GeoTIFF and GDAL add to TIFF, through libtiff.
 *
 * The one place where their numbers stand. Of the GeoKeys only those are read that are
 * known to mean what is made of them here. */
#ifndef ECO_RASTER_GEOTIFF_TAGS_H
#define ECO_RASTER_GEOTIFF_TAGS_H

#include "geo/crs.h"
#include <stdbool.h>
#include <stdint.h>
#include <tiffio.h>

enum {
    TAG_PIXEL_SCALE = 33550,
    TAG_TIEPOINT = 33922,
    TAG_TRANSFORMATION = 34264,
    TAG_GEOKEYS = 34735,
    TAG_GEODOUBLES = 34736,
    TAG_GEOTEXT = 34737,
    TAG_GDAL_METADATA = 42112,
    TAG_GDAL_NODATA = 42113,
};

/* Makes libtiff know them, in a file that is written. */
void geotiff_declare(TIFF *tif);

/* A tag's count and values, which the file keeps; 0 when it is absent or has another type
 * than it must have. */
uint32_t geotiff_shorts(TIFF *tif, uint32_t tag, uint16_t **v);
uint32_t geotiff_doubles(TIFF *tif, uint32_t tag, double **v);

/* A tag's text; NULL when it is absent or is no text. */
const char *geotiff_text(TIFF *tif, uint32_t tag);

/* Whether the file has one of these tags, whatever stands in it. */
bool geotiff_has(TIFF *tif, uint32_t tag);

/* The geotransform of a scale and tie point or of a plain matrix; false for all else. */
bool geotiff_get_gt(TIFF *tif, double gt[6]);
void geotiff_set_gt(TIFF *tif, const double gt[6]);

/* A CRS by an EPSG code that says all of it (crs_plain_code), or the UTM zone of WGS 84
 * that Collection 2 tiles give; NULL for all else. Free it. */
char *geotiff_get_crs(TIFF *tif);

/* Loads the plug-in for what no EPSG code says all of; the status, told. */
int geotiff_set_crs(TIFF *tif, const struct crs *crs);

#endif
