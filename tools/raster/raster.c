/* raster: rasters to read. What all drivers share: choosing one, values, windows. */
#include "raster/raster.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/simd.h"
#include "block_cache.h"
#include "nodata.h"
#include "raster/gdal_plugin.h"
#include "raster_name.h"
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_BYTES = 2 << 20 }; /* for rasters that ask for nothing else */

static bool number(const char *s, double *v)
{
    return s && num_parse(s, strlen(s), v) && isfinite(*v);
}

/* Collection 1 files from AppEEARS have their scale in the file's metadata only. A
 * band's own scale and offset come first and are never combined with these. */
static void scale_from_tags(struct ras *r)
{
    double scale = 1, offset = 0;
    bool has_scale = number(ras_tag(r, "scale_factor"), &scale);
    bool has_offset = number(ras_tag(r, "add_offset"), &offset);
    if (!has_scale && !has_offset)
        return;
    for (int b = 0; b < r->nbands; b++) {
        if (r->band[b].scale == 1 && r->band[b].offset == 0) {
            r->band[b].scale = scale;
            r->band[b].offset = offset;
        }
    }
}

static int open_by(struct ras *r, const char *path, const struct raster_name *name,
                   const struct ras_driver *driver)
{
    *r = (struct ras){.path = mem_text(path),
                      .file = mem_text(name->file),
                      .disk = mem_text(name->disk),
                      .layer = mem_text(name->layer),
                      .part = mem_text(name->band),
                      .chosen = -1,
                      .grid.gt = {0, 1, 0, 0, 0, -1},
                      .driver = driver,
                      .cache_bytes = CACHE_BYTES};
    char *crs = NULL;
    file_stamp_take(&r->stamp, r->disk);
    bool empty = r->stamp.there && r->stamp.size == 0;
    if (empty)
        msg_error("%s: the file is empty", path);
    int status = empty ? MSG_INPUT : driver->open(r, &crs);
    if (crs)
        r->grid.crs = crs_of(crs);
    free(crs);
    if (status == RAS_NOT_MINE) {
        r->driver = NULL;
        ras_close(r);
    }
    return status;
}

/* By the first driver that takes it. */
static int open_by_any(struct ras *r, const char *path)
{
    struct raster_name name;
    raster_name_parse(&name, path);
    int status = name.layer ? RAS_NOT_MINE : open_by(r, path, &name, &ras_tiff_driver);
    if (status == RAS_NOT_MINE)
        status = open_by(r, path, &name, &ras_hdf5_driver);
    if (status == RAS_NOT_MINE) {
        raster_name_no_layer(&name, path);
        const struct gdal_plugin *module = gdal_plugin_load();
        status = module ? open_by(r, path, &name, module->raster) : MSG_SYSTEM;
    }
    raster_name_free(&name);
    return status;
}

int ras_open(struct ras *r, const char *path)
{
    int status = open_by_any(r, path);
    const char *absurd =
        status == MSG_OK && r->has_gt ? raster_grid_absurd(&r->grid) : NULL;
    if (absurd) {
        msg_error(
            "%s: %s; if you know better, make a copy that does: gdal_translate -a_ullr",
            path, absurd);
        ras_close(r);
        return MSG_INPUT;
    }
    if (status != MSG_OK) {
        r->driver = NULL;
        ras_close(r);
        return status;
    }
    raster_grid_to_degrees(&r->grid);
    r->file_columns = r->grid.columns;
    scale_from_tags(r);
    if (r->part)
        status = ras_name_band(r, r->part, &r->chosen);
    if (status != MSG_OK)
        ras_close(r);
    return status;
}

int ras_check_unchanged(const struct ras *r)
{
    struct file_stamp now;
    file_stamp_take(&now, r->disk);
    if (file_stamp_equal(&now, &r->stamp))
        return MSG_OK;
    msg_error("%s: it was changed while it was read", r->path);
    return MSG_INPUT;
}

void ras_close(struct ras *r)
{
    block_cache_close(r->cache);
    if (r->driver)
        r->driver->close(r);
    if (r->grid.places)
        r->grid.places->close(r->grid.places);
    for (int b = 0; b < r->nbands; b++) {
        free(r->band[b].description);
        free(r->band[b].unit);
        free(r->band[b].time);
    }
    for (size_t i = 0; i < r->ntags; i++) {
        free(r->tag[i].key);
        free(r->tag[i].value);
    }
    free(r->band);
    free(r->tag);
    free(r->colors);
    free(r->unplaced);
    free(r->latitudes);
    free(r->longitudes);
    free(r->path);
    free(r->file);
    free(r->disk);
    free(r->layer);
    free(r->part);
    *r = (struct ras){0};
}

/* The value that pixels without one have, in the band's own type; false when the tag
 * names one that the type cannot hold. What is beyond the reals of a type is its last,
 * which is what writers make of it. */
