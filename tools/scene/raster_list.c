/* raster_list: the rasters that a tool works on, and the units of their layers. */
#include "scene/raster_list.h"
#include "base/mem.h"
#include "record/writer.h"
#include "scene/layer_paths.h"
#include <stdlib.h>
#include <string.h>

int raster_list_read(struct raster_list *l, struct raster_inputs *paths)
{
    const char *path;
    int status = MSG_OK;
    for (int got; (got = raster_inputs_next(paths, &path)) != 0;) {
        if (got < 0) {
            status = MSG_INPUT;
            continue;
        }
        struct layer_paths inside = {0};
        layer_paths_add(&inside, path, &l->ask, false);
        for (size_t i = 0; i < inside.n; i++) {
            l->path = mem_grow(l->path, &l->cap, l->n + 1, sizeof *l->path);
            l->path[l->n++] = mem_text(inside.path[i]);
        }
        layer_paths_free(&inside);
    }
    return status;
}

static struct rec_pair *unit_of(const struct raster_list *l, const char *layer)
{
    for (size_t i = 0; i < l->nunits; i++)
        if (strcmp(l->unit[i].key, layer) == 0)
            return &l->unit[i];
    return NULL;
}

int raster_list_unit(struct raster_list *l, const struct scene_raster *s)
{
    const char *unit = ras_unit(&s->ras, s->value);
    const struct ras_band *band = &s->ras.band[s->value];
    bool scaled = band->scale != 1 || band->offset != 0;
    if (!unit || !*unit || ((s->flags & RAS_RAW) && scaled)) /* raw numbers have none */
        return MSG_OK;
    const struct rec_pair *known = unit_of(l, s->name);
    if (known && strcmp(known->value, unit) == 0)
        return MSG_OK;
    if (known) {
        msg_error("%s: its unit of %s is %s, where that of rasters before it is %s",
                  s->ras.path, s->name, unit, known->value);
        return MSG_INPUT;
    }
    l->unit = mem_grow(l->unit, &l->unit_cap, l->nunits + 1, sizeof *l->unit);
    l->unit[l->nunits++] = (struct rec_pair){mem_text(s->name), mem_text(unit)};
    return MSG_OK;
}

/* Whether a layer was looked into: so few that a list will do. */
static bool looked_into(char ***layers, size_t *n, size_t *cap, const char *layer)
{
    for (size_t i = 0; i < *n; i++)
        if (strcmp((*layers)[i], layer) == 0)
            return true;
    *layers = mem_grow(*layers, cap, *n + 1, sizeof **layers);
    (*layers)[(*n)++] = mem_text(layer);
    return false;
}

int raster_list_survey(struct raster_list *l)
{
    char **layers = NULL;
    size_t n = 0, cap = 0, kept = 0;
    int status = MSG_OK;
    for (size_t i = 0; i < l->n; i++) {
        struct scene name;
        struct scene_raster s;
        struct scene_inside in;
        /* Bands of one file may have units of their own. */
        bool band = strchr(l->path[i], ':') && !scene_inside(l->path[i], &in);
        bool open = band || !scene_parse(&name, l->path[i]) || !*name.layer ||
                    !looked_into(&layers, &n, &cap, name.layer);
        int opened = open ? scene_raster_open(&s, l->path[i], &l->ask) : MSG_OK;
        if (opened != MSG_OK) {
            status = msg_worse(status, opened);
            free(l->path[i]);
            continue;
        }
        if (open && s.wanted && !unit_of(l, s.name))
            raster_list_unit(l, &s);
        if (open)
            scene_raster_close(&s);
        l->path[kept++] = l->path[i];
    }
    l->n = kept;
    for (size_t i = 0; i < n; i++)
        free(layers[i]);
    free(layers);
    return status;
}

void raster_list_put_units(const struct raster_list *l, struct out *o)
{
    for (size_t i = 0; i < l->nunits; i++) {
        out_puts(o, "##unit.");
        rec_put_escaped(o, l->unit[i].key);
        out_char(o, '=');
        rec_put_escaped(o, l->unit[i].value);
        out_char(o, '\n');
    }
}

void raster_list_free(struct raster_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->path[i]);
    for (size_t i = 0; i < l->nunits; i++) {
        free(l->unit[i].key);
        free(l->unit[i].value);
    }
    free(l->path);
    free(l->unit);
    *l = (struct raster_list){0};
}
