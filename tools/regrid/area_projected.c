/* area_projected: sums of pixels whose source has another CRS than the grid. */
#include "area_sums.h"
#include "area_swath.h"
#include "area_work.h"
#include "base/mem.h"
#include "geo/approx_transform.h"
#include "geo/area_weights.h"
#include "geo/crs.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which pixels the denominator counts, besides those that have a value. */
static bool in_box(const struct area_stats *w, int column, int row)
{
    const int *b = w->box;
    return column >= b[0] && column < b[0] + b[2] && row >= b[1] && row < b[1] + b[3];
}

struct area_projected {
    struct approx_transform *lattice; /* from pixel corners to cells */
    double *x[2], *y[2];              /* corners above and below the present row */
    size_t corners;
    int row;        /* whose corners are in x[1], y[1], or -1 */
    double *ground; /* areas of the present row's pixels on the ellipsoid */
    bool in_batches, sums_only;
    struct area_weights_row batch;
};

static double quad_area(const double c[8])
{
    return fabs((c[4] - c[0]) * (c[7] - c[3]) - (c[6] - c[2]) * (c[5] - c[1])) / 2;
}

/* A pixel whose areas are being handed out. */
struct handing {
    struct area_stats *work;
    int column, row;
    bool good;
    double v, whole;
    double weight;  /* the pixel's */
    double ground;  /* its area on the ellipsoid, where that counts */
    double counted; /* the share of its area that the denominator counts */
    bool central;   /* it may be what a cell's centre lies in */
    double zenith;  /* then */
    /* For who adds up elsewhere; or NULL. */
    void (*take)(void *parts, unsigned cell, double area, double share);
    void *parts;
};

/* Adds the part of a pixel that lies in one of the rectangle's cells. */
static void add_part(struct handing *h, int column, int row, double area, double share)
{
    struct area_stats *w = h->work;
    uint32_t k =
        (uint32_t)((row - w->rect->row) * w->rect->columns + column - w->rect->column);
    if (h->take) {
        h->take(h->parts, k, area, share);
        return;
    }
    struct sums *s = &w->cell[k];
    struct more *m = w->more ? &w->more[k] : NULL;
    if (m)
        m->denominator += (w->ground ? share * h->ground : area) * h->counted;
    if (!h->good)
        return;
    area *= h->weight;
    share *= h->weight;
    /* Where edges coincide, rounding gives a pixel next to nothing in the cell beyond: that
     * adds nothing to sums, but must not be the least of a cell, nor have a rank. */
    bool there = area >= regrid_sliver || share >= regrid_sliver;
    if (w->ground)
        area = share * h->ground;
    if (w->wants_moments)
        area_merge_moments(m, s->weight, area, h->v, 0);
    if (w->wants_range && there) {
        m->least = fmin(m->least, h->v);
        m->most = fmax(m->most, h->v);
    }
    if (w->wants_bag && there)
        cell_values_put(&w->bag, k, h->v, area);
    s->weight += area;
    s->count += share;
    s->sum += area * h->v;
    s->share_sum += share * h->v;
}

/* The same for a cell that may not be the rectangle's, an area that may be none, and a
 * pixel that may only tell that it is there. */
static void offer(struct handing *h, int column, int row, double area, double share)
{
    const struct grid_rect *rect = h->work->rect;
    if (!(area > 0 && column >= rect->column && row >= rect->row &&
          column < rect->column + rect->columns && row < rect->row + rect->rows))
        return;
    h->work->summary.touches = true;
    if (h->good || h->counted != 0)
        add_part(h, column, row, area, share);
}

static void hand_out(void *user, int column, int row, double area)
{
    struct handing *h = user;
    offer(h, column, row, area, area / h->whole);
}

/* Whether a large pixel is one piece: where the operation breaks off (beyond a quarter turn
 * from a meridian, say) a pixel's corners may lie at opposite ends of the plane, and its
 * centre nowhere near their middle. */
static bool is_whole(const double corner[8], const struct handing *h)
{
    const double *c = corner;
    struct approx_transform *lattice = h->work->projected->lattice;
    double x, y;
    approx_exact(lattice, h->row + 0.5, h->column, 0.5, 1, &x, &y);
    double middle_x = (c[0] + c[2] + c[4] + c[6]) / 4,
           middle_y = (c[1] + c[3] + c[5] + c[7]) / 4;
    double width =
        fmax(fmax(c[0], c[2]), fmax(c[4], c[6])) - fmin(fmin(c[0], c[2]), fmin(c[4], c[6]));
    double height =
        fmax(fmax(c[1], c[3]), fmax(c[5], c[7])) - fmin(fmin(c[1], c[3]), fmin(c[5], c[7]));
    x = crs_unwind(x, h->work->turn, middle_x);
    return fabs(x - middle_x) <= width / 4 && fabs(y - middle_y) <= height / 4;
}

