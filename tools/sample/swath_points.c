/* swath_points: points in the scans of a swath. */
#include "swath_points.h"
#include "base/lower_bound.h"
#include "base/mem.h"
#include "geo/crs.h"
#include "raster/scan_pixels.h"
#include <math.h>
#include <stdlib.h>

enum { BLOCK = 64 }; /* columns, and rows, of a scan that are looked at together */

struct place {
    double x, y;
    size_t i;
};

struct looking {
    struct masked_reader *pixels;
    struct swath *swath;
    struct scan_pixels scan;
    struct place *place; /* with y ascending */
    size_t n;
    double *value;
    struct point_pixel *pixel;
};

static int by_y(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    return p->y < q->y ? -1 : p->y > q->y ? 1 : p->i < q->i ? -1 : p->i > q->i;
}

static bool lies_below(const void *place, const void *y)
{
    return ((const struct place *)place)->y < *(const double *)y;
}

/* Takes a pixel for a place, unless it has one that counts. */
static int take(struct looking *l, size_t i, int row, int column)
{
    double v;
    int at = l->scan.scan * l->scan.f.rows + row;
    if (!isnan(l->value[i]))
        return MSG_OK;
    int status = masked_reader_read(l->pixels, column, at, 1, 1, &v);
    if (status != MSG_OK || (isnan(v) && !isnan(l->pixel[i].row)))
        return status;
    l->value[i] = v;
    l->pixel[i].column = column;
    l->pixel[i].row = at;
    l->pixel[i].zenith = (double)l->scan.zenith[row * l->scan.f.columns + column];
    return MSG_OK;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* The places in the block of the scan that begins there. */
static int look_in(struct looking *l, int first_row, int first)
{
    int rows = least(l->scan.f.rows - first_row, BLOCK),
        columns = least(l->scan.f.columns - first, BLOCK);
    double box[4];
    int status = MSG_OK;
    if (!scan_pixels_bounds(&l->scan, first_row, rows, first, columns, box))
        return MSG_OK;
    bool around = box[2] - box[0] >= 180; /* across the end of a turn */
    for (size_t k = lower_bound(l->place, l->n, sizeof *l->place, &box[1], lies_below);
         k < l->n && l->place[k].y <= box[3] && status == MSG_OK; k++) {
        const struct place *p = &l->place[k];
        int row = first_row + rows / 2, column = first + columns / 2;
        double beyond;
        if (!around && (p->x < box[0] || p->x > box[2]))
            continue;
        if (scan_pixels_find(&l->scan, 360, p->x, p->y, &row, &column, &beyond))
            status = take(l, p->i, row, column);
    }
    return status;
}

static int look_everywhere(struct looking *l)
{
    const struct scan_plane plane = {.swath = l->swath, .turn = 360, .zenith = true};
    int columns = l->swath->latitude.grid.columns, status = MSG_OK;
    for (int s = 0; s < l->swath->scans && status == MSG_OK; s++) {
        status = scan_pixels_load(&l->scan, &plane, s, 0, columns);
        for (int r = 0; r < l->scan.f.rows && status == MSG_OK; r += BLOCK)
            for (int c = 0; c < columns && status == MSG_OK; c += BLOCK)
                status = look_in(l, r, c);
    }
    return status == MSG_OK ? swath_check(l->swath) : status;
}

int swath_points_run(struct masked_reader *pixels, const double *x, const double *y,
                     size_t n, double *value, struct point_pixel *pixel)
{
    struct looking l = {.pixels = pixels,
                        .swath = swath_of(&pixels->ras->grid),
                        .scan = {.scan = -1},
                        .value = value,
                        .pixel = pixel};
    l.place = mem_alloc(n, sizeof *l.place);
    for (size_t i = 0; i < n; i++) {
        value[i] = NAN;
        pixel[i] = (struct point_pixel){NAN, NAN, NAN};
        if (isfinite(x[i]) && isfinite(y[i]))
            l.place[l.n++] = (struct place){crs_unwind(x[i], 360, 0), y[i], i};
    }
    if (l.n)
        qsort(l.place, l.n, sizeof *l.place, by_y);
    int status = l.swath->rejected ? MSG_OK : look_everywhere(&l);
    scan_pixels_free(&l.scan);
    free(l.place);
    return status;
}