static bool native_nodata(const struct ras_band *b, double *nodata)
{
    if (!b->has_nodata || isnan(b->nodata) || b->type == RAS_U64 || b->type == RAS_I64)
        return false; /* NaN reads as NaN anyway, and those of 64 bits are NaN already */
    *nodata = b->nodata;
    if (b->type != RAS_F32)
        return ras_type_holds(b->type, b->nodata);
    if (isfinite(b->nodata) && !ras_type_holds(RAS_F32, b->nodata))
        *nodata = copysign((double)FLT_MAX, b->nodata);
    return true;
}

void ras_keep(struct ras *r, size_t bytes)
{
    if (bytes == r->cache_bytes)
        return;
    block_cache_close(r->cache);
    r->cache = NULL;
    r->cache_bytes = bytes;
}

/* A value: finite, or none. */
static inline double finite_or_nan(double v)
{
    return fabs(v) <= DBL_MAX ? v : NAN;
}

/* Samples of one type as values: NaN for nodata. Plain enough for the compiler to make
 * vectors of. */
#define CONVERT(C, IS_NODATA, VALUE)                                                       \
    {                                                                                      \
        const C *restrict raw = samples;                                                   \
        if (has_nodata)                                                                    \
            for (int i = 0; i < n; i++)                                                    \
                v[i] = IS_NODATA ? NAN : VALUE;                                            \
        else                                                                               \
            for (int i = 0; i < n; i++)                                                    \
                v[i] = VALUE;                                                              \
        break;                                                                             \
    }

#define CONVERT_ALL(OF_INTEGER, OF_REAL)                                                   \
    switch (b->type) {                                                                     \
    case RAS_U8:                                                                           \
        CONVERT(uint8_t, raw[i] == nodata, OF_INTEGER)                                     \
    case RAS_I8:                                                                           \
        CONVERT(int8_t, raw[i] == nodata, OF_INTEGER)                                      \
    case RAS_U16:                                                                          \
        CONVERT(uint16_t, raw[i] == nodata, OF_INTEGER)                                    \
    case RAS_I16:                                                                          \
        CONVERT(int16_t, raw[i] == nodata, OF_INTEGER)                                     \
    case RAS_U32:                                                                          \
        CONVERT(uint32_t, raw[i] == nodata, OF_INTEGER)                                    \
    case RAS_I32:                                                                          \
        CONVERT(int32_t, raw[i] == nodata, OF_INTEGER)                                     \
    case RAS_U64:                                                                          \
    case RAS_I64:                                                                          \
        CONVERT(double, false, OF_REAL)                                                    \
    case RAS_F32:                                                                          \
        CONVERT(float, nodata_is_float(raw[i], (float)nodata), OF_REAL)                    \
    case RAS_F64:                                                                          \
        CONVERT(double, nodata_is_double(raw[i], nodata), OF_REAL)                         \
    }

VECTOR_CLONES
static void to_doubles(const struct ras_band *b, unsigned flags, const void *samples, int n,
                       double *restrict v)
{
    double nodata = NAN, scale = b->scale, offset = b->offset;
    bool has_nodata = native_nodata(b, &nodata);
    if (!(flags & RAS_RAW) && (scale != 1 || offset != 0))
        CONVERT_ALL(finite_or_nan((double)raw[i] * scale + offset),
                    finite_or_nan((double)raw[i] * scale + offset))
    else
        CONVERT_ALL((double)raw[i], finite_or_nan((double)raw[i]))
}

/* Samples looked up. Bytes, which most maps are, go through a table of their own. */
static void to_table(const struct ras_band *b, const void *samples, int n,
                     const unsigned char table[65536], unsigned char *restrict v)
{
    double nodata = NAN, value[256];
    if (b->type == RAS_U8) {
        const uint8_t *raw = samples;
        unsigned char bytes[256];
        memcpy(bytes, table, sizeof bytes);
        if (native_nodata(b, &nodata))
            bytes[(int)nodata] = 0;
        for (int i = 0; i < n; i++)
            v[i] = bytes[raw[i]];
        return;
    }
    for (int from = 0; from < n; from += 256) {
        int k = n - from < 256 ? n - from : 256;
        const char *at =
            (const char *)samples + (size_t)from * (size_t)ras_type_bytes(b->type);
        to_doubles(b, RAS_RAW, at, k, value);
        for (int i = 0; i < k; i++)
            v[from + i] = value[i] >= 0 && value[i] <= 65535 && value[i] == floor(value[i])
                              ? table[(int)value[i]]
                              : 0;
    }
}

/* A part of one row of a block, to doubles or through a table. */
struct stretch {
    struct ras *r;
    const struct ras_band *band;
    unsigned flags;
    double *doubles;
    const unsigned char *table;
    unsigned char *looked_up;
    size_t width; /* of the window */
    int done;     /* of its columns */
};

static void put_stretch(const struct stretch *s, const struct block *block, int from, int x,
                        int y, int n)
{
    const char *samples =
        (const char *)block->samples + (size_t)from * (size_t)ras_type_bytes(s->band->type);
    size_t at = (size_t)y * s->width + (size_t)(s->done + x);
    if (s->doubles)
        to_doubles(s->band, s->flags, samples, n, s->doubles + at);
    else
        to_table(s->band, samples, n, s->table, s->looked_up + at);
    if (!block->valid)
        return;
    const unsigned char *valid = block->valid + from;
    for (int i = 0; s->doubles && i < n; i++)
        s->doubles[at + (size_t)i] = valid[i] ? s->doubles[at + (size_t)i] : NAN;
    for (int i = 0; !s->doubles && i < n; i++)
        s->looked_up[at + (size_t)i] = valid[i] ? s->looked_up[at + (size_t)i] : 0;
}

