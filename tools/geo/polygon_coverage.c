/* polygon_coverage: how much of each pixel an area covers.
 *
 * The share of a row's pixels to the right of an edge is summed up edge by edge, signed by
 * the edge's direction: an edge that climbs by dy within a pixel adds dy to all pixels
 * right of it (cover) and, to the pixel itself, dy times the mean width that is left of
 * the pixel's right side (area). A sweep along the row adds the covers up. Upward and
 * downward edges cancel, so holes need no care. */
#include "geo/polygon_coverage.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What one edge adds to one pixel; column -1 is all that lies left of the raster. */
struct polygon_coverage_part {
    int row, column;
    size_t order; /* sums must not depend on how equal parts are sorted */
    double cover, area;
};

struct sweep {
    struct polygon_coverage *z; /* whose parts are made */
    size_t n;
    int columns, first, last; /* of the rows */
};

static void add_part(struct sweep *s, int row, int column, double cover, double area)
{
    struct polygon_coverage *z = s->z;
    if (s->n == z->part_cap)
        z->part = mem_grow(z->part, &z->part_cap, s->n + 1, sizeof *z->part);
    z->part[s->n] = (struct polygon_coverage_part){row, column, s->n, cover, area};
    s->n++;
}

/* A piece of an edge inside of one row, from (x0, y0) to (x1, y1), y0 <= y1: cut at the
 * columns. sign: 1 for an edge that runs that way, -1 for the other. */
static void add_piece(struct sweep *s, int row, double x0, double y0, double x1, double y1,
                      double sign)
{
    double slope = x1 == x0 ? 0 : (y1 - y0) / (x1 - x0), x = x0, y = y0;
    double step = x1 < x0 ? -1 : 1;
    while (y < y1) {
        if (x >= s->columns && (step > 0 || x1 >= s->columns))
            return; /* nothing of the raster lies to its right */
        /* The next side of a pixel on the way; all beyond the raster is one. */
        double side = step > 0 ? floor(x) + 1 : ceil(x) - 1;
        if (step > 0 && x < 0)
            side = 0;
        if (step > 0 ? x >= s->columns : x <= 0)
            side = x1;
        if (step < 0 && x > s->columns)
            side = s->columns;
        bool last = step > 0 ? side >= x1 : side <= x1;
        double next = last ? x1 : side, below = last ? y1 : y0 + (next - x0) * slope;
        below = below < y ? y : below > y1 ? y1 : below;
        double middle = (x + next) / 2, cover = sign * (below - y);
        if (middle < 0)
            add_part(s, row, -1, cover, 0);
        else if (middle < s->columns && cover != 0)
            add_part(s, row, (int)middle, cover, cover * (1 - (middle - floor(middle))));
        x = next;
        y = below;
        if (last)
            return;
    }
}

