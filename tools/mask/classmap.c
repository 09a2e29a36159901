/* classmap: wanted classes under a source's pixels. */
#include "mask/classmap.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "geo/approx_transform.h"
#include "geo/area_weights.h"
#include "geo/crs.h"
#include "raster/lon_wrap.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Pixels are looked up in groups whose map pixels stay in the processor's cache, also where
 * the map is much finer, or turned against the source. */
enum { GROUP = 1 << 15, GROUP_COLUMNS = 256 };

/* What is kept of the map's blocks, for the groups beside and below: so many of its rows,
 * but no more bytes than that. */
enum { KEEP_ROWS = 1024, KEEP_BYTES = 8 << 20 };

/* A group under which more pixels of the map lie than this is taken in halves. */
enum { MOST_UNDER = 1 << 22 };

static const double tolerance = 1e-3;  /* of a map pixel; nearer to an edge is exact */
static const double sliver = 1e-9;     /* of a pixel: what rounding may leave on a class */
static const double edge_slack = 1e-7; /* of a map pixel: what rounding may do */

struct classmap {
    char *path;
    const struct classmap_classes *classes;
    struct ras map;
    struct crs_transform *to_map;
    struct approx_transform *lattice; /* from the source's pixels to the map's */
    /* the map's columns in 360 degrees, where its ends may run through pixels; or 0 */
    double turn;
    bool winds; /* pixels may lie in other turns than the map */
    bool cut;   /* of the present group: its pixels are to be looked for in each turn */
    int group_columns;
    double looked, on_map;

    /* the part of the map that was read: whether each pixel's class is wanted */
    unsigned char *wanted;
    int c0, r0;
    size_t width;
};

bool classmap_parse(struct classmap_classes *c, const char *option, const char *text)
{
    memset(c->wanted, 0, sizeof c->wanted);
    c->text = NULL;
    struct list_item item, first, last;
    for (const char *rest = text; list_next(&rest, &item);) {
        bool is_range = list_part(item, '-', &first, &last);
        long long from, to;
        bool good = num_parse_long(first.s, first.n, &from);
        to = from;
        if (good && is_range)
            good = num_parse_long(last.s, last.n, &to);
        if (!good || from < 0 || to < from || to > 65535) {
            msg_error("%s: not a list of classes such as 3,4,10-15: \"%s\"", option, text);
            return false;
        }
        memset(c->wanted + from, 1, (size_t)(to - from + 1));
    }
    c->text = mem_text(text);
    return true;
}

/* Whether the ends of a map run through a source in another CRS, as its corners tell. */
static bool is_cut(const struct classmap *m, const struct ras *source)
{
    double least = HUGE_VAL, most = -HUGE_VAL, x[4], y[4];
    for (int k = 0; k < 4; k++)
        ras_place(source->gt, k & 1 ? source->columns : 0, k & 2 ? source->rows : 0, &x[k],
                  &y[k]);
    crs_forward(m->to_map, x, y, 1, 4);
    for (int k = 0; k < 4; k++) {
        least = fmin(least, x[k] / m->map.gt[1]);
        most = fmax(most, x[k] / m->map.gt[1]);
    }
    return most - least > m->turn / 2;
}

/* Lays a map of longitudes under the source. */
static void wind_map(struct classmap *m, const struct ras *source)
{
    double x, y, west, east;
    m->turn = lon_wrap_turn(&m->map);
    if (m->turn == 0)
        return;
    if (crs_transform_identity(m->to_map)) {
        lon_wrap_bounds(source, &west, &east);
        lon_wrap_under(&m->map, source->crs, west, east, 0);
        m->winds = lon_wrap_away(&m->map, west, east);
        m->turn = m->winds ? m->turn : 0;
        return;
    }
    if (is_cut(m, source)) {
        ras_place(source->gt, source->columns / 2.0, source->rows / 2.0, &x, &y);
        crs_forward(m->to_map, &x, &y, 1, 1);
        lon_wrap_about(&m->map, x, 0);
    }
    lon_wrap_bounds(&m->map, &west, &east);
    m->winds = west < -180 || east > 180 || lon_wrap_turn(source) > 0;
}

