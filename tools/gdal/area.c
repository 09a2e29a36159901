/* area: polygons from any vector file that GDAL opens. */
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

void gdal_add_rings(struct poly *p, OGRGeometryH g)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(g));
    int n = OGR_G_GetGeometryCount(g);
    for (int i = 0; i < n; i++) {
        OGRGeometryH part = OGR_G_GetGeometryRef(g, i);
        if (type != wkbPolygon) {
            gdal_add_rings(p, part);
            continue;
        }
        int points = OGR_G_GetPointCount(part);
        if (points < 4)
            continue;
        poly_ring(p);
        for (int k = 0; k < points - 1; k++)
            poly_point(p, OGR_G_GetX(part, k), OGR_G_GetY(part, k));
    }
}

/* All polygons in g, however deep, into a multipolygon. */
static void collect(OGRGeometryH g, OGRGeometryH many)
{
    if (wkbFlatten(OGR_G_GetGeometryType(g)) == wkbPolygon)
        OGR_G_AddGeometry(many, g);
    else
        for (int i = 0; i < OGR_G_GetGeometryCount(g); i++)
            collect(OGR_G_GetGeometryRef(g, i), many);
}

/* A multipolygon's area: all that lies in any of its polygons. NULL when the geometry
 * cannot be made sense of, such as with places that are not finite. */
static OGRGeometryH joined(OGRGeometryH many)
{
    OGRGeometryH parts = OGR_G_CreateGeometry(wkbMultiPolygon);
    bool good = true;
    for (int i = 0; good && i < OGR_G_GetGeometryCount(many); i++)
        good = gdal_add_even_odd(OGR_G_GetGeometryRef(many, i), parts);
    OGRGeometryH all = good ? OGR_G_UnionCascaded(parts) : NULL, made = NULL;
    if (all) {
        made = OGR_G_CreateGeometry(wkbMultiPolygon);
        collect(all, made);
        OGR_G_DestroyGeometry(all);
    }
    OGR_G_DestroyGeometry(parts);
    return made;
}

/* Rings that cross or touch where they should not, in place; false, told, when there is
 * no area to be had from them. */
static bool make_valid(const char *path, long long id, bool wound, OGRGeometryH *many)
{
    CPLErrorReset();
    if (OGR_G_IsValid(*many))
        return true;
    char *reason = mem_text(gdal_reason());
    if (wound)
        gdal_merge_rings(*many);
    OGRGeometryH made = joined(*many);
    if (made)
        msg_warn("%s: feature %lld is not a valid polygon (%s); it was repaired: its parts "
                 "joined, each what an odd number of its rings lie around",
                 path, id, reason);
    else
        msg_error("%s: feature %lld is not a valid polygon: %s", path, id, reason);
    free(reason);
    if (!made)
        return false;
    OGR_G_DestroyGeometry(*many);
    *many = made;
    return true;
}

int gdal_polygon(const char *path, OGRFeatureH feature, bool wound, OGRGeometryH *polygon)
{
    long long id = OGR_F_GetFID(feature);
    OGRGeometryH g = OGR_F_GetGeometryRef(feature);
    *polygon = NULL;
    if (!g || OGR_G_IsEmpty(g))
        return MSG_OK;
    OGRGeometryH linear = OGR_G_GetLinearGeometry(g, 0, NULL);
    OGR_G_FlattenTo2D(linear);
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(linear));
    bool good = type == wkbPolygon || type == wkbMultiPolygon;
    if (!good)
        msg_error("%s: feature %lld is a %s, not a polygon", path, id,
                  OGRGeometryTypeToName(type));
    OGRGeometryH many = OGR_G_CreateGeometry(wkbMultiPolygon);
    if (good)
        collect(linear, many);
    OGR_G_DestroyGeometry(linear);
    if (good && make_valid(path, id, wound, &many))
        *polygon = many;
    else
        OGR_G_DestroyGeometry(many);
    return *polygon ? MSG_OK : MSG_INPUT;
}

/* One feature's geometry into the collection of all, and counts it; false, told, when it
 * is no area. */
static bool take_feature(const char *path, OGRFeatureH feature, bool wound,
                         OGRGeometryH all, size_t *n)
{
    OGRGeometryH many;
    if (gdal_polygon(path, feature, wound, &many) != MSG_OK)
        return false;
    if (!many) {
        msg_warn("%s: feature %lld has no geometry; it is left out", path,
                 (long long)OGR_F_GetFID(feature));
        return true;
    }
    for (int i = 0; i < OGR_G_GetGeometryCount(many); i++)
        OGR_G_AddGeometry(all, OGR_G_GetGeometryRef(many, i));
    OGR_G_DestroyGeometry(many);
    ++*n;
    return true;
}

int gdal_area(const char *path, const char *name, struct poly *p, size_t *nfeatures,
              char **crs)
{
    struct gdal_layer layer;
    *p = (struct poly){0};
    *nfeatures = 0;
    *crs = NULL;
    int status = gdal_layer_open(&layer, path, name);
    if (status != MSG_OK)
        return status;
    OGRGeometryH all = OGR_G_CreateGeometry(wkbMultiPolygon);
    OGRFeatureH feature;
    bool good = true;
    while (good && (feature = gdal_layer_next(&layer))) {
        good = take_feature(path, feature, layer.wound, all, nfeatures);
        OGR_F_Destroy(feature);
    }
    status = good ? gdal_layer_end(&layer) : MSG_INPUT;
    if (status != MSG_OK)
        goto out;
    if (OGR_G_GetGeometryCount(all) > 1) {
        OGRGeometryH joined = OGR_G_UnionCascaded(all);
        if (joined) {
            OGR_G_DestroyGeometry(all);
            all = joined;
        }
    }
    gdal_add_rings(p, all);
    if (!p->nrings) {
        msg_error("%s: no polygons in it", path);
        status = MSG_INPUT;
        goto out;
    }
    *crs = gdal_wkt(OGR_L_GetSpatialRef(layer.layer));
out:
    OGR_G_DestroyGeometry(all);
    gdal_layer_close(&layer);
    if (status != MSG_OK)
        poly_free(p);
    return status;
}
