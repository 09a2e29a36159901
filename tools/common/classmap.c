/* classmap: wanted classes under a source's pixels. */
#include "classmap.h"
#include "crs.h"
#include "lattice.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include "overlap.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROUP = 1 << 15,      /* pixels that are looked up together: what caches hold */
    KEEP_BYTES = 4 << 20, /* at most, of the map's blocks for the next group */
};

static const double tolerance = 1e-3;  /* of a map pixel; nearer to an edge is exact */
static const double sliver = 1e-9;     /* of a pixel: what rounding may leave on a class */
static const double edge_slack = 1e-7; /* of a map pixel: what rounding may do */

struct classmap {
    char *path;
    const struct classmap_classes *classes;
    struct ras map;
    struct crs_map *to_map;
    struct lattice *lattice; /* from the source's pixels to the map's */
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
    for (const char *s = text;;) {
        size_t n = strcspn(s, ","), dash = strcspn(s, "-,");
        long long from, to;
        bool good = num_parse_long(s, dash, &from);
        to = from;
        if (good && dash < n)
            good = num_parse_long(s + dash + 1, n - dash - 1, &to);
        if (!good || from < 0 || to < from || to > 65535) {
            msg_error("%s: not a list of classes such as 3,4,10-15: \"%s\"", option, text);
            return false;
        }
        memset(c->wanted + from, 1, (size_t)(to - from + 1));
        if (!s[n])
            break;
        s += n + 1;
    }
    c->text = mem_text(text);
    return true;
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
        status = crs_map_open(&m->to_map, source->crs, m->map.crs, NULL, path);
    if (status != MSG_OK) {
        classmap_close(m);
        *made = NULL;
        return status;
    }
    /* Two groups meet in one row of blocks. */
    size_t row = (size_t)m->map.columns * (size_t)m->map.block_rows *
                 (size_t)ras_type_bytes(m->map.band[0].type);
    ras_keep(&m->map, row < KEEP_BYTES / 2 ? 2 * row : KEEP_BYTES);
    m->lattice = lattice_open(source->gt, source->columns, source->rows, m->to_map, inverse,
                              tolerance);
    return MSG_OK;
}

