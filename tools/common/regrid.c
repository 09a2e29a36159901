/* regrid: masked area-weighted means. */
#include "regrid.h"
#include "lattice.h"
#include "mem.h"
#include "msg.h"
#include "overlap.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 18 }; /* pixels that are read at a time, at least a row of blocks */

static const double corner_tolerance = 1e-5; /* of a source pixel */

/* Sums of one cell. Areas are in pixels where all pixels have one area, else in cells. */
struct sums {
    double weight;         /* of u a */
    double count;          /* of u a / a_i */
    double sum;            /* of u a v */
    double denominator;    /* of a, over the pixels that the denominator counts */
    double middle, moment; /* running mean and sum of u a (v - mean)^2 */
};

/* One source on its way through. */
struct work {
    struct ras *source;
    struct select *select;
    const struct regrid_spec *spec;
    struct sums *cell;
    int window[4]; /* the pixels that matter: column, row, columns, rows */
    int box[4];    /* those under the clip's bounding box */
    bool counts_all, counts_mask;
    bool touches;     /* a pixel that lies under the grid has come by */
    double cell_area; /* a cell's, as the sums have areas */
    /* a chunk of rows of the window */
    double *v;
    unsigned char *bits;
};

/* Which pixels the denominator counts, besides those that have a value. */
static bool in_box(const struct work *w, int column, int row)
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
    struct overlap_run *column; /* of each cell column */
    int *row_first, *row_last;  /* the cell rows that each source row touches */
    struct overlap_run *row;
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
    double weight, sum, mean, moment, denominator;
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

static void sum_row(const struct work *w, const struct overlap_run *run, const double *v,
                    const unsigned char *bits, struct row_sums *s)
{
    int from = run->first - w->window[0], count = run->count;
    *s = (struct row_sums){0};
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
    if (!w->spec->want_stddev || s->weight <= 0)
        return;
    s->mean = s->sum / s->weight;
    for (int i = 0; i < count; i++)
        if (bit[i] == SELECT_ALL && !isnan(value[i])) {
            double off = value[i] - s->mean;
            s->moment += run_share(run, run->first + i) * off * off;
        }
}

static void take_aligned_row(struct work *w, const struct aligned *a, int row,
                             const double *v, const unsigned char *bits)
{
    const struct grid *g = w->spec->grid;
    if (a->row_first[row - w->window[1]] > a->row_last[row - w->window[1]])
        return;
    for (int j = 0; j < g->columns; j++) {
        if (a->column[j].count <= 0)
            continue;
        struct row_sums s;
        sum_row(w, &a->column[j], v, bits, &s);
        for (int i = a->row_first[row - w->window[1]]; i <= a->row_last[row - w->window[1]];
             i++) {
            double share = run_share(&a->row[i], row);
            struct sums *cell = &w->cell[(size_t)i * (size_t)g->columns + (size_t)j];
            if (w->counts_mask)
                cell->denominator += share * s.denominator;
            if (s.weight <= 0)
                continue;
            if (w->spec->want_stddev)
                merge_moments(cell, cell->weight, share * s.weight, s.mean,
                              share * s.moment);
            cell->weight += share * s.weight;
            cell->count = cell->weight;
            cell->sum += share * s.sum;
        }
    }
}

/* The cells' denominators when all pixels under the box count: products of overlaps. */
static void count_box(struct work *w, const struct aligned *a)
{
    const struct grid *g = w->spec->grid;
    for (int i = 0; i < g->rows; i++)
        for (int j = 0; j < g->columns; j++) {
            double across = 0, down = 0;
            for (int k = 0; k < a->column[j].count; k++)
                if (in_box(w, a->column[j].first + k, w->box[1]))
                    across += run_share(&a->column[j], a->column[j].first + k);
            for (int k = 0; k < a->row[i].count; k++)
                if (in_box(w, w->box[0], a->row[i].first + k))
                    down += run_share(&a->row[i], a->row[i].first + k);
            w->cell[(size_t)i * (size_t)g->columns + (size_t)j].denominator = across * down;
        }
}

/* Narrows the window to the pixels that the runs of one axis use. */
static void narrow(const struct overlap_run *run, int n, int *first, int *count)
{
    int low = *first + *count, high = *first;
    for (int i = 0; i < n; i++) {
        if (run[i].count <= 0)
            continue;
        low = run[i].first < low ? run[i].first : low;
        high = run[i].first + run[i].count > high ? run[i].first + run[i].count : high;
    }
    *first = low;
    *count = high > low ? high - low : 0;
}

