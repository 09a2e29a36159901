/* geotiff_read: plain GeoTIFF, read through libtiff alone.
 *
 * Takes what ECOSTRESS data and class maps are delivered as: one image of 8, 16 or 32-bit
 * integers or floats, bands apart (or one), strips or tiles, any codec of libtiff, a
 * scale and tie point or a plain matrix, a CRS by EPSG code or the UTM zone that
 * Collection 2 tiles give. Whatever else a file holds - other keys, sidecar files,
 * internal masks, odd bit depths - is left to the module: when this driver takes a
 * file, it reads it as GDAL does. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "gdal_metadata.h"
#include "raster/geotiff_tags.h"
#include "raster/raster.h"
#include "tiff_directory.h"
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct tiff {
    TIFF *tif;
    char error[256]; /* the last message of libtiff about this file */
    bool tiled;
    bool warned; /* libtiff did, of something that may matter */
    int bytes;   /* of a sample */
    double fill; /* of blocks that the file leaves out */
};

static int keep_error(TIFF *tif, void *user, const char *module, const char *format,
                      va_list ap)
{
    (void)tif;
    (void)module;
    struct tiff *t = user;
    vsnprintf(t->error, sizeof t->error, format, ap);
    return 1;
}

/* Tags that libtiff does not know are no reason to worry. */
static int note_warning(TIFF *tif, void *user, const char *module, const char *format,
                        va_list ap)
{
    (void)tif;
    (void)module;
    (void)ap;
    struct tiff *t = user;
    t->warned = t->warned || strncmp(format, "Unknown field", 13) != 0;
    return 1;
}

/* A band of opacities masks the others. */
static bool has_alpha(TIFF *tif)
{
    uint16_t count = 0, *extra = NULL;
    TIFFGetFieldDefaulted(tif, TIFFTAG_EXTRASAMPLES, &count, &extra);
    for (int i = 0; i < count; i++)
        if (extra[i] != EXTRASAMPLE_UNSPECIFIED)
            return true;
    return false;
}

