/* scene_raster: what a raster is a picture of, from its tags and its name. */
#include "scene/scene_raster.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "scene/band_choice.h"
#include "scene/layers.h"
#include <stdlib.h>
#include <string.h>

const char *const scene_raster_companions[SCENE_RASTER_COMPANIONS] = {"coverage", "n",
                                                                      "stddev"};

static void take_time(struct scene_raster *s, const struct date *by_name)
{
    const char *tag = ras_tag(&s->ras, "ECO_TIME");
    if (!tag || !date_parse(&s->date, tag, strlen(tag)))
        s->date = *by_name;
    date_text(&s->date, s->time);
}

/* The bands beside the value and its companions, where nobody has chosen one. */
static void take_others(struct scene_raster *s)
{
    s->other = mem_alloc((size_t)s->ras.nbands, sizeof *s->other);
    for (int b = 0; b < s->ras.nbands; b++) {
        bool other = b != s->value;
        for (int i = 0; i < SCENE_RASTER_COMPANIONS; i++)
            other = other && b != s->companion[i];
        if (other)
            s->other[s->nothers++] = b;
    }
}

/* Whether a layer is one of those asked for, by any of its names; with `band` also when
 * some band of it, LAYER_BAND, is. */
static bool is_asked(const char *layers, const char *layer, bool band)
{
    struct list_item item;
    size_t n = strlen(layer);
    bool asked = !layers;
    for (const char *rest = layers; list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        asked = asked || layers_same(layer, name) ||
                (band && strncmp(name, layer, n) == 0 && name[n] == '_');
        free(name);
    }
    return asked || (band && strcmp(layer, "NA") == 0);
}

/* The band of the values, and what is beside it. */
static int take_bands(struct scene_raster *s, const struct scene_ask *ask)
{
    const char *layers = ask ? ask->layers : NULL, *band = ask ? ask->band : NULL;
    s->wanted = is_asked(layers, s->layer, true);
    if (!s->wanted) {
        s->name = mem_text(s->layer);
        return MSG_OK;
    }
    int status = band_choose(&s->ras, band, &s->value);
    if (status != MSG_OK)
        return status;
    bool own = band_choice_is_own(&s->ras), all = own && !band && s->ras.chosen < 0;
    for (int i = 0; i < SCENE_RASTER_COMPANIONS; i++) {
        int at = own ? ras_find_band(&s->ras, scene_raster_companions[i]) : -1;
        s->companion[i] = at == s->value || (i == SCENE_RASTER_STDDEV && !all) ? -1 : at;
    }
    s->name = band_choice_layer(&s->ras, s->value, s->layer);
    s->wanted = is_asked(layers, s->layer, false) || is_asked(layers, s->name, false);
    if (all)
        take_others(s);
    return MSG_OK;
}

int scene_raster_open(struct scene_raster *s, const char *path, const struct scene_ask *ask)
{
    *s = (struct scene_raster){0};
    int status = ras_open(&s->ras, path);
    if (status != MSG_OK)
        return status;
    status = ras_need_place(&s->ras);
    if (status != MSG_OK) {
        ras_close(&s->ras);
        return status;
    }
    struct scene name;
    scene_parse(&name, s->ras.file);
    const char *layer = ras_tag(&s->ras, "ECO_LAYER");
    if (!layer || !*layer)
        layer = *name.layer ? name.layer : "NA";
    s->layer = mem_text(layer);
    take_time(s, &name.date);
    status = take_bands(s, ask);
    if (status != MSG_OK)
        scene_raster_close(s);
    return status;
}

void scene_raster_close(struct scene_raster *s)
{
    free(s->layer);
    free(s->name);
    free(s->other);
    ras_close(&s->ras);
    *s = (struct scene_raster){0};
}

bool scene_raster_single(const struct scene_raster *s, int band)
{
    const struct ras_band *b = &s->ras.band[band];
    return b->type == RAS_F32 && b->scale == 1 && b->offset == 0;
}

void scene_raster_put_value(const struct scene_raster *s, int band, struct out *o, double v)
{
    if (scene_raster_single(s, band))
        out_float(o, (float)v);
    else
        out_double(o, v);
}
