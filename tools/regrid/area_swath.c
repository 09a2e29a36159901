/* area_swath: scans under a grid. */
#include "area_swath.h"
#include "base/mem.h"
#include "base/msg.h"
#include "raster/scan_pixels.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const scan_rules[] = {"all", "first", "nadir", NULL};

enum { BLOCK = 64, RING = 3 };

/* What the pixels of a block of a scan's columns lie in, in cells. */
struct block_box {
    double x0, y0, x1, y1;
};

struct area_swath {
    struct scan_plane plane;
    enum scan_rule rule;
    int scans, rows, columns, blocks;
    struct scan_pixels ring[RING]; /* the present scan, and its neighbours: by number */
    int held;                      /* of these in use */
    const struct scan_pixels *now;
    bool mirrored; /* its rows lie upwards where its columns do rightwards */
    int apart[2];  /* rows of it before this one do not meet the scan before, or behind */
    struct block_box *box; /* of each scan its blocks */
    bool *known;           /* whose boxes are */
};

/* The way from the pixels' places to cells. */
static void open_way(struct area_swath *s, const struct area_stats *w)
{
    const struct raster_grid *pixels = &w->source->grid, cells = grid_cells(w->spec->grid);
    struct crs_transform *map = pixel_mask_transform(w->select);
    double area = approx_listed_area(pixels, map, &cells, w->turn);
    s->mirrored = area < 0;
    s->plane.way = approx_open(pixels, map, &cells, w->spec->tolerance * sqrt(fabs(area)));
}

struct area_swath *area_swath_open(struct area_stats *w)
{
    struct swath *swath = swath_of(&w->source->grid);
    if (!swath)
        return NULL;
    struct area_swath *s = mem_alloc(1, sizeof *s);
    s->rule = w->spec->scans;
    const struct grid *grid = w->spec->grid;
    s->plane = (struct scan_plane){.swath = swath,
                                   .turn = w->turn,
                                   .middle = -grid->x0 / grid->dx, /* the meridian */
                                   .zenith = s->rule == SCANS_NADIR};
    open_way(s, w);
    s->held = s->rule == SCANS_ALL ? 1 : RING;
    s->scans = swath->scans;
    s->rows = swath->array.rows_per_scan;
    s->columns = w->source->grid.columns;
    s->blocks = (s->columns - 1) / BLOCK + 1;
    s->box = mem_alloc((size_t)s->scans * (size_t)s->blocks, sizeof *s->box);
    s->known = mem_alloc((size_t)s->scans, sizeof *s->known);
    for (int i = 0; i < RING; i++)
        s->ring[i].scan = -1;
    return s;
}

void area_swath_close(struct area_swath *s)
{
    if (!s)
        return;
    approx_close(s->plane.way);
    for (int i = 0; i < RING; i++)
        scan_pixels_free(&s->ring[i]);
    free(s->box);
    free(s->known);
    free(s);
}

size_t area_swath_bytes(const struct swath *s, enum scan_rule rule)
{
    size_t pixels =
        (size_t)(s->array.rows_per_scan + 2) * (size_t)(s->latitude.grid.columns + 2);
    size_t bytes = 4 * sizeof(double) + (rule == SCANS_NADIR ? sizeof(float) : 0);
    size_t values = sizeof(double) + 1; /* of the present scan, with their bits */
    return swath_bytes(s) + pixels * (values + bytes * (rule == SCANS_ALL ? 1 : RING));
}

/* ---- which pixels may touch ---- */

static void bound(const struct area_stats *w, const struct scan_pixels *p, int block,
                  struct block_box *b)
{
    double box[4];
    int first = block * BLOCK, n = w->swath->columns - first;
    scan_pixels_bounds(p, 0, p->f.rows, first, n < BLOCK ? n : BLOCK, box);
    *b = (struct block_box){box[0], box[1], box[2], box[3]};
    /* In other turns, and across the end of one, it lies elsewhere, too. */
    if (w->turn > 0 && (w->beyond || b->x1 - b->x0 >= w->turn / 2)) {
        b->x0 = -HUGE_VAL;
        b->x1 = HUGE_VAL;
    }
}

/* The columns of a scan that may touch a box, from the first to the last. */
static int columns_in(const struct area_swath *s, int scan, const struct block_box *in,
                      int *first)
{
    const struct block_box *box = s->box + (size_t)scan * (size_t)s->blocks;
    int from = 0, end = 0;
    *first = 0;
    if (!s->known[scan])
        return s->columns;
    for (int b = 0; b < s->blocks; b++) {
        if (!(box[b].x1 > in->x0 && box[b].y1 > in->y0 && box[b].x0 < in->x1 &&
              box[b].y0 < in->y1))
            continue;
        from = end ? from : b * BLOCK;
        end = (b + 1) * BLOCK < s->columns ? (b + 1) * BLOCK : s->columns;
    }
    *first = from;
    return end - from;
}

