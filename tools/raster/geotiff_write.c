/* geotiff_write: writing GeoTIFF through libtiff. */
#include "raster/geotiff_write.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/simd.h"
#include "gdal_metadata.h"
#include "nodata.h"
#include "raster/geotiff_tags.h"
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int keep_error(TIFF *tif, void *user, const char *module, const char *format,
                      va_list ap)
{
    (void)tif;
    (void)module;
    struct ras_writer *w = user;
    vsnprintf(w->error, sizeof w->error, format, ap);
    return 1;
}

/* What is quick for large rasters, by measurement on LST: from level 4 to 6 deflate gains 1
 * to 7 % of the size for half as much time again or more. Zstandard at level 1 is as small
 * as that for three quarters of the time; level 5 gains 1 % for half as much again, and
 * level 9, libtiff's own, takes more than twice the time. Differences (predictor 3) make
 * resampled floats a quarter smaller in no more time; but numbers that a scale has made of
 * integers, which repeat, a third larger. */
static void set_compression(struct ras_writer *w)
{
    const struct ras_spec *s = &w->spec;
    int compress = s->compress ? s->compress : COMPRESSION_ADOBE_DEFLATE;
    TIFFSetField(w->tif, TIFFTAG_COMPRESSION, compress);
    if (!s->tile || compress == COMPRESSION_NONE)
        return;
    if (compress == COMPRESSION_ADOBE_DEFLATE)
        TIFFSetField(w->tif, TIFFTAG_ZIPQUALITY, 4);
    if (compress == COMPRESSION_ZSTD)
        TIFFSetField(w->tif, TIFFTAG_ZSTD_LEVEL, 1);
    if (s->smooth && (s->type == RAS_F32 || s->type == RAS_F64))
        TIFFSetField(w->tif, TIFFTAG_PREDICTOR, PREDICTOR_FLOATINGPOINT);
}

static void set_metadata(struct ras_writer *w)
{
    const struct ras_spec *s = &w->spec;
    struct buf b = {0};
    gdal_metadata_put(&b, s->tag, s->ntags, s->description, s->nbands, s->unit);
    TIFFSetField(w->tif, TAG_GDAL_METADATA, b.s);
    buf_free(&b);
    if (!s->has_nodata)
        return;
    char text[NUM_FIXED_MAX + 1];
    double least, most;
    bool whole = ras_type_range(s->type, &least, &most); /* GDAL reads no exponent then */
    text[whole ? num_fixed(text, s->nodata, 0) : num_double(text, s->nodata)] = '\0';
    TIFFSetField(w->tif, TAG_GDAL_NODATA, isnan(s->nodata) ? "nan" : text);
}

