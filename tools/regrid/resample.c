/* resample: nearest, bilinear and cubic resampling. */
#include "resample.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/simd.h"
#include "geo/approx_transform.h"
#include "geo/polygon_index.h"
#include "raster/lon_wrap.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double edge = 1e-10; /* of a pixel: nearer to an edge is beyond it */

/* From here on gdalwarp's own approximation is asked for. */
static const double straight_tolerance = 0.125;

struct resample {
    struct masked_reader *from;
    struct ras *source; /* its raster */
    const struct resample_spec *spec;
    struct crs_transform *map; /* from the grid to the source */
    struct approx_transform *lattice;
    struct poly_index *clip;
    /* the part of the source under the present rectangle */
    double *v;
    size_t cap, nan; /* nan: where a NaN stands behind the window */
    int c0, r0, columns, rows;
    /* where the cells of the present rectangle lie in the source */
    double *x, *y;
    size_t cells;
    bool touches;
    double turn; /* the source's columns in 360 degrees, or 0 */
};

int resample_open(struct resample **made, struct masked_reader *from,
                  const struct resample_spec *spec)
{
    struct resample *w = mem_alloc(1, sizeof *w);
    struct ras *source = from->ras;
    const struct grid *g = spec->grid;
    const struct raster_grid cells = grid_cells(g);
    double inverse[6];
    *made = w;
    w->from = from;
    w->source = source;
    w->spec = spec;
    int status = crs_transform_open(&w->map, g->crs, source->grid.crs, NULL, source->path);
    if (status == MSG_OK && !gt_invert(source->grid.gt, inverse)) {
        msg_error("%s: its pixels have no area", source->path);
        status = MSG_INPUT;
    }
    if (status != MSG_OK) {
        resample_close(w);
        *made = NULL;
        return status;
    }
    if (!crs_transform_identity(w->map) ||
        lon_wrap_away(&source->grid, g->x0, g->x0 + g->columns * g->dx))
        w->turn = raster_grid_turn(&source->grid);
    w->lattice = (spec->tolerance >= straight_tolerance ? approx_open_rows : approx_open)(
        &cells, w->map, &source->grid, spec->tolerance);
    w->clip = g->clip.nrings ? poly_index_open(&g->clip) : NULL;
    return MSG_OK;
}

void resample_close(struct resample *w)
{
    if (!w)
        return;
    approx_close(w->lattice);
    crs_transform_close(w->map);
    poly_index_close(w->clip);
    free(w->v);
    free(w->x);
    free(w->y);
    free(w);
}

/* Where the rectangle's cells lie; NaN for those outside of the clip. */
static void locate(struct resample *w, const struct grid_rect *rect)
{
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    if (cells > w->cells) {
        w->x = mem_resize(w->x, cells, sizeof *w->x);
        w->y = mem_resize(w->y, cells, sizeof *w->y);
        w->cells = cells;
    }
    for (int r = 0; r < rect->rows; r++) {
        double *x = w->x + (size_t)r * (size_t)rect->columns;
        double *y = w->y + (size_t)r * (size_t)rect->columns;
        approx_row(w->lattice, rect->row + r + 0.5, rect->column, 0.5, rect->columns, x, y);
        for (int i = 0; w->turn > 0 && i < rect->columns; i++)
            x[i] = crs_unwind(x[i], w->turn, w->source->grid.columns / 2.0);
        double place_y = grid_y(w->spec->grid, rect->row + r);
        for (int i = 0; w->clip && i < rect->columns; i++)
            if (!poly_index_contains(w->clip, grid_x(w->spec->grid, rect->column + i),
                                     place_y))
                x[i] = NAN;
    }
}

/* The pixels that these cells need, cut off at the raster; false when there are none. */
static bool find_window(struct resample *w, size_t cells, int margin)
{
    const struct ras *r = w->source;
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    bool touches = w->touches;
    for (size_t i = 0; i < cells; i++) {
        double x = w->x[i], y = w->y[i];
        bool in = x > -1 && y > -1 && x < r->grid.columns + 1.0 && y < r->grid.rows + 1.0;
        bool under = x >= 0 && y >= 0 && x < r->grid.columns && y < r->grid.rows;
        touches |= under;
        x0 = in && x < x0 ? x : x0;
        x1 = in && x > x1 ? x : x1;
        y0 = in && y < y0 ? y : y0;
        y1 = in && y > y1 ? y : y1;
    }
    w->touches = touches;
    if (x0 > x1)
        return false;
    w->c0 = (int)fmax(0, floor(x0) - margin);
    w->r0 = (int)fmax(0, floor(y0) - margin);
    w->columns = (int)fmin(r->grid.columns, floor(x1) + margin + 1) - w->c0;
    w->rows = (int)fmin(r->grid.rows, floor(y1) + margin + 1) - w->r0;
    return w->columns > 0 && w->rows > 0;
}

static int load(struct resample *w)
{
    size_t n = (size_t)w->columns * (size_t)w->rows;
    if (n > w->cap) {
        w->v = mem_resize(w->v, n + 1, sizeof *w->v);
        w->cap = n;
    }
    w->nan = n;
    w->v[n] = NAN;
    return masked_reader_read(w->from, w->c0, w->r0, w->columns, w->rows, w->v);
}

/* The index, in the window, of the pixel that holds a place; that of the NaN behind the
 * window for a place outside of the raster. Without branches, for the loops below. */
static size_t index_at(const struct resample *w, double x, double y)
{
    double columns = w->source->grid.columns, rows = w->source->grid.rows;
    x += edge;
    y += edge;
    bool in = (x >= 0) & (y >= 0) & (x < columns) & (y < rows);
    int column = (int)(in ? x : 0) - w->c0, row = (int)(in ? y : 0) - w->r0;
    return in ? (size_t)row * (size_t)w->columns + (size_t)column : w->nan;
}