/* The same for the rectangle. */
static int columns_of(const struct area_stats *w, int scan, int *first)
{
    const struct grid_rect *r = w->rect;
    const struct block_box box = {r->column, r->row, r->column + r->columns,
                                  r->row + r->rows};
    return columns_in(w->swath, scan, &box, first);
}

double area_swath_pixels(const struct area_stats *w)
{
    double pixels = 0;
    int first;
    for (int i = 0; i < w->swath->scans; i++)
        pixels += (double)columns_of(w, i, &first) * w->swath->rows;
    return pixels;
}

/* ---- scans ---- */

/* A scan with at least those columns, into its place in the ring. */
static int load(struct area_stats *w, int scan, int column, int columns,
                const struct scan_pixels **loaded)
{
    struct area_swath *s = w->swath;
    struct scan_pixels *p = &s->ring[scan % s->held];
    *loaded = p;
    if (p->scan == scan && p->column <= column &&
        p->column + p->f.columns >= column + columns)
        return MSG_OK;
    int status = scan_pixels_load(p, &s->plane, scan, column, columns);
    if (status != MSG_OK || s->known[scan] || columns < s->columns)
        return status;
    for (int b = 0; b < s->blocks; b++)
        bound(w, p, b, &s->box[(size_t)scan * (size_t)s->blocks + (size_t)b]);
    s->known[scan] = true;
    return MSG_OK;
}

int area_swath_survey(struct area_stats *w)
{
    struct area_swath *s = w->swath;
    const struct scan_pixels *loaded;
    int status = MSG_OK;
    for (int i = 0; i < s->scans && status == MSG_OK; i++)
        if (!s->known[i])
            status = load(w, i, 0, s->columns, &loaded);
    return status;
}

/* The columns of a neighbour that may hold centres of some columns of a scan. */
static int columns_beside(const struct area_swath *s, int scan, int first, int columns,
                          int neighbour, int *from)
{
    const struct block_box *own = s->box + (size_t)scan * (size_t)s->blocks;
    struct block_box all = own[first / BLOCK];
    *from = 0;
    if (!s->known[scan] || !s->known[neighbour])
        return s->columns;
    for (int b = first / BLOCK; b <= (first + columns - 1) / BLOCK; b++) {
        all.x0 = fmin(all.x0, own[b].x0);
        all.y0 = fmin(all.y0, own[b].y0);
        all.x1 = fmax(all.x1, own[b].x1);
        all.y1 = fmax(all.y1, own[b].y1);
    }
    return columns_in(s, neighbour, &all, from);
}

/* Turns to a scan, and makes the window those of its pixels that may touch the rectangle;
 * none when it has no columns. */
static int turn_to(struct area_stats *w, int scan)
{
    struct area_swath *s = w->swath;
    const struct scan_pixels *loaded;
    int first, columns = columns_of(w, scan, &first);
    w->window[2] = 0;
    if (columns == 0)
        return MSG_OK;
    int status = load(w, scan, first, columns, &s->now);
    columns = columns_of(w, scan, &first); /* as is known by now */
    if (status != MSG_OK || columns == 0)
        return status;
    for (int i = scan - 1; i <= scan + 1 && status == MSG_OK; i += 2) {
        if (i < 0 || i >= s->scans || s->rule == SCANS_ALL ||
            (i > scan && s->rule == SCANS_FIRST))
            continue;
        int from, n = columns_beside(s, scan, first, columns, i, &from);
        if (n > 0)
            status = load(w, i, from, n, &loaded);
        else
            s->ring[i % s->held].scan = -1;
    }
    s->apart[0] = s->apart[1] = 0;
    const int window[4] = {first, scan * s->rows, columns, s->rows};
    if (status == MSG_OK)
        memcpy(w->window, window, sizeof window);
    return status;
}

int area_swath_go_through(struct area_stats *w, int (*rows)(struct area_stats *w))
{
    const struct swath *swath = w->swath->plane.swath;
    int status = MSG_OK;
    w->summary.touches = w->summary.touches || swath->rejected;
    for (int i = 0; !swath->rejected && i < swath->scans && status == MSG_OK; i++) {
        status = turn_to(w, i);
        if (status != MSG_OK || w->window[2] == 0)
            continue;
        area_projected_begin(w);
        status = rows(w);
    }
    return status;
}

/* ---- the present scan ---- */

/* Where the pixels beside lay in a neighbour. */
struct trail {
    const struct scan_pixels *in;
    int row, column;
};

