/* zone_sums: the statistics of one raster in all zones of it. */
#include "zone_sums.h"
#include "base/mem.h"
#include "base/msg.h"
#include <math.h>
#include <stdlib.h>

/* Rows that are gone through at a time, at least: a zone's edges are looked at each time.
 */
enum { LEAST_ROWS = 64 };

/* Pixels between two runs of a row that are read along with them. */
enum { GAP = 16 };

/* A zone that the present rows may be part of. */
struct zone_sum {
    size_t zone;
    int left;
    struct stat_sums sums;
    struct stat_sample *sample; /* all so far, where they are needed in order */
    size_t n, cap;
};

static int by_left(const void *a, const void *b)
{
    const struct zone_sum *p = a, *q = b;
    if (p->left != q->left)
        return p->left < q->left ? -1 : 1;
    return p->zone < q->zone ? -1 : p->zone > q->zone;
}

/* What the share of a pixel counts: factors of a stretch of a row, or NULL for 1. */
static int find_factors(struct zone_sums *s, int column, int row, int n,
                        const double **factor)
{
    *factor = NULL;
    if (!s->weights && !s->ground)
        return MSG_OK;
    s->factor = mem_grow(s->factor, &s->factor_cap, 2 * (size_t)n, sizeof *s->factor);
    double *area = s->factor, *weight = s->ground ? s->factor + n : s->factor;
    *factor = s->factor;
    if (s->ground)
        ground_area_row(s->ground, column, row, n, area);
    if (!s->weights)
        return MSG_OK;
    int status = pixel_weights_row(s->weights, column, row, n, weight);
    for (int i = 0; s->ground && i < n; i++)
        area[i] *= weight[i];
    return status;
}

/* Adds runs of one row that lie near each other to the samples. */
static int add_stretch(struct zone_sums *s, const struct polygon_coverage_run *run,
                       size_t nruns, struct stat_sample *sample, size_t *n)
{
    int row = run->row, first = run->column;
    int count = run[nruns - 1].column + run[nruns - 1].count - first;
    const double *factor;
    s->v = mem_grow(s->v, &s->v_cap, (size_t)count, sizeof *s->v);
    int status = masked_reader_read(s->pixels, first, row, count, 1, s->v);
    if (status == MSG_OK)
        status = find_factors(s, first, row, count, &factor);
    if (status != MSG_OK)
        return status;
    size_t at = *n;
    for (size_t i = 0; i < nruns; i++) {
        int from = run[i].column - first;
        for (int k = from; k < from + run[i].count; k++) {
            double w = factor ? run[i].weight * factor[k] : run[i].weight;
            if (!isnan(s->v[k]) && w > 0)
                sample[at++] = (struct stat_sample){s->v[k], w};
        }
    }
    *n = at;
    return MSG_OK;
}

/* Where the stretch that begins with run i ends: at a gap, or with the row. */
static size_t stretch_end(const struct polygon_coverage_run *run, size_t i, size_t n)
{
    size_t end = i + 1;
    while (end < n && run[end].row == run[i].row &&
           run[end].column - (run[end - 1].column + run[end - 1].count) <= GAP)
        end++;
    return end;
}

/* Adds some rows of a zone. */
static int add_rows(struct zone_sums *s, const struct stat_list *stats, struct zone_sum *to,
                    const struct polygon_coverage_run *run, size_t nruns)
{
    int status = MSG_OK;
    for (size_t i = 0, end; i < nruns && status == MSG_OK; i = end) {
        size_t row_end = i, pixels = 0, n = 0;
        for (; row_end < nruns && run[row_end].row == run[i].row; row_end++)
            pixels += (size_t)run[row_end].count;
        struct stat_sample *sample;
        if (stats->sorts) {
            to->sample = mem_grow(to->sample, &to->cap, to->n + pixels, sizeof *sample);
            sample = to->sample + to->n;
        } else {
            s->sample = mem_grow(s->sample, &s->sample_cap, pixels, sizeof *sample);
            sample = s->sample;
        }
        for (end = i; end < row_end && status == MSG_OK;) {
            size_t next = stretch_end(run, end, row_end);
            status = add_stretch(s, run + end, next - end, sample, &n);
            end = next;
        }
        if (stats->sorts)
            to->n += n;
        else
            stats_add(stats, &to->sums, sample, n);
    }
    return status;
}