static void set_layout(struct ras_writer *w)
{
    static const uint16_t format[] = {
        SAMPLEFORMAT_UINT, SAMPLEFORMAT_INT, SAMPLEFORMAT_UINT,   SAMPLEFORMAT_INT,
        SAMPLEFORMAT_UINT, SAMPLEFORMAT_INT, SAMPLEFORMAT_IEEEFP, SAMPLEFORMAT_IEEEFP,
        SAMPLEFORMAT_UINT, SAMPLEFORMAT_INT};
    const struct ras_spec *s = &w->spec;
    TIFF *tif = w->tif;
    TIFFSetField(tif, TIFFTAG_IMAGEWIDTH, s->grid.columns);
    TIFFSetField(tif, TIFFTAG_IMAGELENGTH, s->grid.rows);
    TIFFSetField(tif, TIFFTAG_BITSPERSAMPLE, w->bytes * 8);
    TIFFSetField(tif, TIFFTAG_SAMPLESPERPIXEL, s->nbands);
    TIFFSetField(tif, TIFFTAG_SAMPLEFORMAT, format[s->type]);
    TIFFSetField(tif, TIFFTAG_PLANARCONFIG,
                 s->nbands > 1 ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    if (s->colors) {
        TIFFSetField(tif, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_PALETTE);
        TIFFSetField(tif, TIFFTAG_COLORMAP, s->colors, s->colors + 256, s->colors + 512);
    } else {
        TIFFSetField(tif, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    }
    if (s->nbands > 1) {
        uint16_t extra[4096] = {0};
        int n = s->nbands - 1 < 4096 ? s->nbands - 1 : 4096;
        TIFFSetField(tif, TIFFTAG_EXTRASAMPLES, n, extra);
    }
    if (s->tile) {
        w->block_columns = w->block_rows = s->tile;
        TIFFSetField(tif, TIFFTAG_TILEWIDTH, s->tile);
        TIFFSetField(tif, TIFFTAG_TILELENGTH, s->tile);
    } else {
        /* Strips of about 256 KiB: few enough for small grids, quick to decode. */
        long rows = (256L << 10) / ((long)s->grid.columns * w->bytes);
        w->block_columns = s->grid.columns;
        w->block_rows = rows < 1 ? 1 : rows > s->grid.rows ? s->grid.rows : (int)rows;
        TIFFSetField(tif, TIFFTAG_ROWSPERSTRIP, w->block_rows);
    }
    set_compression(w);
}

static int fail(struct ras_writer *w)
{
    msg_error("%s: cannot write: %s", w->file.path,
              w->error[0] ? w->error
              : errno     ? strerror(errno)
                          : "libtiff does not say why");
    return MSG_SYSTEM;
}

int ras_create(struct ras_writer *w, const char *path, const struct ras_spec *spec)
{
    *w = (struct ras_writer){.spec = *spec, .bytes = ras_type_bytes(spec->type)};
    int status = atomic_file_open(&w->file, path);
    if (status != MSG_OK)
        return status;
    double size = (double)spec->grid.columns * spec->grid.rows * spec->nbands * w->bytes;
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, w);
    int fd = dup(w->file.fd);
    w->tif = fd < 0 ? NULL : TIFFFdOpenExt(fd, path, size > 2e9 ? "w8" : "w", options);
    TIFFOpenOptionsFree(options);
    if (!w->tif) {
        if (fd >= 0)
            close(fd);
        status = fail(w);
        ras_abort(w);
        return status;
    }
    geotiff_declare(w->tif);
    set_layout(w);
    struct raster_grid grid = spec->grid;
    raster_grid_from_degrees(&grid);
    geotiff_set_gt(w->tif, grid.gt);
    set_metadata(w);
    status = spec->grid.crs ? geotiff_set_crs(w->tif, spec->grid.crs) : MSG_OK;
    if (status != MSG_OK) {
        ras_abort(w);
        return status;
    }
    w->block =
        mem_alloc((size_t)w->block_columns * (size_t)w->block_rows, (size_t)w->bytes);
    return MSG_OK;
}

/* Values as samples, which are counted where they are not what they were. */
VECTOR_CLONES
static void to_samples(struct ras_writer *w, const double *v, void *to, int n)
{
    const struct ras_spec *s = &w->spec;
    bool has_missing = s->has_nodata && !isnan(s->nodata);
    double missing = has_missing ? s->nodata : 0;
    int lost = 0, lacking = 0, beyond = 0;
#define INTEGER(TYPE, C, LEAST, MOST)                                                      \
    case TYPE: {                                                                           \
        C *o = to;                                                                         \
        for (int i = 0; i < n; i++) {                                                      \
            double x = rint(v[i]);                                                         \
            x = x < (LEAST) ? (LEAST) : x > (MOST) ? (MOST) : x;                           \
            lost += has_missing && x == missing;                                           \
            lacking += isnan(x);                                                           \
            o[i] = (C)(isnan(x) ? missing : x);                                            \
        }                                                                                  \
        break;                                                                             \
    }
#define REAL(TYPE, C, ABS, MOST, IS_NODATA)                                                \
    case TYPE: {                                                                           \
        C *o = to, nan_as = (C)(s->has_nodata ? s->nodata : (double)NAN);                  \
        for (int i = 0; i < n; i++) {                                                      \
            C x = (C)v[i];                                                                 \
            beyond += ABS(x) > (MOST);                                                     \
            o[i] = ABS(x) <= (MOST) ? x : nan_as;                                          \
        }                                                                                  \
        for (int i = 0; has_missing && i < n; i++)                                         \
            lost += !isnan(v[i]) && ABS((C)v[i]) <= (MOST) && IS_NODATA(o[i], nan_as);     \
        break;                                                                             \
    }
    switch (s->type) {
        INTEGER(RAS_U8, uint8_t, 0.0, 255.0)
        INTEGER(RAS_I8, int8_t, -128.0, 127.0)
        INTEGER(RAS_U16, uint16_t, 0.0, 65535.0)
        INTEGER(RAS_I16, int16_t, -32768.0, 32767.0)
        INTEGER(RAS_U32, uint32_t, 0.0, 4294967295.0)
        INTEGER(RAS_I32, int32_t, -2147483648.0, 2147483647.0)
        INTEGER(RAS_U64, uint64_t, 0.0, 0x1p64 - 2048)
        INTEGER(RAS_I64, int64_t, -0x1p63, 0x1p63 - 1024)
        REAL(RAS_F32, float, fabsf, FLT_MAX, nodata_is_float)
        REAL(RAS_F64, double, fabs, DBL_MAX, nodata_is_double)
    }
#undef INTEGER
#undef REAL
    w->lost += lost;
    w->beyond += beyond;
    w->lacking += s->has_nodata ? 0 : lacking;
}

int ras_put_block(struct ras_writer *w, int band, int column, int row, const double *v,
                  size_t stride)
{
    const struct ras_spec *s = &w->spec;
    int rows = s->grid.rows - row < w->block_rows ? s->grid.rows - row : w->block_rows;
    int columns = s->grid.columns - column < w->block_columns ? s->grid.columns - column
                                                              : w->block_columns;
    int across = (s->grid.columns - 1) / w->block_columns + 1;
    int down = (s->grid.rows - 1) / w->block_rows + 1;
    uint32_t index = (uint32_t)(band * down + row / w->block_rows) * (uint32_t)across +
                     (uint32_t)(column / w->block_columns);
    size_t bytes = (size_t)w->block_columns * (size_t)w->bytes;
    errno = 0;
    if (s->tile && (columns < w->block_columns || rows < w->block_rows))
        memset(w->block, 0, bytes * (size_t)w->block_rows);
    for (int y = 0; y < rows; y++)
        to_samples(w, v + (size_t)y * stride, (char *)w->block + (size_t)y * bytes,
                   columns);
    tmsize_t n = (tmsize_t)(bytes * (size_t)(s->tile ? w->block_rows : rows));
    tmsize_t wrote = s->tile ? TIFFWriteEncodedTile(w->tif, index, w->block, n)
                             : TIFFWriteEncodedStrip(w->tif, index, w->block, n);
    return wrote == n ? MSG_OK : fail(w);
}

int ras_put_rows(struct ras_writer *w, int band, int row, const double *v)
{
    int status = MSG_OK;
    for (int column = 0; column < w->spec.grid.columns && status == MSG_OK;
         column += w->block_columns)
        status =
            ras_put_block(w, band, column, row, v + column, (size_t)w->spec.grid.columns);
    return status;
}

int ras_commit(struct ras_writer *w)
{
    errno = 0;
    w->error[0] = '\0';
    bool good = TIFFFlush(w->tif) == 1;
    TIFFClose(w->tif);
    w->tif = NULL;
    int status = good && !w->error[0] ? atomic_file_commit(&w->file) : fail(w);
    ras_abort(w);
    return status;
}

void ras_abort(struct ras_writer *w)
{
    if (w->tif)
        TIFFClose(w->tif);
    atomic_file_abort(&w->file);
    free(w->block);
    *w = (struct ras_writer){0};
}
