/* polygon_project: areas in another CRS. */
#include "geo/polygon_project.h"
#include <math.h>

struct place {
    double x, y;   /* where it comes from */
    double tx, ty; /* where it goes */
};

/* The way, and what a turn of the new x is, so that edges go on where longitudes begin
 * anew.
 */
struct way {
    struct crs_transform *map;
    double turn;
};

static struct place place_of(const struct way *w, double x, double y, double near)
{
    struct place p = {x, y, x, y};
    crs_forward(w->map, &p.tx, &p.ty, 1, 1);
    if (w->turn > 0 && isfinite(near))
        p.tx = crs_unwind(p.tx, w->turn, near);
    return p;
}

/* How far the place at that part of the way from a to b is from the straight line. */
static double stray(struct place m, struct place a, struct place b, double part)
{
    return hypot(m.tx - (a.tx + (b.tx - a.tx) * part),
                 m.ty - (a.ty + (b.ty - a.ty) * part));
}

/* Adds the points between a and b, both excluded, that the new edge needs. An edge that
 * bends one way and then the other passes through its middle, so the quarters count too. */
static void follow(struct poly *to, const struct way *w, struct place a, struct place b,
                   double tolerance, int depth)
{
    struct place m = place_of(w, (a.x + b.x) / 2, (a.y + b.y) / 2, a.tx);
    if (depth == 0 || isnan(m.tx))
        return;
    if (stray(m, a, b, 0.5) <= tolerance) {
        struct place p = place_of(w, (a.x + m.x) / 2, (a.y + m.y) / 2, a.tx);
        struct place q = place_of(w, (m.x + b.x) / 2, (m.y + b.y) / 2, m.tx);
        if (!(stray(p, a, b, 0.25) > tolerance || stray(q, a, b, 0.75) > tolerance))
            return;
    }
    follow(to, w, a, m, tolerance, depth - 1);
    poly_point(to, m.tx, m.ty);
    follow(to, w, m, b, tolerance, depth - 1);
}

int poly_transform(struct poly *to, const struct poly *from, struct crs_transform *map,
                   double tolerance)
{
    const struct way w = {map, crs_transform_turn(map)};
    *to = (struct poly){0};
    for (size_t r = 0; r < from->nrings; r++) {
        poly_ring(to);
        size_t begin = from->ring[r], end = from->ring[r + 1];
        if (begin == end)
            continue;
        struct place first = place_of(&w, from->x[begin], from->y[begin], NAN), a = first;
        for (size_t i = begin; i < end; i++) {
            if (isnan(a.tx)) {
                poly_free(to);
                return MSG_INPUT;
            }
            poly_point(to, a.tx, a.ty);
            struct place b =
                i + 1 < end ? place_of(&w, from->x[i + 1], from->y[i + 1], a.tx) : first;
            if (!crs_transform_identity(map))
                follow(to, &w, a, b, tolerance, 12);
            a = b;
        }
    }
    return MSG_OK;
}

void poly_to_degrees(struct poly *p, const struct crs *crs)
{
    double degrees = crs_degrees(crs);
    for (size_t i = 0; i < p->npoints && degrees > 0 && degrees != 1; i++) {
        p->x[i] *= degrees;
        p->y[i] *= degrees;
    }
}
