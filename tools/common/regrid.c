/* regrid: area-weighted statistics. */
#include "regrid.h"
#include "bag.h"
#include "buf.h"
#include "lattice.h"
#include "mem.h"
#include "msg.h"
#include "overlap.h"
#include "stats.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 18 }; /* pixels that are read at a time */

/* A share of a pixel and of a cell so small that rounding may have made it. */
static const double sliver = 1e-9;

/* Sums of one cell. Areas are in pixels where all pixels have one area, else in cells. */
struct sums {
    double weight;         /* of u a */
    double count;          /* of u a / a_i */
    double sum;            /* of u a v */
    double share_sum;      /* of u v a / a_i */
    double denominator;    /* of a, over the pixels that the denominator counts */
    double middle, moment; /* running mean and sum of u a (v - mean)^2 */
    double least, most;
};

/* What the summary has of one row of cells. Rectangles may come in any cut, but each row
 * in the order of its columns, so that row by row the sums are the same in any cut. */
struct row_total {
    double pixels, sum, covered;
};

struct regrid {
    struct ras *source;
    struct select *select;
    const struct regrid_spec *spec;
    struct regrid_summary summary;
    struct row_total *total; /* of each of the grid's rows */
    struct poly_index *clip;
    int box[4]; /* pixels under the clip's bounding box: column, row, columns, rows */
    bool has_box;
    bool counts_all, counts_mask, wants_moments, wants_range, wants_bag;
    struct stat_list ordered; /* the statistics that need all values at once */
    enum regrid_stat ordered_stat[REGRID_STATS];
    struct aligned *aligned; /* one of these two */
    struct projected *projected;
    double cell_area;         /* a cell's, as the sums have areas */
    double turn, source_turn; /* the grid's and the source's columns in 360 degrees, or 0 */
    bool beyond;              /* the grid reaches beyond 180 degrees */

    /* the present rectangle */
    const struct grid_rect *rect;
    int window[4]; /* the pixels that matter to it: column, row, columns, rows */
    struct sums *cell;
    size_t cells;
    struct bag bag;
    double *v; /* a chunk of rows of the window */
    unsigned char *bits;
    float *weight; /* of the chunk's pixels; NULL when all have 1 */
    size_t chunk;
};

/* Which pixels the denominator counts, besides those that have a value. */
static bool in_box(const struct regrid *w, int column, int row)
{
    const int *b = w->box;
    return column >= b[0] && column < b[0] + b[2] && row >= b[1] && row < b[1] + b[3];
}

/* Adds a weight of values with their own mean and moment to a cell's (Chan et al. 1983,
 * The American Statistician 37, 242-247). */
static void merge_moments(struct sums *s, double before, double weight, double mean,
                          double moment)
{
    double all = before + weight, step = mean - s->middle;
    s->moment += moment + step * step * before * weight / all;
    s->middle += step * weight / all;
}

/* ---- source and grid in one CRS: overlaps of rows and columns ---- */

struct aligned {
    struct overlap_run *column, *row; /* of all cell columns and rows */
    /* the first and the last cell row that each source row of the window touches */
    int *first, *last;
    size_t rows;
};

/* The share of pixel p in a run. */
static double run_share(const struct overlap_run *r, int p)
{
    int k = p - r->first;
    if (k < 0 || k >= r->count)
        return 0;
    return k == 0 ? r->head : k == r->count - 1 ? r->tail : 1;
}

/* Sums of one row's pixels in one cell column. */
struct row_sums {
    double weight, sum, mean, moment, denominator, least, most;
};

static void add_pixel(struct row_sums *s, double share, bool good, double v, bool counts)
{
    if (good) {
        s->weight += share;
        s->sum += share * v;
    }
    if (counts)
        s->denominator += share;
}

