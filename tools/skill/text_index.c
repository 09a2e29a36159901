/* text_index: a number for each text. */
#include "text_index.h"
#include "base/mem.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool is(const struct text_entry *e, const char *s, size_t n)
{
    return e->n == n && memcmp(e->s, s, n) == 0;
}

/* The slot that a text has or would get: its number + 1, or 0. The table is never full. */
static size_t *slot_of(const struct text_index *x, const char *s, size_t n)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)s[i]) * 1099511628211u;
    size_t k = (size_t)hash & (x->slots - 1);
    while (x->slot[k] && !is(&x->text[x->slot[k] - 1], s, n))
        k = (k + 1) & (x->slots - 1);
    return &x->slot[k];
}

static void grow(struct text_index *x)
{
    free(x->slot);
    x->slots = x->slots ? 2 * x->slots : 64;
    x->slot = mem_alloc(x->slots, sizeof *x->slot);
    for (size_t i = 0; i < x->n; i++)
        *slot_of(x, x->text[i].s, x->text[i].n) = i + 1;
}

size_t text_index_of(struct text_index *x, const char *s, size_t n)
{
    /* Records come sorted more often than not. */
    if (x->n && is(&x->text[x->last], s, n))
        return x->last;
    if (2 * (x->n + 1) > x->slots)
        grow(x);
    size_t *slot = slot_of(x, s, n);
    if (!*slot) {
        x->text = mem_grow(x->text, &x->cap, x->n + 1, sizeof *x->text);
        x->text[x->n] = (struct text_entry){mem_slice(s, n), n};
        *slot = ++x->n;
    }
    return x->last = *slot - 1;
}

void text_index_free(struct text_index *x)
{
    for (size_t i = 0; i < x->n; i++)
        free(x->text[i].s);
    free(x->text);
    free(x->slot);
    *x = (struct text_index){0};
}
