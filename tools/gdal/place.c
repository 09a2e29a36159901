/* place: where the pixels of a dataset lie. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_minixml.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

/* The text of its CRS, or NULL; free it. */
static char *dataset_crs(GDALDatasetH ds)
{
    OGRSpatialReferenceH srs = GDALGetSpatialRef(ds);
    if (!srs)
        return NULL;
    const char *authority = OSRGetAuthorityName(srs, NULL),
               *code = OSRGetAuthorityCode(srs, NULL);
    if (authority && code) {
        struct buf b = {0};
        buf_printf(&b, "%s:%s", authority, code);
        return b.s;
    }
    return gdal_wkt(srs);
}

/* What a dataset whose pixels no geotransform lays has instead; NULL: nothing. */
static char *other_place(GDALDatasetH ds)
{
    struct buf b = {0};
    int points = GDALGetGCPCount(ds);
    if (CSLCount(GDALGetMetadata(ds, "GEOLOCATION")))
        buf_puts(&b,
                 "it has no geotransform, but an array of places (a swath); lay it on a "
                 "grid first: gdalwarp -geoloc");
    else if (points)
        buf_printf(&b,
                   "it has no geotransform, but %d control points; lay it on a grid first: "
                   "gdalwarp -tps",
                   points);
    else if (CSLCount(GDALGetMetadata(ds, "RPC")))
        buf_puts(&b,
                 "it has no geotransform, but a camera's polynomials (RPC); lay it on a "
                 "grid first: gdalwarp -rpc");
    return b.s;
}

void gdal_place(struct ras *r, GDALDatasetH ds, char **crs)
{
    r->has_gt = GDALGetGeoTransform(ds, r->grid.gt) == CE_None;
    *crs = dataset_crs(ds);
    if (!r->has_gt)
        r->unplaced = other_place(ds);
}

static bool is_there(const char *path)
{
    VSILFILE *f = VSIFOpenL(path, "rb");
    if (f)
        VSIFCloseL(f);
    return f;
}

/* What cannot be read as XML is passed over by GDAL in silence. */
static int check_xml(const char *path)
{
    if (!is_there(path))
        return MSG_OK;
    CPLErrorReset();
    CPLXMLNode *tree = CPLParseXMLFile(path);
    if (!tree)
        msg_error("%s: damaged: %s; get a whole copy of it, or remove it", path,
                  gdal_reason());
    CPLDestroyXMLNode(tree);
    return tree ? MSG_OK : MSG_INPUT;
}

static int check_mask(const char *path)
{
    if (!is_there(path))
        return MSG_OK;
    CPLErrorReset();
    GDALDatasetH mask =
        GDALOpenEx(path, GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
    if (mask) {
        GDALClose(mask);
        return MSG_OK;
    }
    msg_error("%s: damaged: %s; get a whole copy of it, or remove it", path, gdal_reason());
    return MSG_INPUT;
}

int gdal_sidecar_check(const char *path)
{
    struct buf b = {0};
    buf_printf(&b, "%s.aux.xml", path);
    int status = check_xml(b.s);
    buf_reset(&b);
    buf_printf(&b, "%s.msk", path);
    if (status == MSG_OK)
        status = check_mask(b.s);
    buf_free(&b);
    return status;
}