static void sum_row(const struct regrid *w, const struct overlap_run *run, const double *v,
                    const unsigned char *bits, struct row_sums *s)
{
    int from = run->first - w->window[0], count = run->count;
    *s = (struct row_sums){.least = HUGE_VAL, .most = -HUGE_VAL};
    double weight = 0, sum = 0, denominator = 0;
    const double *value = v + from;
    const unsigned char *bit = bits + from;
    bool good = bit[0] == SELECT_ALL && !isnan(value[0]);
    add_pixel(s, run->head, good, value[0], bit[0] == SELECT_ALL);
    for (int i = 1; i < count - 1; i++) {
        bool all = bit[i] == SELECT_ALL, use = all && !isnan(value[i]);
        weight += use ? 1.0 : 0.0;
        sum += use ? value[i] : 0.0;
        denominator += all ? 1.0 : 0.0;
    }
    s->weight += weight;
    s->sum += sum;
    s->denominator += denominator;
    if (count > 1) {
        int i = count - 1;
        good = bit[i] == SELECT_ALL && !isnan(value[i]);
        add_pixel(s, run->tail, good, value[i], bit[i] == SELECT_ALL);
    }
}

/* The same where pixels have weights. */
static void sum_row_weighted(const struct regrid *w, const struct overlap_run *run,
                             const double *v, const unsigned char *bits,
                             const float *weight, struct row_sums *s)
{
    int from = run->first - w->window[0];
    *s = (struct row_sums){.least = HUGE_VAL, .most = -HUGE_VAL};
    for (int i = 0; i < run->count; i++)
        add_pixel(s, run_share(run, run->first + i) * (double)weight[from + i],
                  bits[from + i] == SELECT_ALL && !isnan(v[from + i]), v[from + i],
                  bits[from + i] == SELECT_ALL);
}

/* What the plain sums do not need. */
static void sum_row_more(const struct regrid *w, const struct overlap_run *run,
                         const double *v, const unsigned char *bits, const float *weight,
                         struct row_sums *s)
{
    int from = run->first - w->window[0];
    s->mean = s->sum / s->weight;
    for (int i = 0; i < run->count; i++) {
        double x = v[from + i], off = x - s->mean;
        double share =
            run_share(run, run->first + i) * (weight ? (double)weight[from + i] : 1);
        if (bits[from + i] != SELECT_ALL || isnan(x))
            continue;
        s->moment += share * off * off;
        s->least = x < s->least ? x : s->least;
        s->most = x > s->most ? x : s->most;
    }
}

static void bag_row(struct regrid *w, const struct overlap_run *run, const double *v,
                    const unsigned char *bits, const float *weight, double share,
                    uint32_t cell)
{
    int from = run->first - w->window[0];
    for (int i = 0; i < run->count; i++)
        if (bits[from + i] == SELECT_ALL && !isnan(v[from + i]))
            bag_put(&w->bag, cell, v[from + i],
                    share * run_share(run, run->first + i) *
                        (weight ? (double)weight[from + i] : 1));
}

static void take_aligned_row(struct regrid *w, int row, const double *v,
                             const unsigned char *bits, const float *weight)
{
    const struct aligned *a = w->aligned;
    int first = a->first[row - w->window[1]], last = a->last[row - w->window[1]];
    bool more = w->wants_moments || w->wants_range;
    for (int j = 0; first <= last && j < w->rect->columns; j++) {
        const struct overlap_run *run = &a->column[w->rect->column + j];
        if (run->count <= 0)
            continue;
        struct row_sums s;
        if (weight)
            sum_row_weighted(w, run, v, bits, weight, &s);
        else
            sum_row(w, run, v, bits, &s);
        if (more && s.weight > 0)
            sum_row_more(w, run, v, bits, weight, &s);
        for (int i = first; i <= last; i++) {
            double share = run_share(&a->row[i], row);
            uint32_t k = (uint32_t)((i - w->rect->row) * w->rect->columns + j);
            struct sums *cell = &w->cell[k];
            if (w->counts_mask)
                cell->denominator += share * s.denominator;
            if (s.weight <= 0)
                continue;
            if (more) {
                merge_moments(cell, cell->weight, share * s.weight, s.mean,
                              share * s.moment);
                cell->least = fmin(cell->least, s.least);
                cell->most = fmax(cell->most, s.most);
            }
            if (w->wants_bag)
                bag_row(w, run, v, bits, weight, share, k);
            cell->weight += share * s.weight;
            cell->sum += share * s.sum;
            cell->count = cell->weight;
            cell->share_sum = cell->sum;
        }
    }
}

