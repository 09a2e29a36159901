/* cells_outline: the outline of cells.
 *
 * Each side between a cell that belongs to it and one that does not is walked once, with
 * the cell on the left; a corner where two such cells meet is turned at to the left, so
 * that rings touch there and do not cross. */
#include "geo/cells_outline.h"
#include "base/mem.h"
#include "geo/polygon_coverage.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 29 }; /* cells under the bounds of an area */

struct outline {
    int columns, rows;
    unsigned char *in;   /* cells, with a border of one around */
    unsigned char *done; /* of each, whether its lower side was walked */
};

/* Row 0 is the lowest. */
static size_t at(const struct outline *o, int column, int row)
{
    return (size_t)(row + 1) * ((size_t)o->columns + 2) + (size_t)(column + 1);
}

/* The way along sides from a corner: east, north, west, south. */
static const int step[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

static bool is_in(const struct outline *o, int x, int y, int quarter)
{
    static const int cell[4][2] = {{0, 0}, {-1, 0}, {-1, -1}, {0, -1}};
    return o->in[at(o, x + cell[quarter][0], y + cell[quarter][1])];
}

/* Whether the way from a corner is a side of the outline: a cell on its left, none on its
 * right. */
static bool is_side(const struct outline *o, int x, int y, int way)
{
    return is_in(o, x, y, way) && !is_in(o, x, y, (way + 3) % 4);
}

/* The ring that begins with the lower side of a cell, at a corner of the outline. */
static void walk(struct outline *o, int column, int row, struct poly *p)
{
    int x = column, y = row, way = 0;
    poly_ring(p);
    do {
        poly_point(p, x, y);
        do {
            if (way == 0)
                o->done[at(o, x, y)] = 1;
            x += step[way][0];
            y += step[way][1];
        } while (is_side(o, x, y, way));
        way = is_side(o, x, y, (way + 1) % 4) ? (way + 1) % 4 : (way + 3) % 4;
    } while (!(x == column && y == row && way == 0));
}

bool cells_outline(struct poly *to, const struct poly *area, double x0, double y0,
                   double dx, double dy)
{
    double b[4];
    struct poly p;
    struct polygon_coverage touched;
    *to = (struct poly){0};
    poly_bounds(area, b);
    double left = floor((b[0] - x0) / dx) - 1, low = floor((b[1] - y0) / dy) - 1;
    double columns = ceil((b[2] - x0) / dx) + 1 - left;
    double rows = ceil((b[3] - y0) / dy) + 1 - low;
    if (!(columns > 0 && rows > 0 && (columns + 2) * (rows + 2) < MOST))
        return false;
    struct outline o = {.columns = (int)columns, .rows = (int)rows};
    size_t n = ((size_t)o.columns + 2) * ((size_t)o.rows + 2);
    poly_copy(&p, area);
    for (size_t i = 0; i < p.npoints; i++) {
        p.x[i] = (p.x[i] - x0) / dx - left;
        p.y[i] = (p.y[i] - y0) / dy - low;
    }
    polygon_coverage_make(&touched, &p, o.columns, o.rows, ZONE_ALL);
    o.in = mem_alloc(n, 1);
    o.done = mem_alloc(n, 1);
    for (size_t i = 0; i < touched.n; i++)
        memset(o.in + at(&o, touched.run[i].column, touched.run[i].row), 1,
               (size_t)touched.run[i].count);
    for (int row = 0; row < o.rows; row++)
        for (int column = 0; column < o.columns; column++)
            if (is_side(&o, column, row, 0) && !o.done[at(&o, column, row)])
                walk(&o, column, row, to);
    for (size_t i = 0; i < to->npoints; i++) {
        to->x[i] = x0 + (to->x[i] + left) * dx;
        to->y[i] = y0 + (to->y[i] + low) * dy;
    }
    polygon_coverage_free(&touched);
    poly_free(&p);
    free(o.in);
    free(o.done);
    return true;
}
