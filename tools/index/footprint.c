/* footprint: where on earth a raster's pixels lie. */
#include "footprint.h"
#include "geo/crs_transform.h"
#include "mask/pixel_mask.h"
#include <math.h>

/* Places of a raster in degrees, from its columns and rows. */
static int to_degrees(const struct ras *r, double *x, double *y, size_t n)
{
    struct crs_transform *map;
    int status = ras_need_place(r);
    if (status == MSG_OK)
        status = crs_transform_open(&map, r->grid.crs, crs_of_epsg(4326), NULL, r->path);
    if (status != MSG_OK)
        return status;
    gt_places(r->grid.gt, x, y, n);
    crs_forward(map, x, y, 1, n);
    crs_transform_close(map);
    return MSG_OK;
}

int footprint_longitude(const struct ras *r, double *longitude)
{
    double y = r->grid.rows / 2.0;
    *longitude = r->grid.columns / 2.0;
    return to_degrees(r, longitude, &y, 1);
}

/* In degrees: far from where its plane is meant for, a place in it may be anywhere. A
 * raster that winds around a pole, or has no place at some corner, may touch all. */
static int near_enough(const struct ras *r, const double area[4], bool *near)
{
    enum { STEPS = 8, POINTS = 4 * STEPS };
    double x[POINTS], y[POINTS], b[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    double columns = r->grid.columns, rows = r->grid.rows;
    for (int i = 0; i < STEPS; i++) {
        double t = i / (double)STEPS;
        const double place[4][2] = {{t, 0}, {1, t}, {1 - t, 1}, {0, 1 - t}};
        for (int k = 0; k < 4; k++) {
            x[k * STEPS + i] = place[k][0] * columns;
            y[k * STEPS + i] = place[k][1] * rows;
        }
    }
    int status = to_degrees(r, x, y, POINTS);
    *near = true;
    for (int i = 0; i < POINTS && status == MSG_OK; i++) {
        if (isnan(x[i]))
            return MSG_OK;
        x[i] = crs_unwind(x[i], 360, x[0]);
        b[0] = fmin(b[0], x[i]);
        b[1] = fmin(b[1], y[i]);
        b[2] = fmax(b[2], x[i]);
        b[3] = fmax(b[3], y[i]);
    }
    if (status != MSG_OK || b[2] - b[0] > 180)
        return status;
    double slack = fmax(b[2] - b[0], b[3] - b[1]) / 100;
    double half = (b[2] - b[0] + area[2] - area[0]) / 2 + slack;
    double middle = (area[0] + area[2]) / 2;
    *near = fabs(crs_unwind((b[0] + b[2]) / 2, 360, middle) - middle) <= half &&
            b[1] - slack <= area[3] && b[3] + slack >= area[1];
    return MSG_OK;
}

int footprint_touches(const struct ras *r, const struct grid *place, bool *touches)
{
    struct pixel_mask *mask;
    int pixels[4];
    double box[4];
    poly_bounds(&place->clip, box);
    int status = near_enough(r, box, touches);
    if (status != MSG_OK || !*touches)
        return status;
    status = pixel_mask_open(&mask, r, place, NULL, 0, NULL);
    if (status == MSG_OK)
        *touches = pixel_mask_box(mask, pixels);
    pixel_mask_close(mask);
    return status;
}