static void aligned_init(struct work *w, struct aligned *a)
{
    const struct grid *g = w->spec->grid;
    const double *gt = w->source->gt;
    a->column = mem_alloc((size_t)g->columns, sizeof *a->column);
    a->row = mem_alloc((size_t)g->rows, sizeof *a->row);
    overlap_axis((gt[0] - g->x0) / g->dx, gt[1] / g->dx, w->window[0],
                 w->window[0] + w->window[2], g->columns, a->column);
    overlap_axis((g->y0 - gt[3]) / g->dy, -gt[5] / g->dy, w->window[1],
                 w->window[1] + w->window[3], g->rows, a->row);
    narrow(a->column, g->columns, &w->window[0], &w->window[2]);
    narrow(a->row, g->rows, &w->window[1], &w->window[3]);
    w->cell_area = fabs(g->dx * g->dy / (gt[1] * gt[5]));
    size_t rows = (size_t)w->window[3];
    a->row_first = mem_alloc(rows, sizeof *a->row_first);
    a->row_last = mem_alloc(rows, sizeof *a->row_last);
    for (size_t r = 0; r < rows; r++) {
        a->row_first[r] = g->rows;
        a->row_last[r] = -1;
    }
    for (int i = 0; i < g->rows; i++)
        for (int k = 0; k < a->row[i].count; k++) {
            int r = a->row[i].first + k - w->window[1];
            a->row_first[r] = i < a->row_first[r] ? i : a->row_first[r];
            a->row_last[r] = i > a->row_last[r] ? i : a->row_last[r];
        }
}

static void aligned_free(struct aligned *a)
{
    free(a->column);
    free(a->row);
    free(a->row_first);
    free(a->row_last);
}

/* ---- source and grid in different CRSs: quadrilaterals ---- */

struct projected {
    struct lattice *lattice; /* from pixel corners to cells */
    double *x[2], *y[2];     /* corners above and below the present row */
    int row;                 /* whose corners are in x[1], y[1], or -1 */
    double inverse[6];
};

/* A pixel whose areas are being handed out. */
struct handing {
    struct work *work;
    bool good, counts;
    double v, whole;
};

static void hand_out(void *user, int column, int row, double area)
{
    struct handing *h = user;
    const struct regrid_spec *spec = h->work->spec;
    struct sums *s =
        &h->work->cell[(size_t)row * (size_t)spec->grid->columns + (size_t)column];
    if (h->counts)
        s->denominator += area;
    if (!h->good)
        return;
    if (spec->want_stddev)
        merge_moments(s, s->weight, area, h->v, 0);
    s->weight += area;
    s->count += area / h->whole;
    s->sum += area * h->v;
}

static void touch(void *user, int column, int row, double area)
{
    (void)column;
    (void)row;
    (void)area;
    struct work *w = user;
    w->touches = true;
}

static double quad_area(const double c[8])
{
    return fabs((c[4] - c[0]) * (c[7] - c[3]) - (c[6] - c[2]) * (c[5] - c[1])) / 2;
}

static void take_projected_row(struct work *w, struct projected *p, int row,
                               const double *v, const unsigned char *bits)
{
    const struct grid *g = w->spec->grid;
    int n = w->window[2] + 1;
    for (int k = 0; k < 2; k++) {
        if (k == 0 && p->row == row) {
            memcpy(p->x[0], p->x[1], (size_t)n * sizeof *p->x[0]);
            memcpy(p->y[0], p->y[1], (size_t)n * sizeof *p->y[0]);
        } else {
            lattice_row(p->lattice, row + k, w->window[0], 0, n, p->x[k], p->y[k]);
        }
    }
    p->row = row + 1;
    for (int i = 0; i < w->window[2]; i++) {
        struct handing h = {.work = w, .v = v[i]};
        h.good = bits[i] == SELECT_ALL && !isnan(v[i]);
        h.counts = (w->counts_all && in_box(w, w->window[0] + i, row)) ||
                   (w->counts_mask && bits[i] == SELECT_ALL);
        if (!h.good && !h.counts && w->touches)
            continue;
        const double corner[8] = {p->x[0][i],     p->y[0][i],     p->x[0][i + 1],
                                  p->y[0][i + 1], p->x[1][i + 1], p->y[1][i + 1],
                                  p->x[1][i],     p->y[1][i]};
        if (!w->touches)
            overlap_quad(corner, g->columns, g->rows, touch, w);
        h.whole = quad_area(corner);
        overlap_quad(corner, g->columns, g->rows, hand_out, &h);
    }
}

