/* raster: the raster driver for every file that GDAL opens. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_string.h>
#include <gdal.h>
#include <inttypes.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 20 }; /* in a message */

struct handle {
    GDALDatasetH ds;
    struct gdal_listener listener;
};

/* Our type of a band, or -1 for one that doubles do not hold. */
static int type_of(GDALRasterBandH band)
{
    const char *pixel = GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE");
    switch (GDALGetRasterDataType(band)) {
    case GDT_Byte: /* before GDAL 3.7 signed ones, too, with their bits as they are */
        return pixel && strcmp(pixel, "SIGNEDBYTE") == 0 ? RAS_I8 : RAS_U8;
#if GDAL_VERSION_NUM >= 3070000
    case GDT_Int8:
        return RAS_I8;
#endif
    case GDT_UInt16:
        return RAS_U16;
    case GDT_Int16:
        return RAS_I16;
    case GDT_UInt32:
        return RAS_U32;
    case GDT_Int32:
        return RAS_I32;
    case GDT_Float32:
        return RAS_F32;
    case GDT_Float64:
        return RAS_F64;
    case GDT_UInt64:
        return RAS_U64;
    case GDT_Int64:
        return RAS_I64;
    default:
        return -1;
    }
}

/* A file without bands of its own: what is in it. */
static void tell_subdatasets(const char *path, GDALDatasetH ds)
{
    char **items = GDALGetMetadata(ds, "SUBDATASETS");
    struct buf names = {0};
    int n = 0;
    for (int i = 0; items && items[i]; i++) {
        const char *equals = strstr(items[i], "_NAME=");
        if (equals && n++ < MOST_NAMES)
            buf_printf(&names, "%s %s", n > 1 ? "," : "", equals + 6);
    }
    if (n > MOST_NAMES)
        buf_printf(&names, " and %d more, which gdalinfo lists", n - MOST_NAMES);
    if (n)
        msg_error("%s: no raster bands in it itself; name one of its subdatasets:%s", path,
                  names.s);
    else
        msg_error("%s: no raster bands in it", path);
    buf_free(&names);
}

static void take_nodata(struct ras_band *to, GDALRasterBandH band)
{
    int has = 0;
    if (to->type == RAS_U64)
        to->nodata = (double)GDALGetRasterNoDataValueAsUInt64(band, &has);
    else if (to->type == RAS_I64)
        to->nodata = (double)GDALGetRasterNoDataValueAsInt64(band, &has);
    else
        to->nodata = GDALGetRasterNoDataValue(band, &has);
    to->has_nodata = has != 0;
}

/* A band's name, or, of one of many slices of an array, its place along the dimensions
 * that are not those of the plane: "time=300". NULL for none. */
static char *description_of(GDALRasterBandH band)
{
    static const char dimension[] = "NETCDF_DIM_";
    const size_t n = sizeof dimension - 1;
    const char *text = GDALGetDescription(band);
    if (text && *text)
        return mem_text(text);
    struct buf b = {0};
    char **items = GDALGetMetadata(band, NULL);
    for (int i = 0; items && items[i]; i++)
        if (strncmp(items[i], dimension, n) == 0 && strchr(items[i], '='))
            buf_printf(&b, "%s%s", b.n ? "," : "", items[i] + n);
    return b.s;
}

static int take_bands(struct ras *r, GDALDatasetH ds)
{
    int n = GDALGetRasterCount(ds);
    if (n < 1) {
        tell_subdatasets(r->path, ds);
        return MSG_INPUT;
    }
    r->band = mem_alloc((size_t)n, sizeof *r->band);
    for (int b = 0; b < n; b++) {
        GDALRasterBandH band = GDALGetRasterBand(ds, b + 1);
        struct ras_band *to = &r->band[r->nbands++];
        int type = type_of(band);
        if (type < 0) {
            msg_error("%s: band %d has pixels of type %s, which eco does not read", r->path,
                      b + 1, GDALGetDataTypeName(GDALGetRasterDataType(band)));
            return MSG_INPUT;
        }
        to->type = (enum ras_type)type;
        take_nodata(to, band);
        to->scale = GDALGetRasterScale(band, NULL);
        to->offset = GDALGetRasterOffset(band, NULL);
        to->description = description_of(band);
        to->alpha = GDALGetRasterColorInterpretation(band) == GCI_AlphaBand;
        const char *text = GDALGetRasterUnitType(band);
        to->unit = text && *text ? mem_text(text) : NULL;
    }
    return MSG_OK;
}

