/* masked_reader: the values of a raster that count. */
#include "mask/masked_reader.h"
#include "base/mem.h"
#include "raster/lon_wrap.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

int masked_reader_find(struct masked_reader *p, const char *path, const struct date *date)
{
    return p->options ? mask_options_find_maps(p->options, path, date, &p->found) : MSG_OK;
}

/* The mask for this raster and its maps: the last one, when it serves. */
static int turn_mask(struct masked_reader *p)
{
    struct classmap_use map[MASK_MAPS];
    int n = p->found.n;
    for (int i = 0; i < n; i++)
        map[i] = (struct classmap_use){p->found.map[i].path, p->options->map[i].classes,
                                       p->options->by_area};
    if (p->mask && pixel_mask_serves(p->mask, p->ras, map, n))
        return MSG_OK;
    pixel_mask_close(p->mask);
    p->mask = NULL;
    const char *cache = p->options ? p->options->cache : NULL;
    return p->grid || n ? pixel_mask_open(&p->mask, p->ras, p->grid, map, n, cache)
                        : MSG_OK;
}

/* Companions have the raster's pixels as its file has them, so they come before winding. */
static int open_part(struct masked_reader *p, size_t k, size_t memory)
{
    const struct mask_options *o = p->options;
    struct masked_part *part = &p->part[k];
    int status = MSG_OK;
    if (o && quality_count(o->quality))
        status = quality_open(&part->quality, o->quality, part->lies.ras, part->lies.band,
                              o->lenient, memory);
    if (status == MSG_OK && p->grid)
        status = lon_wrap_to_grid(part->lies.ras, p->grid);
    if (status != MSG_OK)
        p->failed = k;
    return status;
}

int masked_reader_open_parts(struct masked_reader *p, const struct mosaic_part *part,
                             size_t n, size_t memory)
{
    struct mosaic_part *laid = mem_alloc(n, sizeof *laid);
    int status = MSG_OK;
    memcpy(laid, part, n * sizeof *laid);
    p->failed = MASKED_READER_NONE;
    p->part = mem_alloc(n, sizeof *p->part);
    p->nparts = n;
    p->band = part[0].band;
    for (size_t k = 0; k < n; k++)
        p->part[k].lies = part[k];
    p->ras = n > 1 ? &p->around : part[0].ras;
    for (size_t k = 0; k < n && status == MSG_OK; k++)
        status = open_part(p, k, memory / n);
    if (n > 1)
        mosaic_lay(laid, n, &p->around);
    for (size_t k = 0; n > 1 && k < n; k++)
        p->part[k].lies = laid[k];
    free(laid);
    return status == MSG_OK ? turn_mask(p) : status;
}

int masked_reader_open(struct masked_reader *p, struct ras *ras, int band, size_t memory)
{
    const struct mosaic_part part = {.ras = ras, .band = band};
    return masked_reader_open_parts(p, &part, 1, memory);
}

int masked_reader_open_scene(struct masked_reader *p, struct scene_raster *s, size_t bytes)
{
    p->flags = s->flags;
    ras_keep(&s->ras, bytes);
    int status = masked_reader_find(p, s->ras.path, &s->date);
    return status == MSG_OK ? masked_reader_open(p, &s->ras, s->value, MASKED_READER_BYTES)
                            : status;
}

/* A window in the part's own columns and rows. */
static int read_part(struct masked_reader *p, size_t k, int column, int row, int columns,
                     int rows, double *v)
{
    const struct masked_part *part = &p->part[k];
    int band = p->nparts > 1 ? part->lies.band : p->band;
    int status = ras_read(part->lies.ras, band, column, row, columns, rows, v, p->flags);
    if (status == MSG_OK && part->quality)
        status = quality_apply(part->quality, column, row, columns, rows, v);
    if (status == MSG_INPUT)
        p->failed = k;
    return status;
}

