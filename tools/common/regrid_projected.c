/* regrid_projected: sums of pixels whose source has another CRS than the grid. */
#include "crs.h"
#include "lattice.h"
#include "mem.h"
#include "overlap.h"
#include "regrid_work.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which pixels the denominator counts, besides those that have a value. */
static bool in_box(const struct regrid *w, int column, int row)
{
    const int *b = w->box;
    return column >= b[0] && column < b[0] + b[2] && row >= b[1] && row < b[1] + b[3];
}

struct projected {
    struct lattice *lattice; /* from pixel corners to cells */
    double *x[2], *y[2];     /* corners above and below the present row */
    size_t corners;
    int row; /* whose corners are in x[1], y[1], or -1 */
};

static double quad_area(const double c[8])
{
    return fabs((c[4] - c[0]) * (c[7] - c[3]) - (c[6] - c[2]) * (c[5] - c[1])) / 2;
}

/* A pixel whose areas are being handed out. */
struct handing {
    struct regrid *work;
    int column, row;
    bool good;
    double v, whole;
    double weight;  /* the pixel's */
    double counted; /* the share of its area that the denominator counts */
};

static void hand_out(void *user, int column, int row, double area)
{
    struct handing *h = user;
    struct regrid *w = h->work;
    uint32_t k =
        (uint32_t)((row - w->rect->row) * w->rect->columns + column - w->rect->column);
    struct sums *s = &w->cell[k];
    s->denominator += area * h->counted;
    if (!h->good)
        return;
    area *= h->weight;
    double share = area / h->whole;
    /* Where edges coincide, rounding gives a pixel next to nothing in the cell beyond: that
     * adds nothing to sums, but must not be the least of a cell, nor have a rank. */
    bool there = area >= regrid_sliver || share >= regrid_sliver;
    if (w->wants_moments)
        regrid_merge_moments(s, s->weight, area, h->v, 0);
    if (w->wants_range && there) {
        s->least = fmin(s->least, h->v);
        s->most = fmax(s->most, h->v);
    }
    if (w->wants_bag && there)
        bag_put(&w->bag, k, h->v, area);
    s->weight += area;
    s->count += share;
    s->sum += area * h->v;
    s->share_sum += share * h->v;
}

static void touch(void *user, int column, int row, double area)
{
    (void)column;
    (void)row;
    (void)area;
    struct regrid *w = user;
    w->summary.touches = true;
}

/* Whether a large pixel is one piece: where the operation breaks off (beyond a quarter turn
 * from a meridian, say) a pixel's corners may lie at opposite ends of the plane, and its
 * centre nowhere near their middle. */
