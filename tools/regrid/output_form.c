/* output_form: type, nodata, tiles and rows of a raster on a grid. */
#include "output_form.h"
#include "band_list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>

/* A grid of up to this many cells is worked out at once and written as strips. */
enum { WHOLE = 512 * 512 };

/* What stands for no value in a type whose source has nothing for it: the end of its
 * range that values reach last. */
static double default_nodata(enum ras_type type)
{
    double least, most;
    if (!ras_type_range(type, &least, &most))
        return NAN;
    return least < 0 ? least : most;
}

bool output_form_tiled(const struct bands_spec *spec)
{
    return (double)spec->grid->columns * spec->grid->rows > WHOLE || spec->cog;
}

/* Numbers that may stand for no value, the usual one first. */
struct candidates {
    double first, step, least, most;
    size_t n;
    unsigned char *occurs;
};

enum { CANDIDATES = 1 << 16 };

static void look_for(struct candidates *c, const double *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isnan(v[i]))
            continue;
        double x = fmin(fmax(rint(v[i]), c->least), c->most);
        double at = (x - c->first) / c->step;
        if (at < (double)c->n && at == floor(at))
            c->occurs[(size_t)at] = 1;
    }
}

/* Reads a source's pixels, as they would be written. */
static int look_for_all(struct candidates *c, const struct mosaic_part *part,
                        unsigned flags)
{
    struct ras *r = part->ras;
    int wide = r->block_columns, status = MSG_OK;
    int high = CANDIDATES / wide > 1 ? CANDIDATES / wide : 1;
    double *v = mem_resize(NULL, (size_t)wide * (size_t)high, sizeof *v);
    for (int top = 0; top < r->grid.rows; top += r->block_rows)
        for (int left = 0; left < r->grid.columns; left += wide)
            for (int y = 0; y < r->block_rows && status == MSG_OK; y += high) {
                int row = top + y, end = top + r->block_rows;
                end = end < r->grid.rows ? end : r->grid.rows;
                int rows = end - row < high ? end - row : high;
                int columns = r->grid.columns - left < wide ? r->grid.columns - left : wide;
                if (rows < 1)
                    break;
                status = ras_read(r, part->band, left, row, columns, rows, v, flags);
                if (status == MSG_OK)
                    look_for(c, v, (size_t)columns * (size_t)rows);
            }
    free(v);
    return status;
}

/* The nodata of integers that are the source's pixels: one that none of them is. Where all
 * are some pixel there is none. */
static int find_nodata(struct ras_spec *out, struct masked_reader *from, size_t n)
{
    struct candidates c = {.first = default_nodata(out->type)};
    ras_type_range(out->type, &c.least, &c.most);
    /* So far apart that doubles tell those of 64 bits from each other. */
    c.step = (ras_type_bytes(out->type) == 8 ? 2048 : 1) * (c.first < 0 ? 1 : -1);
    c.n = (size_t)fmin(CANDIDATES, c.most - c.least + 1);
    c.occurs = mem_alloc(c.n, 1);
    int status = MSG_OK;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < from[i].nparts && status == MSG_OK; j++) {
            status = look_for_all(&c, &from[i].part[j].lies, from[i].flags);
            from[i].failed = status == MSG_INPUT ? j : from[i].failed;
        }
    size_t k = 0;
    while (k < c.n && c.occurs[k])
        k++;
    out->has_nodata = k < c.n;
    out->nodata = c.first + (double)k * c.step;
    free(c.occurs);
    return status;
}

/* pixels: whether all bands are the source's. */
static int choose_nodata(const struct bands_spec *spec, struct masked_reader *from,
                         size_t n, bool pixels, bool scaled, struct ras_spec *out)
{
    const struct ras_band *band = &from->ras->band[from->band];
    double least, most;
    out->has_nodata = !spec->no_nodata;
    if (spec->no_nodata)
        return MSG_OK;
    if (spec->has_nodata) {
        out->nodata = spec->nodata;
        if (ras_type_holds(out->type, spec->nodata))
            return MSG_OK;
        char text[NUM_MAX + 1];
        text[num_double(text, spec->nodata)] = '\0';
        msg_error("--nodata: pixels of type %s cannot be %s", ras_type_name(out->type),
                  text);
        return MSG_USAGE;
    }
    out->nodata = default_nodata(out->type);
    if (out->type == band->type && pixels && !scaled && band->has_nodata &&
        ras_type_holds(out->type, band->nodata))
        out->nodata = band->nodata;
    else if (pixels && ras_type_range(out->type, &least, &most))
        return find_nodata(out, from, n);
    return MSG_OK;
}

/* Whether all have pixels of one kind; else what is made of them has that of none. */
static bool are_alike(const struct masked_reader *from, size_t n)
{
    const struct ras_band *first = &from->ras->band[from->band];
    bool alike = true;
    for (size_t i = 1; i < n; i++) {
        const struct ras_band *band = &from[i].ras->band[from[i].band];
        alike = alike && band->type == first->type && band->scale == first->scale &&
                band->offset == first->offset;
    }
    return alike;
}

int output_form_choose(const struct bands_spec *spec, struct masked_reader *from, size_t n,
                       struct ras_spec *out, const char **names)
{
    const struct ras *source = from->ras;
    const struct ras_band *band = &source->band[from->band];
    bool pixels = true, smooth = true;
    bool scaled = !are_alike(from, n) ||
                  (!(from->flags & RAS_RAW) && (band->scale != 1 || band->offset != 0));
    out->nbands = spec->list.n;
    for (int b = 0; b < spec->list.n; b++) {
        names[b] = spec->list.band[b].name;
        pixels = pixels && band_is_pixel(&spec->list, b);
        smooth = smooth && !band_is_pixel(&spec->list, b);
    }
    out->description = names;
    out->type = spec->type >= 0     ? (enum ras_type)spec->type
                : pixels && !scaled ? band->type
                                    : RAS_F32;
    out->colors = pixels && are_alike(from, n) && out->type == RAS_U8 && out->nbands == 1 &&
                          from->band == 0
                      ? source->colors
                      : NULL;
    out->grid = grid_cells(spec->grid);
    out->compress = spec->compress;
    out->smooth = smooth;
    out->tile = output_form_tiled(spec) ? OUTPUT_TILE : 0;
    return choose_nodata(spec, from, n, pixels, scaled, out);
}

int output_form_rows(const struct bands_spec *spec, int tile, int *first, int *rows)
{
    int unit = tile ? tile : 1, units = (spec->grid->rows - 1) / unit + 1;
    if (spec->parts > units) {
        msg_error("--part: the grid's %d rows make at most %d parts", spec->grid->rows,
                  units);
        return MSG_USAGE;
    }
    long from = (long)units * (spec->part - 1) / spec->parts;
    long to = (long)units * spec->part / spec->parts;
    *first = (int)from * unit;
    *rows = (to == units ? spec->grid->rows : (int)to * unit) - *first;
    return MSG_OK;
}
