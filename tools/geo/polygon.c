/* polygon: areas in a plane. */
#include "geo/polygon.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* The crossing of an edge with the line through y, which must lie between its ends. The
 * same number for both directions of the edge, so that areas that share it part there. */
static double crossing(double x0, double y0, double x1, double y1, double y)
{
    return y0 < y1 ? x0 + (x1 - x0) * (y - y0) / (y1 - y0)
                   : x1 + (x0 - x1) * (y - y1) / (y0 - y1);
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
        (*x)[n++] = crossing(p->x[j], p->y[j], p->x[i], p->y[i], y);
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
            x < crossing(p->x[j], p->y[j], p->x[i], p->y[i], y))
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

struct place {
    double x, y;   /* where it comes from */
    double tx, ty; /* where it goes */
};

static struct place place_of(struct crs_transform *map, double x, double y)
{
    struct place p = {x, y, x, y};
    crs_forward(map, &p.tx, &p.ty, 1, 1);
    return p;
}

/* How far the place at that part of the way from a to b is from the straight line. */
static double stray(struct place m, struct place a, struct place b, double part)
{
    return hypot(m.tx - (a.tx + (b.tx - a.tx) * part),
                 m.ty - (a.ty + (b.ty - a.ty) * part));
}

/* Adds the points between a and b, both excluded, that the new edge needs. An edge that
 * bends one way and then the other passes through its middle, so the quarters count too. */
static void follow(struct poly *to, struct crs_transform *map, struct place a,
                   struct place b, double tolerance, int depth)
{
    struct place m = place_of(map, (a.x + b.x) / 2, (a.y + b.y) / 2);
    if (depth == 0 || isnan(m.tx))
        return;
    if (stray(m, a, b, 0.5) <= tolerance) {
        struct place p = place_of(map, (a.x + m.x) / 2, (a.y + m.y) / 2);
        struct place q = place_of(map, (m.x + b.x) / 2, (m.y + b.y) / 2);
        if (!(stray(p, a, b, 0.25) > tolerance || stray(q, a, b, 0.75) > tolerance))
            return;
    }
    follow(to, map, a, m, tolerance, depth - 1);
    poly_point(to, m.tx, m.ty);
    follow(to, map, m, b, tolerance, depth - 1);
}

int poly_transform(struct poly *to, const struct poly *from, struct crs_transform *map,
                   double tolerance)
{
    *to = (struct poly){0};
    for (size_t r = 0; r < from->nrings; r++) {
        poly_ring(to);
        size_t begin = from->ring[r], end = from->ring[r + 1];
        if (begin == end)
            continue;
        struct place first = place_of(map, from->x[begin], from->y[begin]), a = first;
        for (size_t i = begin; i < end; i++) {
            if (isnan(a.tx)) {
                poly_free(to);
                return MSG_INPUT;
            }
            poly_point(to, a.tx, a.ty);
            struct place b =
                i + 1 < end ? place_of(map, from->x[i + 1], from->y[i + 1]) : first;
            if (!crs_transform_identity(map))
                follow(to, map, a, b, tolerance, 12);
            a = b;
        }
    }
    return MSG_OK;
}

/* Edges sorted into strips of y, so that a test looks at a few of them. */
struct poly_index {
    const struct poly *p;
    double bounds[4], per_y;
    int strips;
    size_t *first; /* of each strip, into edge; strips + 1 */
    struct edge {
        double x0, y0, x1, y1;
    } * edge;
};

/* The edge between two points, from its lower end. */
static struct edge upward(const struct poly *p, size_t i, size_t j)
{
    size_t low = p->y[i] < p->y[j] ? i : j, high = i + j - low;
    return (struct edge){p->x[low], p->y[low], p->x[high], p->y[high]};
}

static int strip_of(const struct poly_index *index, double y)
{
    int s = (int)((y - index->bounds[1]) * index->per_y);
    return s < 0 ? 0 : s >= index->strips ? index->strips - 1 : s;
}

struct poly_index *poly_index_open(const struct poly *p)
{
    struct poly_index *index = mem_alloc(1, sizeof *index);
    index->p = p;
    poly_bounds(p, index->bounds);
    index->strips = p->npoints < 4096 ? (int)p->npoints * 4 + 1 : 16384;
    double height = index->bounds[3] - index->bounds[1];
    index->per_y = height > 0 ? index->strips / height : 0;
    index->first = mem_alloc((size_t)index->strips + 1, sizeof *index->first);
    /* Two passes: count, then place. */
    for (int pass = 0; pass < 2; pass++) {
        size_t *at = pass ? mem_alloc((size_t)index->strips, sizeof *at) : index->first + 1;
        for (size_t r = 0; r < p->nrings; r++) {
            size_t from = p->ring[r], to = p->ring[r + 1];
            for (size_t i = from, j = to - 1; i < to; j = i++) {
                if (p->y[i] == p->y[j])
                    continue;
                int a = strip_of(index, fmin(p->y[i], p->y[j]));
                int b = strip_of(index, fmax(p->y[i], p->y[j]));
                for (int s = a; s <= b; s++) {
                    if (pass)
                        index->edge[index->first[s] + at[s]] = upward(p, i, j);
                    at[s]++;
                }
            }
        }
        if (pass) {
            free(at);
        } else {
            for (int s = 0; s < index->strips; s++)
                index->first[s + 1] += index->first[s];
            index->edge = mem_alloc(index->first[index->strips], sizeof *index->edge);
        }
    }
    return index;
}

bool poly_index_contains(const struct poly_index *index, double x, double y)
{
    const double *b = index->bounds;
    if (!(x >= b[0] && x <= b[2] && y >= b[1] && y <= b[3]))
        return false;
    int s = strip_of(index, y);
    bool inside = false;
    for (size_t i = index->first[s]; i < index->first[s + 1]; i++) {
        const struct edge *e = &index->edge[i];
        if ((e->y0 > y) != (e->y1 > y) && x < crossing(e->x0, e->y0, e->x1, e->y1, y))
            inside = !inside;
    }
    return inside;
}

void poly_index_row(const struct poly_index *index, const double *x, double y, int n,
                    unsigned char *restrict inside)
{
    double low = index->bounds[0], high = index->bounds[2];
    memset(inside, 0, (size_t)n);
    if (!(y >= index->bounds[1] && y <= index->bounds[3]))
        return;
    int s = strip_of(index, y);
    for (size_t i = index->first[s]; i < index->first[s + 1]; i++) {
        const struct edge *e = &index->edge[i];
        if ((e->y0 > y) == (e->y1 > y))
            continue;
        double at = crossing(e->x0, e->y0, e->x1, e->y1, y);
        for (int k = 0; k < n; k++)
            inside[k] ^= x[k] < at;
    }
    for (int k = 0; k < n; k++)
        inside[k] &= x[k] >= low && x[k] <= high;
}

void poly_index_close(struct poly_index *index)
{
    if (!index)
        return;
    free(index->first);
    free(index->edge);
    free(index);
}
