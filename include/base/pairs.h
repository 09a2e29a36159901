/* pairs: what was observed and what a model has for it, both present, with weights. */
#ifndef ECO_BASE_PAIRS_H
#define ECO_BASE_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed struct has no pairs; its owner calls pairs_free. */
struct pairs {
    double *o, *s;   /* observed, simulated; finite */
    double *w;       /* weights above 0, or NULL: all are 1 */
    uint32_t *block; /* which block a pair belongs to, or NULL */
    size_t n;
    size_t dropped; /* records that gave no pair */
    size_t cap;     /* private */
};

/* Makes room for one more pair; w and block are kept where they are wanted. */
void pairs_grow(struct pairs *p, bool weights, bool blocks);
void pairs_free(struct pairs *p);

#endif
