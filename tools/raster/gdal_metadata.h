/* gdal_metadata: GDAL's own tag of a GeoTIFF, an XML document of items. */
#ifndef ECO_RASTER_GDAL_METADATA_H
#define ECO_RASTER_GDAL_METADATA_H

#include "base/buf.h"
#include "raster/raster.h"

/* Takes the raster's tags, and its bands' scales, offsets, names and units, from a flat
 * list of items; false when it is anything but that, or says that all bands together have a
 * nodata value. */
bool gdal_metadata_get(struct ras *r, const char *xml);

/* The document for tags, the names of bands (or NULL), and the first band's unit (or
 * NULL). */
void gdal_metadata_put(struct buf *b, const struct ras_tag *tag, size_t ntags,
                       const char *const *name, int nbands, const char *unit);

#endif
