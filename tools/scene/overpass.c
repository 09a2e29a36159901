/* overpass: rasters of one overpass that say the same places. */
#include "scene/overpass.h"
#include "base/mem.h"
#include "base/msg.h"
#include "scene/overpass_key.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 16 << 20, MOST = 2 << 20 }; /* bytes of all bits, and of a raster's */

static void free_raster(struct overpass_raster *r)
{
    free(r->path);
    free(r->layer);
    free(r->bit);
}

/* Forgets the oldest ones. */
static void make_room(struct overpasses *o, size_t bytes)
{
    size_t gone = 0;
    while (gone < o->n && o->bytes + bytes > KEPT) {
        o->bytes -= o->raster[gone].n / 8 + 1;
        free_raster(&o->raster[gone++]);
    }
    if (gone)
        memmove(o->raster, o->raster + gone, (o->n - gone) * sizeof *o->raster);
    o->n -= gone;
}

void overpasses_begin(struct overpasses *o, const struct scene_raster *s, size_t n)
{
    size_t bytes = n / 8 + 1;
    if (bytes > MOST) {
        n = 0;
        bytes = 1;
    }
    make_room(o, bytes);
    o->raster = mem_grow(o->raster, &o->cap, o->n + 1, sizeof *o->raster);
    o->raster[o->n++] =
        (struct overpass_raster){mem_text(s->ras.path), mem_text(s->layer),  s->date,
                                 s->ras.grid,           mem_alloc(bytes, 1), n};
    o->bytes += bytes;
}

void overpasses_set(struct overpasses *o, size_t place)
{
    if (place < o->raster[o->n - 1].n)
        o->raster[o->n - 1].bit[place / 8] |= (unsigned char)(1u << place % 8);
}

static bool is_one_overpass(const struct overpass_raster *a,
                            const struct overpass_raster *b)
{
    return a->date.has_date && a->date.has_time == b->date.has_time &&
           fabs(date_seconds(&a->date) - date_seconds(&b->date)) <= OVERPASS_APART &&
           a->n == b->n && strcmp(a->layer, b->layer) == 0 &&
           raster_grid_equal(&a->grid, &b->grid);
}

void overpasses_end(struct overpasses *o)
{
    struct overpass_raster *now = &o->raster[o->n - 1];
    unsigned char *before = mem_alloc(now->n / 8 + 1, 1);
    for (size_t i = 0; i + 1 < o->n; i++) {
        bool shares = false;
        if (!is_one_overpass(&o->raster[i], now))
            continue;
        for (size_t k = 0; k < now->n / 8 + 1; k++) {
            before[k] |= o->raster[i].bit[k];
            shares = shares || (o->raster[i].bit[k] & now->bit[k]);
        }
        if (shares && !o->first[0]) {
            o->first[0] = mem_text(o->raster[i].path);
            o->first[1] = mem_text(now->path);
        }
    }
    for (size_t k = 0; k < now->n; k++)
        o->twice += (before[k / 8] & now->bit[k / 8]) >> k % 8 & 1;
    free(before);
}

void overpasses_tell(struct overpasses *o, const char *places)
{
    if (o->twice)
        msg_warn(
            "%zu %s stand in the table more than once, from scenes of one overpass such "
            "as %s and %s",
            o->twice, places, o->first[0], o->first[1]);
    for (size_t i = 0; i < o->n; i++)
        free_raster(&o->raster[i]);
    free(o->raster);
    free(o->first[0]);
    free(o->first[1]);
    *o = (struct overpasses){0};
}
