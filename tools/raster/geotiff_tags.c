/* geotiff_tags: what GeoTIFF adds to TIFF: a place, a CRS, and GDAL's own. */
#include "raster/geotiff_tags.h"
#include "base/mem.h"
#include "base/msg.h"
#include "raster/gdal_plugin.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const TIFFFieldInfo fields[] = {
    {TAG_PIXEL_SCALE, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, (char *)"PixelScale"},
    {TAG_TIEPOINT, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, (char *)"Tiepoint"},
    {TAG_TRANSFORMATION, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, (char *)"Transformation"},
    {TAG_GEOKEYS, -1, -1, TIFF_SHORT, FIELD_CUSTOM, 1, 1, (char *)"GeoKeys"},
    {TAG_GEODOUBLES, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, (char *)"GeoDoubles"},
    {TAG_GEOTEXT, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, (char *)"GeoText"},
    {TAG_GDAL_METADATA, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, (char *)"GDALMetadata"},
    {TAG_GDAL_NODATA, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, (char *)"GDALNoData"},
};

void geotiff_declare(TIFF *tif)
{
    TIFFMergeFieldInfo(tif, fields, sizeof fields / sizeof *fields);
}

/* A tag's count and values; 0 when it is absent or has another type than it must
 * have: libtiff hands out whatever the file holds. The count's own type depends on
 * whether somebody in the process, as libgdal does, has declared the tag. */
static uint32_t values(TIFF *tif, uint32_t tag, TIFFDataType type, void *v)
{
    const TIFFField *field = TIFFFindField(tif, tag, TIFF_ANY);
    uint16_t count = 0;
    uint32_t long_count = 0;
    if (!field || TIFFFieldDataType(field) != type || !TIFFFieldPassCount(field))
        return 0;
    if (TIFFFieldReadCount(field) == TIFF_VARIABLE2)
        return TIFFGetField(tif, tag, &long_count, v) == 1 ? long_count : 0;
    return TIFFGetField(tif, tag, &count, v) == 1 ? count : 0;
}

uint32_t geotiff_shorts(TIFF *tif, uint32_t tag, uint16_t **v)
{
    *v = NULL;
    return values(tif, tag, TIFF_SHORT, v);
}

uint32_t geotiff_doubles(TIFF *tif, uint32_t tag, double **v)
{
    *v = NULL;
    return values(tif, tag, TIFF_DOUBLE, v);
}

const char *geotiff_text(TIFF *tif, uint32_t tag)
{
    const TIFFField *field = TIFFFindField(tif, tag, TIFF_ANY);
    char *s = NULL;
    if (!field || TIFFFieldDataType(field) != TIFF_ASCII)
        return NULL;
    if (!TIFFFieldPassCount(field))
        return TIFFGetField(tif, tag, &s) == 1 ? s : NULL;
    uint32_t count = values(tif, tag, TIFF_ASCII, &s);
    return count && s && !s[count - 1] ? s : NULL;
}

bool geotiff_has(TIFF *tif, uint32_t tag)
{
    for (int i = 0; i < TIFFGetTagListCount(tif); i++)
        if (TIFFGetTagListEntry(tif, i) == tag)
            return true;
    return false;
}

bool geotiff_get_gt(TIFF *tif, double gt[6])
{
    double *scale, *tie, *m;
    uint32_t nscale = geotiff_doubles(tif, TAG_PIXEL_SCALE, &scale);
    uint32_t ntie = geotiff_doubles(tif, TAG_TIEPOINT, &tie);
    uint32_t nm = geotiff_doubles(tif, TAG_TRANSFORMATION, &m);
    if (!geotiff_has(tif, TAG_TRANSFORMATION) && nscale >= 2 && ntie == 6 && scale[0] > 0 &&
        scale[1] > 0) {
        gt[1] = scale[0];
        gt[5] = -scale[1];
        gt[0] = tie[3] - tie[0] * gt[1];
        gt[3] = tie[4] - tie[1] * gt[5];
    } else if (nm == 16 && nscale == 0 && ntie == 0) {
        const double plain[6] = {m[3], m[0], m[1], m[7], m[4], m[5]};
        memcpy(gt, plain, sizeof plain);
    } else {
        return false;
    }
    return true;
}

