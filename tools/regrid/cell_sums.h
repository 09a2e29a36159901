/* bag: weighted values by cell, for statistics that need them all at once.
 *
 * Values are put in any order of cells and come out cell by cell, in the order in which
 * they were put. */
#ifndef ECO_BAG_H
#define ECO_BAG_H

#include "base/stats.h"
#include <stdint.h>

struct bag {
    struct stat_sample *sample;
    uint32_t *cell;
    size_t n, cap;
};

void bag_put(struct bag *b, uint32_t cell, double v, double weight);
void bag_reset(struct bag *b);
void bag_free(struct bag *b);

/* Sorts the items by cell: first[c] to first[c + 1] are those of cell c. first has
 * cells + 1 entries. Afterwards the bag is to be reset. */
void bag_sort(struct bag *b, uint32_t cells, size_t *first);

/* Bytes that an item takes, sorting included. */
enum { BAG_ITEM_BYTES = 2 * sizeof(struct stat_sample) + sizeof(uint32_t) };

#endif