/* The values of a part where none before it has one. */
static int add_part(struct masked_reader *p, size_t k, int column, int row, int columns,
                    int rows, double *v)
{
    const struct mosaic_part *lies = &p->part[k].lies;
    const struct raster_grid *own = &lies->ras->grid;
    int left = column > lies->column ? column : lies->column;
    int top = row > lies->row ? row : lies->row;
    int right = column + columns, bottom = row + rows;
    right = right < lies->column + own->columns ? right : lies->column + own->columns;
    bottom = bottom < lies->row + own->rows ? bottom : lies->row + own->rows;
    if (left >= right || top >= bottom)
        return MSG_OK;
    size_t width = (size_t)(right - left), height = (size_t)(bottom - top);
    p->piece = mem_grow(p->piece, &p->piece_cap, width * height, sizeof *p->piece);
    int status = read_part(p, k, left - lies->column, top - lies->row, right - left,
                           bottom - top, p->piece);
    for (size_t r = 0; r < height && status == MSG_OK; r++) {
        const double *from = p->piece + r * width;
        double *to =
            v + ((size_t)(top - row) + r) * (size_t)columns + (size_t)(left - column);
        for (size_t i = 0; i < width; i++)
            to[i] = isnan(to[i]) ? from[i] : to[i];
    }
    return status;
}

static int read_values(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v)
{
    int status = MSG_OK;
    if (p->nparts == 1)
        return read_part(p, 0, column, row, columns, rows, v);
    for (size_t i = 0; i < (size_t)columns * (size_t)rows; i++)
        v[i] = NAN;
    for (size_t k = 0; k < p->nparts && status == MSG_OK; k++)
        status = add_part(p, k, column, row, columns, rows, v);
    return status;
}

int masked_reader_read(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v)
{
    int status = read_values(p, column, row, columns, rows, v);
    if (status == MSG_OK && p->mask)
        status = pixel_mask_apply(p->mask, column, row, columns, rows, v);
    return status;
}

int masked_reader_look(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v, unsigned char *bits, float *weight)
{
    int status = read_values(p, column, row, columns, rows, v);
    if (status == MSG_OK)
        status = pixel_mask_window(p->mask, column, row, columns, rows, bits, weight);
    if (status == MSG_OK && p->filter)
        status =
            p->filter->apply(p->filter, p, column, row, columns, rows, v, bits, weight);
    return status;
}

bool masked_reader_weighs(const struct masked_reader *p)
{
    return pixel_mask_weighs(p->mask) || (p->filter && p->filter->weighs);
}

void masked_reader_keep(struct masked_reader *p, size_t bytes)
{
    for (size_t k = 0; k < p->nparts; k++)
        ras_keep(p->part[k].lies.ras, bytes / p->nparts);
}

int masked_reader_check_unchanged(struct masked_reader *p)
{
    int status = MSG_OK;
    for (size_t k = 0; k < p->nparts && status == MSG_OK; k++) {
        status = ras_check_unchanged(p->part[k].lies.ras);
        if (status != MSG_OK)
            p->failed = k;
    }
    return status;
}

double masked_reader_removed(const struct masked_reader *p, int rule)
{
    double sum = NAN;
    for (size_t k = 0; k < p->nparts; k++) {
        double removed =
            p->part[k].quality ? quality_removed(p->part[k].quality, rule) : NAN;
        sum = isnan(sum) ? removed : isnan(removed) ? sum : sum + removed;
    }
    return sum;
}

void masked_reader_close(struct masked_reader *p)
{
    for (size_t k = 0; k < p->nparts; k++)
        quality_close(p->part[k].quality);
    free(p->part);
    mask_found_free(&p->found);
    p->part = NULL;
    p->nparts = 0;
    p->ras = NULL;
    p->filter = NULL;
}

void masked_reader_free(struct masked_reader *p)
{
    masked_reader_close(p);
    pixel_mask_close(p->mask);
    free(p->piece);
    *p = (struct masked_reader){0};
}