/* GeoKeys, by the names that the standard has for them. */
enum {
    GT_MODEL_TYPE = 1024,
    GT_RASTER_TYPE = 1025,
    GT_CITATION = 1026,
    GEOGRAPHIC_TYPE = 2048,
    GEOG_CITATION = 2049,
    GEOG_DATUM = 2050,
    GEOG_ANGULAR_UNITS = 2054,
    GEOG_ELLIPSOID = 2056,
    GEOG_SEMI_MAJOR_AXIS = 2057,
    GEOG_INV_FLATTENING = 2059,
    GEOG_PRIME_MERIDIAN_LONG = 2061,
    PROJECTED_CS_TYPE = 3072,
    PCS_CITATION = 3073,
    PROJECTION = 3074,
    PROJ_LINEAR_UNITS = 3076,
};
enum {
    MODEL_PROJECTED = 1,
    MODEL_GEOGRAPHIC = 2,
    PIXEL_IS_AREA = 1,
    WGS84 = 4326,
    DATUM_WGS84 = 6326,
    ELLIPSOID_WGS84 = 7030,
    DEGREE = 9102,
    METRE = 9001,
    USER_DEFINED = 32767,
};

struct geokeys {
    int model, geographic, projected, projection;
    double axis, flattening;
    bool parts; /* a datum, an ellipsoid or a meridian by itself */
};

/* One key, as a whole number or a real one. Everything that only repeats or names
 * (citations, the ellipsoid's axes) is passed over, but for a WGS 84 given by its parts, as
 * Collection 2 tiles do. False for a key that says what is not known here. */
static bool take_key(struct geokeys *keys, int key, int value, double real)
{
    switch (key) {
    case GT_MODEL_TYPE:
        keys->model = value;
        return true;
    case GT_RASTER_TYPE:
        return value == PIXEL_IS_AREA;
    case GT_CITATION:
    case GEOG_CITATION:
    case PCS_CITATION:
        return true;
    case GEOGRAPHIC_TYPE:
        keys->geographic = value;
        return true;
    case GEOG_DATUM:
        keys->parts = true;
        return value == USER_DEFINED || value == DATUM_WGS84;
    case GEOG_ANGULAR_UNITS:
        return value == DEGREE;
    case GEOG_ELLIPSOID:
        keys->parts = true;
        return value == USER_DEFINED || value == ELLIPSOID_WGS84;
    case GEOG_SEMI_MAJOR_AXIS:
        keys->axis = real;
        return true;
    case GEOG_INV_FLATTENING:
        keys->flattening = real;
        return true;
    case GEOG_PRIME_MERIDIAN_LONG: /* Greenwich */
        keys->parts = true;
        return real == 0;
    case PROJECTED_CS_TYPE:
        keys->projected = value;
        return true;
    case PROJECTION:
        keys->projection = value;
        return true;
    case PROJ_LINEAR_UNITS:
        return value == METRE;
    default:
        return false;
    }
}

/* That of any other CRS, where the keys hold its code and nothing that may say otherwise:
 * citations with an equals sign, which define things for some programs, are left to GDAL.
 */
static int code_of_others(const struct geokeys *k, const char *citations)
{
    bool bare = k->axis == 0 && k->flattening == 0, plane = k->model == MODEL_PROJECTED;
    int code = plane ? k->projected : k->geographic;
    if (k->parts || k->projection || strchr(citations, '=') || code == USER_DEFINED ||
        (plane ? k->geographic || !bare : k->model != MODEL_GEOGRAPHIC || k->projected))
        return 0;
    const struct crs *crs = crs_of_epsg(code);
    return crs_plain_code(crs) && crs_is_geographic(crs) == !plane &&
                   (bare || crs_has_ellipsoid(crs, k->axis, k->flattening))
               ? code
               : 0;
}

/* The EPSG code that the keys mean, or 0. */
static int code_of(const struct geokeys *k, const char *citations)
{
    bool wgs84_axes =
        fabs(k->axis - 6378137) < 1e-6 && fabs(k->flattening - 298.257223563) < 1e-9;
    bool bare = k->axis == 0 && k->flattening == 0;
    if (k->model == MODEL_GEOGRAPHIC && k->geographic == WGS84 && (wgs84_axes || bare))
        return WGS84;
    bool is_utm = (k->projected >= 32601 && k->projected <= 32660) ||
                  (k->projected >= 32701 && k->projected <= 32760);
    if (k->model == MODEL_PROJECTED && is_utm) {
        bool plain = wgs84_axes || bare;
        return plain && (!k->geographic || k->geographic == WGS84) ? k->projected : 0;
    }
    bool zone = (k->projection >= 16001 && k->projection <= 16060) ||
                (k->projection >= 16101 && k->projection <= 16160);
    bool wgs84 = k->geographic == WGS84 ||
                 (k->geographic == USER_DEFINED &&
                  strstr(citations, "Datum = World Geodetic System 1984|"));
    if (k->model == MODEL_PROJECTED && k->projected == USER_DEFINED && wgs84_axes && zone &&
        wgs84)
        return k->projection + (k->projection < 16100 ? 32600 - 16000 : 32700 - 16100);
    return code_of_others(k, citations);
}

