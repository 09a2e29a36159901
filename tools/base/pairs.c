/* pairs: what was observed and what a model has for it. */
#include "base/pairs.h"
#include "base/mem.h"
#include <stdlib.h>

void pairs_grow(struct pairs *p, bool weights, bool blocks)
{
    if (p->n < p->cap)
        return;
    p->o = mem_grow(p->o, &p->cap, p->n + 1, sizeof *p->o);
    p->s = mem_resize(p->s, p->cap, sizeof *p->s);
    if (weights)
        p->w = mem_resize(p->w, p->cap, sizeof *p->w);
    if (blocks)
        p->block = mem_resize(p->block, p->cap, sizeof *p->block);
}

void pairs_free(struct pairs *p)
{
    free(p->o);
    free(p->s);
    free(p->w);
    free(p->block);
    *p = (struct pairs){0};
}