/* Hands a pixel's area out to the cells of the rectangle. */
static void hand_out_quad(const double corner[8], struct handing *h)
{
    struct area_weights_few few;
    if (h->central)
        area_swath_centres(h->work, corner, h->v, h->zenith);
    if (!h->good && h->counted == 0 && h->work->summary.touches)
        return;
    if (area_weights_quad_few(corner, &few)) {
        for (int r = 0; r < few.rows; r++)
            for (int c = 0; c < few.columns; c++)
                offer(h, few.column + c, few.row + r, few.area[r][c],
                      few.area[r][c] / few.whole);
        return;
    }
    if (!h->work->swath && !is_whole(corner, h))
        return;
    h->whole = quad_area(corner);
    area_weights_quad(corner, h->work->rect, hand_out, h);
}

/* Moves the corners of a pixel into one turn. False when they go once around a pole: such
 * a pixel is no quadrilateral in longitude and latitude. */
static bool unwind(double corner[8], double turn)
{
    double around = 0;
    for (int i = 0; i < 8; i += 2) {
        double step = corner[(i + 2) % 8] - corner[i];
        around += crs_unwind(step, turn, 0);
    }
    for (int i = 2; i < 8; i += 2)
        corner[i] = crs_unwind(corner[i], turn, corner[i - 2]);
    return fabs(around) < turn / 2;
}

/* Where the longitude has turns, a pixel lies at several places in the plane; hands it out
 * at each that is in the rectangle. */
static void hand_out_turns(double corner[8], struct handing *h)
{
    double turn = h->work->turn, low = corner[0], high = corner[0];
    for (int i = 2; i < 8; i += 2) {
        low = corner[i] < low ? corner[i] : low;
        high = corner[i] > high ? corner[i] : high;
    }
    if (!h->work->beyond && high - low < turn / 2) {
        hand_out_quad(corner, h);
        return;
    }
    if (!unwind(corner, turn))
        return;
    low = fmin(fmin(corner[0], corner[2]), fmin(corner[4], corner[6]));
    high = fmax(fmax(corner[0], corner[2]), fmax(corner[4], corner[6]));
    const struct grid_rect *rect = h->work->rect;
    double moved = turn * ceil((rect->column - high) / turn);
    for (double at = moved; low + at < rect->column + rect->columns; at += turn) {
        double there[8];
        for (int i = 0; i < 8; i++)
            there[i] = corner[i] + (i % 2 ? 0 : at);
        hand_out_quad(there, h);
    }
}

/* The corners of a row of the window's pixels; those between two rows are kept. */
static void find_corners(struct area_stats *w, int row)
{
    struct area_projected *p = w->projected;
    int n = w->window[2] + 1;
    if (w->swath) {
        area_swath_corners(w, row, p->x, p->y);
        return;
    }
    if (p->row == row) {
        memcpy(p->x[0], p->x[1], (size_t)n * sizeof *p->x[0]);
        memcpy(p->y[0], p->y[1], (size_t)n * sizeof *p->y[0]);
    } else {
        approx_row(p->lattice, row, w->window[0], 0, n, p->x[0], p->y[0]);
    }
    approx_row(p->lattice, row + 1, w->window[0], 0, n, p->x[1], p->y[1]);
    p->row = row + 1;
}

/* Adds pixel i of a row of the window. */
static void take_pixel(struct area_stats *w, int i, struct handing *h)
{
    const struct area_projected *p = w->projected;
    double corner[8] = {p->x[0][i],     p->y[0][i],     p->x[0][i + 1], p->y[0][i + 1],
                        p->x[1][i + 1], p->y[1][i + 1], p->x[1][i],     p->y[1][i]};
    if (w->turn > 0)
        hand_out_turns(corner, h);
    else
        hand_out_quad(corner, h);
}

void area_projected_odd(void *work, int column, int row,
                        void (*take)(void *parts, unsigned cell, double area, double share),
                        void *parts)
{
    struct area_stats *w = work;
    struct handing h = {.work = w,
                        .column = column,
                        .row = row,
                        .good = true,
                        .take = take,
                        .parts = parts};
    if (w->projected->row != row + 1)
        find_corners(w, row);
    take_pixel(w, column - w->window[0], &h);
}

/* Adds a plain pixel of a batch. */
static void take_plain(const struct area_weights_row *b, int i, struct handing *h)
{
    for (int k = 0; k < 4; k++)
        offer(h, (int)b->column[i] + k % 2, (int)b->row[i] + k / 2, b->area[k][i],
              b->single[i] ? 1 : b->area[k][i] * b->inverse[i]);
}

