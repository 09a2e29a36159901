/* select: clip areas and class maps, pixel by pixel. */
#include "select.h"
#include "lattice.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP = 1 << 20 }; /* pixels that are looked up together */

static const double map_tolerance = 1e-3;  /* of a map pixel; nearer to an edge is exact */
static const double clip_tolerance = 1e-4; /* of a source pixel */
static const double bow_tolerance = 1e-3;  /* of a source pixel */
static const double edge_slack = 1e-7;     /* of a map pixel: what rounding may do */

struct select {
    struct ras
        source; /* a shallow copy that says which pixels this is for; owns its texts */
    const struct grid *grid;
    const struct select_classes *classes;
    struct crs_map *to_grid;
    struct lattice *in_grid;
    struct poly_index *clip;
    int box[4];
    bool has_box;
    char *mask_path;
    struct ras mask;
    struct crs_map *to_mask;
    struct lattice *in_mask;
    unsigned char *kept; /* bits of all pixels, once they were asked for */
    double in_clip, on_map;
    double turn; /* the source's columns in 360 degrees, or 0 */
};

bool select_parse_classes(struct select_classes *c, const char *option, const char *text)
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

/* A place in the grid's plane, and in the source's columns and rows. */
struct corner {
    double x, y, column, row;
};

static struct corner corner_at(struct select *s, const double inverse[6], double x,
                               double y)
{
    struct corner c = {x, y, 0, 0};
    crs_inverse(s->to_grid, &x, &y, 1, 1);
    ras_place(inverse, x, y, &c.column, &c.row);
    c.column = crs_unwind(c.column, s->turn, s->source.columns / 2.0);
    return c;
}

/* Bounds that hold an edge, too: where it bows out between its ends, which are straight
 * in the grid's plane only. */
static void bound_edge(struct select *s, const double inverse[6], struct corner from,
                       struct corner to, int depth, double b[4])
{
    struct corner m = corner_at(s, inverse, (from.x + to.x) / 2, (from.y + to.y) / 2);
    double bow = fmax(fabs(m.column - (from.column + to.column) / 2),
                      fabs(m.row - (from.row + to.row) / 2));
    b[0] = fmin(b[0], fmin(to.column, m.column));
    b[1] = fmin(b[1], fmin(to.row, m.row));
    b[2] = fmax(b[2], fmax(to.column, m.column));
    b[3] = fmax(b[3], fmax(to.row, m.row));
    if (!(bow > bow_tolerance) || depth == 0)
        return;
    bound_edge(s, inverse, from, m, depth - 1, b);
    bound_edge(s, inverse, m, to, depth - 1, b);
}

