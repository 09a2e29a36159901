/* layer_paths: what a path stands for. */
#include "scene/layer_paths.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "scene/layers.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A year, and what is within it down to where it ends. */
static bool is_time(struct slice t)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    size_t n = t.n && t.s[t.n - 1] == 'Z' ? t.n - 1 : t.n;
    if (n < 4 || n >= sizeof form || (n - 4) % 3 != 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (form[i] == 'd' ? t.s[i] < '0' || t.s[i] > '9' : t.s[i] != form[i])
            return false;
    return true;
}

/* The ends of "A..B", either of which may be missing; both are A of "A". */
static void part_times(struct slice item, struct slice ends[2])
{
    ends[0] = ends[1] = item;
    for (size_t i = 0; i + 1 < item.n; i++)
        if (item.s[i] == '.' && item.s[i + 1] == '.') {
            ends[0].n = i;
            ends[1].s = item.s + i + 2;
            ends[1].n = item.n - i - 2;
            return;
        }
}

static int take_times(void *to, const char *option, const char *text)
{
    struct slice item, ends[2];
    for (const char *rest = text; list_next(&rest, &item);) {
        part_times(item, ends);
        if ((!ends[0].n && !ends[1].n) || (ends[0].n && !is_time(ends[0])) ||
            (ends[1].n && !is_time(ends[1])))
            return msg_usage("%s: not a time such as 2019-05 or 2019-05-01..2019-06: "
                             "\"%.*s\"",
                             option, (int)item.n, item.s);
    }
    *(const char **)to = text;
    return MSG_OK;
}

struct option_row layer_paths_time_row(struct scene_ask *ask)
{
    return (struct option_row)OPTION_CALL(
        "time", "T[..T],...", take_times, &ask->times,
        "of the time axis of netCDF: 2019-05, 2019-05-01..2019-06");
}

void layer_paths_options(struct options *o, struct scene_ask *ask, const char *help)
{
    const struct option_row rows[] = {
        OPTION_TEXT("layer", "L,...", &ask->layers, help),
        layer_paths_time_row(ask),
        OPTION_END,
    };
    options_add(o, rows, 0);
}

bool layer_paths_wants(const char *times, const char *time)
{
    struct slice item, ends[2];
    if (!times)
        return true;
    for (const char *rest = times; time && list_next(&rest, &item);) {
        part_times(item, ends);
        /* What a shorter time begins is within it. */
        if ((!ends[0].n || strncmp(time, ends[0].s, ends[0].n) >= 0) &&
            (!ends[1].n || strncmp(time, ends[1].s, ends[1].n) <= 0))
            return true;
    }
    return false;
}

int layer_paths_find(const struct ras_layers *l, const char *name, size_t n)
{
    char *asked = mem_slice(name, n);
    const char *last = strrchr(asked, '/');
    int found = -1;
    for (size_t i = 0; i < l->n && found < 0; i++)
        if (strcmp(l->layer[i].name, asked) == 0 ||
            (*l->layer[i].name == '/' &&
             strcmp(l->layer[i].name, asked + strspn(asked, "/") - (*asked == '/')) == 0))
            found = (int)i;
    for (size_t i = 0; i < l->n && found < 0; i++)
        if (layers_same(l->layer[i].name, last ? last + 1 : asked))
            found = (int)i;
    free(asked);
    return found;
}

static void add(struct layer_paths *l, const char *path, const char *time)
{
    size_t cap = l->cap;
    l->path = mem_grow(l->path, &l->cap, l->n + 1, sizeof *l->path);
    l->time = mem_grow(l->time, &cap, l->n + 1, sizeof *l->time);
    l->path[l->n] = mem_text(path);
    l->time[l->n++] = mem_text(time);
}

