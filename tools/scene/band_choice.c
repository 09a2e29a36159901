/* band_choice: which band of a raster has the values that are asked for. */
#include "scene/band_choice.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/stats.h"
#include <string.h>

/* The bands of eco-regrid that are the value itself. The others are statistics. */
static const char *const plain[] = {"mean",  "nearest",     "bilinear",
                                    "cubic", "cubicspline", "lanczos"};

static bool is_plain(const struct ras *r, int band)
{
    const char *text = r->band[band].description;
    for (size_t k = 0; text && k < sizeof plain / sizeof *plain; k++)
        if (strcmp(text, plain[k]) == 0)
            return true;
    return false;
}

static bool is_own(const struct ras *r, int band)
{
    const char *text = r->band[band].description;
    return is_plain(r, band) ||
           (text && stats_is_name(text, stats_of_values | stats_coverage));
}

bool band_choice_is_own(const struct ras *r)
{
    for (int b = 0; b < r->nbands; b++)
        if (!is_own(r, b))
            return false;
    return true;
}

int band_choose(const struct ras *r, const char *name, int *band)
{
    int values = 0;
    *band = r->chosen;
    if (r->chosen >= 0)
        return MSG_OK;
    if (name)
        return ras_name_band(r, name, band);
    for (int b = r->nbands - 1; b >= 0; b--)
        if (!r->band[b].alpha) {
            values++;
            *band = b;
        }
    if (values == 1)
        return MSG_OK;
    if (band_choice_is_own(r)) {
        *band = ras_find_band(r, plain[0]);
        for (int b = 0; *band < 0 && b < r->nbands; b++)
            if (strcmp(r->band[b].description, "coverage") != 0 &&
                strcmp(r->band[b].description, "n") != 0)
                *band = b;
        *band = *band < 0 ? 0 : *band;
        return MSG_OK;
    }
    struct buf b = {0};
    ras_list_bands(r, &b);
    msg_error("%s: it has %d bands, and nothing says which is meant: %s; name one, as "
              "%s:%d or by --band",
              r->path, r->nbands, b.s, r->file, r->nbands);
    buf_free(&b);
    return MSG_INPUT;
}

char *band_choice_layer(const struct ras *r, int band, const char *layer)
{
    int values = 0;
    const char *text = r->band[band].description;
    struct buf b = {0};
    for (int i = 0; i < r->nbands; i++)
        values += !r->band[i].alpha;
    bool known = strcmp(layer, "NA") != 0;
    if (r->band[band].time || (band_choice_is_own(r) ? is_plain(r, band) : values == 1))
        return mem_text(layer);
    if (known)
        buf_printf(&b, "%s_", layer);
    if (text)
        buf_puts(&b, text);
    else
        buf_printf(&b, "%s%d", known ? "" : "band", band + 1);
    return b.s;
}
