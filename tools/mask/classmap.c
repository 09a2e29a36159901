/* classmap: wanted classes under the centres of a source's pixels. */
#include "mask/classmap.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "classmap_parts.h"
#include "geo/approx_transform.h"
#include "raster/lon_wrap.h"
#include "scene/band_choice.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP_COLUMNS = 256 }; /* of a group, but where strips of the map are not kept */

/* What is kept of the map's blocks, for the groups beside and below: so many of its rows,
 * but no more bytes than that. */
enum { KEEP_ROWS = 1024, KEEP_BYTES = 8 << 20 };

static const double tolerance = 1e-3;  /* of a map pixel; nearer to an edge is exact */
static const double edge_slack = 1e-7; /* of a map pixel: what rounding may do */

bool classmap_parse(struct classmap_classes *c, const char *option, const char *text)
{
    memset(c->wanted, 0, sizeof c->wanted);
    c->text = NULL;
    struct slice item, first, last;
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
static bool is_cut(const struct classmap *m, const struct raster_grid *source)
{
    double least = HUGE_VAL, most = -HUGE_VAL, x[4], y[4];
    for (int k = 0; k < 4; k++)
        gt_place(source->gt, k & 1 ? source->columns : 0, k & 2 ? source->rows : 0, &x[k],
                 &y[k]);
    crs_forward(m->to_map, x, y, 1, 4);
    for (int k = 0; k < 4; k++) {
        least = fmin(least, x[k] / m->map.grid.gt[1]);
        most = fmax(most, x[k] / m->map.grid.gt[1]);
    }
    return most - least > m->turn / 2;
}

/* Lays a map of longitudes under the source. */
static void wind_map(struct classmap *m, const struct raster_grid *source)
{
    double x, y, west, east;
    m->turn = raster_grid_turn(&m->map.grid);
    if (m->turn == 0)
        return;
    if (source->places) { /* which of its turns each lies in is seen then */
        m->winds = true;
        return;
    }
    if (crs_transform_identity(m->to_map)) {
        raster_grid_bounds(source, &west, &east);
        lon_wrap_under(&m->map, source->crs, west, east, 0);
        m->winds = lon_wrap_away(&m->map.grid, west, east);
        m->turn = m->winds ? m->turn : 0;
        return;
    }
    if (is_cut(m, source)) {
        gt_place(source->gt, source->columns / 2.0, source->rows / 2.0, &x, &y);
        crs_forward(m->to_map, &x, &y, 1, 1);
        lon_wrap_about(&m->map, x, 0);
    }
    raster_grid_bounds(&m->map.grid, &west, &east);
    m->winds = west < -180 || east > 180 || raster_grid_turn(source) > 0;
}

int classmap_open(struct classmap **made, const char *path,
                  const struct classmap_classes *classes, const struct raster_grid *source)
{
    struct classmap *m = mem_alloc(1, sizeof *m);
    *made = m;
    m->classes = classes;
    int status = ras_open(&m->map, path);
    if (status == MSG_OK)
        status = ras_need_place(&m->map);
    if (status == MSG_OK)
        status = band_choose(&m->map, NULL, &m->band);
    if (status == MSG_OK)
        status = crs_transform_open(&m->to_map, source->crs, m->map.grid.crs, NULL, path);
    if (status != MSG_OK) {
        classmap_close(m);
        *made = NULL;
        return status;
    }
    wind_map(m, source);
    size_t row =
        (size_t)m->map.file_columns * (size_t)ras_type_bytes(m->map.band[m->band].type);
    bool fits = row <= KEEP_BYTES / KEEP_ROWS;
    ras_keep(&m->map, fits ? row * KEEP_ROWS : KEEP_BYTES);
    /* Strips that are not kept are read again by each group beside: so there is none. */
    bool strips = m->map.block_columns == m->map.file_columns;
    m->group_columns = strips && !fits ? CLASSMAP_GROUP : GROUP_COLUMNS;
    m->lattice = approx_open(source, m->to_map, &m->map.grid, tolerance);
    return MSG_OK;
}

void classmap_close(struct classmap *m)
{
    if (!m)
        return;
    approx_close(m->lattice);
    crs_transform_close(m->to_map);
    ras_close(&m->map);
    free(m->wanted);
    free(m);
}

double classmap_covers(const struct classmap *m)
{
    return m->looked > 0 ? m->on_map / m->looked : 1;
}

int classmap_read(struct classmap *m, const struct classmap_part *p)
{
    int columns = p->c1 - p->c0 + 1, rows = p->r1 - p->r0 + 1;
    m->c0 = p->c0;
    m->r0 = p->r0;
    m->width = (size_t)columns;
    free(m->wanted);
    m->wanted = mem_resize(NULL, m->width, (size_t)rows);
    return ras_read_table(&m->map, m->band, p->c0, p->r0, columns, rows, m->classes->wanted,
                          m->wanted);
}

/* ---- by centre ---- */

/* A pixel of the map, -1 for none. */
struct spot {
    int32_t column, row;
};

static struct spot spot_of(const struct raster_grid *map, double x, double y)
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

int classmap_in_groups(struct classmap *m, int column, int row, int columns, int rows,
                       int (*work)(struct classmap *m, const struct classmap_group *g,
                                   void *user),
                       void *user)
{
    int status = MSG_OK;
    int wide = columns < m->group_columns ? columns : m->group_columns,
        high = CLASSMAP_GROUP / wide;
    for (int r = 0; r < rows && status == MSG_OK; r += high)
        for (int c = 0; c < columns && status == MSG_OK; c += wide) {
            struct classmap_group g = {.column = column + c,
                                       .row = row + r,
                                       .columns = columns - c < wide ? columns - c : wide,
                                       .rows = rows - r < high ? rows - r : high,
                                       .at = (size_t)r * (size_t)columns + (size_t)c,
                                       .width = (size_t)columns};
            status = work(m, &g, user);
        }
    return status;
}

int classmap_in_halves(struct classmap *m, const struct classmap_group *g,
                       int (*work)(struct classmap *m, const struct classmap_group *g,
                                   void *user),
                       void *user)
{
    struct classmap_group a = *g, b = *g;
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
    struct spot spot[CLASSMAP_GROUP];
    double x[CLASSMAP_GROUP], y[CLASSMAP_GROUP]; /* of one row */
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
                       struct classmap_part *part)
{
    double *x = k->x, *y = k->y;
    approx_row(m->lattice, row + 0.5, column, 0.5, columns, x, y);
    bool exact = crs_transform_identity(m->to_map);
    int looked = 0, on_map = 0;
    struct classmap_part p = *part;
    classmap_unwind(m, x, columns);
    for (int i = 0; i < columns; i++) {
        spot[i] = (struct spot){-1, -1};
        if (!bits[i])
            continue;
        struct spot here = spot_of(&m->map.grid, x[i], y[i]);
        if (!exact && is_doubtful(here, x[i], y[i])) {
            approx_exact(m->lattice, row + 0.5, column + i, 0.5, 1, &x[i], &y[i]);
            classmap_unwind(m, &x[i], 1);
            here = spot_of(&m->map.grid, x[i], y[i]);
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

static int keep_group(struct classmap *m, const struct classmap_group *g, void *user)
{
    struct keeping *k = user;
    struct classmap_part p = {INT32_MAX, INT32_MAX, -1, -1};
    double looked = m->looked, on_map = m->on_map;
    for (int r = 0; r < g->rows; r++)
        find_spots(m, g->column, g->row + r, g->columns,
                   k->bits + g->at + (size_t)r * g->width, k, k->spot + r * g->columns, &p);
    if (p.c1 >= 0 && classmap_too_large(&p) && g->columns * g->rows > 1) {
        m->looked = looked;
        m->on_map = on_map;
        return classmap_in_halves(m, g, keep_group, user);
    }
    int status = p.c1 >= 0 ? classmap_read(m, &p) : MSG_OK;
    for (int r = 0; status == MSG_OK && r < g->rows; r++) {
        const struct spot *spot = k->spot + r * g->columns;
        unsigned char *bits = k->bits + g->at + (size_t)r * g->width;
        for (int i = 0; i < g->columns; i++)
            if (spot[i].column < 0 || !classmap_is_wanted(m, spot[i].column, spot[i].row))
                bits[i] = 0;
    }
    return status;
}

int classmap_keep(struct classmap *m, int column, int row, int columns, int rows,
                  unsigned char *bits)
{
    struct keeping *k = mem_resize(NULL, 1, sizeof *k);
    k->bits = bits;
    int status = classmap_in_groups(m, column, row, columns, rows, keep_group, k);
    free(k);
    return status;
}
