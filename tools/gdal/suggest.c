/* suggest: the grid that gdalwarp would choose for a raster in another CRS. */
#include "base/msg.h"
#include "plugin.h"
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal_alg.h>
#include <math.h>

/* A dataset without bands that lies where the raster does. */
static GDALDatasetH placed(const struct raster_grid *from)
{
    double gt[6];
    for (int i = 0; i < 6; i++)
        gt[i] = from->gt[i];
    GDALDatasetH ds = GDALCreate(GDALGetDriverByName("MEM"), "", from->columns, from->rows,
                                 0, GDT_Byte, NULL);
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    bool good = ds && GDALSetGeoTransform(ds, gt) == CE_None &&
                OSRSetFromUserInput(srs, crs_text(from->crs)) == OGRERR_NONE &&
                GDALSetSpatialRef(ds, srs) == CE_None;
    OSRDestroySpatialReference(srs);
    if (!good && ds)
        GDALClose(ds);
    return good ? ds : NULL;
}

int gdal_suggest(const char *path, const struct raster_grid *from, const char *crs,
                 double *size, double bounds[4])
{
    gdal_start();
    CPLErrorReset();
    double gt[6];
    int columns, rows;
    GDALDatasetH ds = placed(from);
    char **options = CSLSetNameValue(NULL, "DST_SRS", crs);
    void *map = ds ? GDALCreateGenImgProjTransformer2(ds, NULL, options) : NULL;
    bool good = map && GDALSuggestedWarpOutput2(ds, GDALGenImgProjTransform, map, gt,
                                                &columns, &rows, bounds, 0) == CE_None;
    for (int i = 0; i < 4; i++)
        good = good && isfinite(bounds[i]);
    if (map)
        GDALDestroyGenImgProjTransformer(map);
    if (ds)
        GDALClose(ds);
    CSLDestroy(options);
    if (!good) {
        msg_error("%s: no grid in %.80s covers it: %s", path, crs, gdal_reason());
        return MSG_INPUT;
    }
    *size = gt[1];
    return MSG_OK;
}