/* The part of a run that lies in the pixels from `from` to `to`. */
static double run_within(const struct overlap_run *run, int from, int to)
{
    double sum = 0;
    for (int k = 0; k < run->count; k++)
        if (run->first + k >= from && run->first + k < to)
            sum += run_share(run, run->first + k);
    return sum;
}

/* The cells' denominators when all pixels under the box count: products of overlaps. */
static void count_box(struct regrid *w)
{
    const struct aligned *a = w->aligned;
    const int *b = w->box;
    for (int i = 0; i < w->rect->rows; i++) {
        double down = run_within(&a->row[w->rect->row + i], b[1], b[1] + b[3]);
        for (int j = 0; j < w->rect->columns; j++)
            w->cell[i * w->rect->columns + j].denominator =
                down * run_within(&a->column[w->rect->column + j], b[0], b[0] + b[2]);
    }
}

/* The pixels that the runs of one axis use. */
static void span(const struct overlap_run *run, int n, int *first, int *count)
{
    int low = 0, high = 0;
    bool any = false;
    for (int i = 0; i < n; i++) {
        if (run[i].count <= 0)
            continue;
        low = !any || run[i].first < low ? run[i].first : low;
        high =
            !any || run[i].first + run[i].count > high ? run[i].first + run[i].count : high;
        any = true;
    }
    *first = low;
    *count = high - low;
}

static struct aligned *aligned_open(struct regrid *w)
{
    const struct grid *g = w->spec->grid;
    const double *gt = w->source->gt;
    const int *b = w->box;
    struct aligned *a = mem_alloc(1, sizeof *a);
    a->column = mem_alloc((size_t)g->columns, sizeof *a->column);
    a->row = mem_alloc((size_t)g->rows, sizeof *a->row);
    overlap_axis((gt[0] - g->x0) / g->dx, gt[1] / g->dx, b[0], b[0] + b[2], g->columns,
                 a->column);
    overlap_axis((g->y0 - gt[3]) / g->dy, -gt[5] / g->dy, b[1], b[1] + b[3], g->rows,
                 a->row);
    w->cell_area = fabs(g->dx * g->dy / (gt[1] * gt[5]));
    return a;
}

static void aligned_window(struct regrid *w)
{
    struct aligned *a = w->aligned;
    const struct grid_rect *rect = w->rect;
    span(a->column + rect->column, rect->columns, &w->window[0], &w->window[2]);
    span(a->row + rect->row, rect->rows, &w->window[1], &w->window[3]);
}

/* Which rows of cells each row of the window touches. */
static void aligned_begin(struct regrid *w)
{
    struct aligned *a = w->aligned;
    const struct grid_rect *rect = w->rect;
    size_t rows = (size_t)w->window[3];
    if (rows > a->rows) {
        a->first = mem_resize(a->first, rows, sizeof *a->first);
        a->last = mem_resize(a->last, rows, sizeof *a->last);
        a->rows = rows;
    }
    for (size_t r = 0; r < rows; r++) {
        a->first[r] = rect->row + rect->rows;
        a->last[r] = -1;
    }
    for (int i = rect->row; i < rect->row + rect->rows; i++)
        for (int k = 0; k < a->row[i].count; k++) {
            int r = a->row[i].first + k - w->window[1];
            a->first[r] = i < a->first[r] ? i : a->first[r];
            a->last[r] = i > a->last[r] ? i : a->last[r];
        }
    if (w->counts_all)
        count_box(w);
}

static void aligned_close(struct aligned *a)
{
    if (!a)
        return;
    free(a->column);
    free(a->row);
    free(a->first);
    free(a->last);
    free(a);
}

/* ---- source and grid in different CRSs: quadrilaterals ---- */

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
    bool there = area >= sliver || share >= sliver;
    if (w->wants_moments)
        merge_moments(s, s->weight, area, h->v, 0);
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

static void take_projected_row(struct regrid *w, int row, const double *v,
                               const unsigned char *bits, const float *weight)
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
static void projected_window(struct regrid *w)
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

static struct projected *projected_open(struct regrid *w)
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
    double pixel = hypot(x[1] - x[0], y[1] - y[0]);
    if (pixel > 0 && w->spec->tolerance > 0) {
        lattice_close(p->lattice);
        p->lattice = lattice_open(r->gt, r->columns, r->rows, map, inverse,
                                  w->spec->tolerance * pixel);
    }
    return p;
}

