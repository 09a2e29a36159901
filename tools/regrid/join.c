/* join: which rasters are one input. */
#include "regrid/join.h"
#include "base/buf.h"
#include "base/mem.h"
#include "raster/raster.h"
#include "scene/overpass_key.h"
#include <stdlib.h>
#include <string.h>

struct joined {
    char *path, *name; /* of the output; NULL where the overpass is not known */
    struct scene scene;
};

void join_add(struct join *j, const char *path)
{
    j->raster = mem_grow(j->raster, &j->cap, j->n + 1, sizeof *j->raster);
    struct joined *r = &j->raster[j->n++];
    *r = (struct joined){.path = mem_text(path)};
    char *file = ras_file_of(path, NULL);
    scene_parse(&r->scene, file);
    free(file);
}

static char *name_of(const struct joined *r, const char *key)
{
    struct buf b = {0};
    const struct scene *s = &r->scene;
    const char *band;
    char *file = ras_file_of(r->path, &band);
    buf_puts(&b, s->product);
    if (*s->version)
        buf_printf(&b, ".%s", s->version);
    if (*s->layer)
        buf_printf(&b, "_%s", s->layer);
    buf_printf(&b, "_%s", key);
    if (*s->suffix)
        buf_printf(&b, "_%s", s->suffix);
    if (band)
        buf_putc(&b, '_');
    for (; band && *band; band++)
        buf_putc(&b, *band == '/' ? '_' : *band);
    free(file);
    return b.s;
}

static int compare(const void *a, const void *b)
{
    const struct joined *p = a, *q = b;
    int order = !p->name - !q->name;
    if (!order && p->name)
        order = strcmp(p->name, q->name);
    if (!order)
        order = strcmp(scene_base(p->path), scene_base(q->path));
    return order ? order : strcmp(p->path, q->path);
}

/* Those of one name become one input, where they have any. */
static void gather(struct join *j, bool all)
{
    qsort(j->raster, j->n, sizeof *j->raster, compare);
    j->path = mem_alloc(j->n, sizeof *j->path);
    j->input = mem_alloc(j->n, sizeof *j->input);
    for (size_t i = 0; i < j->n; i++) {
        const struct joined *r = &j->raster[i];
        struct regrid_input *last = j->ninputs ? &j->input[j->ninputs - 1] : NULL;
        bool joins = all || (r->name && last && last->name && !strcmp(last->name, r->name));
        j->path[i] = r->path;
        if (!last || !joins)
            j->input[j->ninputs++] = (struct regrid_input){&j->path[i], 1, r->name};
        else if (strcmp(last->path[last->n - 1], r->path) !=
                 0) /* given twice: there once */
            last->path[last->n++] = r->path;
    }
}

void join_all(struct join *j)
{
    gather(j, true);
}

void join_overpasses(struct join *j)
{
    struct overpass_name *names = mem_alloc(j->n, sizeof *names);
    for (size_t i = 0; i < j->n; i++)
        overpass_name_take(&names[i], &j->raster[i].scene);
    overpass_keys(names, j->n);
    for (size_t i = 0; i < j->n; i++)
        if (strcmp(names[i].key, "NA") != 0)
            j->raster[i].name = name_of(&j->raster[i], names[i].key);
    free(names);
    gather(j, false);
}

void join_free(struct join *j)
{
    for (size_t i = 0; i < j->n; i++) {
        free(j->raster[i].path);
        free(j->raster[i].name);
    }
    free(j->raster);
    free(j->path);
    free(j->input);
    *j = (struct join){0};
}