/* The times of a layer, which `path` names. */
static void add_times(struct layer_paths *l, const char *path,
                      const struct ras_layer *layer, const struct scene_ask *ask)
{
    size_t before = l->n;
    bool timed = !ask->band;
    if (ask->times && layer->untold) {
        msg_warn("%s: its times cannot be told, so none of it is taken for %s", path,
                 ask->times);
        return;
    }
    for (int b = 0; timed && b < layer->nbands; b++)
        timed = layer->time[b] != NULL;
    if (!timed || layer->nbands == 1) {
        const char *time = timed ? layer->time[0] : NULL;
        if (!time || layer_paths_wants(ask->times, time))
            add(l, path, time);
    }
    for (int b = 0; timed && layer->nbands > 1 && b < layer->nbands; b++) {
        if (!layer_paths_wants(ask->times, layer->time[b]))
            continue;
        struct buf step = {0};
        buf_printf(&step, "%s:%s", path, layer->band[b]);
        add(l, step.s, layer->time[b]);
        buf_free(&step);
    }
    if (l->n == before)
        msg_warn("%s: none of its times is within %s", path, ask->times);
}

static void add_layer(struct layer_paths *l, const char *path,
                      const struct ras_layer *layer, const struct scene_ask *ask)
{
    struct buf b = {0};
    buf_printf(&b, "%s:%s", path, layer->name);
    add_times(l, b.s, layer, ask);
    buf_free(&b);
}

/* A file that names no layer. */
static void add_layers(struct layer_paths *l, const char *path, const struct scene_ask *ask,
                       const struct ras_layers *inside, bool all)
{
    struct slice item;
    if (!ask->layers && inside->n > 1 && !all)
        add(l, path, NULL);
    for (size_t i = 0; !ask->layers && i < inside->n && (inside->n == 1 || all); i++) {
        if (inside->layer[i].nbands == 1 && !all)
            add_times(l, path, &inside->layer[i], ask);
        else
            add_layer(l, path, &inside->layer[i], ask);
    }
    for (const char *rest = ask->layers; rest && list_next(&rest, &item);) {
        int found = layer_paths_find(inside, item.s, item.n);
        struct buf b = {0};
        buf_printf(&b, "%s:%.*s", path, (int)item.n, item.s);
        if (found >= 0)
            add_layer(l, path, &inside->layer[found], ask);
        else
            add(l, b.s, NULL);
        buf_free(&b);
    }
}

/* Names that are of no such file, without a look into each of a hundred thousand. */
static bool is_tiff(const char *path)
{
    size_t n = strlen(path);
    return (n > 4 && strcasecmp(path + n - 4, ".tif") == 0) ||
           (n > 5 && strcasecmp(path + n - 5, ".tiff") == 0);
}

void layer_paths_add(struct layer_paths *l, const char *path, const struct scene_ask *ask,
                     bool all)
{
    struct ras_layers inside;
    struct msg_kept said = {.silent = true};
    enum ras_layers_named named = is_tiff(path) ? RAS_LAYERS_NONE : ras_layers_named(path);
    if (named == RAS_LAYERS_NONE) {
        add(l, path, NULL);
        return;
    }
    msg_keep(&said);
    int status = ras_layers_read(&inside, path);
    msg_release(&said);
    l->unread = l->unread || status != MSG_OK;
    if (status != MSG_OK || !inside.n)
        add(l, path, NULL);
    else if (named == RAS_LAYERS_ALL)
        add_layers(l, path, ask, &inside, all);
    else
        add_times(l, path, &inside.layer[0], ask);
    ras_layers_free(&inside);
}

char *layer_paths_one(const char *path, const struct scene_ask *ask)
{
    struct layer_paths all = {0};
    struct scene_ask one = *ask;
    if (!one.times && !one.band)
        one.band = ""; /* times stay bands */
    layer_paths_add(&all, path, &one, false);
    char *found = all.n == 1 ? mem_text(all.path[0]) : NULL;
    if (all.n > 1)
        msg_error(
            "%s: %zu rasters of it are asked for, such as %s and %s, where one is taken",
            path, all.n, all.path[0], all.path[1]);
    else if (!found)
        msg_error("%s: nothing of it is what is asked for", path);
    layer_paths_free(&all);
    return found;
}

void layer_paths_free(struct layer_paths *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->path[i]);
        free(l->time[i]);
    }
    free(l->path);
    free(l->time);
    *l = (struct layer_paths){0};
}
