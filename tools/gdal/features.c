/* features: the polygons of a vector layer, one by one. */
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
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

/* What is taken of each feature. */
struct taking {
    const char *path;
    bool wound;
    int id;              /* the field, or -1: the layer's own number */
    int *field;          /* those of the other columns */
    const char *recoded; /* a field that was not UTF-8 */
    struct gdal_plugin_features *to;
};

static char *value_of(struct taking *t, OGRFeatureH feature, int field)
{
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return mem_text("NA");
    OGRFieldDefnH column = OGR_F_GetFieldDefnRef(feature, field);
    if (OGR_Fld_GetType(column) == OFTReal) {
        char text[NUM_MAX + 1];
        text[num_double(text, OGR_F_GetFieldAsDouble(feature, field))] = '\0';
        return mem_text(text);
    }
    bool recoded = false;
    char *text = utf8(OGR_F_GetFieldAsString(feature, field), &recoded);
    if (recoded && !t->recoded)
        t->recoded = field == t->id ? t->to->id_name : OGR_Fld_GetNameRef(column);
    return text;
}

static char *id_of(struct taking *t, OGRFeatureH feature)
{
    if (t->id >= 0)
        return value_of(t, feature, t->id);
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)OGR_F_GetFID(feature));
    return mem_text(text);
}

static int take_feature(struct taking *t, OGRFeatureH feature,
                        struct gdal_plugin_feature *to)
{
    OGRGeometryH many;
    int status = gdal_polygon(t->path, feature, t->wound, &many);
    if (status != MSG_OK)
        return status;
    to->id = id_of(t, feature);
    if (t->to->nfields)
        to->value = mem_alloc(t->to->nfields, sizeof *to->value);
    for (size_t i = 0; i < t->to->nfields; i++)
        to->value[i] = value_of(t, feature, t->field[i]);
    if (many) {
        take_rings(&to->area, many);
        OGR_G_DestroyGeometry(many);
    }
    if (!to->area.nrings)
        msg_warn("%s: feature %lld has no area", t->path, (long long)OGR_F_GetFID(feature));
    return MSG_OK;
}

/* The number of a field; -1, told, with those that there are. */
static int find_field(const char *path, OGRLayerH layer, const char *name)
{
    int field = OGR_L_FindFieldIndex(layer, name, 1);
    if (field >= 0)
        return field;
    OGRFeatureDefnH columns = OGR_L_GetLayerDefn(layer);
    struct buf b = {0};
    for (int i = 0; i < OGR_FD_GetFieldCount(columns); i++)
        buf_printf(&b, "%s%s", i ? ", " : "",
                   OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(columns, i)));
    msg_error("%s: its features have no field \"%s\", but %s", path, name,
              b.n ? b.s : "none at all");
    buf_free(&b);
    return -1;
}

static void add_field(struct taking *t, OGRLayerH layer, int field)
{
    struct gdal_plugin_features *f = t->to;
    t->field = mem_resize(t->field, f->nfields + 1, sizeof *t->field);
    f->field = mem_resize(f->field, f->nfields + 1, sizeof *f->field);
    t->field[f->nfields] = field;
    bool recoded = false;
    OGRFieldDefnH column = OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(layer), field);
    f->field[f->nfields++] = utf8(OGR_Fld_GetNameRef(column), &recoded);
    if (recoded)
        t->recoded = f->field[f->nfields - 1];
}

static int choose_fields(struct taking *t, OGRLayerH layer, const char *id,
                         const char *fields)
{
    t->id = id ? find_field(t->path, layer, id) : -1;
    bool good = !id || t->id >= 0;
    bool all = fields && strcmp(fields, "all") == 0;
    for (int i = 0; all && i < OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer)); i++)
        if (i != t->id)
            add_field(t, layer, i);
    struct slice item;
    for (const char *rest = all ? NULL : fields; good && list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        int field = find_field(t->path, layer, name);
        good = field >= 0;
        if (good)
            add_field(t, layer, field);
        free(name);
    }
    return good ? MSG_OK : MSG_INPUT;
}

int gdal_features(const char *path, const char *name, const char *id, const char *fields,
                  struct gdal_plugin_features *f)
{
    struct gdal_layer layer;
    struct taking t = {.path = path, .to = f};
    *f = (struct gdal_plugin_features){0};
    int status = gdal_layer_open(&layer, path, name);
    if (status != MSG_OK)
        return status;
    t.wound = layer.wound;
    f->id_name = mem_text(id ? id : "fid");
    status = choose_fields(&t, layer.layer, id, fields);
    size_t cap = 0;
    OGRFeatureH feature;
    while (status == MSG_OK && (feature = gdal_layer_next(&layer))) {
        f->feature = mem_grow(f->feature, &cap, f->n + 1, sizeof *f->feature);
        f->feature[f->n] = (struct gdal_plugin_feature){0};
        status = take_feature(&t, feature, &f->feature[f->n++]);
        OGR_F_Destroy(feature);
    }
    if (status == MSG_OK)
        status = gdal_layer_end(&layer);
    if (t.recoded)
        msg_warn(
            "%s: \"%s\" is not UTF-8 and names no encoding (a .cpg file would): it was "
            "read as Windows-1252",
            path, t.recoded);
    if (status == MSG_OK && !f->n) {
        msg_error("%s: no features in it", path);
        status = MSG_INPUT;
    }
    f->crs = gdal_wkt(OGR_L_GetSpatialRef(layer.layer));
    gdal_layer_close(&layer);
    free(t.field);
    if (status != MSG_OK)
        gdal_plugin_features_free(f);
    return status;
}