static int read_block(void *ras, int band, int bx, int by, void *samples,
                      unsigned char *valid)
{
    struct ras *r = ras;
    return r->driver->read(r, band, bx, by, samples, valid);
}

static void open_cache(struct ras *r)
{
    struct block_layout layout = {
        .blocks = (size_t)((r->file_columns - 1) / r->block_columns + 1) *
                  (size_t)((r->grid.rows - 1) / r->block_rows + 1) * (size_t)r->nbands,
        .pixels = (size_t)r->block_columns * (size_t)r->block_rows,
        .sample_bytes = 1,
        .masked = r->masked};
    for (int b = 0; b < r->nbands; b++)
        if (ras_type_bytes(r->band[b].type) > layout.sample_bytes)
            layout.sample_bytes = ras_type_bytes(r->band[b].type);
    r->cache = block_cache_open(&layout, r->cache_bytes);
}

static int read_side_by_side(struct stretch *s, int band, int column, int row, int columns,
                             int rows)
{
    struct ras *r = s->r;
    int bw = r->block_columns, bh = r->block_rows;
    for (int by = row / bh; by <= (row + rows - 1) / bh; by++) {
        int top = by * bh > row ? by * bh : row;
        int bottom = row + rows - by * bh < bh ? row + rows : (by + 1) * bh;
        for (int bx = column / bw; bx <= (column + columns - 1) / bw; bx++) {
            int left = bx * bw > column ? bx * bw : column;
            int right = column + columns - bx * bw < bw ? column + columns : (bx + 1) * bw;
            const struct block *block;
            int status = block_cache_block(r->cache, band, bx, by, read_block, r, &block);
            if (status != MSG_OK)
                return status;
            for (int y = top; y < bottom; y++)
                put_stretch(s, block, (y - by * bh) * bw + (left - bx * bw), left - column,
                            y - row, right - left);
        }
    }
    return MSG_OK;
}

static int read_window(struct stretch *s, int band, int column, int row, int columns,
                       int rows)
{
    struct ras *r = s->r;
    int status = MSG_OK;
    if (!r->cache)
        open_cache(r);
    s->band = &r->band[band];
    s->width = (size_t)columns;
    while (s->done < columns && status == MSG_OK) {
        int from, n = ras_stretch(r, column + s->done, columns - s->done, &from);
        status = read_side_by_side(s, band, from, row, n, rows);
        s->done += n;
    }
    return status;
}

int ras_read(struct ras *r, int band, int column, int row, int columns, int rows, double *v,
             unsigned flags)
{
    struct stretch s = {.r = r, .flags = flags, .doubles = v};
    return read_window(&s, band, column, row, columns, rows);
}

int ras_read_table(struct ras *r, int band, int column, int row, int columns, int rows,
                   const unsigned char table[65536], unsigned char *v)
{
    struct stretch s = {.r = r, .table = table, .looked_up = v};
    return read_window(&s, band, column, row, columns, rows);
}

void ras_wind(struct ras *r, int first, int columns, int period)
{
    int turns = first / period - (first % period < 0);
    r->first = first - turns * period;
    r->period = period;
    r->grid.columns = columns;
    /* Whole turns first: they leave more of the digits. */
    r->grid.gt[0] += copysign(360, r->grid.gt[1]) * turns;
    r->grid.gt[0] += r->first * r->grid.gt[1];
}

int ras_stretch(const struct ras *r, int column, int columns, int *from)
{
    *from = column;
    if (!r->period)
        return columns;
    *from = (r->first + column) % r->period;
    return columns < r->period - *from ? columns : r->period - *from;
}

int ras_need_place(const struct ras *r)
{
    double inverse[6];
    if (r->grid.places || (r->has_gt && r->grid.crs && gt_invert(r->grid.gt, inverse)))
        return MSG_OK;
    if (r->unplaced)
        msg_error("%s: %s", r->path, r->unplaced);
    else if (!r->has_gt)
        msg_error(
            "%s: it has no geotransform, so its pixels have no place; make a copy that "
            "has the right one: gdal_translate -a_ullr",
            r->path);
    else if (!r->grid.crs)
        msg_error(
            "%s: it names no CRS, so its pixels have no place; make a copy that names "
            "the right one: gdal_translate -a_srs",
            r->path);
    else
        msg_error("%s: its pixels have no area", r->path);
    return MSG_INPUT;
}

const char *ras_tag(const struct ras *r, const char *key)
{
    for (size_t i = 0; i < r->ntags; i++)
        if (strcmp(r->tag[i].key, key) == 0)
            return r->tag[i].value;
    return NULL;
}

const char *ras_unit(const struct ras *r, int band)
{
    const char *unit = r->band[band].unit;
    return unit && *unit ? unit : ras_tag(r, "units");
}
