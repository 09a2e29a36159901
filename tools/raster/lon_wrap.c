/* lon_wrap: longitudes that wind. */
#include "raster/lon_wrap.h"
#include "geo/crs_transform.h"
#include <limits.h>
#include <math.h>
#include <string.h>

static const double slack = 1e-6;        /* of a column: what rounding does to edges */
static const double around_slack = 0.01; /* of a column: what 360 degrees may miss by */

/* Columns beyond a place that resampling looks at, for cells as large as pixels. */
enum { NEIGHBOURS = 3 };

static bool is_level(const struct raster_grid *g)
{
    return g->gt[1] != 0 && g->gt[2] == 0 && g->gt[4] == 0;
}

/* The columns in a turn of a raster that goes around the earth, as far as its numbers tell;
 * or 0. */
static int period_of(const struct raster_grid *g)
{
    double west, east, turn = fabs(360 / g->gt[1]), whole = rint(turn);
    raster_grid_bounds(g, &west, &east);
    bool around = is_level(g) && raster_grid_could_be_degrees(west, east) &&
                  fabs(turn - whole) <= around_slack && whole >= 1 && whole <= g->columns &&
                  whole < INT_MAX / 64; /* so that ten turns and more can be counted */
    return around ? (int)whole : 0;
}

/* Which turn of a raster from r0 to r1 covers what is wanted, or is all that lies there. */
static bool find_turn(double r0, double r1, double west, double east, double edge,
                      int *turn)
{
    int meet = 0;
    *turn = 0;
    if (r0 <= west + edge && r1 >= east - edge)
        return true;
    int first = (int)floor((west - r1) / 360), last = (int)ceil((east - r0) / 360);
    for (int k = first; k <= last; k++) {
        double from = r0 + 360.0 * k, to = r1 + 360.0 * k;
        if (from >= east - edge || to <= west + edge)
            continue;
        *turn = k;
        meet++;
        if (from <= west + edge && to >= east - edge)
            return true;
    }
    return meet <= 1;
}

void lon_wrap_under(struct ras *r, const struct crs *crs, double west, double east,
                    int margin)
{
    double r0, r1;
    int turn;
    raster_grid_bounds(&r->grid, &r0, &r1);
    if (!is_level(&r->grid) || !raster_grid_could_be_degrees(r0, r1) ||
        !raster_grid_could_be_degrees(west, east))
        return;
    double step = fabs(r->grid.gt[1]);
    int period = period_of(&r->grid);
    double beyond = period ? margin * step : 0;
    bool one = find_turn(r0, r1, west - beyond, east + beyond, slack * step, &turn);
    if (one ? turn == 0 : !period)
        return;
    if (!crs_is_geographic(crs) || !crs_same(r->grid.crs, crs))
        return;
    if (one) {
        r->grid.gt[0] += 360.0 * turn;
        return;
    }
    double a = (west - r->grid.gt[0]) / r->grid.gt[1],
           b = (east - r->grid.gt[0]) / r->grid.gt[1];
    int first = (int)floor(fmin(a, b) + slack) - margin;
    int end = (int)ceil(fmax(a, b) - slack) + margin;
    ras_wind(r, first, end - first, period);
}

bool lon_wrap_away(const struct raster_grid *g, double west, double east)
{
    double r0, r1, edge = slack * fabs(g->gt[1]);
    int turn;
    raster_grid_bounds(g, &r0, &r1);
    if (!raster_grid_could_be_degrees(r0, r1) || !raster_grid_could_be_degrees(west, east))
        return false;
    bool one = find_turn(r0, r1, west, east, edge, &turn);
    return (!one || turn != 0) && crs_is_geographic(g->crs);
}

void lon_wrap_about(struct ras *r, double longitude, int margin)
{
    int period = period_of(&r->grid);
    if (!period || !crs_is_geographic(r->grid.crs))
        return;
    double column = isfinite(longitude) ? (longitude - r->grid.gt[0]) / r->grid.gt[1]
                                        : r->grid.columns / 2.0;
    ras_wind(r, (int)rint(column - period / 2.0) - margin, period + 2 * margin, period);
}

/* The same for cells that are as wide as this, of a raster that goes around. */
static int neighbours(const struct ras *r, double width)
{
    double cells = fmin(ceil(width / fabs(r->grid.gt[1])), period_of(&r->grid));
    return NEIGHBOURS * (cells > 1 ? (int)cells : 1);
}

int lon_wrap_to_grid(struct ras *source, const struct grid *g)
{
    if (!source->grid.crs || !source->has_gt)
        return MSG_OK;
    double width = g->columns * g->dx, x = g->x0 + width / 2,
           y = g->y0 - g->rows * g->dy / 2;
    if (!period_of(&source->grid) || crs_same(source->grid.crs, g->crs)) {
        lon_wrap_under(source, g->crs, g->x0, g->x0 + width, neighbours(source, g->dx));
        return MSG_OK;
    }
    struct crs_transform *map;
    int status = crs_transform_open(&map, g->crs, source->grid.crs, NULL, source->path);
    if (status != MSG_OK)
        return status;
    double cell_x[3] = {x, x + g->dx, x}, cell_y[3] = {y, y, y - g->dy};
    crs_forward(map, cell_x, cell_y, 1, 3);
    crs_transform_close(map);
    double across = hypot(crs_unwind(cell_x[1] - cell_x[0], 360, 0),
                          crs_unwind(cell_x[2] - cell_x[0], 360, 0));
    lon_wrap_about(source, cell_x[0], neighbours(source, across));
    return MSG_OK;
}
