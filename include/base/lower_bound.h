/* lower_bound: binary search. */
#ifndef ECO_BASE_LOWER_BOUND_H
#define ECO_BASE_LOWER_BOUND_H

#include <stdbool.h>
#include <stddef.h>

/* The first of n sorted items, of so many bytes each, that does not come before a key; n
 * when all do. The key is what is_before knows it to be. */
static inline size_t lower_bound(const void *items, size_t n, size_t bytes, const void *key,
                                 bool (*is_before)(const void *item, const void *key))
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_before((const char *)items + middle * bytes, key))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
