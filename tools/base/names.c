/* names: a table of names, open to the next free slot. */
#include "base/names.h"
#include "base/mem.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The slot that a name has or would get; the table is never full. */
static struct names_entry *slot_of(const struct names *s, const char *name)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *c = name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    size_t k = (size_t)hash & (s->slots - 1);
    while (s->entry[k].name && strcmp(s->entry[k].name, name) != 0)
        k = (k + 1) & (s->slots - 1);
    return &s->entry[k];
}

const char *names_owner(const struct names *s, const char *name)
{
    return s->n ? slot_of(s, name)->owner : NULL;
}

static void grow(struct names *s)
{
    struct names old = *s;
    s->slots = old.slots ? 2 * old.slots : 64;
    s->entry = mem_alloc(s->slots, sizeof *s->entry);
    for (size_t k = 0; k < old.slots; k++)
        if (old.entry[k].name)
            *slot_of(s, old.entry[k].name) = old.entry[k];
    free(old.entry);
}

void names_take(struct names *s, const char *name, const char *owner)
{
    if (2 * (s->n + 1) > s->slots)
        grow(s);
    struct names_entry *e = slot_of(s, name);
    e->name = mem_text(name);
    e->owner = mem_text(owner);
    s->n++;
}

void names_free(struct names *s)
{
    for (size_t k = 0; k < s->slots; k++) {
        free(s->entry[k].name);
        free(s->entry[k].owner);
    }
    free(s->entry);
    *s = (struct names){0};
}