static void projected_begin(struct regrid *w)
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

static void projected_close(struct projected *p)
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

/* ---- both ---- */

/* Bytes of what is read of a pixel: its value, bits and weight. */
enum { PIXEL_BYTES = sizeof(double) + 1 + sizeof(float) };

/* The rows to read at a time: whole blocks where there is memory for them. */
static int rows_at_a_time(const struct regrid *w)
{
    int columns = w->window[2], blocks = w->source->block_rows;
    int most = CHUNK / columns > 1 ? CHUNK / columns : 1;
    if (most >= blocks)
        return most / blocks * blocks;
    return (double)columns * blocks * PIXEL_BYTES <= (double)w->spec->memory ? blocks
                                                                             : most;
}

/* Reads the window, some rows at a time, and hands each row on. */
static int go_through(struct regrid *w)
{
    int first = w->window[1], end = first + w->window[3], columns = w->window[2];
    int step = rows_at_a_time(w);
    if (step < w->source->block_rows && step < w->window[3])
        ras_keep(w->source, w->spec->blocks); /* they are come back to */
    size_t most = (size_t)columns * (size_t)(step < w->window[3] ? step : w->window[3]);
    if (most > w->chunk) {
        w->v = mem_resize(w->v, most, sizeof *w->v);
        w->bits = mem_resize(w->bits, most, 1);
        if (select_weighs(w->select))
            w->weight = mem_resize(w->weight, most, sizeof *w->weight);
        w->chunk = most;
    }
    int status = MSG_OK;
    for (int row = first; row < end && status == MSG_OK;) {
        int stop = (row / step + 1) * step < end ? (row / step + 1) * step : end;
        status = ras_read(w->source, 0, w->window[0], row, columns, stop - row, w->v,
                          w->spec->flags);
        if (status == MSG_OK && w->spec->quality)
            quality_apply(w->spec->quality, w->window[0], row, columns, stop - row, w->v);
        if (status == MSG_OK)
            status = select_window(w->select, w->window[0], row, columns, stop - row,
                                   w->bits, w->weight);
        for (int k = row; status == MSG_OK && k < stop; k++) {
            const double *v = w->v + (size_t)(k - row) * (size_t)columns;
            const unsigned char *bits = w->bits + (size_t)(k - row) * (size_t)columns;
            const float *weight =
                w->weight ? w->weight + (size_t)(k - row) * (size_t)columns : NULL;
            if (w->aligned)
                take_aligned_row(w, k, v, bits, weight);
            else
                take_projected_row(w, k, v, bits, weight);
        }
        row = stop;
    }
    return status;
}

static double coverage_of(const struct regrid *w, const struct sums *s)
{
    if (w->spec->denominator == REGRID_CELL)
        return s->weight / w->cell_area;
    return s->denominator > 0 ? s->weight / s->denominator : 0;
}

/* Rounding must not drop a cell that lies at the threshold. */
static const double coverage_slack = 1e-9;

/* A cell's plain statistic. */
static double statistic(const struct sums *s, enum regrid_stat stat)
{
    switch (stat) {
    case REGRID_MEAN:
        return s->sum / s->weight;
    case REGRID_STDDEV:
        return sqrt(s->moment / s->weight);
    case REGRID_SUM:
        return s->share_sum;
    case REGRID_MIN:
        return s->least <= s->most ? s->least : NAN;
    case REGRID_MAX:
        return s->least <= s->most ? s->most : NAN;
    case REGRID_RANGE:
        return s->least <= s->most ? s->most - s->least : NAN;
    default:
        return NAN;
    }
}

static void summarize(struct regrid *w, int row, const struct sums *s, bool in, bool kept,
                      double coverage)
{
    struct row_total *total = &w->total[row];
    if (in) {
        w->summary.inside++;
        total->covered += coverage;
    }
    if (kept) {
        w->summary.cells++;
        total->pixels += s->count;
        total->sum += s->count * (s->sum / s->weight);
    }
}