/* Adds pixel i of a row of the window, which is number k of the batch. */
static void take(struct area_stats *w, int row, int i, int k, const double *v,
                 const unsigned char *bits, const float *weight)
{
    struct area_projected *p = w->projected;
    struct handing h = {.work = w, .column = w->window[0] + i, .row = row, .v = v[i]};
    if (bits[i] & AREA_VOID)
        return;
    h.good = w->wants_areas && bits[i] == PIXEL_MASK_ALL && !isnan(v[i]);
    h.weight = weight ? (double)weight[i] : 1;
    if (w->counts_all)
        h.counted = in_box(w, w->window[0] + i, row) && !(bits[i] & PIXEL_MASK_ELSEWHERE);
    else if (w->counts_mask && bits[i] == PIXEL_MASK_ALL)
        h.counted = h.weight;
    h.ground = w->ground ? p->ground[i] : 0;
    if (w->ground && !(h.ground > 0)) { /* it lies nowhere on the ground */
        h.good = false;
        h.counted = 0;
    }
    h.central = w->centre && (bits[i] & PIXEL_MASK_ALL) == PIXEL_MASK_ALL && !isnan(v[i]);
    if (h.central)
        h.zenith = area_swath_zenith(w, row, h.column);
    if (!h.good && !h.central && h.counted == 0 && w->summary.touches)
        return;
    if (p->in_batches && p->batch.plain[k] && !h.central)
        take_plain(&p->batch, k, &h);
    else
        take_pixel(w, i, &h);
}

/* Adds the batch of pixels from i on; known: what was kept of the row, or NULL. */
static void take_batch(struct area_stats *w, int row, int i, int n,
                       const struct area_kept_row *known, const double *v,
                       const unsigned char *bits, const float *weight)
{
    struct area_projected *p = w->projected;
    struct area_weights_row *b = &p->batch;
    bool sums = p->in_batches && p->sums_only && !weight && !w->ground, unpacked = !known;
    for (int k = 0; k < n; k++) {
        if (sums && w->summary.touches)
            k = known ? area_sums_kept(known, i, k, n, v + i, bits + i, w->rect, w->cell)
                      : area_sums_batch(b, k, n, v + i, bits + i, w->rect, w->cell);
        if (k < n && !unpacked) {
            area_kept_batch(known, i, n, w->rect, b, p->x, p->y);
            p->row = -1; /* of corners only those of odd pixels are there now */
            unpacked = true;
        }
        if (k < n)
            take(w, row, i + k, k, v, bits, weight);
    }
}

void area_projected_take(struct area_stats *w, int row, const double *v,
                         const unsigned char *bits, const float *weight)
{
    struct area_projected *p = w->projected;
    struct area_weights_row *b = &p->batch;
    int columns = w->window[2];
    struct area_kept *kept = p->in_batches && !w->swath ? w->spec->kept : NULL;
    const struct area_kept_row *known =
        kept ? area_kept_find(kept, row, w->window[0], columns) : NULL;
    struct area_kept_row *keep =
        kept && !known ? area_kept_begin(kept, row, w->window[0], columns) : NULL;
    if (!known)
        find_corners(w, row);
    if (w->ground)
        ground_area_row(w->ground, w->window[0], row, columns, p->ground);
    for (int i = 0; i < columns; i += AREA_WEIGHTS_BATCH) {
        int n = columns - i < AREA_WEIGHTS_BATCH ? columns - i : AREA_WEIGHTS_BATCH;
        if (p->in_batches && !known)
            area_weights_row(p->x[0] + i, p->y[0] + i, p->x[1] + i, p->y[1] + i, n, w->rect,
                             b);
        if (keep)
            area_kept_add(kept, keep, b, n, p->x, p->y);
        take_batch(w, row, i, n, known, v, bits, weight);
    }
}

/* Whether the rectangle holds a pole of the source's longitudes, around which they wind. */
static bool holds_pole(const struct area_stats *w)
{
    const struct grid *g = w->spec->grid;
    for (double latitude = -90; latitude <= 90; latitude += 180) {
        double x = 0, y = latitude;
        crs_forward(pixel_mask_transform(w->select), &x, &y, 1, 1);
        double column = (x - g->x0) / g->dx - w->rect->column;
        double row = (g->y0 - y) / g->dy - w->rect->row;
        if (column >= -1 && row >= -1 && column <= w->rect->columns + 1 &&
            row <= w->rect->rows + 1)
            return true;
    }
    return false;
}

/* The pixels that can touch the rectangle: its outline, taken back. When some of it has
 * no way back, or winds around, all may. */
