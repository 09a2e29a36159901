/* points_wide: the wide form of points: a record a time and point, a column a layer. */
#include "points_wide.h"
#include "base/list.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct file {
    char *path;
    size_t layer, order; /* order: among those given */
    struct date date;
    char time[DATE_TEXT];
};

enum { FORM_UNKNOWN = -3 };

struct wide {
    struct point_rows *p;
    struct file *file;
    size_t nfiles, file_cap;
    char **layer;
    int *form; /* of all values of a layer, or SCENE_DOUBLE */
    size_t nlayers, layer_cap, form_cap;
    double *value; /* of one time: points x layers x statistics */
};

static size_t layer_of(struct wide *w, const char *name)
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

/* A raster that no layer is known of has its file's name for one, without suffix. */
static size_t layer_of_source(struct wide *w, const struct scene_raster *s)
{
    if (strcmp(s->name, "NA") != 0)
        return layer_of(w, s->name);
    const char *base = scene_base(s->ras.path);
    char *name = mem_slice(base, strcspn(base, "."));
    size_t layer = layer_of(w, *name ? name : base);
    free(name);
    return layer;
}

static int survey_one(struct wide *w, const char *path)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path, &w->p->options.ask);
    if (status != MSG_OK)
        return status;
    if (s.wanted)
        status = raster_list_unit(&w->p->sources, &s);
    if (status == MSG_OK && s.wanted) {
        w->file = mem_grow(w->file, &w->file_cap, w->nfiles + 1, sizeof *w->file);
        struct file *f = &w->file[w->nfiles];
        *f = (struct file){.path = mem_text(path), .order = w->nfiles++, .date = s.date};
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
    const struct file *f = a, *g = b;
    int order = strcmp(f->time, g->time);
    return order ? order : f->order < g->order ? -1 : f->order > g->order;
}

/* What there is: layers, and files in the order of their times. */
static int survey(struct wide *w)
{
    int status = MSG_OK;
    struct list_item item;
    for (const char *rest = w->p->options.ask.layers; list_next(&rest, &item);) {
        char *name = mem_slice(item.s, item.n);
        if (*name)
            layer_of(w, name);
        free(name);
    }
    for (size_t i = 0; i < w->p->sources.n; i++)
        status = msg_worse(status, survey_one(w, w->p->sources.path[i]));
    if (w->nfiles)
        qsort(w->file, w->nfiles, sizeof *w->file, by_time);
    return status;
}

static int add_names(struct wide *w)
{
    const struct stat_list *stats = w->p->options.probe.stats;
    int status = point_rows_add_name(w->p, "time", NULL);
    status = msg_worse(status, point_rows_add_name(w->p, "solar_time", NULL));
    for (size_t l = 0; l < w->nlayers; l++)
        for (size_t i = 0; i < stats->n; i++) {
            bool value = stats->item[i].kind == STAT_VALUE;
            status =
                msg_worse(status, point_rows_add_name(w->p, w->layer[l],
                                                      value ? NULL : stats->item[i].name));
        }
    return status;
}

/* Whether a raster said nothing at a point. */
static bool is_empty(const struct stat_list *stats, const double *v)
{
    for (size_t i = 0; i < stats->n; i++)
        if (stats->item[i].kind == STAT_N ? v[i] != 0 : !isnan(v[i]))
            return false;
    return true;
}

/* The values of one file, where the files before it left room. */
static int add_file(struct wide *w, const struct file *f)
{
    const struct stat_list *stats = w->p->options.probe.stats;
    struct scene_raster s;
    int status = scene_raster_open(&s, f->path, &w->p->options.ask);
    if (status != MSG_OK)
        return status;
    status = point_rows_values(w->p, &s, w->p->result);
    for (size_t i = 0; status == MSG_OK && i < w->p->places.n; i++) {
        double *to = w->value + (i * w->nlayers + f->layer) * stats->n;
        if (is_empty(stats, to))
            memcpy(to, w->p->result + i * stats->n, stats->n * sizeof *to);
    }
    scene_raster_close(&s);
    return status;
}

static void put_moment(struct wide *w, const struct file *f)
{
    struct point_rows *p = w->p;
    size_t n = p->options.probe.stats->n;
    struct solar solar;
    solar_init(&solar, &f->date);
    for (size_t i = 0; i < p->places.n; i++) {
        point_rows_put_point(p, i, f->time, &solar);
        for (size_t l = 0; l < w->nlayers; l++)
            point_rows_put_values(p, w->form[l], w->value + (i * w->nlayers + l) * n);
        out_char(p->o, '\n');
    }
}

/* All times at the present points. */
static int put_points(struct wide *w)
{
    const struct stat_list *stats = w->p->options.probe.stats;
    size_t values = w->p->places.n * w->nlayers * stats->n;
    int status = MSG_OK;
    w->p->result = mem_grow(w->p->result, &w->p->result_cap, w->p->places.n * stats->n,
                            sizeof *w->p->result);
    w->value = mem_resize(w->value, values, sizeof *w->value);
    for (size_t from = 0, to; from < w->nfiles; from = to) {
        for (size_t i = 0; i < values; i++)
            w->value[i] = stats->item[i % stats->n].kind == STAT_N ? 0 : NAN;
        for (to = from; to < w->nfiles && strcmp(w->file[to].time, w->file[from].time) == 0;
             to++)
            status = msg_worse(status, add_file(w, &w->file[to]));
        put_moment(w, &w->file[from]);
    }
    return status;
}

int points_wide(struct point_rows *p)
{
    struct wide w = {.p = p};
    int got = point_table_next(&p->places);
    int status = got < 0 ? MSG_INPUT : survey(&w);
    if (got >= 0) {
        int named = add_names(&w);
        status = msg_worse(status, named);
        if (named == MSG_OK)
            point_rows_put_head(p);
        for (; named == MSG_OK && got > 0; got = point_table_next(&p->places)) {
            point_rows_forget(p);
            status = msg_worse(status, put_points(&w));
        }
    }
    for (size_t i = 0; i < w.nfiles; i++)
        free(w.file[i].path);
    for (size_t l = 0; l < w.nlayers; l++)
        free(w.layer[l]);
    free(w.file);
    free(w.layer);
    free(w.form);
    free(w.value);
    return got < 0 ? MSG_INPUT : status;
}
