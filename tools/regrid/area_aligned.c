/* area_aligned: sums of pixels whose source has the grid's CRS. */
#include "area_work.h"
#include "base/mem.h"
#include "geo/area_weights.h"
#include <math.h>
#include <stdlib.h>

struct area_aligned {
    struct area_weights_run *column, *row; /* of all cell columns and rows */
    /* the first and the last cell row that each source row of the window touches */
    int *first, *last;
    size_t rows;
};

/* The share of pixel p in a run. */
static double run_share(const struct area_weights_run *r, int p)
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

static void sum_row(const struct area_stats *w, const struct area_weights_run *run,
                    const double *v, const unsigned char *bits, struct row_sums *s)
{
    int from = run->first - w->window[0], count = run->count;
    *s = (struct row_sums){.least = HUGE_VAL, .most = -HUGE_VAL};
    double weight = 0, sum = 0, denominator = 0;
    const double *value = v + from;
    const unsigned char *bit = bits + from;
    bool good = bit[0] == PIXEL_MASK_ALL && !isnan(value[0]);
    add_pixel(s, run->head, good, value[0], bit[0] == PIXEL_MASK_ALL);
    for (int i = 1; i < count - 1; i++) {
        bool all = bit[i] == PIXEL_MASK_ALL, use = all && !isnan(value[i]);
        weight += use ? 1.0 : 0.0;
        sum += use ? value[i] : 0.0;
        denominator += all ? 1.0 : 0.0;
    }
    s->weight += weight;
    s->sum += sum;
    s->denominator += denominator;
    if (count > 1) {
        int i = count - 1;
        good = bit[i] == PIXEL_MASK_ALL && !isnan(value[i]);
        add_pixel(s, run->tail, good, value[i], bit[i] == PIXEL_MASK_ALL);
    }
}

/* The same where pixels have weights. */
static void sum_row_weighted(const struct area_stats *w, const struct area_weights_run *run,
                             const double *v, const unsigned char *bits,
                             const float *weight, struct row_sums *s)
{
    int from = run->first - w->window[0];
    *s = (struct row_sums){.least = HUGE_VAL, .most = -HUGE_VAL};
    for (int i = 0; i < run->count; i++)
        add_pixel(s, run_share(run, run->first + i) * (double)weight[from + i],
                  bits[from + i] == PIXEL_MASK_ALL && !isnan(v[from + i]), v[from + i],
                  bits[from + i] == PIXEL_MASK_ALL);
}

/* What the plain sums do not need. */
static void sum_row_more(const struct area_stats *w, const struct area_weights_run *run,
                         const double *v, const unsigned char *bits, const float *weight,
                         struct row_sums *s)
{
    int from = run->first - w->window[0];
    s->mean = s->sum / s->weight;
    for (int i = 0; i < run->count; i++) {
        double x = v[from + i], off = x - s->mean;
        double share =
            run_share(run, run->first + i) * (weight ? (double)weight[from + i] : 1);
        if (bits[from + i] != PIXEL_MASK_ALL || isnan(x))
            continue;
        s->moment += share * off * off;
        s->least = x < s->least ? x : s->least;
        s->most = x > s->most ? x : s->most;
    }
}

static void cell_values_row(struct area_stats *w, const struct area_weights_run *run,
                            const double *v, const unsigned char *bits, const float *weight,
                            double share, uint32_t cell)
{
    int from = run->first - w->window[0];
    for (int i = 0; i < run->count; i++)
        if (bits[from + i] == PIXEL_MASK_ALL && !isnan(v[from + i]))
            cell_values_put(&w->bag, cell, v[from + i],
                            share * run_share(run, run->first + i) *
                                (weight ? (double)weight[from + i] : 1));
}

void area_aligned_take(struct area_stats *w, int row, const double *v,
                       const unsigned char *bits, const float *weight)
{
    const struct area_aligned *a = w->aligned;
    int first = a->first[row - w->window[1]], last = a->last[row - w->window[1]];
    bool more = w->wants_moments || w->wants_range;
    for (int j = 0; first <= last && j < w->rect->columns; j++) {
        const struct area_weights_run *run = &a->column[w->rect->column + j];
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
            struct more *m = w->more ? &w->more[k] : NULL;
            if (w->counts_mask)
                m->denominator += share * s.denominator;
            if (s.weight <= 0)
                continue;
            if (more) {
                area_merge_moments(m, cell->weight, share * s.weight, s.mean,
                                   share * s.moment);
                m->least = fmin(m->least, s.least);
                m->most = fmax(m->most, s.most);
            }
            if (w->wants_bag)
                cell_values_row(w, run, v, bits, weight, share, k);
            cell->weight += share * s.weight;
            cell->sum += share * s.sum;
            cell->count = cell->weight;
            cell->share_sum = cell->sum;
        }
    }
}

/* The part of a run that lies in the pixels from `from` to `to`. */
static double run_within(const struct area_weights_run *run, int from, int to)
{
    double sum = 0;
    for (int k = 0; k < run->count; k++)
        if (run->first + k >= from && run->first + k < to)
            sum += run_share(run, run->first + k);
    return sum;
}

/* The cells' denominators when all pixels under the box count: products of overlaps. */
static void count_box(struct area_stats *w)
{
    const struct area_aligned *a = w->aligned;
    const int *b = w->box;
    for (int i = 0; i < w->rect->rows; i++) {
        double down = run_within(&a->row[w->rect->row + i], b[1], b[1] + b[3]);
        for (int j = 0; j < w->rect->columns; j++)
            w->more[i * w->rect->columns + j].denominator =
                down * run_within(&a->column[w->rect->column + j], b[0], b[0] + b[2]);
    }
}

/* The pixels that the runs of one axis use. */
static void span(const struct area_weights_run *run, int n, int *first, int *count)
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

struct area_aligned *area_aligned_open(struct area_stats *w)
{
    const struct grid *g = w->spec->grid;
    const double *gt = w->source->grid.gt;
    const int *b = w->box;
    struct area_aligned *a = mem_alloc(1, sizeof *a);
    a->column = mem_alloc((size_t)g->columns, sizeof *a->column);
    a->row = mem_alloc((size_t)g->rows, sizeof *a->row);
    area_weights_axis((gt[0] - g->x0) / g->dx, gt[1] / g->dx, b[0], b[0] + b[2], g->columns,
                      a->column);
    area_weights_axis((g->y0 - gt[3]) / g->dy, -gt[5] / g->dy, b[1], b[1] + b[3], g->rows,
                      a->row);
    w->cell_area = fabs(g->dx * g->dy / (gt[1] * gt[5]));
    return a;
}

void area_aligned_window(struct area_stats *w)
{
    struct area_aligned *a = w->aligned;
    const struct grid_rect *rect = w->rect;
    span(a->column + rect->column, rect->columns, &w->window[0], &w->window[2]);
    span(a->row + rect->row, rect->rows, &w->window[1], &w->window[3]);
}

/* Which rows of cells each row of the window touches. */
void area_aligned_begin(struct area_stats *w)
{
    struct area_aligned *a = w->aligned;
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

void area_aligned_close(struct area_aligned *a)
{
    if (!a)
        return;
    free(a->column);
    free(a->row);
    free(a->first);
    free(a->last);
    free(a);
}
