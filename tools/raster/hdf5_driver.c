/* hdf5_driver: the raster driver for HDF5 and netCDF files. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "hdf5_layers.h"
#include "raster/raster.h"
#include "raster_name.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_PICTURES = 1 << 20,
    ROWS_BYTES = 1 << 20, /* of a block of what is not in chunks */
};

struct handle {
    struct hdf5_file file;
    const struct hdf5_dataset *dataset;
    struct hdf5_packing packing;
    struct hdf5_place place;
    void *samples; /* of a block, as the file has them */
};

/* Files that are HDF5 and have a driver of GDAL's own. */
static bool is_another(const struct hdf5_file *f)
{
    static const char *const paths[] = {"/BAG_root/elevation", "/HEADER/SIZE",
                                        "/Group_F/featureCode"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (hdf5_find(f, paths[i]))
            return true;
    return false;
}

static int tell_layers(const char *path, const struct hdf5_dataset *const *layer, size_t n,
                       const char *asked)
{
    struct buf b = {0};
    hdf5_layers_add_names(layer, n, &b);
    if (!n)
        msg_error("%s: there is no raster in it, as far as HDF5 goes", path);
    else if (asked)
        msg_error("%s: there is no layer \"%s\" in it; there are: %s", path, asked, b.s);
    else
        msg_error("%s: it has %zu layers, and nothing says which is meant, as %s:LAYER or "
                  "--layer do: %s",
                  path, n, path, b.s);
    buf_free(&b);
    return MSG_INPUT;
}

/* The dataset of a name, of the layers before all others. */
static const struct hdf5_dataset *find_layer(const struct hdf5_file *f,
                                             const struct hdf5_dataset *const *layer,
                                             size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(hdf5_layer_name(layer, n, i), name) == 0)
            return layer[i];
    return hdf5_find(f, name);
}

/* The dataset that a name means. Of a file with one layer what is no layer is a band. */
static int choose(struct ras *r, struct handle *h)
{
    size_t n;
    const struct hdf5_dataset **layer = hdf5_layers(&h->file, &n);
    int status = MSG_OK;
    if (r->layer)
        h->dataset = find_layer(&h->file, layer, n, r->layer);
    if (!h->dataset && n == 1 && !(r->layer && r->part)) {
        h->dataset = layer[0];
        r->part = r->layer;
        r->layer = NULL;
    }
    if (h->dataset && h->dataset->problem) {
        msg_error("%s: %s: %s", r->path, h->dataset->path, h->dataset->problem);
        status = MSG_INPUT;
    } else if (!h->dataset || !h->dataset->numbers || h->dataset->ndims < 2)
        status = tell_layers(r->layer ? r->disk : r->path, layer, n, r->layer);
    free(layer);
    return status;
}

static void take_band(struct ras_band *b, const struct handle *h)
{
    const struct hdf5_packing *p = &h->packing;
    const char *unit = hdf5_unit(h->dataset);
    *b = (struct ras_band){.type = h->dataset->type,
                           .has_nodata = p->has_fill,
                           .nodata = p->fill,
                           .scale = p->scale,
                           .offset = p->offset,
                           .unit = mem_text(unit)};
}

static int take_bands(struct ras *r, struct handle *h)
{
    char **name = NULL, **time = NULL;
    bool untold;
    size_t n = hdf5_pictures(h->dataset, &h->place);
    if (n > MOST_PICTURES) {
        msg_error("%s: it has more than %d pictures", r->path, MOST_PICTURES);
        return MSG_INPUT;
    }
    r->band = mem_alloc(n, sizeof *r->band);
    int status = hdf5_picture_names(&h->file, h->dataset, &h->place, &name, &time, &untold);
    r->nbands = (int)n;
    for (size_t k = 0; k < n; k++) {
        take_band(&r->band[k], h);
        r->band[k].description = n > 1 ? name[k] : NULL;
        r->band[k].time = time[k];
        if (n == 1)
            free(name[k]);
    }
    free(name);
    free(time);
    return status;
}

/* Blocks are chunks, or rows. */
static void take_blocks(struct ras *r, const struct handle *h)
{
    const struct hdf5_dataset *d = h->dataset;
    size_t columns = d->chunk[h->place.ix], rows = d->chunk[h->place.iy];
    if (!columns || !rows) {
        columns = (size_t)r->grid.columns;
        rows = ROWS_BYTES / (columns * (size_t)ras_type_bytes(d->type)) + 1;
    }
    r->block_columns = columns < (size_t)r->grid.columns ? (int)columns : r->grid.columns;
    r->block_rows = rows < (size_t)r->grid.rows ? (int)rows : r->grid.rows;
}

static void add_tag(struct ras *r, const char *key, const char *value)
{
    r->tag = mem_resize(r->tag, r->ntags + 1, sizeof *r->tag);
    r->tag[r->ntags++] = (struct ras_tag){mem_text(key), mem_text(value)};
}

