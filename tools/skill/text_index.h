/* text_index: a number for each text, from 0 in the order in which they come.
 *
 * A zeroed struct has none; texts are copied and may hold any bytes. */
#ifndef ECO_SKILL_TEXT_INDEX_H
#define ECO_SKILL_TEXT_INDEX_H

#include <stddef.h>

struct text_index {
    struct text_entry {
        char *s; /* NUL behind its n bytes */
        size_t n;
    } * text;
    size_t n;
    size_t *slot, slots, cap, last; /* private */
};

size_t text_index_of(struct text_index *x, const char *s, size_t n);
void text_index_free(struct text_index *x);

#endif
