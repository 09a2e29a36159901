/* point_sampler: the values of a raster at many places. */
#include "point_sampler.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/crs.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>

struct locator {
    struct gt_locator place;
    int columns, rows;
    double turn, middle; /* of x: a full turn or 0, the raster's middle */
};

static struct locator locator_of(const struct ras *r, double turn)
{
    struct locator l = {gt_locator_of(r->grid.gt), r->grid.columns, r->grid.rows,
                        .turn = turn};
    double y;
    gt_place(r->grid.gt, r->grid.columns / 2.0, r->grid.rows / 2.0, &l.middle, &y);
    return l;
}

/* The column or row as a whole number: floor, but where rounding has put a place on the
 * wrong side of an edge. */
static double whole(double at, double place, double first, double step)
{
    double i = floor(at), edge = first + i * step, next = first + (i + 1) * step;
    if (step > 0 ? place < edge : place > edge)
        return i - 1;
    return (step > 0 ? place >= next : place <= next) ? i + 1 : i;
}

/* The pixel that holds a place, as whole numbers, which may lie outside or be NaN. */
static void locate_pixel(const struct locator *l, double x, double y, double *column,
                         double *row)
{
    const double *gt = l->place.gt;
    gt_locate(&l->place, x, y, column, row);
    if (l->place.turned) {
        *column = floor(*column);
        *row = floor(*row);
    } else {
        *column = whole(*column, x, gt[0], gt[1]);
        *row = whole(*row, y, gt[3], gt[5]);
    }
}

static bool inside(const struct locator *l, double column, double row)
{
    return column >= 0 && row >= 0 && column < l->columns && row < l->rows;
}

/* The places inside of the raster in the order of their blocks, those of a block in the
 * order they came: p->order; returns how many. */
static size_t sort(struct point_sampler *p, const struct locator *l, const struct ras *r,
                   const double *x, const double *y, size_t n)
{
    size_t across = (size_t)((r->grid.columns - 1) / r->block_columns) + 1;
    size_t count = across * (size_t)((r->grid.rows - 1) / r->block_rows + 1), total = 0;
    p->first = mem_grow(p->first, &p->first_cap, count + 1, sizeof *p->first);
    p->order = mem_grow(p->order, &p->order_cap, n, sizeof *p->order);
    p->block = mem_grow(p->block, &p->block_cap, n, sizeof *p->block);
    for (size_t b = 0; b <= count; b++)
        p->first[b] = 0;
    for (size_t i = 0; i < n; i++) {
        double column, row;
        locate_pixel(l, crs_unwind(x[i], l->turn, l->middle), y[i], &column, &row);
        p->block[i] = UINT_MAX;
        if (!inside(l, column, row))
            continue;
        p->block[i] = (unsigned)((size_t)((int)row / r->block_rows) * across +
                                 (size_t)((int)column / r->block_columns));
        p->first[p->block[i] + 1]++;
        total++;
    }
    for (size_t b = 0; b < count; b++)
        p->first[b + 1] += p->first[b];
    for (size_t i = 0; i < n; i++)
        if (p->block[i] != UINT_MAX)
            p->order[p->first[p->block[i]]++] = i;
    return total;
}

static int bilinear(const struct locator *l, struct masked_reader *pixels, double x,
                    double y, double *v)
{
    double column, row;
    gt_locate(&l->place, x, y, &column, &row);
    double left = floor(column - 0.5), top = floor(row - 0.5);
    double fx = column - 0.5 - left, fy = row - 0.5 - top;
    *v = 0;
    for (int k = 0; k < 4; k++) {
        double w = (k & 1 ? fx : 1 - fx) * (k & 2 ? fy : 1 - fy);
        if (w == 0)
            continue;
        double c = left + (k & 1), r = top + (k >> 1), z = NAN;
        if (inside(l, c, r) &&
            masked_reader_read(pixels, (int)c, (int)r, 1, 1, &z) != MSG_OK)
            return MSG_INPUT;
        *v += w * z;
    }
    return MSG_OK;
}

/* The valid pixels of the window around a pixel, into p->sample. */
static int gather(struct point_sampler *p, struct masked_reader *from, int column, int row,
                  size_t *n)
{
    const struct ras *r = from->ras;
    int half = p->options.window / 2;
    int left = column > half ? column - half : 0, top = row > half ? row - half : 0;
    int right = r->grid.columns - column > half ? column + half + 1 : r->grid.columns;
    int bottom = r->grid.rows - row > half ? row + half + 1 : r->grid.rows;
    size_t pixels = (size_t)(right - left) * (size_t)(bottom - top);
    p->sample = mem_grow(p->sample, &p->sample_cap, pixels, sizeof *p->sample);
    p->pixel = mem_grow(p->pixel, &p->pixel_cap, pixels, sizeof *p->pixel);
    int status = masked_reader_read(from, left, top, right - left, bottom - top, p->pixel);
    *n = 0;
    for (size_t i = 0; i < pixels && status == MSG_OK; i++)
        if (!isnan(p->pixel[i]))
            p->sample[(*n)++] = (struct stat_sample){p->pixel[i], 1};
    return status;
}

static bool is_windowed(const struct stat_list *stats)
{
    bool windowed = false;
    for (size_t i = 0; i < stats->n; i++)
        windowed = windowed || stats->item[i].kind != STAT_VALUE;
    return windowed;
}

size_t point_sampler_bytes(const struct point_sampler_options *options)
{
    /* Only neighbours of a pixel may lie in another block than that at hand. */
    return options->bilinear || is_windowed(options->stats) ? 32 << 20 : 0;
}

int point_sampler_run(struct point_sampler *p, struct masked_reader *pixels,
                      const double *x, const double *y, size_t n, double *result,
                      struct point_pixel *pixel)
{
    const struct stat_list *stats = p->options.stats;
    struct locator l = locator_of(pixels->ras, p->turn);
    bool windowed = is_windowed(stats);
    for (size_t i = 0; i < n * stats->n; i++)
        result[i] = stats->item[i % stats->n].kind == STAT_N ? 0 : NAN;
    for (size_t i = 0; i < n; i++)
        pixel[i] = (struct point_pixel){NAN, NAN, NAN};
    size_t total = sort(p, &l, pixels->ras, x, y, n);
    int status = MSG_OK;
    for (size_t k = 0; k < total && status == MSG_OK; k++) {
        size_t i = p->order[k], samples;
        double column, row, v = NAN, *to = result + i * stats->n;
        double xi = crs_unwind(x[i], l.turn, l.middle);
        locate_pixel(&l, xi, y[i], &column, &row);
        pixel[i] = (struct point_pixel){column, row, NAN};
        if (p->options.bilinear)
            status = bilinear(&l, pixels, xi, y[i], &v);
        else
            status = masked_reader_read(pixels, (int)column, (int)row, 1, 1, &v);
        for (size_t s = 0; s < stats->n; s++)
            if (stats->item[s].kind == STAT_VALUE)
                to[s] = v;
        if (windowed && status == MSG_OK) {
            status = gather(p, pixels, (int)column, (int)row, &samples);
            if (status == MSG_OK)
                stats_compute(stats, p->sample, samples, to);
        }
    }
    return status;
}

void point_sampler_free(struct point_sampler *p)
{
    free(p->first);
    free(p->order);
    free(p->block);
    free(p->sample);
    free(p->pixel);
    *p = (struct point_sampler){0};
}