void classmap_close(struct classmap *m)
{
    if (!m)
        return;
    lattice_close(m->lattice);
    crs_map_close(m->to_map);
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

/* Reads the map from c0, r0 to c1, r1, both included. */
static int read_part(struct classmap *m, int c0, int r0, int c1, int r1)
{
    int columns = c1 - c0 + 1, rows = r1 - r0 + 1;
    m->c0 = c0;
    m->r0 = r0;
    m->width = (size_t)columns;
    free(m->wanted);
    m->wanted = mem_resize(NULL, m->width, (size_t)rows);
    return ras_read_table(&m->map, 0, c0, r0, columns, rows, m->classes->wanted, m->wanted);
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

/* Whether interpolation, which errs by up to the tolerance, could name the wrong pixel. */
static bool near_edge(double v)
{
    if (!(v > -1 && v < INT32_MAX))
        return false; /* far outside */
    double f = v - (double)(int32_t)v;
    return f < tolerance || f > 1 - tolerance;
}

static void find_spots(struct classmap *m, int column, int row, int columns, double *x,
                       double *y, const unsigned char *bits, struct spot *spot)
{
    lattice_row(m->lattice, row + 0.5, column, 0.5, columns, x, y);
    bool exact = crs_map_identity(m->to_map);
    int looked = 0, on_map = 0;
    for (int i = 0; i < columns; i++) {
        if (!bits[i]) {
            spot[i] = (struct spot){-1, -1};
            continue;
        }
        if (!exact && (near_edge(x[i]) || near_edge(y[i])))
            lattice_exact(m->lattice, row + 0.5, column + i, 0.5, 1, &x[i], &y[i]);
        spot[i] = spot_of(&m->map, x[i], y[i]);
        looked++;
        on_map += spot[i].column >= 0;
    }
    m->looked += looked;
    m->on_map += on_map;
}

static int keep_group(struct classmap *m, const struct spot *spot, size_t n,
                      unsigned char *bits)
{
    int c0 = INT32_MAX, r0 = INT32_MAX, c1 = -1, r1 = -1;
    for (size_t i = 0; i < n; i++) {
        if (spot[i].column < 0)
            continue;
        c0 = spot[i].column < c0 ? spot[i].column : c0;
        c1 = spot[i].column > c1 ? spot[i].column : c1;
        r0 = spot[i].row < r0 ? spot[i].row : r0;
        r1 = spot[i].row > r1 ? spot[i].row : r1;
    }
    int status = c1 >= 0 ? read_part(m, c0, r0, c1, r1) : MSG_OK;
    for (size_t i = 0; status == MSG_OK && i < n; i++)
        if (spot[i].column < 0 || !is_wanted(m, spot[i].column, spot[i].row))
            bits[i] = 0;
    return status;
}

int classmap_keep(struct classmap *m, int column, int row, int columns, int rows,
                  unsigned char *bits)
{
    int group = GROUP / columns > 0 ? GROUP / columns : 1;
    size_t width = (size_t)columns, most = (size_t)(group < rows ? group : rows);
    double *x = mem_resize(NULL, 2 * width, sizeof *x), *y = x + width;
    struct spot *spot = mem_resize(NULL, width * most, sizeof *spot);
    int status = MSG_OK;
    for (int from = 0; from < rows && status == MSG_OK; from += group) {
        int to = from + group < rows ? from + group : rows;
        unsigned char *b = bits + (size_t)from * width;
        for (int r = from; r < to; r++)
            find_spots(m, column, row + r, columns, x, y, bits + (size_t)r * width,
                       spot + (size_t)(r - from) * width);
        status = keep_group(m, spot, width * (size_t)(to - from), b);
    }
    free(x);
    free(spot);
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

/* The share of a quadrilateral, in map pixels, that is wanted. */
static double share_of(const struct classmap *m, const double corner[8])
{
    const struct grid_rect all = {0, 0, m->map.columns, m->map.rows};
    struct sharing s = {.map = m};
    struct overlap_few few;
    double whole;
    if (overlap_quad_few(corner, &few)) {
        whole = few.whole;
        for (int r = 0; r < few.rows; r++)
            for (int c = 0; c < few.columns; c++) {
                int column = few.column + c, row = few.row + r;
                if (few.area[r][c] > 0 && column >= 0 && row >= 0 && column < all.columns &&
                    row < all.rows)
                    share_out(&s, column, row, few.area[r][c]);
            }
    } else {
        whole = overlap_quad(corner, &all, share_out, &s);
    }
    double share = whole > 0 ? fmin(1, s.wanted / whole) : 0;
    return share > sliver ? share : 0;
}

/* Reads what of the map lies under rows of corners; false when nothing does. */
static bool read_under(struct classmap *m, const double *x, const double *y, size_t n,
                       int *status)
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
    int c0 = (int)fmax(0, floor(x0)), r0 = (int)fmax(0, floor(y0));
    int c1 = (int)fmin(m->map.columns - 1, floor(x1)),
        r1 = (int)fmin(m->map.rows - 1, floor(y1));
    if (!(x1 > 0 && y1 > 0 && x0 < m->map.columns && y0 < m->map.rows))
        return false;
    *status = read_part(m, c0, r0, c1, r1);
    return *status == MSG_OK;
}

static void weigh_rows(struct classmap *m, int columns, int rows, const double *x,
                       const double *y, const unsigned char *bits, float *weight)
{
    size_t across = (size_t)columns + 1;
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < columns; i++) {
            size_t at = (size_t)r * (size_t)columns + (size_t)i;
            size_t a = (size_t)r * across + (size_t)i, b = a + across;
            const double corner[8] = {x[a],     y[a],     x[a + 1], y[a + 1],
                                      x[b + 1], y[b + 1], x[b],     y[b]};
            if (!bits[at])
                continue;
            double cx = (x[a] + x[b + 1]) / 2, cy = (y[a] + y[b + 1]) / 2;
            m->looked++;
            m->on_map += cx >= 0 && cy >= 0 && cx < m->map.columns && cy < m->map.rows;
            weight[at] *= (float)share_of(m, corner);
        }
}

int classmap_weigh(struct classmap *m, int column, int row, int columns, int rows,
                   const unsigned char *bits, float *weight)
{
    int group = GROUP / columns > 0 ? GROUP / columns : 1;
    size_t across = (size_t)columns + 1, most = (size_t)(group < rows ? group : rows) + 1;
    double *x = mem_resize(NULL, 2 * across * most, sizeof *x), *y = x + across * most;
    int status = MSG_OK;
    for (int from = 0; from < rows && status == MSG_OK; from += group) {
        int n = from + group < rows ? group : rows - from;
        size_t at = (size_t)from * (size_t)columns;
        for (int r = 0; r <= n; r++)
            lattice_row(m->lattice, row + from + r, column, 0, columns + 1,
                        x + (size_t)r * across, y + (size_t)r * across);
        if (read_under(m, x, y, across * (size_t)(n + 1), &status)) {
            weigh_rows(m, columns, n, x, y, bits + at, weight + at);
        } else {
            for (size_t i = 0; i < (size_t)columns * (size_t)n; i++) {
                m->looked += bits[at + i] != 0;
                weight[at + i] = 0;
            }
        }
    }
    free(x);
    return status;
}