/* A pixel of the window that may lie outside. */
static double tap(const struct resample *w, int column, int row)
{
    if (column < 0 || row < 0 || column >= w->columns || row >= w->rows)
        return NAN;
    return w->v[(size_t)row * (size_t)w->columns + (size_t)column];
}

/* Bilinear where some of the four may miss. */
static double bilinear_edge(const struct resample *w, int i, int j, double fx, double fy)
{
    const double weight[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
    double sum = 0, total = 0;
    for (int k = 0; k < 4; k++) {
        double v = tap(w, i + k % 2, j + k / 2);
        if (isnan(v)) {
            if (w->spec->strict && weight[k] > 0)
                return NAN;
            continue;
        }
        sum += weight[k] * v;
        total += weight[k];
    }
    return total > 0 ? sum / total : NAN;
}

static double bilinear(const struct resample *w, double x, double y)
{
    if (isnan(w->v[index_at(w, x, y)]))
        return NAN;
    double px = x - 0.5, py = y - 0.5;
    int i = (int)floor(px), j = (int)floor(py);
    double fx = px - i, fy = py - j;
    i -= w->c0;
    j -= w->r0;
    if (i >= 0 && j >= 0 && i + 1 < w->columns && j + 1 < w->rows) {
        const double *p = w->v + (size_t)j * (size_t)w->columns + i, *q = p + w->columns;
        double v =
            (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) + (q[0] * (1 - fx) + q[1] * fx) * fy;
        if (!isnan(v))
            return v;
    }
    return bilinear_edge(w, i, j, fx, fy);
}

static void cubic_weights(double f, double weight[4])
{
    weight[0] = ((-0.5 * f + 1) * f - 0.5) * f;
    weight[1] = (1.5 * f - 2.5) * f * f + 1;
    weight[2] = ((-1.5 * f + 2) * f + 0.5) * f;
    weight[3] = (0.5 * f - 0.5) * f * f;
}

static double cubic(const struct resample *w, double x, double y)
{
    if (isnan(w->v[index_at(w, x, y)]))
        return NAN;
    double px = x - 0.5, py = y - 0.5;
    int i = (int)floor(px), j = (int)floor(py);
    double fx = px - i, fy = py - j, wx[4], wy[4];
    i -= w->c0 + 1;
    j -= w->r0 + 1;
    if (i >= 0 && j >= 0 && i + 3 < w->columns && j + 3 < w->rows) {
        const double *p = w->v + (size_t)j * (size_t)w->columns + i;
        const double *q = p + w->columns, *r = q + w->columns, *s = r + w->columns;
        double v = 0;
        vector along = {0}; /* the four rows */
        cubic_weights(fx, wx);
        cubic_weights(fy, wy);
        for (int k = 0; k < 4; k++)
            along += wx[k] * (const vector){p[k], q[k], r[k], s[k]};
        for (int k = 0; k < 4; k++)
            v += wy[k] * along[k];
        if (!isnan(v))
            return v;
    }
    return w->spec->strict ? NAN : bilinear_edge(w, i + 1, j + 1, fx, fy);
}

/* Values at the places of a row of cells. */
VECTOR_CLONES
static void nearest_row(const struct resample *w, const double *x, const double *y, int n,
                        double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = w->v[index_at(w, x[i], y[i])];
}

VECTOR_CLONES
static void bilinear_row(const struct resample *w, const double *x, const double *y, int n,
                         double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = bilinear(w, x[i], y[i]);
}

VECTOR_CLONES
static void cubic_row(const struct resample *w, const double *x, const double *y, int n,
                      double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = cubic(w, x[i], y[i]);
}

bool resample_touches(const struct resample *w)
{
    return w->touches;
}

static void blank(const struct grid_rect *rect, double *v, size_t stride)
{
    for (int r = 0; r < rect->rows; r++)
        for (int i = 0; i < rect->columns; i++)
            v[(size_t)r * stride + (size_t)i] = NAN;
}

/* Two halves along the longer side, when the pixels under all would take too much. */
static int halves(struct resample *w, enum warp_method method, const struct grid_rect *rect,
                  double *v, size_t stride)
{
    struct grid_rect a, b;
    grid_halve(rect, &a, &b);
    size_t step = (size_t)(b.row - a.row) * stride + (size_t)(b.column - a.column);
    int status = resample_rect(w, method, &a, v, stride);
    return status == MSG_OK ? resample_rect(w, method, &b, v + step, stride) : status;
}

int resample_rect(struct resample *w, enum warp_method method, const struct grid_rect *rect,
                  double *v, size_t stride)
{
    static const int margin[] = {1, 2, 3};
    size_t cells = (size_t)rect->columns * (size_t)rect->rows;
    locate(w, rect);
    if (!find_window(w, cells, margin[method])) {
        blank(rect, v, stride);
        return MSG_OK;
    }
    if (cells > 1 && (double)w->columns * w->rows * sizeof *w->v > (double)w->spec->memory)
        return halves(w, method, rect, v, stride);
    int status = load(w);
    for (int r = 0; status == MSG_OK && r < rect->rows; r++) {
        const double *x = w->x + (size_t)r * (size_t)rect->columns;
        const double *y = w->y + (size_t)r * (size_t)rect->columns;
        double *to = v + (size_t)r * stride;
        if (method == RESAMPLE_NEAREST)
            nearest_row(w, x, y, rect->columns, to);
        else if (method == RESAMPLE_BILINEAR)
            bilinear_row(w, x, y, rect->columns, to);
        else
            cubic_row(w, x, y, rect->columns, to);
    }
    return status;
}