int classmap_open(struct classmap **made, const char *path,
                  const struct classmap_classes *classes, const struct ras *source)
{
    struct classmap *m = mem_alloc(1, sizeof *m);
    double inverse[6];
    *made = m;
    m->path = mem_text(path);
    m->classes = classes;
    int status = ras_open(&m->map, path);
    if (status == MSG_OK &&
        (!m->map.crs || !m->map.has_gt || !ras_invert(m->map.gt, inverse))) {
        msg_error("%s: this class map has no coordinates", path);
        status = MSG_INPUT;
    }
    if (status == MSG_OK)
        status = crs_transform_open(&m->to_map, source->crs, m->map.crs, NULL, path);
    if (status != MSG_OK) {
        classmap_close(m);
        *made = NULL;
        return status;
    }
    wind_map(m, source);
    ras_invert(m->map.gt, inverse);
    size_t row = (size_t)m->map.file_columns * (size_t)ras_type_bytes(m->map.band[0].type);
    bool fits = row <= KEEP_BYTES / KEEP_ROWS;
    ras_keep(&m->map, fits ? row * KEEP_ROWS : KEEP_BYTES);
    /* Strips that are not kept are read again by each group beside: so there is none. */
    bool strips = m->map.block_columns == m->map.file_columns;
    m->group_columns = strips && !fits ? GROUP : GROUP_COLUMNS;
    m->lattice = approx_open(source->gt, source->columns, source->rows, m->to_map, inverse,
                             tolerance);
    return MSG_OK;
}

void classmap_close(struct classmap *m)
{
    if (!m)
        return;
    approx_close(m->lattice);
    crs_transform_close(m->to_map);
    ras_close(&m->map);
    free(m->path);
    free(m->wanted);
    free(m);
}

const char *classmap_path(const struct classmap *m)
{
    return m->path;
}

double classmap_covers(const struct classmap *m)
{
    return m->looked > 0 ? m->on_map / m->looked : 1;
}

/* Some pixels of the map: the first and the last column and row, both included. */
struct part {
    int c0, r0, c1, r1;
};

static bool is_too_large(const struct part *p)
{
    return ((double)p->c1 - p->c0 + 1) * ((double)p->r1 - p->r0 + 1) > MOST_UNDER;
}

static int read_part(struct classmap *m, const struct part *p)
{
    int columns = p->c1 - p->c0 + 1, rows = p->r1 - p->r0 + 1;
    m->c0 = p->c0;
    m->r0 = p->r0;
    m->width = (size_t)columns;
    free(m->wanted);
    m->wanted = mem_resize(NULL, m->width, (size_t)rows);
    return ras_read_table(&m->map, 0, p->c0, p->r0, columns, rows, m->classes->wanted,
                          m->wanted);
}

/* Moves columns of the map to the turn that it lies in. */
static void unwind(const struct classmap *m, double *x, int n)
{
    for (int i = 0; m->winds && i < n; i++)
        x[i] = crs_unwind(x[i], m->turn, m->map.columns / 2.0);
}

static bool is_wanted(const struct classmap *m, int column, int row)
{
    return m->wanted[(size_t)(row - m->r0) * m->width + (size_t)(column - m->c0)];
}

/* ---- by centre ---- */

/* A pixel of the map, -1 for none. */
struct spot {
    int32_t column, row;
};

static struct spot spot_of(const struct ras *map, double x, double y)
{
    /* Where pixels of two sizes share edges, centres lie on edges by the thousand. */
    x += edge_slack;
    y += edge_slack;
    if (!(x >= 0 && y >= 0 && x < map->columns && y < map->rows))
        return (struct spot){-1, -1};
    return (struct spot){(int32_t)x, (int32_t)y};
}

/* Whether a coordinate is nearer to an edge than interpolation may err. */
static bool near_edge(double v)
{
    if (!(v > -1 && v < INT32_MAX))
        return false; /* far outside */
    double f = v - (double)(int32_t)v;
    return f < tolerance || f > 1 - tolerance;
}

/* A group of pixels: column, row, columns, rows; in the window's arrays they begin at `at`
 * and have its width. */
struct group {
    int column, row, columns, rows;
    size_t at, width;
};