static bool is_whole(const double corner[8], const struct handing *h)
{
    const double *c = corner;
    struct lattice *lattice = h->work->projected->lattice;
    double x, y;
    lattice_exact(lattice, h->row + 0.5, h->column, 0.5, 1, &x, &y);
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
    const struct grid_rect *rect = h->work->rect;
    struct overlap_few few;
    bool is_few = overlap_quad_few(corner, &few);
    if (!is_few && !is_whole(corner, h))
        return;
    if (!h->work->summary.touches)
        overlap_quad(corner, rect, touch, h->work);
    if (!h->good && h->counted == 0)
        return;
    if (!is_few) {
        h->whole = quad_area(corner);
        overlap_quad(corner, rect, hand_out, h);
        return;
    }
    h->whole = few.whole;
    for (int r = 0; r < few.rows; r++)
        for (int c = 0; c < few.columns; c++) {
            int column = few.column + c, row = few.row + r;
            if (few.area[r][c] > 0 && column >= rect->column && row >= rect->row &&
                column < rect->column + rect->columns && row < rect->row + rect->rows)
                hand_out(h, column, row, few.area[r][c]);
        }
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

void projected_take(struct regrid *w, int row, const double *v, const unsigned char *bits,
                    const float *weight)
{
    struct projected *p = w->projected;
    int n = w->window[2] + 1;
    if (p->row == row) {
        memcpy(p->x[0], p->x[1], (size_t)n * sizeof *p->x[0]);
        memcpy(p->y[0], p->y[1], (size_t)n * sizeof *p->y[0]);
    } else {
        lattice_row(p->lattice, row, w->window[0], 0, n, p->x[0], p->y[0]);
    }
    lattice_row(p->lattice, row + 1, w->window[0], 0, n, p->x[1], p->y[1]);
    p->row = row + 1;
    for (int i = 0; i < w->window[2]; i++) {
        struct handing h = {.work = w, .column = w->window[0] + i, .row = row, .v = v[i]};
        h.good = bits[i] == SELECT_ALL && !isnan(v[i]);
        h.weight = weight ? (double)weight[i] : 1;
        if (w->counts_all)
            h.counted = in_box(w, w->window[0] + i, row);
        else if (w->counts_mask && bits[i] == SELECT_ALL)
            h.counted = h.weight;
        if (!h.good && h.counted == 0 && w->summary.touches)
            continue;
        double corner[8] = {p->x[0][i],     p->y[0][i],     p->x[0][i + 1], p->y[0][i + 1],
                            p->x[1][i + 1], p->y[1][i + 1], p->x[1][i],     p->y[1][i]};
        if (w->turn > 0)
            hand_out_turns(corner, &h);
        else
            hand_out_quad(corner, &h);
    }
}

/* Whether the rectangle holds a pole of the source's longitudes, around which they wind. */
static bool holds_pole(const struct regrid *w)
{
    const struct grid *g = w->spec->grid;
    for (double latitude = -90; latitude <= 90; latitude += 180) {
        double x = 0, y = latitude;
        crs_forward(select_map(w->select), &x, &y, 1, 1);
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
void projected_window(struct regrid *w)
{
    enum { STEPS = 64 };
    const struct grid *g = w->spec->grid;
    double inverse[6], x[4 * STEPS], y[4 * STEPS];
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
    if (!ras_invert(w->source->gt, inverse) || (w->source_turn > 0 && holds_pole(w)))
        return;
    crs_inverse(select_map(w->select), x, y, 1, 4 * STEPS);
    for (int i = 0; i < 4 * STEPS; i++) {
        double column, row;
        if (isnan(x[i]))
            return;
        ras_place(inverse, x[i], y[i], &column, &row);
        column = crs_unwind(column, w->source_turn, w->source->columns / 2.0);
        b[0] = fmin(b[0], column);
        b[1] = fmin(b[1], row);
        b[2] = fmax(b[2], column);
        b[3] = fmax(b[3], row);
    }
    if (w->source_turn > 0 && b[2] - b[0] > w->source_turn / 2)
        return;
    /* Between the points the outline bows out by less than this. */
    double margin_x = 2 + (b[2] - b[0]) / STEPS, margin_y = 2 + (b[3] - b[1]) / STEPS;
    double x0 = fmax(w->window[0], floor(b[0] - margin_x));
    double y0 = fmax(w->window[1], floor(b[1] - margin_y));
    double x1 = fmin(w->window[0] + w->window[2], ceil(b[2] + margin_x));
    double y1 = fmin(w->window[1] + w->window[3], ceil(b[3] + margin_y));
    w->window[0] = (int)x0;
    w->window[1] = (int)y0;
    w->window[2] = x1 > x0 ? (int)(x1 - x0) : 0;
    w->window[3] = y1 > y0 ? (int)(y1 - y0) : 0;
}

struct projected *projected_open(struct regrid *w)
{
    const struct ras *r = w->source;
    struct crs_map *map = select_map(w->select);
    struct projected *p = mem_alloc(1, sizeof *p);
    double gt[6], inverse[6], x[2], y[2];
    grid_gt(w->spec->grid, gt);
    ras_invert(gt, inverse);
    /* A pixel's size in cells, in the box's middle, to scale the tolerance by. */
    p->lattice = lattice_open(r->gt, r->columns, r->rows, map, inverse, 0);
    lattice_row(p->lattice, w->box[1] + w->box[3] / 2, w->box[0] + w->box[2] / 2, 0, 2, x,
                y);
    double pixel = hypot(crs_unwind(x[1] - x[0], w->turn, 0), y[1] - y[0]);
    if (pixel > 0 && w->spec->tolerance > 0) {
        lattice_close(p->lattice);
        p->lattice = lattice_open(r->gt, r->columns, r->rows, map, inverse,
                                  w->spec->tolerance * pixel);
    }
    return p;
}

void projected_begin(struct regrid *w)
{
    struct projected *p = w->projected;
    size_t n = (size_t)w->window[2] + 1;
    for (int k = 0; k < 2 && n > p->corners; k++) {
        p->x[k] = mem_resize(p->x[k], n, sizeof *p->x[k]);
        p->y[k] = mem_resize(p->y[k], n, sizeof *p->y[k]);
    }
    p->corners = n > p->corners ? n : p->corners;
    p->row = -1;
}

void projected_close(struct projected *p)
{
    if (!p)
        return;
    lattice_close(p->lattice);
    for (int k = 0; k < 2; k++) {
        free(p->x[k]);
        free(p->y[k]);
    }
    free(p);
}
