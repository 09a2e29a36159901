/* ground_area: how large pixels are on the ground. */
#include "geo/ground_area.h"
#include "base/mem.h"
#include "geo/crs_transform.h"
#include <math.h>
#include <stdlib.h>

/* WGS 84 */
static const double axis = 6378137, flattening = 1 / 298.257223563;
static const double radian = 0.017453292519943295769;
static const double spacing = 5000; /* metres between points of the lattice */

/* Rows of the lattice that are kept: each in its own place, by its number. */
enum { ROWS_KEPT = 1024 };

struct lattice_row {
    int number; /* -1: none yet */
    double *area;
};

struct ground_area {
    struct raster_grid grid;
    struct crs_transform *map; /* to longitude and latitude */
    bool level;                /* all pixels of a row have one area, by its latitudes */
    int step, nodes;           /* pixels between points, points of a row */
    struct lattice_row row[ROWS_KEPT];
    double *x, *y; /* corners of a row's points, four each */
};

/* Snyder's q times half the square of the axis: the area between the equator and a
 * parallel, for each radian of longitude. */
static double below_parallel(double latitude)
{
    double e2 = flattening * (2 - flattening), e = sqrt(e2);
    double sine = sin(fmin(fmax(latitude, -90), 90) * radian);
    double q = (1 - e2) * (sine / (1 - e2 * sine * sine) + atanh(e * sine) / e);
    return axis * axis / 2 * q;
}

/* Of a quadrilateral of longitudes and latitudes, whose sides are straight in one of the
 * two planes. */
static double quad_area(const double *longitude, const double *latitude)
{
    double x[4], y[4], north = latitude[0] + latitude[1] + latitude[2] + latitude[3];
    double pole = below_parallel(north < 0 ? -90 : 90);
    for (int i = 0; i < 4; i++) {
        double below = below_parallel(latitude[i]);
        double angle = crs_unwind(longitude[i] - longitude[0], 360, 0) * radian;
        double radius = sqrt(2 * fabs(pole - below));
        bool far = fabs(north) > 4 * 45;
        x[i] = far ? radius * sin(angle) : angle;
        y[i] = far ? radius * cos(angle) : below;
    }
    return fabs((x[2] - x[0]) * (y[3] - y[1]) - (x[3] - x[1]) * (y[2] - y[0])) / 2;
}

/* Corners of the pixels column, column + step, ... of a row, four each, as longitudes and
 * latitudes. */
static void find_corners(struct ground_area *g, int row, int column, int step, int n,
                         double *x, double *y)
{
    static const int right[4] = {0, 1, 1, 0}, down[4] = {0, 0, 1, 1};
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 4; k++)
            gt_place(g->grid.gt, (double)column + (double)i * step + right[k],
                     (double)row + down[k], &x[4 * i + k], &y[4 * i + k]);
    crs_forward(g->map, x, y, 1, 4 * (size_t)n);
}

/* Whether the grid's own x and y are longitude and latitude, but for a shift of datum, and
 * run along its rows and columns: its corners say so. */
static bool is_level(struct ground_area *g)
{
    const double *gt = g->grid.gt;
    bool level = gt[2] == 0 && gt[4] == 0 && crs_turn(g->grid.crs) > 0;
    for (int i = 0; i < 4 && level; i++) {
        double x, y;
        gt_place(gt, i % 2 * (double)g->grid.columns, i / 2 * (double)g->grid.rows, &x, &y);
        double longitude = x, latitude = y;
        crs_forward(g->map, &longitude, &latitude, 1, 1);
        level = fabs(crs_unwind(longitude - x, 360, 0)) < 0.02 && fabs(latitude - y) < 0.02;
    }
    return level;
}

int ground_area_open(struct ground_area **made, const struct raster_grid *grid,
                     const char *what)
{
    struct ground_area *g = mem_alloc(1, sizeof *g);
    *made = g;
    g->grid = *grid;
    int status = crs_transform_open(&g->map, grid->crs, crs_of_epsg(4326), NULL, what);
    if (status != MSG_OK) {
        ground_area_close(g);
        *made = NULL;
        return status;
    }
    for (int i = 0; i < ROWS_KEPT; i++)
        g->row[i].number = -1;
    g->level = is_level(g);
    double x[4], y[4], size;
    find_corners(g, grid->rows / 2, grid->columns / 2, 1, 1, x, y);
    size = sqrt(quad_area(x, y));
    g->step = crs_turn(grid->crs) == 0 && spacing / size > 1
                  ? (int)fmin(spacing / size, 1 << 20)
                  : 1;
    g->nodes = (grid->columns - 1) / g->step + 2;
    return MSG_OK;
}

/* The areas of the pixels at the points of a row of the lattice. */
static const double *lattice_row(struct ground_area *g, int number)
{
    struct lattice_row *r = &g->row[number % ROWS_KEPT];
    if (r->number == number)
        return r->area;
    size_t n = (size_t)g->nodes;
    if (!g->x) {
        g->x = mem_alloc(4 * n, sizeof *g->x);
        g->y = mem_alloc(4 * n, sizeof *g->y);
    }
    if (!r->area)
        r->area = mem_alloc(n, sizeof *r->area);
    find_corners(g, number * g->step, 0, g->step, g->nodes, g->x, g->y);
    for (size_t i = 0; i < n; i++)
        r->area[i] = quad_area(g->x + 4 * i, g->y + 4 * i);
    r->number = number;
    return r->area;
}

void ground_area_row(struct ground_area *g, int column, int row, int n, double *area)
{
    const double *gt = g->grid.gt;
    if (g->level) {
        double top = gt[3] + row * gt[5], width = fabs(gt[1]) * radian;
        double one = width * fabs(below_parallel(top + gt[5]) - below_parallel(top));
        for (int i = 0; i < n; i++)
            area[i] = one;
        return;
    }
    int step = g->step;
    double down = row % step / (double)step;
    const double *above = lattice_row(g, row / step);
    const double *below = down > 0 ? lattice_row(g, row / step + 1) : above;
    for (int i = 0; i < n; i++) {
        int k = (column + i) / step;
        double across = (column + i) % step / (double)step;
        double a = above[k] + (above[k + 1] - above[k]) * across;
        double b = below[k] + (below[k + 1] - below[k]) * across;
        area[i] = across > 0 ? a + (b - a) * down : above[k] + (below[k] - above[k]) * down;
        if (isnan(area[i])) { /* a point of the lattice may lie beyond the CRS */
            double x[4], y[4];
            find_corners(g, row, column + i, 1, 1, x, y);
            area[i] = quad_area(x, y);
        }
    }
}

void ground_area_close(struct ground_area *g)
{
    if (!g)
        return;
    crs_transform_close(g->map);
    for (int i = 0; i < ROWS_KEPT; i++)
        free(g->row[i].area);
    free(g->x);
    free(g->y);
    free(g);
}