/* Calls work for all groups of a window. */
static int in_groups(struct classmap *m, int column, int row, int columns, int rows,
                     int (*work)(struct classmap *m, const struct group *g, void *user),
                     void *user)
{
    int status = MSG_OK;
    int wide = columns < m->group_columns ? columns : m->group_columns, high = GROUP / wide;
    for (int r = 0; r < rows && status == MSG_OK; r += high)
        for (int c = 0; c < columns && status == MSG_OK; c += wide) {
            struct group g = {.column = column + c,
                              .row = row + r,
                              .columns = columns - c < wide ? columns - c : wide,
                              .rows = rows - r < high ? rows - r : high,
                              .at = (size_t)r * (size_t)columns + (size_t)c,
                              .width = (size_t)columns};
            status = work(m, &g, user);
        }
    return status;
}

/* Works on two halves of a group, cut across its longer side. */
static int in_halves(struct classmap *m, const struct group *g,
                     int (*work)(struct classmap *m, const struct group *g, void *user),
                     void *user)
{
    struct group a = *g, b = *g;
    if (g->columns > g->rows) {
        a.columns /= 2;
        b.columns -= a.columns;
        b.column += a.columns;
        b.at += (size_t)a.columns;
    } else {
        a.rows /= 2;
        b.rows -= a.rows;
        b.row += a.rows;
        b.at += (size_t)a.rows * g->width;
    }
    int status = work(m, &a, user);
    return status == MSG_OK ? work(m, &b, user) : status;
}

struct keeping {
    struct spot spot[GROUP];
    double x[GROUP], y[GROUP]; /* of one row */
    unsigned char *bits;
};

/* Whether interpolation could have named the wrong pixel. */
static bool is_doubtful(struct spot p, double x, double y)
{
    if (p.column < 0)
        return near_edge(x) || near_edge(y);
    double fx = x - p.column, fy = y - p.row;
    return fx < tolerance || fx > 1 - tolerance || fy < tolerance || fy > 1 - tolerance;
}

/* Of one row; bits and spot begin at its first pixel. Takes the spots into a part. */
static void find_spots(struct classmap *m, int column, int row, int columns,
                       const unsigned char *bits, struct keeping *k, struct spot *spot,
                       struct part *part)
{
    double *x = k->x, *y = k->y;
    approx_row(m->lattice, row + 0.5, column, 0.5, columns, x, y);
    bool exact = crs_transform_identity(m->to_map);
    int looked = 0, on_map = 0;
    struct part p = *part;
    unwind(m, x, columns);
    for (int i = 0; i < columns; i++) {
        spot[i] = (struct spot){-1, -1};
        if (!bits[i])
            continue;
        struct spot here = spot_of(&m->map, x[i], y[i]);
        if (!exact && is_doubtful(here, x[i], y[i])) {
            approx_exact(m->lattice, row + 0.5, column + i, 0.5, 1, &x[i], &y[i]);
            unwind(m, &x[i], 1);
            here = spot_of(&m->map, x[i], y[i]);
        }
        looked++;
        if (here.column < 0)
            continue;
        on_map++;
        spot[i] = here;
        p.c0 = here.column < p.c0 ? here.column : p.c0;
        p.c1 = here.column > p.c1 ? here.column : p.c1;
        p.r0 = here.row < p.r0 ? here.row : p.r0;
        p.r1 = here.row > p.r1 ? here.row : p.r1;
    }
    m->looked += looked;
    m->on_map += on_map;
    *part = p;
}

static int keep_group(struct classmap *m, const struct group *g, void *user)
{
    struct keeping *k = user;
    struct part p = {INT32_MAX, INT32_MAX, -1, -1};
    double looked = m->looked, on_map = m->on_map;
    for (int r = 0; r < g->rows; r++)
        find_spots(m, g->column, g->row + r, g->columns,
                   k->bits + g->at + (size_t)r * g->width, k, k->spot + r * g->columns, &p);
    if (p.c1 >= 0 && is_too_large(&p) && g->columns * g->rows > 1) {
        m->looked = looked;
        m->on_map = on_map;
        return in_halves(m, g, keep_group, user);
    }
    int status = p.c1 >= 0 ? read_part(m, &p) : MSG_OK;
    for (int r = 0; status == MSG_OK && r < g->rows; r++) {
        const struct spot *spot = k->spot + r * g->columns;
        unsigned char *bits = k->bits + g->at + (size_t)r * g->width;
        for (int i = 0; i < g->columns; i++)
            if (spot[i].column < 0 || !is_wanted(m, spot[i].column, spot[i].row))
                bits[i] = 0;
    }
    return status;
}

