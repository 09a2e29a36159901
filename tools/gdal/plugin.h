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
/* Where the pixels of a dataset lie: the geotransform, the text of the CRS (NULL: none;
 * free it) and what there is instead. */
void gdal_place(struct ras *r, GDALDatasetH ds, char **crs);

/* MSG_INPUT, told, when a file beside a raster, in which GDAL keeps what belongs to it, is
 * damaged: GDAL goes on without it. */
int gdal_sidecar_check(const char *path);

int gdal_features(const char *path, const char *layer, const char *id, const char *fields,
                  struct gdal_plugin_features *f);
int gdal_area(const char *path, const char *layer, struct poly *p, size_t *nfeatures,
              char **crs);
int gdal_cog(const char *from, const char *to, bool smooth, int compress);
int gdal_suggest(const char *path, const struct raster_grid *from, const char *crs,
                 double *size, double bounds[4]);
int gdal_geokeys(const char *crs, struct gdal_plugin_geokeys *keys);

/* A CRS as WKT, or NULL, as for one that is NULL; free it. */
char *gdal_wkt(OGRSpatialReferenceH srs);

/* A feature's geometry as a valid multipolygon of straight edges, to be destroyed; NULL
 * when it has none. MSG_INPUT, told, when it is no polygon. wound: see gdal_layer. */
int gdal_polygon(const char *path, OGRFeatureH feature, bool wound, OGRGeometryH *polygon);

/* Makes one polygon of a multipolygon whose parts lie inside of each other, not across:
 * holes wound like outer rings. */
void gdal_merge_rings(OGRGeometryH many);

/* Adds the area of one polygon, whose rings may cross and touch in any way, to a
 * multipolygon, in pieces that may share edges. False when GEOS cannot. */
bool gdal_add_even_odd(OGRGeometryH polygon, OGRGeometryH many);

/* Adds the rings of a polygon or of the polygons in a collection. */
void gdal_add_rings(struct poly *p, OGRGeometryH g);

/* Listens to GDAL at work on a file, from gdal_listen to gdal_hush, as often as one likes:
 * its warnings become ours, each told once a file, those of its opening by
 * gdal_listener_tell, when it is known to have been opened. */
struct gdal_listener {
    const char *path; /* borrowed */
    bool opened;
    bool cut;      /* the file ends before something that it names */
    char *failure; /* what did not go well first, although GDAL may have gone on; or NULL */
    char **told;
    size_t ntold;
};
void gdal_listen(struct gdal_listener *l);
void gdal_hush(void);
void gdal_listener_tell(struct gdal_listener *l);
void gdal_listener_free(struct gdal_listener *l);

/* A layer of a vector file whose features are read one by one. */
struct gdal_layer {
    GDALDatasetH ds;
    OGRLayerH layer;
    bool
        wound; /* its rings are told apart by their direction, which not all writers heed */
    struct gdal_listener listener;
};

/* name NULL: the file's first layer. MSG_INPUT, told. */
int gdal_layer_open(struct gdal_layer *l, const char *path, const char *name);

/* The next feature, to be destroyed; NULL at the end, or where the file is damaged, which
 * gdal_layer_end then tells; it passes GDAL's warnings on, too. */
OGRFeatureH gdal_layer_next(struct gdal_layer *l);
int gdal_layer_end(struct gdal_layer *l);
void gdal_layer_close(struct gdal_layer *l);

/* Text of GDAL about a file as one line that does not begin with the file's name; free it.
 */
char *gdal_message(const char *path, const char *text);

/* GDAL's last error message without its line ends, for one of ours. */
const char *gdal_reason(void);

/* Registers drivers, once, and keeps GDAL from printing by itself. */
void gdal_start(void);

#endif
