/* cell_values: weighted values by cell, for statistics that need them all at once.
 *
 * Values are put in any order of cells and come out cell by cell, in the order in which
 * they were put. */
#ifndef ECO_REGRID_CELL_VALUES_H
#define ECO_REGRID_CELL_VALUES_H

#include "base/stats.h"
#include <stdint.h>

struct cell_values {
    struct stat_sample *sample;
    uint32_t *cell;
    size_t n, cap;
};

void cell_values_put(struct cell_values *b, uint32_t cell, double v, double weight);
void cell_values_reset(struct cell_values *b);
void cell_values_free(struct cell_values *b);

/* Sorts the items by cell: first[c] to first[c + 1] are those of cell c. first has
 * cells + 1 entries. Afterwards the bag is to be reset. */
void cell_values_sort(struct cell_values *b, uint32_t cells, size_t *first);

/* Bytes that an item takes, sorting included. */
enum { CELL_VALUES_ITEM_BYTES = 2 * sizeof(struct stat_sample) + sizeof(uint32_t) };

#endif
