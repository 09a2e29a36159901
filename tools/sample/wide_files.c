/* wide_files: rasters in the order of their times, and their layers. */
#include "wide_files.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_UNKNOWN = -3 };

static size_t layer_of(struct wide_files *w, const char *name)
{
    for (size_t i = 0; i < w->nlayers; i++)
        if (strcmp(w->layer[i], name) == 0)
            return i;
    w->layer = mem_grow(w->layer, &w->layer_cap, w->nlayers + 1, sizeof *w->layer);
    w->form = mem_grow(w->form, &w->form_cap, w->nlayers + 1, sizeof *w->form);
    w->layer[w->nlayers] = mem_text(name);
    w->form[w->nlayers] = FORM_UNKNOWN;
    return w->nlayers++;
}

static size_t layer_of_source(struct wide_files *w, const struct scene_raster *s)
{
    if (strcmp(s->name, "NA") != 0)
        return layer_of(w, s->name);
    const char *base = scene_base(s->ras.path);
    char *name = mem_slice(base, strcspn(base, "."));
    size_t layer = layer_of(w, *name ? name : base);
    free(name);
    return layer;
}

static int survey_one(struct wide_files *w, struct raster_list *sources, const char *path)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path, &sources->ask);
    if (status != MSG_OK)
        return status;
    if (s.wanted)
        status = raster_list_unit(sources, &s);
    if (status == MSG_OK && s.wanted) {
        w->file = mem_grow(w->file, &w->file_cap, w->n + 1, sizeof *w->file);
        struct wide_file *f = &w->file[w->n];
        *f = (struct wide_file){.path = mem_text(path), .order = w->n++, .date = s.date};
        strcpy(f->time, s.time);
        f->layer = layer_of_source(w, &s);
        int form = scene_raster_form(&s, s.value), *known = &w->form[f->layer];
        *known = *known == FORM_UNKNOWN || *known == form ? form : SCENE_DOUBLE;
    }
    scene_raster_close(&s);
    return status;
}

static int by_time(const void *a, const void *b)
{
    const struct wide_file *f = a, *g = b;
    int order = strcmp(f->time, g->time);
    return order ? order : f->order < g->order ? -1 : f->order > g->order;
}

int wide_files_survey(struct wide_files *w, struct raster_list *sources)
{
    int status = MSG_OK;
    struct slice item;
    for (const char *rest = sources->ask.layers; list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        if (*name)
            layer_of(w, name);
        free(name);
    }
    for (size_t i = 0; i < sources->n; i++)
        status = msg_worse(status, survey_one(w, sources, sources->path[i]));
    if (w->n)
        qsort(w->file, w->n, sizeof *w->file, by_time);
    return status;
}

size_t wide_files_moment(const struct wide_files *w, size_t from)
{
    size_t to = from + 1;
    while (to < w->n && strcmp(w->file[to].time, w->file[from].time) == 0)
        to++;
    return to;
}

void wide_files_free(struct wide_files *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->file[i].path);
    for (size_t l = 0; l < w->nlayers; l++)
        free(w->layer[l]);
    free(w->file);
    free(w->layer);
    free(w->form);
    *w = (struct wide_files){0};
}

void wide_clear(const struct stat_list *stats, double *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] = stats->item[i % stats->n].kind == STAT_N ? 0 : NAN;
}

bool wide_is_empty(const struct stat_list *stats, const double *v)
{
    for (size_t i = 0; i < stats->n; i++)
        if (stats->item[i].kind == STAT_N ? v[i] != 0 : !isnan(v[i]))
            return false;
    return true;
}
