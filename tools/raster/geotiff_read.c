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
#include "raster/raster.h"
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiffio.h>

enum {
    TAG_PIXEL_SCALE = 33550,
    TAG_TIEPOINT = 33922,
    TAG_TRANSFORMATION = 34264,
    TAG_GEOKEYS = 34735,
    TAG_GDAL_METADATA = 42112,
    TAG_GDAL_NODATA = 42113,
};

struct tiff {
    TIFF *tif;
    char error[256]; /* the last message of libtiff about this file */
    bool tiled;
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

static int no_warning(TIFF *tif, void *user, const char *module, const char *format,
                      va_list ap)
{
    (void)tif;
    (void)user;
    (void)module;
    (void)format;
    (void)ap;
    return 1;
}

/* A private tag's count and values; 0 when it is absent or has another type than it must
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

static uint32_t doubles(TIFF *tif, uint32_t tag, double **v)
{
    *v = NULL;
    return values(tif, tag, TIFF_DOUBLE, v);
}

/* A private tag's text; NULL when it is absent. */
static const char *text(TIFF *tif, uint32_t tag)
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
    r->columns = (int)columns;
    r->rows = (int)rows;
    r->block_columns = (int)bw;
    r->block_rows = (int)bh;
    return true;
}

static bool take_place(struct ras *r, TIFF *tif)
{
    double *scale, *tie, *m;
    uint32_t nscale = doubles(tif, TAG_PIXEL_SCALE, &scale);
    uint32_t ntie = doubles(tif, TAG_TIEPOINT, &tie);
    uint32_t nm = doubles(tif, TAG_TRANSFORMATION, &m);
    if (nm == 0 && nscale >= 2 && ntie == 6 && scale[0] > 0 && scale[1] > 0) {
        r->gt[1] = scale[0];
        r->gt[5] = -scale[1];
        r->gt[0] = tie[3] - tie[0] * r->gt[1];
        r->gt[3] = tie[4] - tie[1] * r->gt[5];
    } else if (nm == 16 && nscale == 0 && ntie == 0) {
        const double gt[6] = {m[3], m[0], m[1], m[7], m[4], m[5]};
        memcpy(r->gt, gt, sizeof gt);
    } else {
        return false;
    }
    r->has_gt = true;
    return true;
}

/* The GeoKeys that this driver knows to mean what it makes of them. Everything that
 * only repeats or names (citations, the ellipsoid's axes) is passed over, but for a
 * WGS 84 given by its parts, as Collection 2 tiles do. */
static bool take_crs(struct ras *r, TIFF *tif)
{
    uint16_t *key = NULL;
    uint32_t count = values(tif, TAG_GEOKEYS, TIFF_SHORT, &key);
    if (count < 4 || !key || count < 4 + 4u * key[3])
        return false;
    double *number = NULL;
    uint32_t nnumbers = doubles(tif, 34736, &number);
    const char *citations = text(tif, 34737);
    int model = 0, geographic = 0, projected = 0, projection = 0;
    double axis = 0, flattening = 0;
    const char *names = citations ? citations : "";
    for (int i = 1; i <= key[3]; i++) {
        const uint16_t *k = key + 4 * i;
        int value = k[1] == 0 ? k[3] : 0;
        double real = k[1] == 34736 && k[3] < nnumbers ? number[k[3]] : NAN;
        switch (k[0]) {
        case 1024: /* GTModelType */
            model = value;
            break;
        case 1025: /* GTRasterType */
            if (value != 1)
                return false;
            break;
        case 1026: /* citations */
        case 2049:
        case 3073:
            break;
        case 2048: /* GeographicType */
            geographic = value;
            break;
        case 2050: /* GeogGeodeticDatum */
            if (value != 32767 && value != 6326)
                return false;
            break;
        case 2054: /* GeogAngularUnits: degree */
            if (value != 9102)
                return false;
            break;
        case 2056: /* GeogEllipsoid */
            if (value != 32767 && value != 7030)
                return false;
            break;
        case 2057:
            axis = real;
            break;
        case 2059:
            flattening = real;
            break;
        case 2061: /* GeogPrimeMeridianLong: Greenwich */
            if (real != 0)
                return false;
            break;
        case 3072: /* ProjectedCSType */
            projected = value;
            break;
        case 3074: /* Projection */
            projection = value;
            break;
        case 3076: /* ProjLinearUnits: metre */
            if (value != 9001)
                return false;
            break;
        default:
            return false;
        }
    }
    bool wgs84_axes =
        fabs(axis - 6378137) < 1e-6 && fabs(flattening - 298.257223563) < 1e-9;
    bool bare = axis == 0 && flattening == 0;
    int code;
    if (model == 2 && geographic == 4326 && (wgs84_axes || bare)) {
        code = 4326;
    } else if (model == 1 && ((projected >= 32601 && projected <= 32660) ||
                              (projected >= 32701 && projected <= 32760))) {
        if (!(wgs84_axes || bare) || (geographic && geographic != 4326))
            return false;
        code = projected;
    } else if (model == 1 && projected == 32767 && wgs84_axes &&
               ((projection >= 16001 && projection <= 16060) ||
                (projection >= 16101 && projection <= 16160)) &&
               (geographic == 4326 ||
                (geographic == 32767 &&
                 strstr(names, "Datum = World Geodetic System 1984|")))) {
        code = projection + (projection < 16100 ? 32600 - 16000 : 32700 - 16100);
    } else {
        return false;
    }
    char crs[32];
    snprintf(crs, sizeof crs, "EPSG:%d", code);
    r->crs = mem_text(crs);
    return true;
}

