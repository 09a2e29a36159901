/* polygon_index: many tests whether points are in one area.
 *
 * A point on an edge belongs to the area above it (the larger y), or to its right; one that
 * only rounding keeps from it, by 1e-13 of its coordinates, is on it. */
#ifndef ECO_GEO_POLYGON_INDEX_H
#define ECO_GEO_POLYGON_INDEX_H

#include "geo/polygon.h"

struct poly_index;
struct poly_index *poly_index_open(const struct poly *p); /* borrows p */
bool poly_index_contains(const struct poly_index *i, double x, double y);

/* The same of n points of one y, all at once: 1 inside, else 0. */
void poly_index_row(const struct poly_index *i, const double *x, double y, int n,
                    unsigned char *inside);
void poly_index_close(struct poly_index *i);

#endif