/* The window of pixels that can touch the grid: the grid's outline, taken back. When some
 * of it has no way back, all pixels may matter. */
static void find_window(struct work *w, struct crs_map *map)
{
    enum { STEPS = 64 };
    const struct grid *g = w->spec->grid;
    double inverse[6], x[4 * STEPS], y[4 * STEPS];
    double b[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    double width = g->columns * g->dx, height = g->rows * g->dy;
    for (int i = 0; i < STEPS; i++) {
        double t = i / (double)STEPS;
        const double place[4][2] = {{t, 0}, {1, t}, {1 - t, 1}, {0, 1 - t}};
        for (int k = 0; k < 4; k++) {
            x[k * STEPS + i] = g->x0 + place[k][0] * width;
            y[k * STEPS + i] = g->y0 - place[k][1] * height;
        }
    }
    if (!ras_invert(w->source->gt, inverse))
        return;
    crs_inverse(map, x, y, 1, 4 * STEPS);
    for (int i = 0; i < 4 * STEPS; i++) {
        double column, row;
        if (isnan(x[i]))
            return;
        ras_place(inverse, x[i], y[i], &column, &row);
        b[0] = fmin(b[0], column);
        b[1] = fmin(b[1], row);
        b[2] = fmax(b[2], column);
        b[3] = fmax(b[3], row);
    }
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

static void projected_init(struct work *w, struct projected *p)
{
    const struct grid *g = w->spec->grid;
    struct crs_map *map = select_map(w->select);
    double gt[6], x[2], y[2];
    grid_gt(g, gt);
    ras_invert(gt, p->inverse);
    find_window(w, map);
    /* A pixel's size in cells, in the window's middle, to scale the tolerance by. */
    struct lattice *exact = lattice_open(w->source->gt, w->source->columns, w->source->rows,
                                         map, p->inverse, 0);
    lattice_row(exact, w->window[1] + w->window[3] / 2, w->window[0] + w->window[2] / 2, 0,
                2, x, y);
    lattice_close(exact);
    double pixel = hypot(x[1] - x[0], y[1] - y[0]);
    p->lattice = lattice_open(w->source->gt, w->source->columns, w->source->rows, map,
                              p->inverse, pixel > 0 ? corner_tolerance * pixel : 0);
    size_t n = (size_t)w->window[2] + 1;
    for (int k = 0; k < 2; k++) {
        p->x[k] = mem_alloc(n, sizeof *p->x[k]);
        p->y[k] = mem_alloc(n, sizeof *p->y[k]);
    }
    p->row = -1;
}

static void projected_free(struct projected *p)
{
    lattice_close(p->lattice);
    for (int k = 0; k < 2; k++) {
        free(p->x[k]);
        free(p->y[k]);
    }
}

/* ---- both ---- */

/* Reads the window, some rows of blocks at a time, and hands each row on. */
static int go_through(struct work *w, const struct aligned *a, struct projected *p)
{
    struct ras *r = w->source;
    int first = w->window[1], end = first + w->window[3], columns = w->window[2];
    int per = CHUNK / (columns * r->block_rows);
    int step = (per < 1 ? 1 : per) * r->block_rows;
    size_t most = (size_t)columns * (size_t)(step < w->window[3] ? step : w->window[3]);
    w->v = mem_resize(NULL, most, sizeof *w->v);
    w->bits = mem_resize(NULL, most, 1);
    int status = MSG_OK;
    for (int row = first; row < end && status == MSG_OK;) {
        int stop = (row / step + 1) * step < end ? (row / step + 1) * step : end;
        status =
            ras_read(r, 0, w->window[0], row, columns, stop - row, w->v, w->spec->flags);
        if (status == MSG_OK)
            status =
                select_window(w->select, w->window[0], row, columns, stop - row, w->bits);
        for (int k = row; status == MSG_OK && k < stop; k++) {
            const double *v = w->v + (size_t)(k - row) * (size_t)columns;
            const unsigned char *bits = w->bits + (size_t)(k - row) * (size_t)columns;
            if (a)
                take_aligned_row(w, a, k, v, bits);
            else
                take_projected_row(w, p, k, v, bits);
        }
        row = stop;
    }
    free(w->v);
    free(w->bits);
    return status;
}

static double coverage_of(const struct work *w, const struct sums *s)
{
    if (w->spec->denominator == REGRID_CELL)
        return s->weight / w->cell_area;
    return s->denominator > 0 ? s->weight / s->denominator : 0;
}

/* Rounding must not drop a cell that lies at the threshold. */
static const double coverage_slack = 1e-9;

/* Nor may it put a value into a cell that pixels only border on: a sliver, which is next
 * to nothing of a pixel and of the cell, is nothing. */
static bool is_sliver(const struct work *w, const struct sums *s)
{
    return s->count < 1e-9 && s->weight / w->cell_area < 1e-9;
}

static void finish(const struct work *w, struct regrid_result *result)
{
    const struct grid *g = w->spec->grid;
    struct poly_index *clip = g->clip.nrings ? poly_index_open(&g->clip) : NULL;
    double sum = 0, covered = 0, inside = 0;
    for (int i = 0; i < g->rows; i++)
        for (int j = 0; j < g->columns; j++) {
            size_t k = (size_t)i * (size_t)g->columns + (size_t)j;
            struct sums *s = &w->cell[k];
            if (is_sliver(w, s))
                s->weight = s->count = 0;
            bool in = !clip || poly_index_contains(clip, grid_x(g, j), grid_y(g, i));
            double coverage = coverage_of(w, s);
            bool kept =
                in && s->weight > 0 && coverage >= w->spec->min_coverage - coverage_slack;
            result->mean[k] = kept ? s->sum / s->weight : NAN;
            if (result->stddev)
                result->stddev[k] = kept ? sqrt(s->moment / s->weight) : NAN;
            result->coverage[k] = in ? coverage : NAN;
            result->n[k] = in ? s->count : NAN;
            if (in) {
                inside++;
                covered += coverage;
            }
            if (kept) {
                result->cells++;
                result->pixels += s->count;
                sum += s->count * result->mean[k];
            }
        }
    poly_index_close(clip);
    result->overall_mean = result->pixels > 0 ? sum / result->pixels : NAN;
    result->overall_coverage = inside > 0 ? covered / inside : NAN;
}

int regrid_average(struct ras *source, struct select *select,
                   const struct regrid_spec *spec, struct regrid_result *result)
{
    const struct grid *g = spec->grid;
    size_t cells = (size_t)g->columns * (size_t)g->rows;
    *result = (struct regrid_result){0};
    struct work w = {.source = source,
                     .select = select,
                     .spec = spec,
                     .cell_area = 1,
                     .counts_all = spec->denominator == REGRID_SOURCE,
                     .counts_mask = spec->denominator == REGRID_MASK};
    if (!select_box(select, w.box))
        return MSG_OK;
    memcpy(w.window, w.box, sizeof w.window);
    bool aligned =
        crs_map_identity(select_map(select)) && source->gt[2] == 0 && source->gt[4] == 0;
    struct aligned a = {0};
    struct projected p = {0};
    if (aligned)
        aligned_init(&w, &a);
    else
        projected_init(&w, &p);
    int status = MSG_OK;
    if (w.window[2] > 0 && w.window[3] > 0) {
        w.touches = aligned;
        w.cell = mem_alloc(cells, sizeof *w.cell);
        result->mean = mem_alloc(cells, sizeof(double));
        result->coverage = mem_alloc(cells, sizeof(double));
        result->n = mem_alloc(cells, sizeof(double));
        result->stddev = spec->want_stddev ? mem_alloc(cells, sizeof(double)) : NULL;
        if (aligned && w.counts_all)
            count_box(&w, &a);
        status = go_through(&w, aligned ? &a : NULL, &p);
        if (status == MSG_OK && w.touches)
            finish(&w, result);
    }
    result->touches = w.touches;
    aligned_free(&a);
    projected_free(&p);
    free(w.cell);
    if (status != MSG_OK || !w.touches)
        regrid_free(result);
    return status;
}

void regrid_free(struct regrid_result *result)
{
    free(result->mean);
    free(result->coverage);
    free(result->n);
    free(result->stddev);
    *result = (struct regrid_result){0};
}