/* The clip area in the source's columns and rows, to find its box. */
static int find_box(struct select *s)
{
    const struct poly *clip = &s->grid->clip;
    const struct ras *r = &s->source;
    double inverse[6], b[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    s->box[2] = r->columns;
    s->box[3] = r->rows;
    s->has_box = true;
    if (!clip->nrings)
        return MSG_OK;
    if (!ras_invert(r->gt, inverse)) {
        msg_error("%s: its pixels have no area", r->path);
        return MSG_INPUT;
    }
    int depth = crs_map_identity(s->to_grid) ? 0 : 12;
    for (size_t k = 0; k < clip->nrings; k++) {
        size_t first = clip->ring[k], end = clip->ring[k + 1];
        if (first == end)
            continue;
        struct corner from = corner_at(s, inverse, clip->x[end - 1], clip->y[end - 1]);
        for (size_t i = first; i < end; i++) {
            struct corner to = corner_at(s, inverse, clip->x[i], clip->y[i]);
            if (isnan(to.column)) /* beyond what transforms: no box to find */
                return MSG_OK;
            bound_edge(s, inverse, from, to, depth, b);
            from = to;
        }
    }
    double x0 = fmax(0, floor(b[0])), y0 = fmax(0, floor(b[1]));
    double x1 = fmin(r->columns, ceil(b[2])), y1 = fmin(r->rows, ceil(b[3]));
    s->has_box = x1 > x0 && y1 > y0;
    if (s->has_box) {
        s->box[0] = (int)x0;
        s->box[1] = (int)y0;
        s->box[2] = (int)(x1 - x0);
        s->box[3] = (int)(y1 - y0);
    }
    return MSG_OK;
}

static int open_mask(struct select *s, const char *path)
{
    const struct ras *r = &s->source;
    double inverse[6];
    s->mask_path = mem_text(path);
    int status = ras_open(&s->mask, path);
    if (status != MSG_OK)
        return status;
    if (!s->mask.crs || !s->mask.has_gt || !ras_invert(s->mask.gt, inverse)) {
        msg_error("%s: this class map has no coordinates", path);
        return MSG_INPUT;
    }
    status = crs_map_open(&s->to_mask, r->crs, s->mask.crs, NULL, path);
    if (status == MSG_OK)
        s->in_mask =
            lattice_open(r->gt, r->columns, r->rows, s->to_mask, inverse, map_tolerance);
    return status;
}

int select_open(struct select **made, const struct ras *source, const struct grid *grid,
                const char *mask, const struct select_classes *classes)
{
    struct select *s = mem_alloc(1, sizeof *s);
    *made = s;
    s->grid = grid;
    s->classes = classes;
    s->source = (struct ras){.path = mem_text(source->path),
                             .crs = mem_text(source->crs),
                             .columns = source->columns,
                             .rows = source->rows};
    memcpy(s->source.gt, source->gt, sizeof source->gt);
    int status = MSG_INPUT;
    if (!source->crs)
        msg_error("%s: it has no coordinate reference system", source->path);
    else if (!source->has_gt)
        msg_error("%s: it has no coordinates", source->path);
    else
        status = crs_map_open(&s->to_grid, source->crs, grid->crs, NULL, source->path);
    if (status == MSG_OK && grid->clip.nrings)
        s->turn = crs_turn(source->crs, source->gt[1]);
    if (status == MSG_OK)
        status = find_box(s);
    if (status == MSG_OK && grid->clip.nrings) {
        double pixel =
            sqrt(fabs(source->gt[1] * source->gt[5] - source->gt[2] * source->gt[4]));
        if (!crs_map_identity(s->to_grid) && crs_is_geographic(source->crs) &&
            !crs_is_geographic(grid->crs))
            pixel *= 111000; /* metres a degree: the tolerance is in the grid's plane */
        s->in_grid = lattice_open(source->gt, source->columns, source->rows, s->to_grid,
                                  NULL, clip_tolerance * pixel);
        s->clip = poly_index_open(&grid->clip);
    }
    if (status == MSG_OK && mask)
        status = open_mask(s, mask);
    if (status != MSG_OK) {
        select_close(s);
        *made = NULL;
    }
    return status;
}

void select_close(struct select *s)
{
    if (!s)
        return;
    lattice_close(s->in_grid);
    lattice_close(s->in_mask);
    poly_index_close(s->clip);
    crs_map_close(s->to_grid);
    crs_map_close(s->to_mask);
    ras_close(&s->mask);
    free(s->mask_path);
    free(s->source.path);
    free(s->source.crs);
    free(s->kept);
    free(s);
}

bool select_serves(const struct select *s, const struct ras *source, const char *mask)
{
    bool same_mask = s->mask_path ? mask && strcmp(s->mask_path, mask) == 0 : !mask;
    return same_mask && ras_same_grid(&s->source, source);
}

bool select_takes_all(const struct select *s)
{
    return !s->clip && !s->mask_path;
}

struct crs_map *select_map(struct select *s)
{
    return s->to_grid;
}

bool select_box(const struct select *s, int box[4])
{
    memcpy(box, s->box, sizeof s->box);
    return s->has_box;
}

double select_on_map(const struct select *s)
{
    return s->in_clip > 0 ? s->on_map / s->in_clip : 1;
}

static void clip_row(struct select *s, int column, int row, int columns, double *x,
                     double *y, unsigned char *bits)
{
    if (!s->clip) {
        memset(bits, SELECT_CLIP, (size_t)columns);
        return;
    }
    lattice_row(s->in_grid, row + 0.5, column, 0.5, columns, x, y);
    for (int i = 0; i < columns; i++)
        bits[i] = poly_index_contains(s->clip, x[i], y[i]) ? SELECT_CLIP : 0;
}

/* A pixel of the map, -1 for none. */
struct spot {
    int32_t column, row;
};

static struct spot spot_of(const struct ras *mask, double x, double y)
{
    /* Where pixels of two sizes share edges, centres lie on edges by the thousand. */
    x += edge_slack;
    y += edge_slack;
    if (!(x >= 0 && y >= 0 && x < mask->columns && y < mask->rows))
        return (struct spot){-1, -1};
    return (struct spot){(int32_t)x, (int32_t)y};
}

/* Whether interpolation, which errs by up to the tolerance, could name the wrong pixel. */
static bool near_edge(double v)
{
    double f = v - floor(v);
    return f < map_tolerance || f > 1 - map_tolerance;
}

static void find_spots(struct select *s, int column, int row, int columns, double *x,
                       double *y, const unsigned char *bits, struct spot *spot)
{
    lattice_row(s->in_mask, row + 0.5, column, 0.5, columns, x, y);
    bool exact = crs_map_identity(s->to_mask);
    for (int i = 0; i < columns; i++) {
        if (!bits[i]) {
            spot[i] = (struct spot){-1, -1};
            continue;
        }
        if (!exact && (near_edge(x[i]) || near_edge(y[i])))
            lattice_exact(s->in_mask, row + 0.5, column + i, 0.5, 1, &x[i], &y[i]);
        spot[i] = spot_of(&s->mask, x[i], y[i]);
        s->in_clip++;
        s->on_map += spot[i].column >= 0;
    }
}

/* Sets SELECT_CLASS where the map's pixel has a wanted class: reads the part of the map
 * under these spots once, a row of its blocks at a time. */
static int look_up(struct select *s, const struct spot *spot, size_t n, unsigned char *bits)
{
    struct ras *m = &s->mask;
    int c0 = INT32_MAX, r0 = INT32_MAX, c1 = -1, r1 = -1;
    for (size_t i = 0; i < n; i++) {
        if (spot[i].column < 0)
            continue;
        c0 = spot[i].column < c0 ? spot[i].column : c0;
        c1 = spot[i].column > c1 ? spot[i].column : c1;
        r0 = spot[i].row < r0 ? spot[i].row : r0;
        r1 = spot[i].row > r1 ? spot[i].row : r1;
    }
    if (c1 < 0)
        return MSG_OK;
    size_t width = (size_t)(c1 - c0 + 1);
    unsigned char *wanted = mem_alloc(width, (size_t)(r1 - r0 + 1));
    double *v = mem_resize(NULL, width * (size_t)m->block_rows, sizeof *v);
    int status = MSG_OK;
    for (int row = r0; row <= r1 && status == MSG_OK;) {
        int end = (row / m->block_rows + 1) * m->block_rows;
        int rows = (end <= r1 ? end : r1 + 1) - row;
        status = ras_read(m, 0, c0, row, (int)width, rows, v, RAS_RAW);
        unsigned char *to = wanted + (size_t)(row - r0) * width;
        for (size_t i = 0; status == MSG_OK && i < width * (size_t)rows; i++)
            to[i] = v[i] >= 0 && v[i] <= 65535 && s->classes->wanted[(int)v[i]];
        row += rows;
    }
    for (size_t i = 0; status == MSG_OK && i < n; i++)
        if (spot[i].column >= 0 &&
            wanted[(size_t)(spot[i].row - r0) * width + (size_t)(spot[i].column - c0)])
            bits[i] |= SELECT_CLASS;
    free(wanted);
    free(v);
    return status;
}

static int compute(struct select *s, int column, int row, int columns, int rows,
                   unsigned char *bits)
{
    int group = GROUP / columns > 0 ? GROUP / columns : 1;
    size_t width = (size_t)columns;
    double *x = mem_resize(NULL, 2 * width, sizeof *x), *y = x + width;
    struct spot *spot =
        s->mask_path
            ? mem_resize(NULL, width * (size_t)(group < rows ? group : rows), sizeof *spot)
            : NULL;
    int status = MSG_OK;
    for (int from = 0; from < rows && status == MSG_OK; from += group) {
        int to = from + group < rows ? from + group : rows;
        for (int r = from; r < to; r++) {
            unsigned char *b = bits + (size_t)r * width;
            clip_row(s, column, row + r, columns, x, y, b);
            if (spot)
                find_spots(s, column, row + r, columns, x, y, b,
                           spot + (size_t)(r - from) * width);
            else
                for (int i = 0; i < columns; i++)
                    b[i] |= SELECT_CLASS;
        }
        if (spot)
            status =
                look_up(s, spot, width * (size_t)(to - from), bits + (size_t)from * width);
    }
    free(x);
    free(spot);
    return status;
}

int select_window(struct select *s, int column, int row, int columns, int rows,
                  unsigned char *bits)
{
    size_t all = (size_t)s->source.columns * (size_t)s->source.rows;
    if (all > SELECT_KEPT)
        return compute(s, column, row, columns, rows, bits);
    if (!s->kept) {
        s->kept = mem_resize(NULL, all, 1);
        int status = compute(s, 0, 0, s->source.columns, s->source.rows, s->kept);
        if (status != MSG_OK) {
            free(s->kept);
            s->kept = NULL;
            return status;
        }
    }
    for (int r = 0; r < rows; r++)
        memcpy(bits + (size_t)r * (size_t)columns,
               s->kept + (size_t)(row + r) * (size_t)s->source.columns + column,
               (size_t)columns);
    return MSG_OK;
}
