/* cell_centres: where the centres of cells lie in a source. */
#include "cell_centres.h"
#include "base/mem.h"
#include "base/simd.h"
#include "geo/approx_transform.h"
#include "geo/polygon_index.h"
#include "raster/lon_wrap.h"
#include <math.h>
#include <stdlib.h>

/* From here on gdalwarp's own approximation is asked for. */
static const double straight_tolerance = 0.125;

/* What is between these counts as 1. */
static const double about_one = 1 / 0.95;

/* How wide a kernel is to be for a cell that is so wide along the columns (k = 0) or rows;
 * where the transform fails around a cell, or gives it all of a raster, at most as wide as
 * that. */
static double at_least_one(struct cell_centres *p, int k, double width)
{
    int most = k ? p->source->rows : p->source->columns;
    width = fmin(fabs(width), most);
    if (!(width > about_one))
        return 1;
    p->widest[k] = fmax(p->widest[k], width);
    return width;
}

void cell_centres_open(struct cell_centres *p, const struct grid *grid,
                       struct crs_transform *map, const struct raster_grid *source,
                       double tolerance)
{
    const struct raster_grid cells = grid_cells(grid);
    *p = (struct cell_centres){.grid = grid, .source = source, .widest = {1, 1}};
    bool plane = crs_transform_identity(map);
    if (!plane || lon_wrap_away(source, grid->x0, grid->x0 + grid->columns * grid->dx))
        p->turn = raster_grid_turn(source);
    p->lattice = (tolerance >= straight_tolerance ? approx_open_rows : approx_open)(
        &cells, map, source, tolerance);
    p->clip = grid->clip.nrings ? poly_index_open(&grid->clip) : NULL;
    p->level = plane && source->gt[2] == 0 && source->gt[4] == 0;
    if (p->level) {
        p->width[0] = at_least_one(p, 0, grid->dx / source->gt[1]);
        p->width[1] = at_least_one(p, 1, grid->dy / source->gt[5]);
        p->wide = p->width[0] > 1 || p->width[1] > 1;
    }
}

void cell_centres_close(struct cell_centres *p)
{
    approx_close(p->lattice);
    poly_index_close(p->clip);
    free(p->x);
    free(p->y);
    for (int k = 0; k < 2; k++)
        free(p->scale[k]);
    for (int k = 0; k < 6; k++)
        free(p->edge[k]);
    *p = (struct cell_centres){0};
}

/* Where the rectangle's cells lie; NaN for those outside of the clip. */
static void locate(struct cell_centres *p, const struct grid_rect *rect)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    if (cells > p->cells) {
        p->x = mem_resize(p->x, cells, sizeof *p->x);
        p->y = mem_resize(p->y, cells, sizeof *p->y);
        p->cells = cells;
    }
    for (int r = 0; r < rect->rows; r++) {
        double *x = p->x + (size_t)r * (size_t)rect->columns;
        double *y = p->y + (size_t)r * (size_t)rect->columns;
        approx_row(p->lattice, rect->row + r + 0.5, rect->column, 0.5, rect->columns, x, y);
        for (int i = 0; p->turn > 0 && i < rect->columns; i++)
            x[i] = crs_unwind(x[i], p->turn, p->source->columns / 2.0);
        double place_y = grid_y(p->grid, rect->row + r);
        for (int i = 0; p->clip && i < rect->columns; i++)
            if (!poly_index_contains(p->clip, grid_x(p->grid, rect->column + i), place_y))
                x[i] = NAN;
    }
}

/* The squares of the widths of n cells along one direction, from n + 1 places of sides, n
 * of tops and n of bottoms; returns the largest. */
VECTOR_CLONES
static double square_widths(const double *side, const double *top, const double *bottom,
                            size_t n, double *square)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double across = side[i + 1] - side[i], down = bottom[i] - top[i];
        square[i] = across * across + down * down;
        most = square[i] > most ? square[i] : most;
    }
    return most;
}

/* One row's widths, from their squares. */
static bool take_widths(struct cell_centres *p, int k, double most, size_t n, double *width)
{
    bool wide = !cell_centres_narrow(most);
    for (size_t i = 0; i < n; i++)
        width[i] = wide ? at_least_one(p, k, sqrt(width[i])) : 1;
    return wide;
}

/* How wide the cells are, by the middles of their edges. */
static void measure(struct cell_centres *p, const struct grid_rect *rect)
{
    int columns = rect->columns;
    size_t n = (size_t)columns, cells = n * (size_t)rect->rows;
    for (int k = 0; k < 2; k++)
        p->scale[k] = mem_resize(p->scale[k], cells, sizeof *p->scale[k]);
    for (int k = 0; k < 6; k++)
        p->edge[k] = mem_resize(p->edge[k], n + 1, sizeof *p->edge[k]);
    double *const *side = p->edge, **top = p->edge + 2, **bottom = p->edge + 4;
    approx_row(p->lattice, rect->row, rect->column, 0.5, columns, bottom[0], bottom[1]);
    p->wide = false;
    for (int r = 0; r < rect->rows; r++) {
        double row = rect->row + r;
        for (int k = 0; k < 2; k++) {
            double *swap = top[k];
            top[k] = bottom[k];
            bottom[k] = swap;
        }
        approx_row(p->lattice, row + 0.5, rect->column, 0, columns + 1, side[0], side[1]);
        approx_row(p->lattice, row + 1, rect->column, 0.5, columns, bottom[0], bottom[1]);
        for (size_t i = 0; p->turn > 0 && i < n; i++) {
            side[0][i + 1] = crs_unwind(side[0][i + 1], p->turn, side[0][i]);
            bottom[0][i] = crs_unwind(bottom[0][i], p->turn, top[0][i]);
        }
        for (int k = 0; k < 2; k++) {
            double *width = p->scale[k] + (size_t)r * n;
            double most = square_widths(side[k], top[k], bottom[k], n, width);
            p->wide |= take_widths(p, k, most, n, width);
        }
    }
}

void cell_centres_find(struct cell_centres *p, const struct grid_rect *rect, bool widths)
{
    locate(p, rect);
    if (widths && !p->level)
        measure(p, rect);
}

bool cell_centres_patches(struct cell_centres *p, const struct grid_rect *rect,
                          double *coefficients)
{
    return !p->clip && !(p->turn > 0) &&
           approx_patches(p->lattice, rect->column, rect->row, rect->columns, rect->rows,
                          coefficients);
}

bool cell_centres_narrow(double square)
{
    return !(square > about_one * about_one);
}
