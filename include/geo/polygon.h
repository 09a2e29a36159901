/* polygon: an area in a plane, as closed rings under the even-odd rule.
 *
 * A ring's last point joins its first and is not repeated. Rings of one area do not
 * cross, so that holes are rings inside of rings. */
#ifndef ECO_GEO_POLYGON_H
#define ECO_GEO_POLYGON_H

#include "geo/crs.h"
#include <stdbool.h>
#include <stddef.h>

struct poly {
    double *x, *y; /* all points, ring after ring */
    size_t npoints, cap;
    size_t *ring; /* where each ring begins; nrings + 1 entries */
    size_t nrings, ring_cap;
};

void poly_free(struct poly *p);
void poly_copy(struct poly *to, const struct poly *from);

/* Begins a ring; adds a point to the last ring. */
void poly_ring(struct poly *p);
void poly_point(struct poly *p, double x, double y);

/* x0, y0, x1, y1: the smallest and the largest coordinates. */
void poly_bounds(const struct poly *p, double bounds[4]);

/* Signed by the direction of the outer rings; holes count against it only when
 * they run the other way (as poly_orient leaves them). */
double poly_area(const struct poly *p);
void poly_centroid(const struct poly *p, double *x, double *y);

/* Turns outer rings counter-clockwise and holes clockwise, by how deep they lie. */
void poly_orient(struct poly *p);

/* The area in another CRS. Edges are straight in the CRS they come from: points are
 * put in until the new edges follow them to within `tolerance` (in the new plane).
 * MSG_INPUT, untold, when a point does not transform. */
int poly_transform(struct poly *to, const struct poly *from, struct crs_transform *map,
                   double tolerance);

/* Many tests against one area. A point on an edge belongs to the area above it (the
 * larger y), or to its right. */
struct poly_index;
struct poly_index *poly_index_open(const struct poly *p);
bool poly_index_contains(const struct poly_index *i, double x, double y);

/* The same of n points of one y, all at once: 1 inside, else 0. */
void poly_index_row(const struct poly_index *i, const double *x, double y, int n,
                    unsigned char *inside);
void poly_index_close(struct poly_index *i);

#endif