static void take_colors(struct ras *r, GDALDatasetH ds)
{
    GDALColorTableH table = GDALGetRasterColorTable(GDALGetRasterBand(ds, 1));
    if (!table || r->band[0].type != RAS_U8)
        return;
    r->colors = mem_alloc(3 * 256, sizeof *r->colors);
    int n = GDALGetColorEntryCount(table);
    for (int i = 0; i < n && i < 256; i++) {
        const GDALColorEntry *e = GDALGetColorEntry(table, i);
        r->colors[i] = (unsigned short)(e->c1 * 257);
        r->colors[256 + i] = (unsigned short)(e->c2 * 257);
        r->colors[512 + i] = (unsigned short)(e->c3 * 257);
    }
}

static void take_tags(struct ras *r, GDALDatasetH ds)
{
    char **items = GDALGetMetadata(ds, NULL);
    for (int i = 0; items && items[i]; i++) {
        const char *equals = strchr(items[i], '=');
        if (!equals || strncmp(items[i], "AREA_OR_POINT=", 14) == 0)
            continue;
        r->tag = mem_resize(r->tag, r->ntags + 1, sizeof *r->tag);
        r->tag[r->ntags++] = (struct ras_tag){
            mem_slice(items[i], (size_t)(equals - items[i])), mem_text(equals + 1)};
    }
}

static int take_dataset(struct ras *r, GDALDatasetH ds, char **crs)
{
    r->grid.columns = GDALGetRasterXSize(ds);
    r->grid.rows = GDALGetRasterYSize(ds);
    int status = take_bands(r, ds);
    if (status != MSG_OK)
        return status;
    gdal_place(r, ds, crs);
    GDALGetBlockSize(GDALGetRasterBand(ds, 1), &r->block_columns, &r->block_rows);
    take_colors(r, ds);
    take_tags(r, ds);
    for (int b = 1; b <= r->nbands; b++)
        r->masked =
            r->masked || (GDALGetMaskFlags(GDALGetRasterBand(ds, b)) & GMF_PER_DATASET);
    return MSG_OK;
}

/* A 64-bit integer as a double, NaN for nodata; false when no double is it. */
static bool whole_double(enum ras_type type, const void *sample, bool has, uint64_t nodata,
                         double *v)
{
    uint64_t bits;
    memcpy(&bits, sample, sizeof bits);
    *v = type == RAS_I64 ? (double)(int64_t)bits : (double)bits;
    if (has && bits == nodata) {
        *v = NAN;
        return true;
    }
    /* Rounded to what is beyond the type, there is no way back. */
    if (type == RAS_I64)
        return *v < 0x1p63 && (int64_t)*v == (int64_t)bits;
    return *v < 0x1p64 && (uint64_t)*v == bits;
}

/* Makes doubles of the 64-bit integers of a window, in their place. */
static int to_doubles(const struct ras *r, GDALRasterBandH from, int band,
                      const int window[4], void *samples)
{
    enum ras_type type = r->band[band].type;
    int has = 0;
    uint64_t nodata = type == RAS_U64
                          ? GDALGetRasterNoDataValueAsUInt64(from, &has)
                          : (uint64_t)GDALGetRasterNoDataValueAsInt64(from, &has);
    for (int y = 0; y < window[3]; y++)
        for (int x = 0; x < window[2]; x++) {
            char *at = (char *)samples +
                       ((size_t)y * (size_t)r->block_columns + (size_t)x) * sizeof(double);
            double v;
            if (!whole_double(type, at, has != 0, nodata, &v)) {
                uint64_t bits;
                memcpy(&bits, at, sizeof bits);
                msg_error(type == RAS_I64 ? "%s: band %d, column %d, row %d: %" PRId64 "%s"
                                          : "%s: band %d, column %d, row %d: %" PRIu64 "%s",
                          r->path, band + 1, window[0] + x, window[1] + y, bits,
                          " is an integer of more digits than a double has; "
                          "gdal_translate -ot Float64 rounds them");
                return MSG_INPUT;
            }
            memcpy(at, &v, sizeof v);
        }
    return MSG_OK;
}