static void finish(struct zone_sums *s, const struct stat_list *stats, struct zone_sum *a,
                   double *result)
{
    double *to = result + s->zones->zone[a->zone].feature * stats->n;
    if (stats->sorts)
        stats_compute(stats, a->sample, a->n, to);
    else
        stats_finish(stats, &a->sums, to);
    free(a->sample);
}

/* The zones of the rows from `first` to before `last`; *next: the first zone that has not
 * begun. */
static int take_rows(struct zone_sums *s, const struct stat_list *stats, int first,
                     int last, size_t *next, size_t end, double *result)
{
    struct zone_pixels *z = s->zones;
    for (; *next < end && z->zone[*next].top < last; ++*next) {
        s->active = mem_grow(s->active, &s->active_cap, s->nactive + 1, sizeof *s->active);
        s->active[s->nactive++] =
            (struct zone_sum){.zone = *next, .left = z->zone[*next].left};
    }
    /* From left to right, should the blocks of these rows be more than are kept. */
    if (s->nactive)
        qsort(s->active, s->nactive, sizeof *s->active, by_left);
    size_t left = 0;
    int status = MSG_OK;
    for (size_t i = 0; i < s->nactive; i++) {
        struct zone_sum a = s->active[i];
        const struct zone *zone = &z->zone[a.zone];
        int top = zone->top > first ? zone->top : first;
        int bottom = zone->bottom < last ? zone->bottom : last;
        size_t n;
        if (status == MSG_OK) {
            const struct polygon_coverage_run *run =
                zone_pixels_rows(z, a.zone, top, bottom, &n);
            status = add_rows(s, stats, &a, run, n);
        }
        if (status == MSG_OK && zone->bottom > last)
            s->active[left++] = a;
        else
            finish(s, stats, &a, result);
    }
    s->nactive = left;
    return status;
}

/* Where the zones from `from` on, whose values are kept, would be too many. */
static int find_batch(struct zone_sums *s, size_t from, size_t *end)
{
    double bytes = 0;
    for (*end = from; *end < s->zones->n; ++*end) {
        double more = zone_pixels_count(s->zones, *end) * sizeof(struct stat_sample);
        if (more > (double)s->bytes) {
            const struct zone *zone = &s->zones->zone[*end];
            msg_error("%s: polygon \"%s\" has up to %.0f pixels of %s, and medians and the "
                      "like need all at once: that takes --memory %.0fM",
                      s->zones->path, s->zones->features->feature[zone->feature].id,
                      more / sizeof(struct stat_sample), s->pixels->ras->path,
                      ceil(more * ZONE_SHARES / (1 << 20)));
            return MSG_INPUT;
        }
        bytes += more;
        if (bytes > (double)s->bytes)
            break;
    }
    return MSG_OK;
}

int zone_sums_run(struct zone_sums *s, const struct stat_list *stats, double *result)
{
    const struct zone_pixels *z = s->zones;
    const struct ras *r = s->pixels->ras;
    for (size_t i = 0; i < z->features->n; i++)
        stats_compute(stats, NULL, 0, result + i * stats->n);
    int step = r->block_rows;
    if (step < LEAST_ROWS)
        step *= (LEAST_ROWS - 1) / step + 1;
    int status = MSG_OK;
    for (size_t from = 0, end = z->n; from < z->n && status == MSG_OK; from = end) {
        if (stats->sorts)
            status = find_batch(s, from, &end);
        if (status != MSG_OK)
            break;
        size_t next = from;
        int row = z->zone[from].top / step * step;
        while (status == MSG_OK && (next < end || s->nactive)) {
            int last = r->grid.rows - row < step ? r->grid.rows : row + step;
            status = take_rows(s, stats, row, last, &next, end, result);
            row = last;
        }
    }
    while (s->nactive)
        finish(s, stats, &s->active[--s->nactive], result);
    return status;
}

void zone_sums_free(struct zone_sums *s)
{
    free(s->active);
    free(s->v);
    free(s->factor);
    free(s->sample);
    *s = (struct zone_sums){0};
}
