/* classmap_area: the shares of a source's pixels that lie on wanted classes. */
#include "base/mem.h"
#include "classmap_parts.h"
#include "geo/area_weights.h"
#include "mask/classmap.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double sliver = 1e-9; /* of a pixel: what rounding may leave on a class */

/* A pixel whose area is being shared out to map pixels. */
struct sharing {
    const struct classmap *map;
    double wanted;
};

static void share_out(void *user, int column, int row, double area)
{
    struct sharing *s = user;
    if (classmap_is_wanted(s->map, column, row))
        s->wanted += area;
}

static double share_wanted(const struct sharing *s, double whole)
{
    double share = whole > 0 ? fmin(1, s->wanted / whole) : 0;
    return share > sliver ? share : 0;
}

/* Shares out what of a quadrilateral, in map pixels, lies in a rectangle of the map.
 * Returns its whole area. */
static double share_quad(const double corner[8], const struct grid_rect *some,
                         struct sharing *s)
{
    struct area_weights_few few;
    if (!area_weights_quad_few(corner, &few))
        return area_weights_quad(corner, some, share_out, s);
    int left = some->column, right = left + some->columns;
    int top = some->row, bottom = top + some->rows;
    for (int r = 0; r < few.rows; r++)
        for (int c = 0; c < few.columns; c++) {
            int column = few.column + c, row = few.row + r;
            if (few.area[r][c] > 0 && column >= left && row >= top && column < right &&
                row < bottom)
                share_out(s, column, row, few.area[r][c]);
        }
    return few.whole;
}

/* The same for one whose corners are in any turn, at each turn at which it meets the map.
 */
static double share_turns(const double corner[8], const struct grid_rect *some,
                          struct sharing *s)
{
    double turn = s->map->turn, columns = s->map->map.grid.columns, at[8], whole = 0;
    memcpy(at, corner, sizeof at);
    for (int i = 2; i < 8; i += 2)
        at[i] = crs_unwind(at[i], turn, at[0]);
    double low = fmin(fmin(at[0], at[2]), fmin(at[4], at[6]));
    double high = fmax(fmax(at[0], at[2]), fmax(at[4], at[6]));
    double moved = turn * ceil(-high / turn);
    for (int i = 0; i < 8; i += 2)
        at[i] += moved;
    for (low += moved; low < columns; low += turn) {
        whole = share_quad(at, some, s);
        for (int i = 0; i < 8; i += 2)
            at[i] += turn;
    }
    return whole;
}

/* The share of a quadrilateral that is wanted. */
static double share_of(const struct classmap *m, const double corner[8])
{
    const struct grid_rect all = {0, 0, m->map.grid.columns, m->map.grid.rows};
    struct sharing s = {.map = m};
    double whole = m->cut ? share_turns(corner, &all, &s) : share_quad(corner, &all, &s);
    return share_wanted(&s, whole);
}

/* The same for one under which too much of the map lies to be held: some rows of it at a
 * time. */
static int share_of_large(struct classmap *m, const double corner[8],
                          const struct classmap_part *under, double *share)
{
    int columns = under->c1 - under->c0 + 1, status = MSG_OK;
    int step = CLASSMAP_MOST_UNDER / columns > 1 ? CLASSMAP_MOST_UNDER / columns : 1;
    struct sharing s = {.map = m};
    double whole = 0;
    for (int row = under->r0; row <= under->r1 && status == MSG_OK; row += step) {
        struct classmap_part p = {under->c0, row, under->c1, row + step - 1};
        p.r1 = p.r1 < under->r1 ? p.r1 : under->r1;
        const struct grid_rect some = {p.c0, row, columns, p.r1 - row + 1};
        status = classmap_read(m, &p);
        if (status == MSG_OK)
            whole = m->cut ? share_turns(corner, &some, &s) : share_quad(corner, &some, &s);
    }
    *share = share_wanted(&s, whole);
    return status;
}

