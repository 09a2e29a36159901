/* What the parts of eco-gdal.so share. */
#ifndef ECO_GDAL_PLUGIN_H
#define ECO_GDAL_PLUGIN_H

#include "raster/gdal_plugin.h"
#include "raster/raster.h"
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

int gdal_raster_open(struct ras *r, char **crs);
int gdal_raster_read(struct ras *r, int band, int bx, int by, void *samples,
                     unsigned char *valid);
void gdal_raster_close(struct ras *r);
int gdal_features(const char *path, const char *layer, const char *id,
                  struct gdal_plugin_features *f);
int gdal_area(const char *path, const char *layer, struct poly *p, char **crs);
int gdal_cog(const char *from, const char *to, bool smooth, int compress);
int gdal_geokeys(const char *crs, struct gdal_plugin_geokeys *keys);

/* A vector file and one of its layers (NULL: the first), or NULL, told. Close ds. */
OGRLayerH gdal_open_layer(const char *path, const char *name, GDALDatasetH *ds);

/* A CRS as WKT, or NULL, as for one that is NULL; free it. */
char *gdal_wkt(OGRSpatialReferenceH srs);

/* Whether a file's rings are told apart by their direction, which not all writers heed:
 * shapefiles. */
bool gdal_is_wound(GDALDatasetH ds);

/* A feature's geometry as a valid multipolygon of straight edges, to be destroyed; NULL
 * when it has none. MSG_INPUT, told, when it is no polygon. wound: see gdal_is_wound. */
int gdal_polygon(const char *path, OGRFeatureH feature, bool wound, OGRGeometryH *polygon);

/* Makes one polygon of a multipolygon whose parts lie inside of each other, not across:
 * holes wound like outer rings. */
void gdal_merge_rings(OGRGeometryH many);

/* Adds the area of one polygon, whose rings may cross and touch in any way, to a
 * multipolygon, in pieces that may share edges. False when GEOS cannot. */
bool gdal_add_even_odd(OGRGeometryH polygon, OGRGeometryH many);

/* Adds the rings of a polygon or of the polygons in a collection. */
void gdal_add_rings(struct poly *p, OGRGeometryH g);

/* GDAL's last error message without its line ends, for one of ours. */
const char *gdal_reason(void);

/* Registers drivers, once, and keeps GDAL from printing by itself. */
void gdal_start(void);

#endif