/* Whether the ground under a pixel's centre is a neighbour's. */
static bool is_displaced(const struct area_swath *s, int row, int column, struct trail *t,
                         double *beyond)
{
    const struct scan_pixels *now = s->now, *in = t->in;
    size_t centre = footprints_centre(&now->f, row, column);
    double x = now->f.x[centre], y = now->f.y[centre];
    if (!scan_pixels_find(in, s->plane.turn, x, y, &t->row, &t->column, beyond))
        return false;
    if (s->rule == SCANS_FIRST)
        return true;
    double own = (double)now->zenith[row * now->f.columns + column];
    double other = (double)in->zenith[t->row * in->f.columns + t->column];
    return other < own || (other == own && in->scan < now->scan);
}

/* Rows that come nearer to a neighbour by less than so many of its rows each. */
enum { ROW_STEP = 4 };

static void displace(const struct area_stats *w, int row, int column, int n, int side,
                     unsigned char *bits)
{
    struct area_swath *s = w->swath;
    int neighbour = s->now->scan + (side ? 1 : -1);
    struct trail t = {.in = &s->ring[(neighbour + RING) % RING]};
    if (neighbour < 0 || neighbour >= s->scans || t.in->scan != neighbour ||
        row < s->apart[side])
        return;
    t.row = side ? 0 : s->rows - 1;
    t.column = column + s->now->column - t.in->column;
    double least = HUGE_VAL;
    for (int i = 0; i < n; i++, t.column++) {
        double beyond = 0;
        if (bits[i] & (AREA_VOID | PIXEL_MASK_ELSEWHERE))
            continue;
        if (is_displaced(s, row, column + i, &t, &beyond))
            bits[i] |= PIXEL_MASK_ELSEWHERE;
        least = fmin(least, beyond);
    }
    s->apart[side] = row + 1;
    if (isfinite(least))
        s->apart[side] += (int)(least / ROW_STEP);
}

void area_swath_bits(const struct area_stats *w, int row, unsigned char *bits)
{
    const struct area_swath *s = w->swath;
    int r = row - s->now->scan * s->rows, column = w->window[0] - s->now->column;
    int n = w->window[2];
    for (int i = 0; i < n; i++)
        if (!footprints_whole(&s->now->f, r, column + i, w->turn))
            bits[i] = AREA_VOID;
    if (s->rule != SCANS_ALL)
        displace(w, r, column, n, 0, bits);
    if (s->rule == SCANS_NADIR)
        displace(w, r, column, n, 1, bits);
}

void area_swath_corners(const struct area_stats *w, int row, double *const x[2],
                        double *const y[2])
{
    const struct area_swath *s = w->swath;
    const struct footprints *f = &s->now->f;
    size_t n = (size_t)w->window[2] + 1, width = (size_t)f->columns + 1;
    size_t at = (size_t)(row - s->now->scan * s->rows) * width +
                (size_t)(w->window[0] - s->now->column);
    for (int i = 0; i < 2; i++, at += width) {
        int k = s->mirrored ? 1 - i : i;
        memcpy(x[k], f->corner_x + at, n * sizeof *x[k]);
        memcpy(y[k], f->corner_y + at, n * sizeof *y[k]);
    }
}

double area_swath_zenith(const struct area_stats *w, int row, int column)
{
    const struct scan_pixels *now = w->swath->now;
    int r = row - now->scan * w->swath->rows, c = column - now->column;
    return now->zenith ? (double)now->zenith[r * now->f.columns + c] : NAN;
}

void area_swath_centres(struct area_stats *w, const double corner[8], double v,
                        double zenith)
{
    const double *c = corner;
    const struct grid_rect *rect = w->rect;
    double x0 = fmin(fmin(c[0], c[2]), fmin(c[4], c[6])),
           x1 = fmax(fmax(c[0], c[2]), fmax(c[4], c[6]));
    double y0 = fmin(fmin(c[1], c[3]), fmin(c[5], c[7])),
           y1 = fmax(fmax(c[1], c[3]), fmax(c[5], c[7]));
    int left = (int)fmax(ceil(x0 - 0.5), rect->column);
    int right = (int)fmin(floor(x1 - 0.5), rect->column + rect->columns - 1);
    int top = (int)fmax(ceil(y0 - 0.5), rect->row);
    int bottom = (int)fmin(floor(y1 - 0.5), rect->row + rect->rows - 1);
    for (int row = top; row <= bottom; row++)
        for (int column = left; column <= right; column++) {
            struct centre *at =
                &w->centre[(row - rect->row) * rect->columns + (column - rect->column)];
            if ((at->any && !(zenith < at->zenith)) ||
                !footprints_holds(c, column + 0.5, row + 0.5))
                continue;
            *at = (struct centre){v, zenith, true};
            w->summary.touches = true;
        }
}
