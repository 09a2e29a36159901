/* area_weights: exact areas of pixels in cells. */
#include "geo/area_weights.h"
#include "area_quad.h"
#include <math.h>
#include <stdbool.h>

static const double sliver = 1e-9; /* of a pixel and of a cell */

static double clamp(double v, double least, double most)
{
    return v < least ? least : v > most ? most : v;
}

/* The share of pixel i between the places a and b. */
static double share(double origin, double step, int i, double a, double b)
{
    double e0 = origin + i * step, e1 = origin + (i + 1) * step;
    double low = e0 < e1 ? e0 : e1, high = e0 < e1 ? e1 : e0;
    return (fmin(high, b) - fmax(low, a)) / (high - low);
}

/* Whether pixel i is in a cell by more than the sliver that rounding alone can make. */
static bool is_in(double origin, double step, int i, int cell)
{
    double s = share(origin, step, i, cell, cell + 1);
    return s > sliver || s * fabs(step) > sliver;
}

void area_weights_axis(double origin, double step, int from, int to, int cells,
                       struct area_weights_run *run)
{
    for (int j = 0; j < cells; j++) {
        /* The pixels that hold the cell's two edges, give or take rounding. */
        double p = (j - origin) / step, q = (j + 1 - origin) / step;
        int first = (int)clamp(floor(fmin(p, q)) - 1, from, to);
        int last = (int)clamp(ceil(fmax(p, q)) + 1, from - 1.0, to - 1.0);
        while (first <= last && !is_in(origin, step, first, j))
            first++;
        while (last >= first && !is_in(origin, step, last, j))
            last--;
        run[j] = (struct area_weights_run){.first = first, .count = last - first + 1};
        if (run[j].count > 0) {
            run[j].head = fmin(1, share(origin, step, first, j, j + 1));
            run[j].tail = fmin(1, share(origin, step, last, j, j + 1));
        }
    }
}

enum { MOST_CORNERS = 12 };

struct shape {
    int n;
    double x[MOST_CORNERS], y[MOST_CORNERS];
};

/* Signed, and about its first corner, so that far-away shapes keep their digits. */
static double area_of(const struct shape *s)
{
    double twice = 0;
    for (int i = 1; i + 1 < s->n; i++)
        twice += (s->x[i] - s->x[0]) * (s->y[i + 1] - s->y[0]) -
                 (s->x[i + 1] - s->x[0]) * (s->y[i] - s->y[0]);
    return twice / 2;
}

/* The part of a shape with side * (u - edge) >= 0, u being x (or y, when vertical). */
static void cut(const struct shape *from, struct shape *to, int vertical, double edge,
                int side)
{
    const double *u = vertical ? from->y : from->x, *w = vertical ? from->x : from->y;
    double *tu = vertical ? to->y : to->x, *tw = vertical ? to->x : to->y;
    int n = 0;
    for (int i = 0, j = from->n - 1; i < from->n; j = i++) {
        double a = side * (u[j] - edge), b = side * (u[i] - edge);
        if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
            tu[n] = edge;
            tw[n++] = w[j] + (w[i] - w[j]) * (a / (a - b));
        }
        if (b >= 0) {
            tu[n] = u[i];
            tw[n++] = w[i];
        }
    }
    to->n = n;
}

double area_weights_quad(const double corner[8], const struct grid_rect *cells,
                         void (*take)(void *user, int column, int row, double area),
                         void *user)
{
    struct shape quad = {.n = 4};
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    int left = cells->column, right = left + cells->columns;
    int top = cells->row, bottom = top + cells->rows;
    for (int i = 0; i < 4; i++) {
        quad.x[i] = corner[2 * i];
        quad.y[i] = corner[2 * i + 1];
        x0 = fmin(x0, quad.x[i]);
        x1 = fmax(x1, quad.x[i]);
        y0 = fmin(y0, quad.y[i]);
        y1 = fmax(y1, quad.y[i]);
    }
    double whole = area_of(&quad), sign = whole < 0 ? -1 : 1;
    if (!(whole != 0) || !isfinite(whole) || x1 <= left || y1 <= top || x0 >= right ||
        y0 >= bottom)
        return isfinite(whole) ? fabs(whole) : 0;
    int c0 = (int)clamp(floor(x0), left, right - 1),
        c1 = (int)clamp(floor(x1), left, right - 1);
    int r0 = (int)clamp(floor(y0), top, bottom - 1),
        r1 = (int)clamp(floor(y1), top, bottom - 1);
    if (c0 == c1 && r0 == r1 && x0 >= c0 && x1 <= c0 + 1 && y0 >= r0 && y1 <= r0 + 1) {
        take(user, c0, r0, sign * whole);
        return sign * whole;
    }
    for (int c = c0; c <= c1; c++) {
        struct shape half, strip;
        cut(&quad, &half, 0, c, 1);
        cut(&half, &strip, 0, c + 1, -1);
        for (int r = r0; r <= r1; r++) {
            struct shape upper, part;
            cut(&strip, &upper, 1, r, 1);
            cut(&upper, &part, 1, r + 1, -1);
            double area = sign * area_of(&part);
            if (area > 0)
                take(user, c, r, area);
        }
    }
    return sign * whole;
}

bool area_weights_quad_few(const double corner[8], struct area_weights_few *f)
{
    return area_quad_few(corner, f);
}
