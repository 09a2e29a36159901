/* poly: areas in a plane. */
#include "poly.h"
#include "mem.h"
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

/* Whether a ring's first point lies inside another ring, by crossings. */
static bool ring_inside(const struct poly *p, size_t ring, size_t other)
{
    double x = p->x[p->ring[ring]], y = p->y[p->ring[ring]];
    bool inside = false;
    size_t from = p->ring[other], to = p->ring[other + 1];
    for (size_t i = from, j = to - 1; i < to; j = i++)
        if ((p->y[i] > y) != (p->y[j] > y) &&
            x < (p->x[j] - p->x[i]) * (y - p->y[i]) / (p->y[j] - p->y[i]) + p->x[i])
            inside = !inside;
    return inside;
}

void poly_orient(struct poly *p)
{
    for (size_t r = 0; r < p->nrings; r++) {
        size_t from = p->ring[r], to = p->ring[r + 1];
        if (from == to)
            continue;
        bool hole = false;
        for (size_t o = 0; o < p->nrings; o++)
            if (o != r && ring_inside(p, r, o))
                hole = !hole;
        double mx = 0, my = 0;
        bool clockwise = ring_moments(p, r, p->x[from], p->y[from], &mx, &my) < 0;
        for (size_t i = from, j = to - 1; clockwise != hole && i < j; i++, j--) {
            double x = p->x[i], y = p->y[i];
            p->x[i] = p->x[j];
            p->y[i] = p->y[j];
            p->x[j] = x;
            p->y[j] = y;
        }
    }
}

struct place {
    double x, y;   /* where it comes from */
    double tx, ty; /* where it goes */
};

static struct place place_of(struct crs_map *map, double x, double y)
{
    struct place p = {x, y, x, y};
    crs_forward(map, &p.tx, &p.ty, 1, 1);
    return p;
}

/* Adds the points between a and b, both excluded, that the new edge needs. */
static void follow(struct poly *to, struct crs_map *map, struct place a, struct place b,
                   double tolerance, int depth)
{
    struct place m = place_of(map, (a.x + b.x) / 2, (a.y + b.y) / 2);
    if (depth == 0 || isnan(m.tx) ||
        hypot(m.tx - (a.tx + b.tx) / 2, m.ty - (a.ty + b.ty) / 2) <= tolerance)
        return;
    follow(to, map, a, m, tolerance, depth - 1);
    poly_point(to, m.tx, m.ty);
    follow(to, map, m, b, tolerance, depth - 1);
}

int poly_transform(struct poly *to, const struct poly *from, struct crs_map *map,
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
            if (!crs_map_identity(map))
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
                        index->edge[index->first[s] + at[s]] =
                            (struct edge){p->x[j], p->y[j], p->x[i], p->y[i]};
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
        if ((e->y0 > y) != (e->y1 > y) &&
            x < (e->x1 - e->x0) * (y - e->y0) / (e->y1 - e->y0) + e->x0)
            inside = !inside;
    }
    return inside;
}

void poly_index_close(struct poly_index *index)
{
    if (!index)
        return;
    free(index->first);
    free(index->edge);
    free(index);
}
