/* scene_raster: what a raster is a picture of, from its tags and its name. */
#include "scene/scene_raster.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
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

int scene_raster_open(struct scene_raster *s, const char *path)
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
    scene_parse(&name, path);
    const char *layer = ras_tag(&s->ras, "ECO_LAYER");
    if (!layer || !*layer)
        layer = *name.layer ? name.layer : "NA";
    s->layer = mem_text(layer);
    take_time(s, &name.date);
    int mean = ras_find_band(&s->ras, "mean");
    s->value = mean >= 0 ? mean : 0;
    for (int i = 0; i < SCENE_RASTER_COMPANIONS; i++)
        s->companion[i] = ras_find_band(&s->ras, scene_raster_companions[i]);
    return MSG_OK;
}

void scene_raster_close(struct scene_raster *s)
{
    free(s->layer);
    ras_close(&s->ras);
    *s = (struct scene_raster){0};
}

bool scene_raster_among(const char *layers, const char *layer)
{
    struct list_item item;
    bool among = !layers;
    for (const char *rest = layers; list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        among = among || layers_same(layer, name);
        free(name);
    }
    return among;
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
