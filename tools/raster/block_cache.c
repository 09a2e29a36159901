/* block_cache: keeping decoded blocks. */
#include "block_cache.h"
#include "base/mem.h"
#include "base/msg.h"
#include <stdint.h>
#include <stdlib.h>

/* A slot is in a chain of its hash and in the list of use, by numbers (-1: none). */
struct slot {
    struct block block;
    int band, bx, by;
    int next;         /* in its chain */
    int newer, older; /* in the list */
};

struct block_cache {
    struct slot *slot;
    int *chain;
    int nslots, used, nchains;
    int newest, oldest;
    size_t pixels, bytes;
    bool masked;
};

struct block_cache *block_cache_open(const struct block_layout *layout, size_t limit)
{
    struct block_cache *c = mem_alloc(1, sizeof *c);
    c->pixels = layout->pixels;
    c->bytes = c->pixels * (size_t)layout->sample_bytes;
    c->masked = layout->masked;
    size_t each =
        c->bytes + (c->masked ? c->pixels : 0) + sizeof *c->slot + 2 * sizeof *c->chain;
    size_t n = limit / each;
    n = n > layout->blocks ? layout->blocks : n;
    c->nslots = n < 1 ? 1 : n > INT32_MAX / 4 ? INT32_MAX / 4 : (int)n;
    c->nchains = 2 * c->nslots + 1;
    c->slot = mem_alloc((size_t)c->nslots, sizeof *c->slot);
    c->chain = mem_alloc((size_t)c->nchains, sizeof *c->chain);
    for (int i = 0; i < c->nchains; i++)
        c->chain[i] = -1;
    c->newest = c->oldest = -1;
    return c;
}

void block_cache_close(struct block_cache *c)
{
    if (!c)
        return;
    for (int i = 0; i < c->used; i++) {
        free(c->slot[i].block.samples);
        free(c->slot[i].block.valid);
    }
    free(c->slot);
    free(c->chain);
    free(c);
}

static int *chain_of(struct block_cache *c, int band, int bx, int by)
{
    uint64_t h = ((uint64_t)(uint32_t)by * 0x9E3779B97F4A7C15u) ^
                 ((uint64_t)(uint32_t)bx * 0xC2B2AE3D27D4EB4Fu) ^
                 ((uint64_t)(uint32_t)band << 7);
    return &c->chain[(h ^ (h >> 29)) % (uint64_t)c->nchains];
}

static void unlist(struct block_cache *c, int i)
{
    struct slot *s = &c->slot[i];
    if (s->newer >= 0)
        c->slot[s->newer].older = s->older;
    else
        c->newest = s->older;
    if (s->older >= 0)
        c->slot[s->older].newer = s->newer;
    else
        c->oldest = s->newer;
}

static void list_newest(struct block_cache *c, int i)
{
    c->slot[i].newer = -1;
    c->slot[i].older = c->newest;
    if (c->newest >= 0)
        c->slot[c->newest].newer = i;
    else
        c->oldest = i;
    c->newest = i;
}

static void unchain(struct block_cache *c, int i)
{
    int *link = chain_of(c, c->slot[i].band, c->slot[i].bx, c->slot[i].by);
    while (*link >= 0 && *link != i)
        link = &c->slot[*link].next;
    if (*link == i)
        *link = c->slot[i].next;
}

/* A slot to fill: a new one, or the one that was used longest ago. */
static int free_slot(struct block_cache *c)
{
    if (c->used < c->nslots) {
        int i = c->used++;
        c->slot[i].block.samples = mem_resize(NULL, c->bytes, 1);
        c->slot[i].block.valid = c->masked ? mem_resize(NULL, c->pixels, 1) : NULL;
        return i;
    }
    int i = c->oldest;
    unlist(c, i);
    unchain(c, i);
    return i;
}

int block_cache_block(struct block_cache *c, int band, int bx, int by, block_read *read,
                      void *user, const struct block **block)
{
    int *chain = chain_of(c, band, bx, by);
    for (int i = *chain; i >= 0; i = c->slot[i].next) {
        struct slot *s = &c->slot[i];
        if (s->band != band || s->bx != bx || s->by != by)
            continue;
        if (c->newest != i) {
            unlist(c, i);
            list_newest(c, i);
        }
        *block = &s->block;
        return MSG_OK;
    }
    int i = free_slot(c);
    struct slot *s = &c->slot[i];
    int status = read(user, band, bx, by, s->block.samples, s->block.valid);
    /* A block that failed is listed under a name that nobody asks for. */
    s->band = status == MSG_OK ? band : -1;
    s->bx = bx;
    s->by = by;
    chain = chain_of(c, s->band, bx, by);
    s->next = *chain;
    *chain = i;
    list_newest(c, i);
    *block = &s->block;
    return status;
}