static void add_edge(struct sweep *s, double x0, double y0, double x1, double y1)
{
    double sign = 1;
    if (y0 > y1) {
        double x = x0, y = y0;
        x0 = x1;
        y0 = y1;
        x1 = x;
        y1 = y;
        sign = -1;
    }
    double first = s->first;
    if (!(y0 < y1) || y1 <= first || y0 >= s->last)
        return;
    /* The same numbers from whichever row it begins with. */
    double slope = (x1 - x0) / (y1 - y0);
    double y = y0 > first ? y0 : first, x = y0 > first ? x0 : x0 + (first - y0) * slope;
    for (int row = (int)y; row < s->last && row < y1; row++) {
        double below = row + 1.0 < y1 ? row + 1.0 : y1;
        double next = row + 1.0 < y1 ? x0 + (below - y0) * slope : x1;
        add_piece(s, row, x, y, next, below, sign);
        x = next;
        y = below;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct polygon_coverage_part *p = a, *q = b;
    if (p->column != q->column)
        return p->column < q->column ? -1 : 1;
    return p->order < q->order ? -1 : p->order > q->order;
}

/* Parts by row, of each row by column. Rows of most areas have few parts. */
static const struct polygon_coverage_part *sort_parts(const struct sweep *s)
{
    enum { FEW = 24 };
    struct polygon_coverage *z = s->z;
    size_t rows = (size_t)(s->last - s->first);
    z->sorted = mem_grow(z->sorted, &z->sorted_cap, s->n, sizeof *z->sorted);
    z->begin = mem_grow(z->begin, &z->begin_cap, rows + 2, sizeof *z->begin);
    memset(z->begin, 0, (rows + 2) * sizeof *z->begin);
    for (size_t i = 0; i < s->n; i++)
        z->begin[z->part[i].row - s->first + 2]++;
    for (size_t r = 0; r < rows; r++)
        z->begin[r + 1] += z->begin[r];
    for (size_t i = 0; i < s->n; i++)
        z->sorted[z->begin[z->part[i].row - s->first + 1]++] = z->part[i];
    for (size_t r = 0; r < rows; r++) {
        struct polygon_coverage_part *row = z->sorted + z->begin[r];
        size_t n = z->begin[r + 1] - z->begin[r];
        if (n > FEW) {
            qsort(row, n, sizeof *row, by_place);
            continue;
        }
        for (size_t i = 1; i < n; i++) {
            struct polygon_coverage_part one = row[i];
            size_t k = i;
            for (; k > 0 && by_place(&row[k - 1], &one) > 0; k--)
                row[k] = row[k - 1];
            row[k] = one;
        }
    }
    return z->sorted;
}

static void add_run(struct polygon_coverage *z, int row, int column, int count,
                    double weight, enum zone_touch touch)
{
    const double rounding = 1e-10;
    if (weight < rounding || count < 1)
        return;
    if (touch == ZONE_ALL || weight > 1 - rounding)
        weight = 1;
    struct polygon_coverage_run *last = z->n ? &z->run[z->n - 1] : NULL;
    if (last && last->row == row && last->column + last->count == column &&
        last->weight == weight) {
        last->count += count;
        return;
    }
    z->run = mem_grow(z->run, &z->cap, z->n + 1, sizeof *z->run);
    z->run[z->n++] = (struct polygon_coverage_run){row, column, count, weight};
}

/* Parts in order to runs. sign turns the whole area the right way round. */
static void sweep_rows(const struct sweep *s, double sign, enum zone_touch touch)
{
    struct polygon_coverage *z = s->z;
    const struct polygon_coverage_part *part = sort_parts(s);
    for (size_t i = 0; i < s->n;) {
        int row = part[i].row, column = -1;
        double cover = 0;
        while (i < s->n && part[i].row == row) {
            int at = part[i].column;
            add_run(z, row, column, at - column, sign * cover, touch);
            double area = cover;
            for (; i < s->n && part[i].row == row && part[i].column == at; i++) {
                area += part[i].area;
                cover += part[i].cover;
            }
            if (at >= 0)
                add_run(z, row, at, 1, sign * area, touch);
            column = at + 1;
        }
        add_run(z, row, column, s->columns - column, sign * cover, touch);
    }
}

static void make_fractions(struct polygon_coverage *z, const struct poly *p, int columns,
                           int first, int last, enum zone_touch touch)
{
    struct sweep s = {.z = z, .columns = columns, .first = first, .last = last};
    for (size_t r = 0; r < p->nrings; r++) {
        size_t from = p->ring[r], to = p->ring[r + 1];
        for (size_t i = from, j = to - 1; i < to; j = i++)
            add_edge(&s, p->x[j], p->y[j], p->x[i], p->y[i]);
    }
    /* The covers of counter-clockwise rings, y up, add up to less than nothing. */
    sweep_rows(&s, p->npoints && poly_area(p) < 0 ? 1 : -1, touch);
}

struct crossing {
    int row;
    double x;
};

static int by_x(const void *a, const void *b)
{
    const struct crossing *p = a, *q = b;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    return (p->x > q->x) - (p->x < q->x);
}

/* A centre that only rounding keeps from an edge is on it. */
static double first_behind(double edge)
{
    return ceil(edge - 0.5 - 1e-9);
}

/* Where edges cross the lines of the rows' centres; every two bound a run. */
static void make_centers(struct polygon_coverage *z, const struct poly *p, int columns,
                         int top, int bottom)
{
    struct crossing *crossing = NULL;
    size_t n = 0, cap = 0;
    for (size_t r = 0; r < p->nrings; r++) {
        size_t from = p->ring[r], to = p->ring[r + 1];
        for (size_t i = from, j = to - 1; i < to; j = i++) {
            /* From the upper end, so that areas that share an edge agree on it. */
            bool down = p->y[j] <= p->y[i];
            size_t a = down ? j : i, b = down ? i : j;
            double x0 = p->x[a], low = p->y[a], x1 = p->x[b], high = p->y[b];
            double first = fmax(top, first_behind(low)),
                   last = fmin(bottom, first_behind(high));
            for (double row = first; row < last; row++) {
                crossing = mem_grow(crossing, &cap, n + 1, sizeof *crossing);
                double x = x0 + (row + 0.5 - low) * (x1 - x0) / (high - low);
                crossing[n++] = (struct crossing){(int)row, x};
            }
        }
    }
    if (n)
        qsort(crossing, n, sizeof *crossing, by_x);
    for (size_t i = 0; i + 1 < n; i += 2) {
        double first = fmax(0, first_behind(crossing[i].x));
        double last = fmin(columns, first_behind(crossing[i + 1].x));
        if (first < last)
            add_run(z, crossing[i].row, (int)first, (int)(last - first), 1, ZONE_CENTER);
    }
    free(crossing);
}

void polygon_coverage_rows(struct polygon_coverage *z, const struct poly *p, int columns,
                           int first, int last, enum zone_touch touch)
{
    z->n = 0;
    if (touch == ZONE_CENTER)
        make_centers(z, p, columns, first, last);
    else
        make_fractions(z, p, columns, first, last, touch);
}

void polygon_coverage_make(struct polygon_coverage *z, const struct poly *p, int columns,
                           int rows, enum zone_touch touch)
{
    *z = (struct polygon_coverage){0};
    polygon_coverage_rows(z, p, columns, 0, rows, touch);
}

void polygon_coverage_free(struct polygon_coverage *z)
{
    free(z->run);
    free(z->part);
    free(z->sorted);
    free(z->begin);
    *z = (struct polygon_coverage){0};
}
