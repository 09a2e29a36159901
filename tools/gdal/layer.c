/* layer: the features of a vector file's layer, and what GDAL says as it reads them. */
#include "base/msg.h"
#include "plugin.h"
#include <cpl_error.h>
#include <gdal.h>
#include <stdlib.h>
#include <string.h>

int gdal_layer_open(struct gdal_layer *l, const char *path, const char *name)
{
    const unsigned flags = GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;
    *l = (struct gdal_layer){.listener.path = path};
    gdal_start();
    CPLErrorReset();
    gdal_listen(&l->listener);
    l->ds = GDALOpenEx(path, flags, NULL, NULL, NULL);
    if (l->ds && name)
        l->layer = GDALDatasetGetLayerByName(l->ds, name);
    else if (l->ds && GDALDatasetGetLayerCount(l->ds))
        l->layer = GDALDatasetGetLayer(l->ds, 0);
    gdal_hush();
    if (l->layer) {
        GDALDriverH driver = GDALGetDatasetDriver(l->ds);
        l->wound = strcmp(GDALGetDriverShortName(driver), "ESRI Shapefile") == 0;
        return MSG_OK;
    }
    if (l->ds) {
        msg_error("%s: no layer%s%s in it", path, name ? " " : "", name ? name : "");
    } else {
        char *reason = gdal_message(path, gdal_reason());
        msg_error("%s: not a vector file that can be read: %s", path, reason);
        free(reason);
    }
    gdal_layer_close(l);
    return MSG_INPUT;
}

OGRFeatureH gdal_layer_next(struct gdal_layer *l)
{
    gdal_listen(&l->listener);
    OGRFeatureH feature = OGR_L_GetNextFeature(l->layer);
    gdal_hush();
    if (!feature || !l->listener.failure)
        return feature;
    OGR_F_Destroy(feature);
    return NULL;
}

int gdal_layer_end(struct gdal_layer *l)
{
    if (l->listener.failure) {
        msg_error("%s: damaged: %s; get a whole copy of it", l->listener.path,
                  l->listener.failure);
        return MSG_INPUT;
    }
    gdal_listener_tell(&l->listener);
    return MSG_OK;
}

void gdal_layer_close(struct gdal_layer *l)
{
    if (l->ds)
        GDALClose(l->ds);
    gdal_listener_free(&l->listener);
    *l = (struct gdal_layer){0};
}