/* What ECOSTRESS files say of their scene, wherever they keep it. */
static void take_tags(struct ras *r, const struct hdf5_file *f)
{
    static const char *const names[] = {"StartOrbitNumber", "SceneID", "RangeBeginningDate",
                                        "RangeBeginningTime", "ShortName"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct hdf5_dataset *d = hdf5_find(f, names[i]);
        if (d && d->text)
            add_tag(r, names[i], d->text);
    }
}

static int take_dataset(struct ras *r, struct handle *h, char **crs)
{
    const struct hdf5_dataset *d = h->dataset;
    int status = hdf5_place_find(&h->place, &h->file, d);
    if (status != MSG_OK)
        return status;
    hdf5_packing_of(&h->packing, d);
    free(r->layer);
    r->layer = mem_text(d->name);
    r->grid.columns = (int)d->dim[h->place.ix];
    r->grid.rows = (int)d->dim[h->place.iy];
    r->has_gt = h->place.has_gt;
    memcpy(r->grid.gt, h->place.gt, sizeof r->grid.gt);
    r->unplaced = mem_text(h->place.unplaced);
    if (h->place.latitude) {
        r->latitudes = mem_text(h->place.latitude->path);
        r->longitudes = mem_text(h->place.longitude->path);
    }
    *crs = mem_text(h->place.crs);
    r->masked = h->packing.has_range || h->packing.nmissing > 0;
    take_blocks(r, h);
    take_tags(r, &h->file);
    h->samples = mem_alloc((size_t)r->block_columns * (size_t)r->block_rows,
                           (size_t)ras_type_bytes(d->type));
    return take_bands(r, h);
}

static void close_raster(struct ras *r)
{
    struct handle *h = r->handle;
    hdf5_close(&h->file);
    hdf5_place_free(&h->place);
    free(h->samples);
    free(h);
    r->handle = NULL;
}

static int open_raster(struct ras *r, char **crs)
{
    if (!hdf5_is(r->disk))
        return RAS_NOT_MINE;
    struct handle *h = mem_alloc(1, sizeof *h);
    r->handle = h;
    int status = hdf5_open(&h->file, r->disk);
    if (status == MSG_OK && is_another(&h->file))
        status = RAS_NOT_MINE;
    if (status == MSG_OK)
        status = choose(r, h);
    if (status == MSG_OK)
        status = take_dataset(r, h, crs);
    if (status != MSG_OK)
        close_raster(r);
    return status;
}

/* ---- blocks -------------------------------------------------------------------------- */

/* A window of the raster: the same in the file, where rows may run upwards. */
struct window {
    int column, row, columns, rows;
};

/* Copies samples as they lie in the file into a block. */
static void lay_out(const struct ras *r, const struct handle *h, const struct window *w,
                    void *block)
{
    size_t bytes = (size_t)ras_type_bytes(h->dataset->type), columns = (size_t)w->columns,
           rows = (size_t)w->rows;
    bool turned = h->place.ix < h->place.iy;
    for (size_t y = 0; y < rows; y++) {
        size_t from = h->place.upwards ? rows - 1 - y : y;
        char *to = (char *)block + y * (size_t)r->block_columns * bytes;
        const char *samples = h->samples;
        if (!turned) {
            memcpy(to, samples + from * columns * bytes, columns * bytes);
            continue;
        }
        for (size_t x = 0; x < columns; x++)
            memcpy(to + x * bytes, samples + (x * rows + from) * bytes, bytes);
    }
}

/* Which pixels the valid range and the second of two fill values leave. */
static void mark_valid(const struct ras *r, const struct handle *h, const struct window *w,
                       const void *block, unsigned char *valid)
{
    size_t bytes = (size_t)ras_type_bytes(h->dataset->type),
           stride = (size_t)r->block_columns;
    double *v = mem_alloc((size_t)w->columns, sizeof *v);
    for (size_t y = 0; y < (size_t)w->rows; y++) {
        hdf5_unpack(&h->packing, h->dataset, (const char *)block + y * stride * bytes,
                    (size_t)w->columns, v, RAS_RAW);
        for (int x = 0; x < w->columns; x++)
            valid[y * stride + (size_t)x] = isnan(v[x]) ? 0 : 255;
    }
    free(v);
}

/* 64-bit integers, which came as doubles: NaN for nodata, and none that a double lacks. */
static int check_wide(const struct ras *r, const struct handle *h, const struct window *w,
                      double *v)
{
    for (int y = 0; y < w->rows; y++)
        for (int x = 0; x < w->columns; x++) {
            double *at = v + (size_t)y * (size_t)r->block_columns + (size_t)x;
            if (h->packing.has_fill && *at == h->packing.fill) {
                *at = NAN;
            } else if (fabs(*at) > 0x1p53) {
                msg_error("%s: column %d, row %d: an integer of more digits than a double "
                          "has",
                          r->path, w->column + x, w->row + y);
                return MSG_INPUT;
            }
        }
    return MSG_OK;
}

