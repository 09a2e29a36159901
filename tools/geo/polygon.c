/* polygon: areas in a plane. */
#include "geo/polygon.h"
#include "base/mem.h"
#include "polygon_edge.h"
#include <math.h>
#include <stdlib.h>

void poly_free(struct poly *p)
{
    free(p->x);
    free(p->y);
    free(p->ring);
    *p = (struct poly){0};
}

void poly_copy(struct poly *to, const struct poly *from)
{
    *to = (struct poly){0};
    for (size_t r = 0; r < from->nrings; r++) {
        poly_ring(to);
        for (size_t i = from->ring[r]; i < from->ring[r + 1]; i++)
            poly_point(to, from->x[i], from->y[i]);
    }
}

void poly_ring(struct poly *p)
{
    p->ring = mem_grow(p->ring, &p->ring_cap, p->nrings + 2, sizeof *p->ring);
    p->ring[p->nrings++] = p->npoints;
    p->ring[p->nrings] = p->npoints;
}

void poly_point(struct poly *p, double x, double y)
{
    size_t cap = p->cap;
    p->x = mem_grow(p->x, &cap, p->npoints + 1, sizeof *p->x);
    p->y = mem_grow(p->y, &p->cap, p->npoints + 1, sizeof *p->y);
    p->x[p->npoints] = x;
    p->y[p->npoints++] = y;
    p->ring[p->nrings] = p->npoints;
}

void poly_bounds(const struct poly *p, double b[4])
{
    b[0] = b[1] = HUGE_VAL;
    b[2] = b[3] = -HUGE_VAL;
    for (size_t i = 0; i < p->npoints; i++) {
        b[0] = fmin(b[0], p->x[i]);
        b[1] = fmin(b[1], p->y[i]);
        b[2] = fmax(b[2], p->x[i]);
        b[3] = fmax(b[3], p->y[i]);
    }
}

/* Twice the signed area of a ring, and its moments, about a point near it so that large
 * coordinates do not swallow the digits. */
static double ring_moments(const struct poly *p, size_t r, double x0, double y0, double *mx,
                           double *my)
{
    double area = 0, sx = 0, sy = 0;
    size_t from = p->ring[r], to = p->ring[r + 1];
    for (size_t i = from, j = to - 1; i < to; j = i++) {
        double ax = p->x[j] - x0, ay = p->y[j] - y0, bx = p->x[i] - x0, by = p->y[i] - y0;
        double cross = ax * by - bx * ay;
        area += cross;
        sx += (ax + bx) * cross;
        sy += (ay + by) * cross;
    }
    *mx += sx;
    *my += sy;
    return area;
}

double poly_area(const struct poly *p)
{
    double area = 0, mx = 0, my = 0;
    for (size_t r = 0; r < p->nrings; r++)
        area += ring_moments(p, r, p->x[0], p->y[0], &mx, &my);
    return area / 2;
}

void poly_centroid(const struct poly *p, double *x, double *y)
{
    double area = 0, mx = 0, my = 0;
    for (size_t r = 0; r < p->nrings; r++)
        area += ring_moments(p, r, p->x[0], p->y[0], &mx, &my);
    *x = p->x[0] + mx / (3 * area);
    *y = p->y[0] + my / (3 * area);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where a ring's edges cross the line through y, in ascending order; returns how many. */
static size_t ring_crossings(const struct poly *p, size_t r, double y, double **x,
                             size_t *cap)
{
    size_t n = 0, from = p->ring[r], to = p->ring[r + 1];
    for (size_t i = from, j = to - 1; i < to; j = i++) {
        if ((p->y[i] > y) == (p->y[j] > y))
            continue;
        *x = mem_grow(*x, cap, n + 1, sizeof **x);
        (*x)[n++] = edge_crossing(p->x[j], p->y[j], p->x[i], p->y[i], y);
    }
    if (n)
        qsort(*x, n, sizeof **x, ascending);
    return n;
}

/* What poly_orient has to know of a ring. */
struct shape {
    double area; /* signed */
    double x, y; /* a point well inside */
};

/* The point is the middle of the longest way across the ring at half its height: rings
 * may touch with any of their points, but not there. */
static struct shape shape_of(const struct poly *p, size_t r, double **x, size_t *cap)
{
    size_t from = p->ring[r], to = p->ring[r + 1];
    struct shape shape = {0};
    if (from == to)
        return shape;
    double mx = 0, my = 0, least = p->y[from], most = p->y[from], widest = -1;
    shape.area = ring_moments(p, r, p->x[from], p->y[from], &mx, &my);
    for (size_t i = from; i < to; i++) {
        least = fmin(least, p->y[i]);
        most = fmax(most, p->y[i]);
    }
    shape.x = p->x[from];
    shape.y = least + (most - least) / 2;
    size_t n = ring_crossings(p, r, shape.y, x, cap);
    for (size_t i = 0; i + 1 < n; i += 2) {
        if ((*x)[i + 1] - (*x)[i] > widest) {
            widest = (*x)[i + 1] - (*x)[i];
            shape.x = (*x)[i] + widest / 2;
        }
    }
    return shape;
}

static bool ring_contains(const struct poly *p, size_t r, double x, double y)
{
    bool inside = false;
    size_t from = p->ring[r], to = p->ring[r + 1];
    for (size_t i = from, j = to - 1; i < to; j = i++)
        if ((p->y[i] > y) != (p->y[j] > y) &&
            x < edge_crossing(p->x[j], p->y[j], p->x[i], p->y[i], y))
            inside = !inside;
    return inside;
}

static void reverse(struct poly *p, size_t r)
{
    for (size_t i = p->ring[r], j = p->ring[r + 1]; i + 1 < j; i++) {
        double x = p->x[i], y = p->y[i];
        j--;
        p->x[i] = p->x[j];
        p->y[i] = p->y[j];
        p->x[j] = x;
        p->y[j] = y;
    }
}

void poly_orient(struct poly *p)
{
    struct shape *shape = mem_alloc(p->nrings, sizeof *shape);
    double *x = NULL;
    size_t cap = 0;
    for (size_t r = 0; r < p->nrings; r++)
        shape[r] = shape_of(p, r, &x, &cap);
    for (size_t r = 0; r < p->nrings; r++) {
        bool hole = false;
        for (size_t o = 0; o < p->nrings; o++)
            if (fabs(shape[o].area) > fabs(shape[r].area) &&
                ring_contains(p, o, shape[r].x, shape[r].y))
                hole = !hole;
        if ((shape[r].area < 0) != hole)
            reverse(p, r);
    }
    free(shape);
    free(x);
}