/* What of the map lies under corners; false when nothing does. */
static bool find_under(struct classmap *m, const double *x, const double *y, size_t n,
                       struct classmap_part *p)
{
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]))
            continue;
        x0 = fmin(x0, x[i]);
        x1 = fmax(x1, x[i]);
        y0 = fmin(y0, y[i]);
        y1 = fmax(y1, y[i]);
    }
    bool ends = m->turn > 0 && x1 - x0 > m->turn / 2; /* may run through a pixel */
    m->cut = ends || m->winds;
    if (ends) {
        x0 = 0;
        x1 = m->map.grid.columns;
    }
    if (!(x1 > 0 && y1 > 0 && x0 < m->map.grid.columns && y0 < m->map.grid.rows))
        return false;
    p->c0 = (int)fmax(0, floor(x0));
    p->r0 = (int)fmax(0, floor(y0));
    p->c1 = (int)fmin(m->map.grid.columns - 1, floor(x1));
    p->r1 = (int)fmin(m->map.grid.rows - 1, floor(y1));
    return true;
}

struct weighing {
    double x[2 * (CLASSMAP_GROUP + 1)],
        y[2 * (CLASSMAP_GROUP + 1)]; /* of corners, row after row */
    const unsigned char *bits;
    float *weight;
};

/* One row of a group. large: the part under its only pixel, when that is too large; else
 * NULL, and what lies under the group has been read. */
static int weigh_row(struct classmap *m, int columns, const double *x, const double *y,
                     const struct classmap_part *large, const unsigned char *bits,
                     float *weight)
{
    int below = columns + 1, status = MSG_OK;
    for (int i = 0; i < columns && status == MSG_OK; i++) {
        const double corner[8] = {x[i],
                                  y[i],
                                  x[i + 1],
                                  y[i + 1],
                                  x[below + i + 1],
                                  y[below + i + 1],
                                  x[below + i],
                                  y[below + i]};
        if (!bits[i])
            continue;
        double across = corner[4] - corner[0], cy = (corner[1] + corner[5]) / 2, share;
        double cx = corner[0] + (m->cut ? crs_unwind(across, m->turn, 0) : across) / 2;
        classmap_unwind(m, &cx, 1);
        m->looked++;
        m->on_map +=
            cx >= 0 && cy >= 0 && cx < m->map.grid.columns && cy < m->map.grid.rows;
        if (large)
            status = share_of_large(m, corner, large, &share);
        else
            share = share_of(m, corner);
        weight[i] *= (float)share;
    }
    return status;
}

static int weigh_group(struct classmap *m, const struct classmap_group *g, void *user)
{
    struct weighing *w = user;
    size_t across = (size_t)g->columns + 1;
    struct classmap_part p;
    for (int r = 0; r <= g->rows; r++) {
        double *x = w->x + (size_t)r * across;
        approx_row(m->lattice, g->row + r, g->column, 0, g->columns + 1, x,
                   w->y + (size_t)r * across);
        classmap_unwind(m, x, g->columns + 1);
    }
    bool under = find_under(m, w->x, w->y, across * (size_t)(g->rows + 1), &p);
    bool large = under && classmap_too_large(&p);
    if (large && g->columns * g->rows > 1)
        return classmap_in_halves(m, g, weigh_group, user);
    int status = under && !large ? classmap_read(m, &p) : MSG_OK;
    for (int r = 0; r < g->rows && status == MSG_OK; r++) {
        const unsigned char *bits = w->bits + g->at + (size_t)r * g->width;
        float *weight = w->weight + g->at + (size_t)r * g->width;
        if (under)
            status = weigh_row(m, g->columns, w->x + (size_t)r * across,
                               w->y + (size_t)r * across, large ? &p : NULL, bits, weight);
        for (int i = 0; !under && i < g->columns; i++) {
            m->looked += bits[i] != 0;
            weight[i] = 0;
        }
    }
    return status;
}

int classmap_weigh(struct classmap *m, int column, int row, int columns, int rows,
                   const unsigned char *bits, float *weight)
{
    struct weighing *w = mem_resize(NULL, 1, sizeof *w);
    w->bits = bits;
    w->weight = weight;
    int status = classmap_in_groups(m, column, row, columns, rows, weigh_group, w);
    free(w);
    return status;
}