/* GDAL opens what is damaged without what it cannot read. */
static int check_whole(const char *path, struct gdal_listener *l, GDALDatasetH ds)
{
    bool tiff = strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(ds)), "GTiff") == 0;
    if (l->cut)
        msg_error("%s: damaged: the file ends before its tags do; get a whole copy of it",
                  path);
    else if (l->failure && tiff)
        msg_error("%s: damaged: %s; get a whole copy of it", path, l->failure);
    if (l->cut || (l->failure && tiff))
        return MSG_INPUT;
    if (l->failure)
        msg_warn("%s: GDAL says: %s", path, l->failure);
    gdal_listener_tell(l);
    return MSG_OK;
}

int gdal_raster_open(struct ras *r, char **crs)
{
    gdal_start();
    int status = gdal_sidecar_check(r->file);
    if (status != MSG_OK)
        return status;
    CPLErrorReset();
    struct handle *h = mem_alloc(1, sizeof *h);
    r->handle = h;
    h->listener.path = r->file;
    gdal_listen(&h->listener);
    h->ds = GDALOpenEx(r->file, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                       NULL, NULL, NULL);
    status = h->ds ? take_dataset(r, h->ds, crs) : MSG_INPUT;
    gdal_hush();
    if (!h->ds) {
        char *reason = gdal_message(r->file, gdal_reason());
        msg_error("%s: not a raster that can be read: %s", r->path, reason);
        free(reason);
    } else if (status == MSG_OK) {
        status = check_whole(r->path, &h->listener, h->ds);
    }
    if (status != MSG_OK)
        gdal_raster_close(r);
    return status;
}

int gdal_raster_read(struct ras *r, int band, int bx, int by, void *samples,
                     unsigned char *valid)
{
    struct handle *h = r->handle;
    int bw = r->block_columns, bh = r->block_rows;
    int columns = r->file_columns - bx * bw < bw ? r->file_columns - bx * bw : bw;
    int rows = r->grid.rows - by * bh < bh ? r->grid.rows - by * bh : bh;
    GDALRasterBandH from = GDALGetRasterBand(h->ds, band + 1);
    GDALDataType type = GDALGetRasterDataType(from);
    CPLErrorReset();
    gdal_listen(&h->listener);
    bool good =
        GDALRasterIO(from, GF_Read, bx * bw, by * bh, columns, rows, samples, columns, rows,
                     type, 0, bw * ras_type_bytes(r->band[band].type)) == CE_None;
    if (good && valid && (GDALGetMaskFlags(from) & GMF_PER_DATASET))
        good = GDALRasterIO(GDALGetMaskBand(from), GF_Read, bx * bw, by * bh, columns, rows,
                            valid, columns, rows, GDT_Byte, 0, bw) == CE_None;
    else if (valid)
        memset(valid, 255, (size_t)bw * (size_t)bh);
    gdal_hush();
    if (!good) {
        msg_error("%s: damaged: %s", r->path, gdal_reason());
        return MSG_INPUT;
    }
    if (r->band[band].type != RAS_U64 && r->band[band].type != RAS_I64)
        return MSG_OK;
    const int window[4] = {bx * bw, by * bh, columns, rows};
    return to_doubles(r, from, band, window, samples);
}

void gdal_raster_close(struct ras *r)
{
    struct handle *h = r->handle;
    if (h->ds)
        GDALClose(h->ds);
    gdal_listener_free(&h->listener);
    free(h);
    r->handle = NULL;
}
