/* crs_batches: operations from many CRSs to one, found by the CRS's text. */
#include "crs_batches.h"
#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4 * CRS_BATCHES_MOST };

void crs_batches_open(struct crs_batches *s, const struct crs *to, const double *area,
                      unsigned flags, bool want_z, bool want_t)
{
    *s = (struct crs_batches){
        .to = to, .area = area, .flags = flags, .want = {true, true, want_z, want_t}};
}

void crs_batches_close(struct crs_batches *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct crs_batch *g = s->group[i];
        for (int axis = 0; axis < 4; axis++)
            free(g->v[axis]);
        crs_transform_close(g->map);
        crs_free(g->from);
        free(g);
        s->group[i] = NULL;
    }
    s->n = 0;
    memset(s->slot, 0, sizeof s->slot);
}

/* The slot that holds this text, or the free one where it belongs. */
static size_t slot_of(const struct crs_batches *s, const char *from, size_t n)
{
    size_t hash = 2166136261U;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)from[i]) * 16777619U;
    for (size_t i = hash % SLOTS;; i = (i + 1) % SLOTS) {
        if (!s->slot[i])
            return i;
        const char *known = crs_text(s->group[s->slot[i] - 1]->from);
        if (strncmp(known, from, n) == 0 && !known[n])
            return i;
    }
}

struct crs_batch *crs_batches_find(const struct crs_batches *s, const char *from, size_t n)
{
    unsigned short found = s->slot[slot_of(s, from, n)];
    return found ? s->group[found - 1] : NULL;
}

struct crs_batch *crs_batches_add(struct crs_batches *s, const char *from, size_t n,
                                  const char *what)
{
    struct crs_batch *g = mem_alloc(1, sizeof *g);
    char *text = mem_slice(from, n);
    g->from = crs_new(text);
    free(text);
    crs_transform_open_as(&g->map, g->from, s->to, s->area, s->flags, what);
    size_t slot = slot_of(s, from, n);
    s->group[s->n++] = g;
    s->slot[slot] = (unsigned short)s->n;
    return g;
}

size_t crs_batches_point(struct crs_batches *s, struct crs_batch *g, const double v[4])
{
    if (g->n == g->cap) {
        size_t cap = g->cap ? 2 * g->cap : 64;
        for (int axis = 0; axis < 4; axis++)
            if (s->want[axis])
                g->v[axis] = mem_resize(g->v[axis], cap, sizeof(double));
        g->cap = cap;
    }
    g->v[0][g->n] = v[0];
    g->v[1][g->n] = v[1];
    if (s->want[2])
        g->v[2][g->n] = v[2];
    if (s->want[3])
        g->v[3][g->n] = v[3];
    return g->n++;
}

void crs_batches_forward(struct crs_batches *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct crs_batch *g = s->group[i];
        if (g->n)
            crs_forward_zt(g->map, g->v[0], g->v[1], g->v[2], g->v[3], g->n);
    }
}

void crs_batches_empty(struct crs_batches *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->group[i]->n = 0;
}