/* The character that an XML entity at s stands for, and its length; 0 for no entity. */
static char entity_at(const char *s, size_t *length)
{
    static const struct {
        const char *name;
        char c;
    } entity[] = {
        {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof entity / sizeof *entity; i++) {
        *length = strlen(entity[i].name);
        if (strncmp(s, entity[i].name, *length) == 0)
            return entity[i].c;
    }
    return 0;
}

/* XML text with its entities undone, twice, since GDAL escapes what it writes once more
 * than XML needs. False on anything but the five entities and plain characters. */
static bool plain_text(struct buf *b, const char *s, size_t n)
{
    size_t length;
    buf_reset(b);
    buf_puts(b, "");
    for (size_t i = 0; i < n; i++) {
        bool entity = s[i] == '&';
        char c = entity ? entity_at(s + i, &length) : s[i];
        if (c == 0 || s[i] == '<')
            return false;
        buf_putc(b, c);
        i += entity ? length - 1 : 0;
    }
    size_t to = 0;
    for (size_t i = 0; i < b->n; i++) {
        char c = b->s[i] == '&' ? entity_at(b->s + i, &length) : 0;
        if (b->s[i] == '&' && b->s[i + 1] == '#')
            return false;
        b->s[to++] = c ? c : b->s[i];
        i += c ? length - 1 : 0;
    }
    b->n = to;
    b->s[to] = '\0';
    return true;
}

/* The value of an attribute inside of an opening tag. */
static bool attribute(const char *tag, size_t n, const char *name, const char **s,
                      size_t *length)
{
    char head[32];
    int k = snprintf(head, sizeof head, " %s=\"", name);
    for (const char *p = tag; p + k < tag + n; p++) {
        if (strncmp(p, head, (size_t)k) != 0)
            continue;
        const char *from = p + k, *end = memchr(from, '"', n - (size_t)(from - tag));
        if (!end)
            return false;
        *s = from;
        *length = (size_t)(end - from);
        return true;
    }
    return false;
}

static bool is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

/* One item of a band: what GDAL gives a role. */
static bool take_role(struct ras_band *band, const char *role, size_t n, const char *value)
{
    if (is(role, n, "scale"))
        return num_parse(value, strlen(value), &band->scale);
    if (is(role, n, "offset"))
        return num_parse(value, strlen(value), &band->offset);
    if (is(role, n, "description") && !band->description)
        band->description = mem_text(value);
    else if (is(role, n, "unittype") && !band->unit)
        band->unit = mem_text(value);
    return true;
}

/* GDAL's metadata: a flat list of <Item name="" [sample="" role=""] [domain=""]>. */
static bool take_metadata(struct ras *r, const char *xml)
{
    struct buf value = {0};
    bool good = true;
    for (const char *p = xml; good && (p = strstr(p, "<Item"));) {
        const char *close = strchr(p, '>'), *end = close ? strstr(close, "</Item>") : NULL;
        size_t n = close ? (size_t)(close - p) : 0;
        const char *name, *sample, *role, *domain;
        size_t name_n, sample_n, role_n, domain_n;
        good = end && attribute(p, n, "name", &name, &name_n) &&
               !memchr(name, '&', name_n) &&
               plain_text(&value, close + 1, (size_t)(end - close - 1));
        if (!good)
            break;
        bool has_domain = attribute(p, n, "domain", &domain, &domain_n);
        if (attribute(p, n, "sample", &sample, &sample_n)) {
            long long b = -1;
            good = num_parse_long(sample, sample_n, &b) && b >= 0 && b < r->nbands;
            if (good && attribute(p, n, "role", &role, &role_n))
                good = take_role(&r->band[b], role, role_n, value.s);
        } else if (!has_domain && value.n) { /* GDAL drops empty ones */
            r->tag = mem_resize(r->tag, r->ntags + 1, sizeof *r->tag);
            r->tag[r->ntags++] =
                (struct ras_tag){mem_slice(name, name_n), mem_text(value.s)};
        }
        p = end;
    }
    buf_free(&value);
    return good;
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

/* Gives back what a refusal has filled in so far. */
static int not_mine(struct ras *r)
{
    tiff_close(r);
    for (int b = 0; b < r->nbands; b++) {
        free(r->band[b].description);
        free(r->band[b].unit);
    }
    for (size_t i = 0; i < r->ntags; i++) {
        free(r->tag[i].key);
        free(r->tag[i].value);
    }
    free(r->band);
    free(r->tag);
    free(r->colors);
    free(r->crs);
    *r = (struct ras){
        .path = r->path, .gt = {0, 1, 0, 0, 0, -1}, .cache_bytes = r->cache_bytes};
    return RAS_NOT_MINE;
}

static int tiff_open(struct ras *r)
{
    int error = 0;
    if (!is_tiff(r->path, &error)) {
        if (!error || strchr(r->path, ':')) /* another format, or GDAL's own kind of name */
            return RAS_NOT_MINE;
        msg_error("%s: %s", r->path, strerror(error));
        return MSG_INPUT;
    }
    if (has_sidecar(r->path))
        return RAS_NOT_MINE;
    struct tiff *t = mem_alloc(1, sizeof *t);
    r->handle = t;
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, t);
    TIFFOpenOptionsSetWarningHandlerExtR(options, no_warning, t);
    t->tif = TIFFOpenExt(r->path, "rOm", options);
    TIFFOpenOptionsFree(options);
    if (!t->tif || has_mask(t->tif) || !take_type(r, t) || !take_size(r, t) ||
        !take_place(r, t->tif) || !take_crs(r, t->tif))
        return not_mine(r);
    const char *xml = text(t->tif, TAG_GDAL_METADATA);
    if (xml && !take_metadata(r, xml))
        return not_mine(r);
    const char *nodata = text(t->tif, TAG_GDAL_NODATA);
    if (nodata && !take_nodata(r, nodata))
        return not_mine(r);
    if (ras_tag(r, "NODATA_VALUES")) /* masks where all bands have theirs */
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
        one.f64 = fill;
        break;
    }
    for (size_t i = 0; i < n; i++)
        memcpy((char *)samples + i * (size_t)bytes, &one, (size_t)bytes);
}

static int tiff_read(struct ras *r, int band, int bx, int by, void *samples,
                     unsigned char *valid)
{
    (void)valid;
    struct tiff *t = r->handle;
    int rows = r->rows - by * r->block_rows;
    if (rows > r->block_rows)
        rows = r->block_rows;
    int across = (r->file_columns - 1) / r->block_columns + 1;
    int down = (r->rows - 1) / r->block_rows + 1;
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
    msg_error("%s: damaged: %s", r->path, t->error[0] ? t->error : "the data end too soon");
    return MSG_INPUT;
}

const struct ras_driver ras_tiff_driver = {tiff_open, tiff_read, tiff_close};
