/* cell_values: weighted values by cell. */
#include "cell_values.h"
#include "base/mem.h"
#include <stdlib.h>
#include <string.h>

void cell_values_put(struct cell_values *b, uint32_t cell, double v, double weight)
{
    if (b->n == b->cap) {
        size_t cap = b->cap;
        b->sample = mem_grow(b->sample, &cap, b->n + 1, sizeof *b->sample);
        b->cell = mem_grow(b->cell, &b->cap, b->n + 1, sizeof *b->cell);
    }
    b->sample[b->n] = (struct stat_sample){v, weight};
    b->cell[b->n++] = cell;
}

void cell_values_reset(struct cell_values *b)
{
    b->n = 0;
}

void cell_values_free(struct cell_values *b)
{
    free(b->sample);
    free(b->cell);
    *b = (struct cell_values){0};
}

void cell_values_sort(struct cell_values *b, uint32_t cells, size_t *first)
{
    struct stat_sample *sorted = mem_resize(NULL, b->cap, sizeof *sorted);
    memset(first, 0, ((size_t)cells + 1) * sizeof *first);
    for (size_t i = 0; i < b->n; i++)
        first[b->cell[i] + 1]++;
    for (uint32_t c = 0; c < cells; c++)
        first[c + 1] += first[c];
    /* Filling moves each beginning to its end, which is the next one's beginning. */
    for (size_t i = 0; i < b->n; i++)
        sorted[first[b->cell[i]]++] = b->sample[i];
    memmove(first + 1, first, (size_t)cells * sizeof *first);
    first[0] = 0;
    free(b->sample);
    b->sample = sorted;
}
