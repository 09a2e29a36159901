/* raster_grid: comparing grids of pixels. */
#include "geo/raster_grid.h"
#include <math.h>
#include <string.h>

bool raster_grid_equal(const struct raster_grid *a, const struct raster_grid *b)
{
    return !a->places && !b->places && a->columns == b->columns && a->rows == b->rows &&
           memcmp(a->gt, b->gt, sizeof a->gt) == 0 && a->crs == b->crs;
}

bool raster_grid_same(const struct raster_grid *a, const struct raster_grid *b)
{
    static const double slack = 0.01; /* of a pixel */
    double inverse[6];
    if (a->columns != b->columns || a->rows != b->rows || !gt_invert(a->gt, inverse))
        return false;
    if (a->crs && b->crs && !crs_same(a->crs, b->crs))
        return false;
    for (int k = 0; k < 2; k++) {
        double x, y, column, row;
        gt_place(b->gt, k * b->columns, k * b->rows, &x, &y);
        gt_place(inverse, x, y, &column, &row);
        if (fabs(column - k * a->columns) > slack || fabs(row - k * a->rows) > slack)
            return false;
    }
    return true;
}

/* What an authority's code names may be looked up only where numbers can be angles. */
static bool has_angles(const struct raster_grid *g)
{
    double west, east;
    raster_grid_bounds(g, &west, &east);
    bool coded = g->crs && !strchr(crs_text(g->crs), '[');
    return g->crs && !(coded && !raster_grid_could_be_degrees(west, east)) &&
           crs_is_geographic(g->crs);
}

void raster_grid_to_degrees(struct raster_grid *g)
{
    double degrees = has_angles(g) ? crs_degrees(g->crs) : 1;
    for (int i = 0; i < 6 && degrees != 1; i++)
        g->gt[i] *= degrees;
}

void raster_grid_from_degrees(struct raster_grid *g)
{
    double degrees = has_angles(g) ? crs_degrees(g->crs) : 1;
    for (int i = 0; i < 6 && degrees != 1; i++)
        g->gt[i] /= degrees;
}

const char *raster_grid_absurd(const struct raster_grid *g)
{
    static const double around_earth = 4.1e7, turn = 360, modest = 1e5;
    static const double digits = 1e-15, least = 1e-30;
    double size = 0, far = 0;
    for (int i = 0; i < 6; i++) {
        if (!isfinite(g->gt[i]))
            return "its geotransform has a number that is none";
        double *most = i % 3 ? &size : &far;
        *most = fmax(*most, fabs(g->gt[i]));
    }
    double width = hypot(g->gt[1], g->gt[4]), height = hypot(g->gt[2], g->gt[5]);
    if (fmin(width, height) < fmax(digits * far, least) && fmin(width, height) > 0)
        return "its pixels are too small for numbers to tell them apart";
    if (!g->crs || size <= turn || (size <= modest && !crs_wgs84_utm(g->crs)))
        return NULL;
    bool larger =
        crs_is_geographic(g->crs) ? size > turn : size * crs_metres(g->crs) > around_earth;
    return larger ? "its pixels are larger than the earth" : NULL;
}

void raster_grid_bounds(const struct raster_grid *g, double *west, double *east)
{
    *west = HUGE_VAL;
    *east = -HUGE_VAL;
    for (int k = 0; k < 4; k++) {
        double x, y;
        gt_place(g->gt, k & 1 ? g->columns : 0, k & 2 ? g->rows : 0, &x, &y);
        *west = fmin(*west, x);
        *east = fmax(*east, x);
    }
}

bool raster_grid_could_be_degrees(double west, double east)
{
    static const double most = 3600;
    return west >= -most && east <= most;
}

double raster_grid_turn(const struct raster_grid *g)
{
    double west, east;
    raster_grid_bounds(g, &west, &east);
    if (!g->crs || g->places || g->gt[1] == 0 || !raster_grid_could_be_degrees(west, east))
        return 0;
    return fabs(crs_turn(g->crs) / g->gt[1]);
}