static int read_block(struct ras *r, int band, int bx, int by, void *samples,
                      unsigned char *valid)
{
    struct handle *h = r->handle;
    int bw = r->block_columns, bh = r->block_rows;
    struct window w = {bx * bw, by * bh, r->file_columns - bx * bw, r->grid.rows - by * bh};
    w.columns = w.columns < bw ? w.columns : bw;
    w.rows = w.rows < bh ? w.rows : bh;
    size_t start[HDF5_DIMS], count[HDF5_DIMS];
    hdf5_picture_start(h->dataset, &h->place, (size_t)band, start);
    for (int i = 0; i < HDF5_DIMS; i++)
        count[i] = 1;
    start[h->place.ix] = (size_t)w.column;
    count[h->place.ix] = (size_t)w.columns;
    start[h->place.iy] = (size_t)(h->place.upwards ? r->grid.rows - w.row - w.rows : w.row);
    count[h->place.iy] = (size_t)w.rows;
    int status = hdf5_read(&h->file, h->dataset, start, count, h->samples);
    if (status != MSG_OK)
        return status;
    lay_out(r, h, &w, samples);
    if (valid)
        mark_valid(r, h, &w, samples, valid);
    return h->dataset->type == RAS_U64 || h->dataset->type == RAS_I64
               ? check_wide(r, h, &w, samples)
               : MSG_OK;
}

const struct ras_driver ras_hdf5_driver = {open_raster, read_block, close_raster};

/* ---- layers -------------------------------------------------------------------------- */

enum ras_layers_named ras_layers_named(const char *path)
{
    struct raster_name name;
    raster_name_parse(&name, path);
    enum ras_layers_named named = RAS_LAYERS_NONE;
    if (!name.band && (name.container || (!name.layer && hdf5_is(name.disk))))
        named = name.layer ? RAS_LAYERS_ONE : RAS_LAYERS_ALL;
    raster_name_free(&name);
    return named;
}

static int read_layer(struct ras_layer *l, struct hdf5_file *f,
                      const struct hdf5_dataset *d)
{
    struct hdf5_place place;
    int status = MSG_OK;
    hdf5_place_dimensions(&place, f, d);
    size_t n = hdf5_pictures(d, &place);
    if (n > MOST_PICTURES) {
        msg_error("%s: %s: it has more than %d pictures", f->path, d->path, MOST_PICTURES);
        status = MSG_INPUT;
    } else {
        l->nbands = (int)n;
        status = hdf5_picture_names(f, d, &place, &l->band, &l->time, &l->untold);
    }
    hdf5_place_free(&place);
    return status;
}

/* The dataset that a path names, alone: none where it is a band, or nothing. */
static void keep_named(const struct hdf5_file *f, const struct raster_name *name,
                       const struct hdf5_dataset **dataset, size_t *n)
{
    const struct hdf5_dataset *found = find_layer(f, dataset, *n, name->layer);
    *n = *n && found && found->numbers && found->ndims >= 2;
    if (*n)
        dataset[0] = found;
}

int ras_layers_read(struct ras_layers *l, const char *path)
{
    struct hdf5_file f;
    struct raster_name name;
    size_t n = 0;
    *l = (struct ras_layers){0};
    raster_name_parse(&name, path);
    int status = hdf5_open(&f, name.disk);
    if (status == MSG_OK) {
        const struct hdf5_dataset **dataset = hdf5_layers(&f, &n);
        if (name.layer)
            keep_named(&f, &name, dataset, &n);
        else if (!n)
            status = tell_layers(name.disk, dataset, n, NULL);
        l->layer = mem_alloc(n, sizeof *l->layer);
        for (size_t i = 0; i < n && status == MSG_OK; i++) {
            l->layer[l->n].name =
                mem_text(name.layer ? dataset[i]->name : hdf5_layer_name(dataset, n, i));
            status = read_layer(&l->layer[l->n++], &f, dataset[i]);
        }
        free(dataset);
        hdf5_close(&f);
    }
    raster_name_free(&name);
    if (status != MSG_OK)
        ras_layers_free(l);
    return status;
}

void ras_layers_free(struct ras_layers *l)
{
    for (size_t i = 0; i < l->n; i++) {
        for (int b = 0; b < l->layer[i].nbands; b++) {
            free(l->layer[i].band[b]);
            free(l->layer[i].time[b]);
        }
        free(l->layer[i].name);
        free(l->layer[i].band);
        free(l->layer[i].time);
    }
    free(l->layer);
    *l = (struct ras_layers){0};
}
