/* panels_frame: where the grid and its clip area lie: the frame of the panels, the
 * cells and the area that count. */
#include "geo/polygon_index.h"
#include "panels_parts.h"
#include <math.h>
#include <string.h>

static const double least_shape = 2.5; /* the longer side of the frame by the shorter */

/* The cells that lie between two places along one axis: first, and past the last. */
static void cells_between(double from, double to, double cell, int cells, int range[2])
{
    range[0] = (int)fmin(fmax(floor(from / cell), 0), cells);
    range[1] = (int)fmin(fmax(ceil(to / cell), range[0]), cells);
}

static void count_inside(struct panels *p)
{
    const struct grid *g = &p->grid;
    double b[4];
    int columns[2], rows[2];
    p->cells.inside = (double)g->columns * g->rows;
    if (!g->clip.npoints)
        return;
    poly_bounds(&g->clip, b);
    cells_between(b[0] - g->x0, b[2] - g->x0, g->dx, g->columns, columns);
    cells_between(g->y0 - b[3], g->y0 - b[1], g->dy, g->rows, rows);
    struct poly_index *clip = poly_index_open(&g->clip);
    p->cells.inside = 0;
    for (int row = rows[0]; row < rows[1]; row++)
        for (int column = columns[0]; column < columns[1]; column++)
            p->cells.inside += poly_index_contains(clip, grid_x(g, column), grid_y(g, row));
    poly_index_close(clip);
}

/* A ring's points on one side of a line x (axis 0) or y (axis 1) = at, and where it
 * crosses the line. */
static void cut_ring(const struct poly *from, struct poly *to, int axis, double at,
                     bool above)
{
    poly_ring(to);
    for (size_t i = 0, j = from->npoints - 1; i < from->npoints; j = i++) {
        double a = axis ? from->y[j] : from->x[j], b = axis ? from->y[i] : from->x[i];
        bool a_in = above ? a >= at : a <= at, b_in = above ? b >= at : b <= at;
        if (a_in != b_in) {
            double t = (at - a) / (b - a);
            poly_point(to, from->x[j] + t * (from->x[i] - from->x[j]),
                       from->y[j] + t * (from->y[i] - from->y[j]));
        }
        if (b_in)
            poly_point(to, from->x[i], from->y[i]);
    }
}

/* The area of the clip under the grid: each ring, cut by the grid's four sides, keeps its
 * sign, which orientation gave it. */
static double area_under(const struct grid *g)
{
    const double sides[4] = {g->x0, g->y0 - g->rows * g->dy, g->x0 + g->columns * g->dx,
                             g->y0};
    if (!g->clip.npoints)
        return (sides[2] - sides[0]) * (sides[3] - sides[1]);
    struct poly all;
    double area = 0;
    poly_copy(&all, &g->clip);
    poly_orient(&all);
    for (size_t r = 0; r < all.nrings; r++) {
        struct poly ring = {0};
        poly_ring(&ring);
        for (size_t i = all.ring[r]; i < all.ring[r + 1]; i++)
            poly_point(&ring, all.x[i], all.y[i]);
        for (int side = 0; side < 4 && ring.npoints; side++) {
            struct poly part = {0};
            cut_ring(&ring, &part, side % 2, sides[side], side < 2);
            poly_free(&ring);
            ring = part;
        }
        area += ring.npoints ? poly_area(&ring) : 0;
        poly_free(&ring);
    }
    poly_free(&all);
    return area;
}

/* The part of the grid that the clip area touches, in whole cells, and a margin. */
static void find_frame(struct panels *p)
{
    const struct grid *g = &p->grid;
    double bounds[4] = {g->x0, g->y0 - g->rows * g->dy, g->x0 + g->columns * g->dx, g->y0};
    memcpy(p->frame, bounds, sizeof bounds);
    if (g->clip.npoints) {
        double clip[4];
        poly_bounds(&g->clip, clip);
        for (int i = 0; i < 4; i++) {
            double cell = i % 2 ? g->dy : g->dx, from = i % 2 ? g->y0 : g->x0;
            double n = (clip[i] - from) / cell;
            clip[i] = from + (i < 2 ? floor(n) : ceil(n)) * cell;
            p->frame[i] = i < 2 ? fmax(bounds[i], clip[i]) : fmin(bounds[i], clip[i]);
        }
        if (!(p->frame[0] < p->frame[2] && p->frame[1] < p->frame[3]))
            memcpy(p->frame, bounds, sizeof bounds);
    }
    /* Panels that are no ribbons, so that titles and keys have room. */
    double x = (p->frame[0] + p->frame[2]) / 2, y = (p->frame[1] + p->frame[3]) / 2;
    double wide =
        fmax(p->frame[2] - p->frame[0], (p->frame[3] - p->frame[1]) / least_shape);
    double high =
        fmax(p->frame[3] - p->frame[1], (p->frame[2] - p->frame[0]) / least_shape);
    p->frame[0] = x - wide / 2;
    p->frame[1] = y - high / 2;
    p->frame[2] = x + wide / 2;
    p->frame[3] = y + high / 2;
    double margin = 0.02 * fmax(p->frame[2] - p->frame[0], p->frame[3] - p->frame[1]);
    for (int i = 0; i < 4; i++)
        p->frame[i] += i < 2 ? -margin : margin;
}

void panels_frame(struct panels *p)
{
    find_frame(p);
    count_inside(p);
    p->area = area_under(&p->grid);
}