int classmap_keep(struct classmap *m, int column, int row, int columns, int rows,
                  unsigned char *bits)
{
    struct keeping *k = mem_resize(NULL, 1, sizeof *k);
    k->bits = bits;
    int status = in_groups(m, column, row, columns, rows, keep_group, k);
    free(k);
    return status;
}

/* ---- by area ---- */

/* A pixel whose area is being shared out to map pixels. */
struct sharing {
    const struct classmap *map;
    double wanted;
};

static void share_out(void *user, int column, int row, double area)
{
    struct sharing *s = user;
    if (is_wanted(s->map, column, row))
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
    double turn = s->map->turn, columns = s->map->map.columns, at[8], whole = 0;
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
    const struct grid_rect all = {0, 0, m->map.columns, m->map.rows};
    struct sharing s = {.map = m};
    double whole = m->cut ? share_turns(corner, &all, &s) : share_quad(corner, &all, &s);
    return share_wanted(&s, whole);
}

/* The same for one under which too much of the map lies to be held: some rows of it at a
 * time. */
static int share_of_large(struct classmap *m, const double corner[8],
                          const struct part *under, double *share)
{
    int columns = under->c1 - under->c0 + 1, status = MSG_OK;
    int step = MOST_UNDER / columns > 1 ? MOST_UNDER / columns : 1;
    struct sharing s = {.map = m};
    double whole = 0;
    for (int row = under->r0; row <= under->r1 && status == MSG_OK; row += step) {
        struct part p = {under->c0, row, under->c1, row + step - 1};
        p.r1 = p.r1 < under->r1 ? p.r1 : under->r1;
        const struct grid_rect some = {p.c0, row, columns, p.r1 - row + 1};
        status = read_part(m, &p);
        if (status == MSG_OK)
            whole = m->cut ? share_turns(corner, &some, &s) : share_quad(corner, &some, &s);
    }
    *share = share_wanted(&s, whole);
    return status;
}

/* What of the map lies under corners; false when nothing does. */
static bool find_under(struct classmap *m, const double *x, const double *y, size_t n,
                       struct part *p)
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
        x1 = m->map.columns;
    }
    if (!(x1 > 0 && y1 > 0 && x0 < m->map.columns && y0 < m->map.rows))
        return false;
    p->c0 = (int)fmax(0, floor(x0));
    p->r0 = (int)fmax(0, floor(y0));
    p->c1 = (int)fmin(m->map.columns - 1, floor(x1));
    p->r1 = (int)fmin(m->map.rows - 1, floor(y1));
    return true;
}

struct weighing {
    double x[2 * (GROUP + 1)], y[2 * (GROUP + 1)]; /* of corners, row after row */
    const unsigned char *bits;
    float *weight;
};

/* One row of a group. large: the part under its only pixel, when that is too large; else
 * NULL, and what lies under the group has been read. */
static int weigh_row(struct classmap *m, int columns, const double *x, const double *y,
                     const struct part *large, const unsigned char *bits, float *weight)
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
        unwind(m, &cx, 1);
        m->looked++;
        m->on_map += cx >= 0 && cy >= 0 && cx < m->map.columns && cy < m->map.rows;
        if (large)
            status = share_of_large(m, corner, large, &share);
        else
            share = share_of(m, corner);
        weight[i] *= (float)share;
    }
    return status;
}

static int weigh_group(struct classmap *m, const struct group *g, void *user)
{
    struct weighing *w = user;
    size_t across = (size_t)g->columns + 1;
    struct part p;
    for (int r = 0; r <= g->rows; r++) {
        double *x = w->x + (size_t)r * across;
        approx_row(m->lattice, g->row + r, g->column, 0, g->columns + 1, x,
                   w->y + (size_t)r * across);
        unwind(m, x, g->columns + 1);
    }
    bool under = find_under(m, w->x, w->y, across * (size_t)(g->rows + 1), &p);
    bool large = under && is_too_large(&p);
    if (large && g->columns * g->rows > 1)
        return in_halves(m, g, weigh_group, user);
    int status = under && !large ? read_part(m, &p) : MSG_OK;
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
    int status = in_groups(m, column, row, columns, rows, weigh_group, w);
    free(w);
    return status;
}
