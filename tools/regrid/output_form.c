/* output_form: type, nodata, tiles and rows of a raster on a grid. */
#include "output_form.h"
#include "band_list.h"
#include "base/msg.h"
#include "base/num.h"
#include <math.h>

/* A grid of up to this many cells is worked out at once and written as strips. */
enum { WHOLE = 512 * 512 };

/* What stands for no value in a type whose source has nothing for it: the end of its
 * range that values reach last. */
static double default_nodata(enum ras_type type)
{
    static const double nodata[] = {255, -128, 65535, -32768, 4294967295.0, -2147483648.0};
    return type == RAS_F32 || type == RAS_F64 ? NAN : nodata[type];
}

bool output_form_tiled(const struct bands_spec *spec)
{
    return (double)spec->grid->columns * spec->grid->rows > WHOLE || spec->cog;
}

int output_form_choose(const struct bands_spec *spec, const struct ras *source,
                       struct ras_spec *out, const char **names)
{
    const struct ras_band *from = &source->band[0];
    bool pixels = true, smooth = true;
    bool scaled = !spec->raw && (from->scale != 1 || from->offset != 0);
    out->nbands = spec->list.n;
    for (int b = 0; b < spec->list.n; b++) {
        names[b] = bands_names[spec->list.band[b]];
        pixels = pixels && band_is_pixel(spec->list.band[b]);
        smooth = smooth && !band_is_pixel(spec->list.band[b]);
    }
    out->description = names;
    out->type = spec->type >= 0     ? (enum ras_type)spec->type
                : pixels && !scaled ? from->type
                                    : RAS_F32;
    out->has_nodata = true;
    if (spec->has_nodata && !ras_type_holds(out->type, spec->nodata)) {
        char text[NUM_MAX + 1];
        text[num_double(text, spec->nodata)] = '\0';
        msg_error("--nodata: pixels of type %s cannot be %s", ras_type_name(out->type),
                  text);
        return MSG_USAGE;
    }
    if (spec->has_nodata)
        out->nodata = spec->nodata;
    else if (out->type == from->type && pixels && !scaled && from->has_nodata &&
             ras_type_holds(out->type, from->nodata))
        out->nodata = from->nodata;
    else
        out->nodata = default_nodata(out->type);
    out->colors = pixels && out->type == RAS_U8 && out->nbands == 1 ? source->colors : NULL;
    out->grid = grid_cells(spec->grid);
    out->compress = spec->compress;
    out->smooth = smooth;
    out->tile = output_form_tiled(spec) ? OUTPUT_TILE : 0;
    return MSG_OK;
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