void area_projected_window(struct area_stats *w)
{
    enum { STEPS = 16, POINTS = 4 * STEPS };
    const struct grid *g = w->spec->grid;
    double inverse[6], x[POINTS], y[POINTS];
    double b[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    double width = w->rect->columns * g->dx, height = w->rect->rows * g->dy;
    memcpy(w->window, w->box, sizeof w->window);
    for (int i = 0; i < STEPS; i++) {
        double t = i / (double)STEPS;
        const double place[4][2] = {{t, 0}, {1, t}, {1 - t, 1}, {0, 1 - t}};
        for (int k = 0; k < 4; k++) {
            x[k * STEPS + i] = g->x0 + w->rect->column * g->dx + place[k][0] * width;
            y[k * STEPS + i] = g->y0 - w->rect->row * g->dy - place[k][1] * height;
        }
    }
    if (!gt_invert(w->source->grid.gt, inverse) || (w->source_turn > 0 && holds_pole(w)))
        return;
    crs_inverse(pixel_mask_transform(w->select), x, y, 1, POINTS);
    for (int i = 0; i < POINTS; i++) {
        if (isnan(x[i]))
            return;
        gt_place(inverse, x[i], y[i], &x[i], &y[i]);
        x[i] = crs_unwind(x[i], w->source_turn, w->source->grid.columns / 2.0);
        b[0] = fmin(b[0], x[i]);
        b[1] = fmin(b[1], y[i]);
        b[2] = fmax(b[2], x[i]);
        b[3] = fmax(b[3], y[i]);
    }
    if (w->source_turn > 0 && b[2] - b[0] > w->source_turn / 2)
        return;
    /* Between its points the outline bows out by about an eighth of their second
     * difference; a whole one is allowed for. */
    double bow_x = 0, bow_y = 0;
    for (int i = 0; i < POINTS; i++) {
        int next = (i + 1) % POINTS;
        if (i % STEPS == 0)
            continue; /* a corner */
        bow_x = fmax(bow_x, fabs(x[i - 1] - 2 * x[i] + x[next]));
        bow_y = fmax(bow_y, fabs(y[i - 1] - 2 * y[i] + y[next]));
    }
    double x0 = fmax(w->window[0], floor(b[0] - 1 - bow_x));
    double y0 = fmax(w->window[1], floor(b[1] - 1 - bow_y));
    double x1 = fmin(w->window[0] + w->window[2], ceil(b[2] + 1 + bow_x));
    double y1 = fmin(w->window[1] + w->window[3], ceil(b[3] + 1 + bow_y));
    w->window[0] = (int)x0;
    w->window[1] = (int)y0;
    w->window[2] = x1 > x0 ? (int)(x1 - x0) : 0;
    w->window[3] = y1 > y0 ? (int)(y1 - y0) : 0;
}

struct area_projected *area_projected_open(struct area_stats *w)
{
    const struct raster_grid *pixels = &w->source->grid;
    struct crs_transform *map = pixel_mask_transform(w->select);
    struct area_projected *p = mem_alloc(1, sizeof *p);
    const struct raster_grid cells = grid_cells(w->spec->grid);
    double x[2], y[2];
    /* Pixels of a plane that has turns and an end lie twice in it. */
    p->in_batches = w->turn == 0 || (!w->beyond && w->turn > 4);
    p->sums_only = !w->wants_more && !w->wants_bag && !w->spec->nearest;
    if (w->swath)
        return p;
    /* A pixel's size in cells, in the box's middle, to scale the tolerance by. */
    p->lattice = approx_open(pixels, map, &cells, 0);
    approx_row(p->lattice, w->box[1] + w->box[3] / 2, w->box[0] + w->box[2] / 2, 0, 2, x,
               y);
    double pixel = hypot(crs_unwind(x[1] - x[0], w->turn, 0), y[1] - y[0]);
    if (pixel > 0 && w->spec->tolerance > 0) {
        approx_close(p->lattice);
        p->lattice = approx_open(pixels, map, &cells, w->spec->tolerance * pixel);
    }
    if (w->spec->kept)
        area_kept_turn(w->spec->kept, pixels, w->spec->tolerance);
    return p;
}

struct approx_transform *area_projected_lattice(const struct area_stats *w)
{
    return w->projected->in_batches ? w->projected->lattice : NULL;
}

void area_projected_begin(struct area_stats *w)
{
    struct area_projected *p = w->projected;
    size_t n = (size_t)w->window[2] + 1 + AREA_WEIGHTS_PAD;
    for (int k = 0; k < 2 && n > p->corners; k++) {
        free(p->x[k]);
        free(p->y[k]);
        p->x[k] = mem_alloc(n, sizeof *p->x[k]);
        p->y[k] = mem_alloc(n, sizeof *p->y[k]);
    }
    if (w->ground && n > p->corners) {
        free(p->ground);
        p->ground = mem_alloc(n, sizeof *p->ground);
    }
    p->corners = n > p->corners ? n : p->corners;
    p->row = -1;
}

void area_projected_close(struct area_projected *p)
{
    if (!p)
        return;
    approx_close(p->lattice);
    free(p->ground);
    for (int k = 0; k < 2; k++) {
        free(p->x[k]);
        free(p->y[k]);
    }
    free(p);
}
