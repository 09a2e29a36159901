/* panels_frame: where the grid and its clip area lie: the frame of the panels, the
 * cells and the area that count. */
#include "geo/polygon_coverage.h"
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

/* The area of the clip under the grid, whose share of the grid as one pixel it is. */
static double area_under(const struct grid *g)
{
    double width = g->columns * g->dx, height = g->rows * g->dy, share = 0;
    if (!g->clip.npoints)
        return width * height;
    struct poly area;
    struct polygon_coverage pixel = {0};
    poly_copy(&area, &g->clip);
    for (size_t i = 0; i < area.npoints; i++) {
        area.x[i] = (area.x[i] - g->x0) / width;
        area.y[i] = (g->y0 - area.y[i]) / height;
    }
    poly_orient(&area);
    polygon_coverage_make(&pixel, &area, 1, 1, ZONE_FRACTION);
    for (size_t i = 0; i < pixel.n; i++)
        share += pixel.run[i].weight;
    polygon_coverage_free(&pixel);
    poly_free(&area);
    return share * width * height;
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
