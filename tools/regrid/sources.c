/* sources: the rasters of one input, by their lattices of pixels. */
#include "sources.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "scene/band_choice.h"
#include "scene/scene_raster.h"
#include <stdlib.h>

static int open_source(struct source *s, const char *path, const struct sources_ask *ask,
                       bool joins)
{
    struct scene scene;
    s->path = path;
    int status = ras_open(&s->ras, path);
    if (status != MSG_OK)
        return status;
    status = band_choose(&s->ras, ask->band, &s->part.band);
    if (status == MSG_OK && !joins) { /* swaths are taken one by one */
        scene_of_raster(&scene, &s->ras, s->part.band);
        status = geolocation_attach(&s->ras, &scene, ask->geolocation);
    }
    if (status == MSG_OK && joins)
        status = ras_need_place(&s->ras);
    if (status != MSG_OK) {
        ras_close(&s->ras);
        return status;
    }
    s->part.ras = &s->ras;
    s->is_open = true;
    return MSG_OK;
}

/* What the first in time of those that are open is a scene of. */
static void find_scene(struct sources *s)
{
    bool any = false;
    for (size_t i = 0; i < s->n; i++) {
        struct scene scene;
        if (!s->source[i].is_open)
            continue;
        scene_of_raster(&scene, &s->source[i].ras, s->source[i].part.band);
        if (!any || date_seconds(&scene.date) < date_seconds(&s->scene.date))
            s->scene = scene;
        any = true;
    }
}

int sources_open(struct sources *s, const struct regrid_input *in,
                 const struct sources_ask *ask)
{
    int status = MSG_OK;
    s->source = mem_alloc(in->n, sizeof *s->source);
    s->n = in->n;
    s->nopen = 0;
    for (size_t i = 0; i < in->n && status != MSG_SYSTEM; i++) {
        int opened = open_source(&s->source[i], in->path[i], ask, in->n > 1);
        s->nopen += opened == MSG_OK;
        status = msg_worse(status, opened);
    }
    find_scene(s);
    return status == MSG_SYSTEM || !s->nopen ? status : MSG_OK;
}

/* Turns a reader to the rasters that fit the first that is in none; marks them. */
static int turn_reader(struct sources *s, struct masked_reader *r, bool *taken,
                       size_t memory)
{
    struct mosaic_part *part = mem_alloc(s->n, sizeof *part);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct source *own = &s->source[i];
        if (taken[i] || !own->is_open || (n && !mosaic_fits(&part[0], &own->part)))
            continue;
        taken[i] = true;
        part[n++] = own->part;
    }
    int status = masked_reader_find(r, part[0].ras->path, &s->scene.date);
    if (status == MSG_OK)
        status = masked_reader_open_parts(r, part, n, memory / s->nopen * n);
    free(part);
    return status;
}

int sources_turn(struct sources *s, const struct mask_options *options,
                 const struct grid *grid, unsigned flags, size_t memory)
{
    bool *taken = mem_alloc(s->n, sizeof *taken);
    int status = MSG_OK;
    s->nreaders = 0;
    for (size_t i = 0; i < s->n && status == MSG_OK; i++) {
        if (taken[i] || !s->source[i].is_open)
            continue;
        size_t cap = s->cap;
        s->reader = mem_grow(s->reader, &s->cap, s->nreaders + 1, sizeof *s->reader);
        for (; cap < s->cap; cap++)
            s->reader[cap] = (struct masked_reader){0};
        struct masked_reader *r = &s->reader[s->nreaders++];
        r->options = options;
        r->grid = grid;
        r->flags = flags;
        r->failed = MASKED_READER_NONE;
        status = turn_reader(s, r, taken, memory);
    }
    free(taken);
    return status;
}

bool sources_leave_out(struct sources *s, const struct sources_ask *ask)
{
    const struct ras *bad = NULL;
    for (size_t i = 0; i < s->nreaders; i++)
        if (s->reader[i].failed != MASKED_READER_NONE)
            bad = s->reader[i].part[s->reader[i].failed].lies.ras;
    sources_turn_away(s);
    if (!bad || s->nopen == 1)
        return false;
    s->nopen = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct source *own = &s->source[i];
        bool again = own->is_open && &own->ras != bad;
        if (own->is_open)
            ras_close(&own->ras);
        own->is_open = false;
        /* Anew: those that were wound lie elsewhere than in their files. */
        s->nopen += again && open_source(own, own->path, ask, true) == MSG_OK;
    }
    find_scene(s);
    return s->nopen > 0;
}

size_t sources_missing(const struct sources *s)
{
    return s->n - s->nopen;
}

void sources_names(const struct sources *s, bool open, struct buf *b)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct ras *r = &s->source[i].ras;
        if (s->source[i].is_open != open)
            continue;
        buf_puts(b, b->n ? ", " : "");
        if (open && r->layer)
            buf_printf(b, "%s:%s%s%s", scene_base(r->disk), r->layer, r->part ? ":" : "",
                       r->part ? r->part : "");
        else
            buf_puts(b, scene_base(s->source[i].path));
    }
}

void sources_turn_away(struct sources *s)
{
    for (size_t i = 0; i < s->nreaders; i++)
        masked_reader_close(&s->reader[i]);
    s->nreaders = 0;
}

void sources_close(struct sources *s)
{
    sources_turn_away(s);
    for (size_t i = 0; i < s->n; i++)
        if (s->source[i].is_open)
            ras_close(&s->source[i].ras);
    free(s->source);
    s->source = NULL;
    s->n = s->nopen = 0;
}

void sources_free(struct sources *s)
{
    sources_close(s);
    for (size_t i = 0; i < s->cap; i++)
        masked_reader_free(&s->reader[i]);
    free(s->reader);
    *s = (struct sources){0};
}
