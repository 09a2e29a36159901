/* scene_raster: what a raster is a picture of, from its tags and its name. */
#include "scene/scene_raster.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "scene/band_choice.h"
#include "scene/geolocation.h"
#include "scene/layers.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const scene_raster_companions[SCENE_RASTER_COMPANIONS] = {"coverage", "n",
                                                                      "stddev"};

/* What ECOSTRESS files say themselves, where the name says nothing. */
static void take_inside(struct scene *s, const struct ras *r)
{
    const char *date = ras_tag(r, "RangeBeginningDate"),
               *time = ras_tag(r, "RangeBeginningTime"),
               *orbit = ras_tag(r, "StartOrbitNumber"), *scene = ras_tag(r, "SceneID"),
               *product = ras_tag(r, "ShortName");
    struct buf b = {0};
    if (!date || s->known)
        return;
    buf_printf(&b, "%s%s%.8s", date, time ? "T" : "", time ? time : "");
    date_parse(&s->date, b.s, b.n);
    buf_free(&b);
    snprintf(s->orbit, sizeof s->orbit, "%s", orbit ? orbit : "");
    snprintf(s->scene, sizeof s->scene, "%s", scene ? scene : "");
    snprintf(s->product, sizeof s->product, "%s", product ? product : "");
}

void scene_of_raster(struct scene *s, const struct ras *r, int band)
{
    scene_parse(s, r->file);
    const char *layer = ras_tag(r, "ECO_LAYER"), *time = ras_tag(r, "ECO_TIME"),
               *of_band = r->band[band].time;
    take_inside(s, r);
    if (!layer || !*layer)
        layer = r->layer;
    if (layer)
        snprintf(s->layer, sizeof s->layer, "%s", layer);
    if (of_band)
        time = of_band;
    struct date date;
    if (time && date_parse(&date, time, strlen(time)))
        s->date = date;
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
    struct slice item;
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
    s->flags = (ask && ask->raw) || layers_are_flags(s->layer) ? RAS_RAW : 0;
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
    struct scene scene;
    scene_of_raster(&scene, &s->ras, 0);
    if (ask && ask->geolocation)
        status = geolocation_attach(&s->ras, &scene, ask->geolocation);
    if (status == MSG_OK)
        status = ras_need_place(&s->ras);
    if (status != MSG_OK) {
        ras_close(&s->ras);
        return status;
    }
    s->layer = mem_text(*scene.layer ? scene.layer : "NA");
    status = take_bands(s, ask);
    if (status != MSG_OK) {
        scene_raster_close(s);
        return status;
    }
    scene_of_raster(&scene, &s->ras, s->value);
    s->date = scene.date;
    date_text(&s->date, s->time);
    return MSG_OK;
}

int scene_raster_unwanted(const struct scene_raster *s, const struct scene_ask *ask)
{
    msg_error("%s: it is of the layer %s, not of %s", s->ras.path, s->layer, ask->layers);
    return MSG_INPUT;
}

void scene_raster_close(struct scene_raster *s)
{
    free(s->layer);
    free(s->name);
    free(s->other);
    ras_close(&s->ras);
    *s = (struct scene_raster){0};
}

/* The digits behind the point of a number's shortest text. */
static int decimals_of(double v)
{
    char s[NUM_MAX + 1];
    s[num_double(s, v)] = '\0';
    const char *point = strchr(s, '.'), *e = strchr(s, 'e');
    int digits = point ? (int)strspn(point + 1, "0123456789") : 0;
    long long power = 0;
    if (e)
        num_parse_long(e + 1, strlen(e + 1), &power);
    return digits - (int)power;
}

enum { MOST_DECIMALS = 12 }; /* more are no decimal scale, but a ratio */

int scene_raster_form(const struct scene_raster *s, int band)
{
    const struct ras_band *b = &s->ras.band[band];
    bool scaled = !(s->flags & RAS_RAW) && (b->scale != 1 || b->offset != 0);
    double least, most;
    if (!scaled)
        return b->type == RAS_F32 ? SCENE_FLOAT : SCENE_DOUBLE;
    int scale = decimals_of(b->scale), offset = decimals_of(b->offset);
    int digits = scale > offset ? scale : offset;
    return ras_type_range(b->type, &least, &most) && digits >= 0 && digits <= MOST_DECIMALS
               ? digits
               : SCENE_DOUBLE;
}

void scene_put_value(struct out *o, int form, double v)
{
    if (form == SCENE_FLOAT) {
        out_float(o, (float)v);
        return;
    }
    double ten = form > 0 ? pow(10, form) : 1;
    /* Both exact, so that the quotient is the double that is nearest to the decimal. */
    if (form > 0 && fabs(v * ten) < 0x1p53)
        v = rint(v * ten) / ten;
    out_double(o, v);
}
