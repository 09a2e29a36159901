/* features: the polygons of a vector layer, one by one. */
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_conv.h>
#include <cpl_string.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Turns the last ring of p counter-clockwise, or clockwise. */
static void turn_last(struct poly *p, bool clockwise)
{
    size_t from = p->ring[p->nrings - 1], to = p->npoints;
    double twice = 0;
    for (size_t i = from, j = to - 1; i < to; j = i++)
        twice += (p->x[j] - p->x[from]) * (p->y[i] - p->y[from]) -
                 (p->x[i] - p->x[from]) * (p->y[j] - p->y[from]);
    for (size_t i = from, j = to - 1; (twice < 0) != clockwise && i < j; i++, j--) {
        double x = p->x[i], y = p->y[i];
        p->x[i] = p->x[j];
        p->y[i] = p->y[j];
        p->x[j] = x;
        p->y[j] = y;
    }
}

/* The rings of a multipolygon: the first of each polygon is its outer one. */
static void take_rings(struct poly *p, OGRGeometryH many)
{
    for (int i = 0; i < OGR_G_GetGeometryCount(many); i++) {
        OGRGeometryH polygon = OGR_G_GetGeometryRef(many, i);
        struct poly one = {0};
        gdal_add_rings(&one, polygon);
        for (size_t r = 0; r < one.nrings; r++) {
            poly_ring(p);
            for (size_t k = one.ring[r]; k < one.ring[r + 1]; k++)
                poly_point(p, one.x[k], one.y[k]);
            turn_last(p, r > 0);
        }
        poly_free(&one);
    }
}

/* Text of a layer as UTF-8. GDAL recodes what names its encoding; a .dbf without a .cpg
 * may name none, and was mostly written by Windows. */
static char *utf8(const char *text, bool *recoded)
{
    if (CPLIsUTF8(text, -1))
        return mem_text(text);
    const char *defined = text; /* five bytes are none of Windows-1252's */
    while (*defined && !strchr("\x81\x8d\x8f\x90\x9d", *defined))
        defined++;
    char *made = CPLRecode(text, *defined ? "ISO-8859-1" : "CP1252", CPL_ENC_UTF8);
    char *own = mem_text(made);
    CPLFree(made);
    *recoded = true;
    return own;
}

static char *id_of(OGRFeatureH feature, int field, bool *recoded)
{
    if (field >= 0)
        return OGR_F_IsFieldSetAndNotNull(feature, field)
                   ? utf8(OGR_F_GetFieldAsString(feature, field), recoded)
                   : mem_text("NA");
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)OGR_F_GetFID(feature));
    return mem_text(text);
}

static int take_feature(const char *path, OGRFeatureH feature, int field, bool wound,
                        struct gdal_plugin_feature *to, bool *recoded)
{
    OGRGeometryH many;
    int status = gdal_polygon(path, feature, wound, &many);
    if (status != MSG_OK)
        return status;
    to->id = id_of(feature, field, recoded);
    if (many) {
        take_rings(&to->area, many);
        OGR_G_DestroyGeometry(many);
    }
    if (!to->area.nrings)
        msg_warn("%s: feature %lld has no area", path, (long long)OGR_F_GetFID(feature));
    return MSG_OK;
}

int gdal_features(const char *path, const char *name, const char *id,
                  struct gdal_plugin_features *f)
{
    struct gdal_layer layer;
    *f = (struct gdal_plugin_features){0};
    int status = gdal_layer_open(&layer, path, name);
    if (status != MSG_OK)
        return status;
    int field = id ? OGR_L_FindFieldIndex(layer.layer, id, 1) : -1;
    if (id && field < 0) {
        msg_error("%s: its features have no field \"%s\"", path, id);
        status = MSG_INPUT;
    }
    size_t cap = 0;
    OGRFeatureH feature;
    bool recoded = false;
    while (status == MSG_OK && (feature = gdal_layer_next(&layer))) {
        f->feature = mem_grow(f->feature, &cap, f->n + 1, sizeof *f->feature);
        f->feature[f->n] = (struct gdal_plugin_feature){0};
        status =
            take_feature(path, feature, field, layer.wound, &f->feature[f->n++], &recoded);
        OGR_F_Destroy(feature);
    }
    if (status == MSG_OK)
        status = gdal_layer_end(&layer);
    if (recoded)
        msg_warn(
            "%s: \"%s\" is not UTF-8 and names no encoding (a .cpg file would): it was "
            "read as Windows-1252",
            path, id);
    if (status == MSG_OK && !f->n) {
        msg_error("%s: no features in it", path);
        status = MSG_INPUT;
    }
    f->id_name = mem_text(id ? id : "fid");
    f->crs = gdal_wkt(OGR_L_GetSpatialRef(layer.layer));
    gdal_layer_close(&layer);
    if (status != MSG_OK)
        gdal_plugin_features_free(f);
    return status;
}
