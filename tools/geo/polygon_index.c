/* polygon_index: many tests against one area. */
#include "geo/polygon_index.h"
#include "base/mem.h"
#include "polygon_edge.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* What rounding does to coordinates of that size: a point nearer than this to an edge is on
 * it. The same for all areas, so that those that share an edge part there. */
static double slack(double u, double v)
{
    return 1e-13 * (fabs(u) + fabs(v));
}

static int strip_of(const struct poly_index *index, double y)
{
    double s = (y - index->bounds[1]) * index->per_y; /* which may be no number at all */
    return !(s > 0) ? 0 : s >= index->strips ? index->strips - 1 : (int)s;
}

struct poly_index *poly_index_open(const struct poly *p)
{
    struct poly_index *index = mem_alloc(1, sizeof *index);
    index->p = p;
    poly_bounds(p, index->bounds);
    for (int i = 0; i < 4; i++)
        index->bounds[i] +=
            (i < 2 ? -1 : 1) * slack(index->bounds[i], index->bounds[i ^ 1]);
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
    double above = y + slack(x, y);
    int s = strip_of(index, above);
    bool inside = false;
    for (size_t i = index->first[s]; i < index->first[s + 1]; i++) {
        const struct edge *e = &index->edge[i];
        if ((e->y0 > above) == (e->y1 > above))
            continue;
        double at = edge_crossing(e->x0, e->y0, e->x1, e->y1, y);
        inside ^= x < at - slack(at, y);
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
    double above = y + slack(x[0], y);
    int s = strip_of(index, above);
    for (size_t i = index->first[s]; i < index->first[s + 1]; i++) {
        const struct edge *e = &index->edge[i];
        if ((e->y0 > above) == (e->y1 > above))
            continue;
        double at = edge_crossing(e->x0, e->y0, e->x1, e->y1, y);
        at -= slack(at, y);
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