/* The statistics that need a cell's values all at once. */
static void put_ordered(struct regrid *w, struct stat_sample *sample, size_t n,
                        double *const band[REGRID_STATS], size_t at)
{
    double result[REGRID_STATS];
    stats_compute(&w->ordered, sample, n, result);
    for (size_t i = 0; i < w->ordered.n; i++)
        band[w->ordered_stat[i]][at] = result[i];
}

/* Nor may it put a value into a cell that pixels only border on. */
static bool is_sliver(const struct regrid *w, const struct sums *s)
{
    return s->count < sliver && s->weight / w->cell_area < sliver;
}

static void finish(struct regrid *w, double *const band[REGRID_STATS], size_t stride)
{
    const struct grid *g = w->spec->grid;
    const struct grid_rect *rect = w->rect;
    size_t *first = NULL;
    uint32_t cells = (uint32_t)(rect->columns * rect->rows);
    if (w->wants_bag) {
        first = mem_alloc((size_t)cells + 1, sizeof *first);
        bag_sort(&w->bag, cells, first);
    }
    for (int i = 0; i < rect->rows; i++)
        for (int j = 0; j < rect->columns; j++) {
            uint32_t k = (uint32_t)(i * rect->columns + j);
            size_t at = (size_t)i * stride + (size_t)j;
            struct sums *s = &w->cell[k];
            if (is_sliver(w, s))
                s->weight = s->count = 0;
            bool in = !w->clip || poly_index_contains(w->clip, grid_x(g, rect->column + j),
                                                      grid_y(g, rect->row + i));
            double coverage = coverage_of(w, s);
            bool kept =
                in && s->weight > 0 && coverage >= w->spec->min_coverage - coverage_slack;
            for (int b = 0; b < REGRID_STATS; b++)
                if (w->spec->want[b])
                    band[b][at] = b == REGRID_COVERAGE ? (in ? coverage : NAN)
                                  : b == REGRID_N      ? (in ? s->count : NAN)
                                  : kept               ? statistic(s, (enum regrid_stat)b)
                                                       : NAN;
            if (first && kept)
                put_ordered(w, w->bag.sample + first[k], first[k + 1] - first[k], band, at);
            summarize(w, rect->row + i, s, in, kept, coverage);
        }
    free(first);
    bag_reset(&w->bag);
}

/* What the present rectangle takes, in bytes: its sums, a row of blocks, its bag. */
static double bytes_of(const struct regrid *w)
{
    double cells = (double)w->rect->columns * w->rect->rows;
    double pixels = (double)w->window[2] * w->window[3];
    double bytes = cells * (sizeof(struct sums) + sizeof(size_t));
    bytes += (double)w->window[2] *
             ((double)w->source->block_rows * PIXEL_BYTES + 4 * sizeof(double));
    if (w->wants_bag) /* pixels at a cell's edge go into more than one */
        bytes += (1.2 * pixels + 4 * cells) * BAG_ITEM_BYTES;
    return bytes;
}

/* A cell whose values, which medians need all at once, take too much. */
static int too_many(const struct regrid *w)
{
    double share = w->spec->share > 0 ? w->spec->share : 1;
    msg_error("%s: a cell has up to %.0f of its pixels, and medians and the like need all "
              "at once: that takes --memory %.0fM",
              w->source->path, (double)w->window[2] * w->window[3],
              ceil(bytes_of(w) / share / (1 << 20)));
    return MSG_INPUT;
}

/* Two halves of a rectangle, along its longer side. */
static int halves(struct regrid *w, const struct grid_rect *rect,
                  double *const band[REGRID_STATS], size_t stride)
{
    struct grid_rect a = *rect, b = *rect;
    double *second[REGRID_STATS];
    size_t step;
    if (rect->columns >= rect->rows) {
        a.columns = rect->columns / 2;
        b.columns -= a.columns;
        b.column += a.columns;
        step = (size_t)a.columns;
    } else {
        a.rows = rect->rows / 2;
        b.rows -= a.rows;
        b.row += a.rows;
        step = (size_t)a.rows * stride;
    }
    for (int k = 0; k < REGRID_STATS; k++)
        second[k] = w->spec->want[k] ? band[k] + step : NULL;
    int status = regrid_rect(w, &a, band, stride);
    return status == MSG_OK ? regrid_rect(w, &b, second, stride) : status;
}

