/* slice: a part of a text, which is not its own. */
#ifndef ECO_BASE_SLICE_H
#define ECO_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *s;
    size_t n;
};

/* Whether it is just that text. */
static inline bool slice_is(struct slice slice, const char *text)
{
    return strlen(text) == slice.n && memcmp(slice.s, text, slice.n) == 0;
}

#endif