static bool take_type(struct ras *r, struct tiff *t)
{
    uint16_t bits = 1, format = SAMPLEFORMAT_UINT, samples = 1,
             planar = PLANARCONFIG_CONTIG;
    uint16_t photometric = PHOTOMETRIC_MINISBLACK, compression = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(t->tif, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(t->tif, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetFieldDefaulted(t->tif, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetFieldDefaulted(t->tif, TIFFTAG_PLANARCONFIG, &planar);
    TIFFGetField(t->tif, TIFFTAG_PHOTOMETRIC, &photometric);
    TIFFGetFieldDefaulted(t->tif, TIFFTAG_COMPRESSION, &compression);
    if (photometric != PHOTOMETRIC_MINISBLACK && photometric != PHOTOMETRIC_PALETTE)
        return false;
    if (compression != COMPRESSION_NONE && compression != COMPRESSION_LZW &&
        compression != COMPRESSION_ADOBE_DEFLATE && compression != COMPRESSION_DEFLATE &&
        compression != COMPRESSION_ZSTD && compression != COMPRESSION_PACKBITS)
        return false;
    if (!TIFFIsCODECConfigured(compression) || samples == 0 ||
        (samples > 1 && planar != PLANARCONFIG_SEPARATE) || has_alpha(t->tif))
        return false;
    enum ras_type type;
    if (format == SAMPLEFORMAT_UINT && bits == 8)
        type = RAS_U8;
    else if (format == SAMPLEFORMAT_INT && bits == 8)
        type = RAS_I8;
    else if (format == SAMPLEFORMAT_UINT && bits == 16)
        type = RAS_U16;
    else if (format == SAMPLEFORMAT_UINT && bits == 32)
        type = RAS_U32;
    else if (format == SAMPLEFORMAT_INT && bits == 16)
        type = RAS_I16;
    else if (format == SAMPLEFORMAT_INT && bits == 32)
        type = RAS_I32;
    else if (format == SAMPLEFORMAT_IEEEFP && bits == 32)
        type = RAS_F32;
    else if (format == SAMPLEFORMAT_IEEEFP && bits == 64)
        type = RAS_F64;
    else
        return false;
    uint16_t *color[3];
    if (photometric == PHOTOMETRIC_PALETTE && bits == 8 &&
        TIFFGetField(t->tif, TIFFTAG_COLORMAP, &color[0], &color[1], &color[2]) == 1) {
        r->colors = mem_alloc(3 * 256, sizeof *r->colors);
        for (int c = 0; c < 3; c++)
            memcpy(r->colors + (size_t)c * 256, color[c], 256 * sizeof *r->colors);
    }
    t->bytes = bits / 8;
    r->nbands = samples;
    r->band = mem_alloc(samples, sizeof *r->band);
    for (int b = 0; b < samples; b++)
        r->band[b] = (struct ras_band){.type = type, .scale = 1};
    return true;
}

/* Sizes that fit an int and blocks that fit memory. */
static bool take_size(struct ras *r, struct tiff *t)
{
    uint32_t columns = 0, rows = 0, bw = 0, bh = 0;
    tmsize_t bytes;
    TIFFGetField(t->tif, TIFFTAG_IMAGEWIDTH, &columns);
    TIFFGetField(t->tif, TIFFTAG_IMAGELENGTH, &rows);
    t->tiled = TIFFIsTiled(t->tif) != 0;
    if (t->tiled) {
        TIFFGetField(t->tif, TIFFTAG_TILEWIDTH, &bw);
        TIFFGetField(t->tif, TIFFTAG_TILELENGTH, &bh);
        bytes = TIFFTileSize(t->tif);
    } else {
        bw = columns;
        TIFFGetFieldDefaulted(t->tif, TIFFTAG_ROWSPERSTRIP, &bh);
        if (bh > rows)
            bh = rows;
        bytes = TIFFStripSize(t->tif);
    }
    if (columns == 0 || rows == 0 || columns > INT32_MAX || rows > INT32_MAX || bw == 0 ||
        bh == 0 || bw > INT32_MAX || (uint64_t)bw * bh > (1u << 28) ||
        bytes != (tmsize_t)bw * bh * t->bytes)
        return false;
    r->grid.columns = (int)columns;
    r->grid.rows = (int)rows;
    r->block_columns = (int)bw;
    r->block_rows = (int)bh;
    return true;
}

static bool take_nodata(struct ras *r, const char *s)
{
    double v;
    size_t n = strlen(s);
    while (n && s[n - 1] == ' ')
        n--;
    if (!num_parse(s, n, &v))
        return false;
    for (int b = 0; b < r->nbands; b++) {
        r->band[b].has_nodata = true;
        r->band[b].nodata = v;
    }
    return true;
}

/* Whether there is a mask among the file's other images, or none can be ruled out. */
static bool has_mask(TIFF *tif)
{
    bool found = false;
    while (!found && !TIFFLastDirectory(tif)) {
        uint32_t kind = 0;
        found = TIFFReadDirectory(tif) != 1;
        TIFFGetFieldDefaulted(tif, TIFFTAG_SUBFILETYPE, &kind);
        found = found || (kind & FILETYPE_MASK) || !(kind & FILETYPE_REDUCEDIMAGE);
    }
    return found || TIFFSetDirectory(tif, 0) != 1;
}

/* Files beside it from which GDAL would take more. */
static bool has_sidecar(const char *path)
{
    static const char *const suffix[] = {".aux.xml", ".msk"};
    bool found = false;
    for (size_t i = 0; i < sizeof suffix / sizeof *suffix && !found; i++) {
        struct buf b = {0};
        struct stat st;
        buf_printf(&b, "%s%s", path, suffix[i]);
        found = stat(b.s, &st) == 0;
        buf_free(&b);
    }
    return found;
}

static bool is_tiff(const char *path, int *error)
{
    unsigned char magic[4] = {0};
    FILE *f = fopen(path, "rb");
    if (!f) {
        *error = errno;
        return false;
    }
    errno = 0;
    size_t n = fread(magic, 1, sizeof magic, f);
    *error = ferror(f) ? errno : 0;
    fclose(f);
    return n == 4 && (memcmp(magic, "II*\0", 4) == 0 || memcmp(magic, "MM\0*", 4) == 0 ||
                      memcmp(magic, "II+\0", 4) == 0 || memcmp(magic, "MM\0+", 4) == 0);
}

static void tiff_close(struct ras *r)
{
    struct tiff *t = r->handle;
    if (t->tif)
        TIFFClose(t->tif);
    free(t);
    r->handle = NULL;
}

static int not_mine(struct ras *r)
{
    tiff_close(r);
    return RAS_NOT_MINE;
}

static int tiff_open(struct ras *r, char **crs)
{
    int error = 0;
    if (!is_tiff(r->file, &error)) {
        /* Another format, a folder (as Zarr is), or GDAL's own kinds of names. */
        if (!error || error == EISDIR || strchr(r->file, ':') ||
            strncmp(r->file, "/vsi", 4) == 0)
            return RAS_NOT_MINE;
        msg_error("%s: %s", r->path, strerror(error));
        return MSG_INPUT;
    }
    int status = tiff_directory_check(r->file);
    if (status != MSG_OK)
        return status;
    if (has_sidecar(r->file))
        return RAS_NOT_MINE;
    struct tiff *t = mem_alloc(1, sizeof *t);
    r->handle = t;
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, t);
    TIFFOpenOptionsSetWarningHandlerExtR(options, note_warning, t);
    t->tif = TIFFOpenExt(r->file, "rOm", options);
    TIFFOpenOptionsFree(options);
    if (!t->tif || has_mask(t->tif) || !take_type(r, t) || !take_size(r, t) ||
        !geotiff_get_gt(t->tif, r->grid.gt))
        return not_mine(r);
    r->has_gt = true;
    *crs = geotiff_get_crs(t->tif);
    const char *xml = geotiff_text(t->tif, TAG_GDAL_METADATA);
    if (!*crs ||
        !(xml ? gdal_metadata_get(r, xml) : !geotiff_has(t->tif, TAG_GDAL_METADATA)))
        return not_mine(r);
    const char *nodata = geotiff_text(t->tif, TAG_GDAL_NODATA);
    if (!(nodata ? take_nodata(r, nodata) : !geotiff_has(t->tif, TAG_GDAL_NODATA)) ||
        t->warned)
        return not_mine(r);
    t->fill = r->band[0].has_nodata ? r->band[0].nodata : 0;
    return MSG_OK;
}

/* A block that the file leaves out: all its samples are nodata, or 0. Nodata that an
 * integer type does not hold becomes the nearest that it does, as in GDAL. */
static void fill_block(const struct ras *r, int band, double fill, void *samples, size_t n)
{
    int bytes = ras_type_bytes(r->band[band].type);
    double least, most;
    if (ras_type_range(r->band[band].type, &least, &most))
        fill = isnan(fill) ? 0 : fmin(fmax(round(fill), least), most);
    union {
        uint8_t u8;
        int8_t i8;
        uint16_t u16;
        int16_t i16;
        uint32_t u32;
        int32_t i32;
        float f32;
        double f64;
    } one = {0};
    switch (r->band[band].type) {
    case RAS_U8:
        one.u8 = (uint8_t)fill;
        break;
    case RAS_I8:
        one.i8 = (int8_t)fill;
        break;
    case RAS_U16:
        one.u16 = (uint16_t)fill;
        break;
    case RAS_I16:
        one.i16 = (int16_t)fill;
        break;
    case RAS_U32:
        one.u32 = (uint32_t)fill;
        break;
    case RAS_I32:
        one.i32 = (int32_t)fill;
        break;
    case RAS_F32:
        one.f32 = (float)fill;
        break;
    case RAS_F64:
    case RAS_U64: /* these are the module's */
    case RAS_I64:
        one.f64 = fill;
        break;
    }
    for (size_t i = 0; i < n; i++)
        memcpy((char *)samples + i * (size_t)bytes, &one, (size_t)bytes);
}

/* libtiff knows neither row nor column of a block that it did not get. */
static int complain_of_block(const struct ras *r, int column, int row)
{
    const struct tiff *t = r->handle;
    const char *got = strstr(t->error, "; got ");
    if (got)
        msg_error("%s: damaged: the block at row %d, column %d ends too soon (%s); get a "
                  "whole copy of it",
                  r->path, row, column, got + strlen("; "));
    else
        msg_error("%s: damaged: the block at row %d, column %d: %s", r->path, row, column,
                  t->error[0] ? t->error : "no data");
    return MSG_INPUT;
}

static int tiff_read(struct ras *r, int band, int bx, int by, void *samples,
                     unsigned char *valid)
{
    (void)valid;
    struct tiff *t = r->handle;
    int rows = r->grid.rows - by * r->block_rows;
    if (rows > r->block_rows)
        rows = r->block_rows;
    int across = (r->file_columns - 1) / r->block_columns + 1;
    int down = (r->grid.rows - 1) / r->block_rows + 1;
    uint32_t index = (uint32_t)band * (uint32_t)across * (uint32_t)down +
                     (uint32_t)by * (uint32_t)across + (uint32_t)bx;
    size_t pixels = (size_t)r->block_columns * (size_t)(t->tiled ? r->block_rows : rows);
    tmsize_t want = (tmsize_t)pixels * t->bytes;
    t->error[0] = '\0';
    int failed = 0;
    if (TIFFGetStrileByteCountWithErr(t->tif, index, &failed) == 0 && !failed) {
        fill_block(r, band, t->fill, samples, pixels);
        return MSG_OK;
    }
    tmsize_t got = t->tiled ? TIFFReadEncodedTile(t->tif, index, samples, want)
                            : TIFFReadEncodedStrip(t->tif, index, samples, want);
    if (got == want)
        return MSG_OK;
    return complain_of_block(r, bx * r->block_columns, by * r->block_rows);
}

const struct ras_driver ras_tiff_driver = {tiff_open, tiff_read, tiff_close};