int regrid_rect(struct regrid *w, const struct grid_rect *rect,
                double *const band[REGRID_STATS], size_t stride)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    w->rect = rect;
    memset(w->window, 0, sizeof w->window);
    if (w->has_box && w->aligned)
        aligned_window(w);
    else if (w->has_box)
        projected_window(w);
    bool any = w->window[2] > 0 && w->window[3] > 0;
    if (any && cells > 1 && bytes_of(w) > (double)w->spec->memory)
        return halves(w, rect, band, stride);
    if (any && w->wants_bag && bytes_of(w) > (double)w->spec->memory)
        return too_many(w);
    if (cells > w->cells) {
        w->cell = mem_resize(w->cell, cells, sizeof *w->cell);
        w->cells = cells;
    }
    for (size_t k = 0; k < cells; k++)
        w->cell[k] = (struct sums){.least = HUGE_VAL, .most = -HUGE_VAL};
    int status = MSG_OK;
    if (any) {
        w->summary.touches = w->summary.touches || w->aligned;
        if (w->aligned)
            aligned_begin(w);
        else
            projected_begin(w);
        status = go_through(w);
    }
    if (status == MSG_OK)
        finish(w, band, stride);
    return status;
}

/* Lists the wanted statistics that need a cell's values in order. */
static void list_ordered(struct regrid *w)
{
    static const struct {
        enum regrid_stat stat;
        const char *name;
    } all[] = {{REGRID_MEDIAN, "median"},
               {REGRID_Q1, "q1"},
               {REGRID_Q3, "q3"},
               {REGRID_MODE, "mode"}};
    struct buf names = {0};
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!w->spec->want[all[i].stat])
            continue;
        buf_printf(&names, "%s%s", n ? "," : "", all[i].name);
        w->ordered_stat[n++] = all[i].stat;
    }
    w->wants_bag = n > 0;
    if (n)
        stats_parse(&w->ordered, "bands", names.s, ~0u);
    buf_free(&names);
}

int regrid_open(struct regrid **made, struct ras *source, struct select *select,
                const struct regrid_spec *spec)
{
    struct regrid *w = mem_alloc(1, sizeof *w);
    *made = w;
    w->source = source;
    w->select = select;
    w->spec = spec;
    w->cell_area = 1;
    w->total = mem_alloc((size_t)spec->grid->rows, sizeof *w->total);
    if (!crs_map_identity(select_map(select))) {
        w->turn = crs_turn(spec->grid->crs, spec->grid->dx);
        w->source_turn = crs_turn(source->crs, source->gt[1]);
        w->beyond = spec->grid->x0 < -180 ||
                    spec->grid->x0 + spec->grid->columns * spec->grid->dx > 180;
    }
    w->counts_all = spec->denominator == REGRID_SOURCE;
    w->counts_mask = spec->denominator == REGRID_MASK;
    w->wants_moments = spec->want[REGRID_STDDEV];
    w->wants_range =
        spec->want[REGRID_MIN] || spec->want[REGRID_MAX] || spec->want[REGRID_RANGE];
    list_ordered(w);
    w->clip = spec->grid->clip.nrings ? poly_index_open(&spec->grid->clip) : NULL;
    w->has_box = select_box(select, w->box);
    if (!w->has_box)
        return MSG_OK;
    if (crs_map_identity(select_map(select)) && source->gt[2] == 0 && source->gt[4] == 0)
        w->aligned = aligned_open(w);
    else
        w->projected = projected_open(w);
    return MSG_OK;
}

void regrid_close(struct regrid *w)
{
    if (!w)
        return;
    aligned_close(w->aligned);
    projected_close(w->projected);
    poly_index_close(w->clip);
    stats_free(&w->ordered);
    bag_free(&w->bag);
    free(w->cell);
    free(w->v);
    free(w->bits);
    free(w->weight);
    free(w->total);
    free(w);
}

const struct regrid_summary *regrid_summary(struct regrid *w)
{
    struct regrid_summary *s = &w->summary;
    s->pixels = s->sum = s->covered = 0;
    for (int i = 0; i < w->spec->grid->rows; i++) {
        s->pixels += w->total[i].pixels;
        s->sum += w->total[i].sum;
        s->covered += w->total[i].covered;
    }
    return s;
}
