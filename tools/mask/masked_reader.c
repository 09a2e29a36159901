/* masked_reader: the values of a raster that count. */
#include "mask/masked_reader.h"
#include "raster/lon_wrap.h"

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

int masked_reader_open(struct masked_reader *p, struct ras *ras, int band, size_t memory)
{
    const struct mask_options *o = p->options;
    int status = MSG_OK;
    p->ras = ras;
    p->band = band;
    /* Companions have the raster's pixels as its file has them. */
    if (o && quality_count(o->quality))
        status = quality_open(&p->quality, o->quality, ras, band, o->lenient, memory);
    if (status == MSG_OK && p->grid)
        status = lon_wrap_to_grid(ras, p->grid);
    return status == MSG_OK ? turn_mask(p) : status;
}

int masked_reader_open_scene(struct masked_reader *p, struct scene_raster *s, size_t bytes)
{
    p->flags = s->flags;
    ras_keep(&s->ras, bytes);
    int status = masked_reader_find(p, s->ras.path, &s->date);
    return status == MSG_OK ? masked_reader_open(p, &s->ras, s->value, MASKED_READER_BYTES)
                            : status;
}

static int read_values(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v)
{
    int status = ras_read(p->ras, p->band, column, row, columns, rows, v, p->flags);
    if (status == MSG_OK && p->quality)
        status = quality_apply(p->quality, column, row, columns, rows, v);
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
    return status;
}

void masked_reader_close(struct masked_reader *p)
{
    quality_close(p->quality);
    mask_found_free(&p->found);
    p->quality = NULL;
    p->ras = NULL;
}

void masked_reader_free(struct masked_reader *p)
{
    masked_reader_close(p);
    pixel_mask_close(p->mask);
    *p = (struct masked_reader){0};
}
