/* polygon: an area in a plane, as closed rings under the even-odd rule.
 *
 * A ring's last point joins its first and is not repeated. Rings of one area do not
 * cross, so that holes are rings inside of rings. */
#ifndef ECO_GEO_POLYGON_H
#define ECO_GEO_POLYGON_H

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

#endif