char *geotiff_get_crs(TIFF *tif)
{
    uint16_t *key = NULL;
    uint32_t count = geotiff_shorts(tif, TAG_GEOKEYS, &key);
    if (count < 4 || !key || count < 4 + 4u * key[3])
        return NULL;
    double *number = NULL;
    uint32_t nnumbers = geotiff_doubles(tif, TAG_GEODOUBLES, &number);
    const char *citations = geotiff_text(tif, TAG_GEOTEXT);
    struct geokeys keys = {0};
    for (int i = 1; i <= key[3]; i++) {
        const uint16_t *k = key + 4 * i;
        int value = k[1] == 0 ? k[3] : 0;
        double real = k[1] == TAG_GEODOUBLES && k[3] < nnumbers ? number[k[3]] : NAN;
        if (!take_key(&keys, k[0], value, real))
            return NULL;
    }
    int code = code_of(&keys, citations ? citations : "");
    char crs[32];
    snprintf(crs, sizeof crs, "EPSG:%d", code);
    return code ? mem_text(crs) : NULL;
}

void geotiff_set_gt(TIFF *tif, const double gt[6])
{
    if (gt[2] == 0 && gt[4] == 0 && gt[1] > 0 && gt[5] < 0) {
        const double scale[3] = {gt[1], -gt[5], 0}, tie[6] = {0, 0, 0, gt[0], gt[3], 0};
        TIFFSetField(tif, TAG_PIXEL_SCALE, 3, scale);
        TIFFSetField(tif, TAG_TIEPOINT, 6, tie);
    } else {
        const double m[16] = {gt[1], gt[2], 0, gt[0], gt[4], gt[5], 0, gt[3],
                              0,     0,     0, 0,     0,     0,     0, 1};
        TIFFSetField(tif, TAG_TRANSFORMATION, 16, m);
    }
}

int geotiff_set_crs(TIFF *tif, const struct crs *crs)
{
    const struct crs *plane = crs_plain_code(crs) ? crs : crs_named_plane(crs, "output");
    int code = plane ? crs_plain_code(plane) : 0;
    if (code && code < USER_DEFINED) { /* needs no module */
        bool geographic = crs_is_geographic(plane);
        const uint16_t model = geographic ? MODEL_GEOGRAPHIC : MODEL_PROJECTED;
        const uint16_t type = geographic ? GEOGRAPHIC_TYPE : PROJECTED_CS_TYPE;
        const uint16_t units = geographic ? GEOG_ANGULAR_UNITS : PROJ_LINEAR_UNITS;
        const uint16_t unit = geographic ? DEGREE : METRE;
        /* clang-format off */
        const uint16_t keys[] = {
            1, 1, 0, 4, /* the version of the keys and how many there are */
            GT_MODEL_TYPE, 0, 1, model,
            GT_RASTER_TYPE, 0, 1, PIXEL_IS_AREA,
            type, 0, 1, (uint16_t)code,
            units, 0, 1, unit};
        /* clang-format on */
        TIFFSetField(tif, TAG_GEOKEYS, (int)(sizeof keys / sizeof *keys), keys);
        return MSG_OK;
    }
    const struct gdal_plugin *module = gdal_plugin_load();
    struct gdal_plugin_geokeys keys;
    int status = !plane   ? MSG_INPUT
                 : module ? module->geokeys(crs_text(plane), &keys)
                          : MSG_SYSTEM;
    if (status != MSG_OK)
        return status;
    TIFFSetField(tif, TAG_GEOKEYS, (int)keys.ndirectory, keys.directory);
    if (keys.ndoubles)
        TIFFSetField(tif, TAG_GEODOUBLES, (int)keys.ndoubles, keys.doubles);
    if (keys.text)
        TIFFSetField(tif, TAG_GEOTEXT, keys.text);
    free(keys.directory);
    free(keys.doubles);
    free(keys.text);
    return MSG_OK;
}
