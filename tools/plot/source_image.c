/* source_image: a source's pixels as a picture in the plane of a grid. */
#include "source_image.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/approx_transform.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STRIP = 1 << 21, /* pixels that are worked on together */
    FINE = 4,        /* a warped plane has at most so many pixels for one that is shown */
    MOST_SIDE = 1 << 24
};

/* The rows of a plane at full resolution, gathered into the rows that are shown. */
struct gather {
    struct source_image *p;
    int columns, rows; /* of the full plane */
    int row;           /* shown row being gathered, from the south, or -1 */
    double *sum;
    int (*count)[PLOT_STATES];
};

static void gather_open(struct gather *g, struct source_image *p, int columns, int rows,
                        int most)
{
    int side = columns > rows ? columns : rows;
    int by = (side + most - 1) / most;
    p->reduced = by;
    p->columns = (columns + by - 1) / by;
    p->rows = (rows + by - 1) / by;
    size_t n = (size_t)p->columns * (size_t)p->rows;
    p->value = mem_alloc(n, sizeof *p->value);
    p->state = mem_alloc(n, 1);
    *g = (struct gather){.p = p, .columns = columns, .rows = rows, .row = -1};
    g->sum = mem_alloc((size_t)p->columns, sizeof *g->sum);
    g->count = mem_alloc((size_t)p->columns, sizeof *g->count);
}

/* Finishes the shown row. */
static void gather_flush(struct gather *g)
{
    if (g->row < 0)
        return;
    size_t at = (size_t)g->row * (size_t)g->p->columns;
    for (int c = 0; c < g->p->columns; c++) {
        int best = PLOT_USED;
        for (int s = 0; s < PLOT_STATES; s++)
            if (g->count[c][s] > g->count[c][best])
                best = s;
        g->p->state[at + (size_t)c] = (unsigned char)best;
        g->p->value[at + (size_t)c] =
            best == PLOT_USED ? (float)(g->sum[c] / g->count[c][PLOT_USED]) : NAN;
    }
    memset(g->sum, 0, (size_t)g->p->columns * sizeof *g->sum);
    memset(g->count, 0, (size_t)g->p->columns * sizeof *g->count);
}

/* A row that is shown as it is. */
static void gather_whole_row(struct gather *g, int row, const double *v,
                             const unsigned char *state)
{
    size_t at = (size_t)row * (size_t)g->columns;
    long count[PLOT_STATES] = {0};
    memcpy(g->p->state + at, state, (size_t)g->columns);
    for (int c = 0; c < g->columns; c++) {
        count[state[c]]++;
        g->p->value[at + (size_t)c] = state[c] == PLOT_USED ? (float)v[c] : NAN;
    }
    for (int s = 0; s < PLOT_STATES; s++)
        g->p->count[s] += (double)count[s];
}

/* One full row, its index from the south. Rows come in order, from either end. */
static void gather_row(struct gather *g, int row, const double *v,
                       const unsigned char *state)
{
    int by = g->p->reduced;
    if (by == 1) {
        gather_whole_row(g, row, v, state);
        return;
    }
    if (row / by != g->row) {
        gather_flush(g);
        g->row = row / by;
    }
    for (int c = 0, shown = 0, left = by; c < g->columns; c++) {
        g->count[shown][state[c]]++;
        g->p->count[state[c]]++;
        if (state[c] == PLOT_USED)
            g->sum[shown] += v[c];
        if (--left == 0) {
            shown++;
            left = by;
        }
    }
}

static void gather_close(struct gather *g)
{
    gather_flush(g);
    free(g->sum);
    free(g->count);
}

static unsigned char state_of(unsigned char bits, double v)
{
    if (!(bits & PIXEL_MASK_CLIP))
        return PLOT_OUTSIDE;
    if (!(bits & PIXEL_MASK_CLASS))
        return PLOT_OTHER;
    return isfinite(v) ? PLOT_USED : PLOT_EMPTY;
}

/* The pixels whose centres lie between two places, along one axis: first, count. */
static void span(double from, double to, int pixels, int *first, int *n)
{
    double a = fmin(from, to), b = fmax(from, to);
    double least = fmax(floor(a), 0), past = fmin(ceil(b), pixels);
    *first = (int)fmin(least, pixels);
    *n = past > *first ? (int)past - *first : 0;
}

/* The source's own pixels. */
static int read_straight(struct source_image *p, struct ras *r, struct pixel_mask *select,
                         const double frame[4], int most)
{
    const double *gt = r->grid.gt;
    int c0, r0, columns, rows;
    span((frame[0] - gt[0]) / gt[1], (frame[2] - gt[0]) / gt[1], r->grid.columns, &c0,
         &columns);
    span((frame[1] - gt[3]) / gt[5], (frame[3] - gt[3]) / gt[5], r->grid.rows, &r0, &rows);
    if (!columns || !rows)
        return MSG_OK;
    struct gather g;
    gather_open(&g, p, columns, rows, most);
    p->x0 = gt[0] + c0 * gt[1];
    p->y0 = gt[3] + (gt[5] < 0 ? r0 + rows : r0) * gt[5];
    p->dx = gt[1] * p->reduced;
    p->dy = fabs(gt[5]) * p->reduced;
    int strip = r->block_rows > 1 ? r->block_rows : 64;
    size_t n = (size_t)columns * (size_t)strip;
    double *v = mem_resize(NULL, n, sizeof *v);
    unsigned char *bits = mem_resize(NULL, n, 1);
    int status = MSG_OK;
    for (int row = r0, past; status == MSG_OK && row < r0 + rows; row = past) {
        past = (row / strip + 1) * strip;
        past = past < r0 + rows ? past : r0 + rows;
        status = ras_read(r, 0, c0, row, columns, past - row, v, 0);
        if (status == MSG_OK)
            status = pixel_mask_window(select, c0, row, columns, past - row, bits, NULL);
        for (int i = row; status == MSG_OK && i < past; i++) {
            size_t at = (size_t)(i - row) * (size_t)columns;
            for (size_t k = at; k < at + (size_t)columns; k++)
                bits[k] = state_of(bits[k], v[k]);
            gather_row(&g, gt[5] < 0 ? r0 + rows - 1 - i : i - r0, v + at, bits + at);
        }
    }
    gather_close(&g);
    free(v);
    free(bits);
    return status;
}

/* A plane whose pixels look up the source's. */
struct resample {
    struct ras *source;
    struct pixel_mask *select;
    struct approx_transform *lattice;
    int columns, rows;
    int strip; /* rows at a time */
    double *x, *y, *v, *row_v;
    unsigned char *bits, *row_state;
    int *column, *row; /* of the source; -1 outside */
    size_t cap, bits_cap;
};

/* Where the pixels of a strip lie in the source; box = first column and row, past both. */
static void warp_look(struct resample *w, int first, int rows, int box[4])
{
    box[0] = box[1] = MOST_SIDE;
    box[2] = box[3] = 0;
    for (int r = 0; r < rows; r++) {
        approx_row(w->lattice, first + r + 0.5, 0, 0.5, w->columns, w->x, w->y);
        for (int c = 0; c < w->columns; c++) {
            size_t k = (size_t)r * (size_t)w->columns + (size_t)c;
            double x = floor(w->x[c]), y = floor(w->y[c]);
            /* NaN is not inside either. */
            bool inside =
                x >= 0 && x < w->source->grid.columns && y >= 0 && y < w->source->grid.rows;
            w->column[k] = inside ? (int)x : -1;
            w->row[k] = inside ? (int)y : -1;
            if (!inside)
                continue;
            box[0] = w->column[k] < box[0] ? w->column[k] : box[0];
            box[1] = w->row[k] < box[1] ? w->row[k] : box[1];
            box[2] = w->column[k] + 1 > box[2] ? w->column[k] + 1 : box[2];
            box[3] = w->row[k] + 1 > box[3] ? w->row[k] + 1 : box[3];
        }
    }
}

static int warp_read(struct resample *w, const int box[4])
{
    int columns = box[2] - box[0], rows = box[3] - box[1];
    if (columns <= 0 || rows <= 0)
        return MSG_OK;
    size_t n = (size_t)columns * (size_t)rows;
    w->v = mem_grow(w->v, &w->cap, n, sizeof *w->v);
    w->bits = mem_grow(w->bits, &w->bits_cap, n, 1);
    int status = ras_read(w->source, 0, box[0], box[1], columns, rows, w->v, 0);
    if (status == MSG_OK)
        status = pixel_mask_window(w->select, box[0], box[1], columns, rows, w->bits, NULL);
    return status;
}

static int warp_strip(struct resample *w, int first, int rows, struct gather *g)
{
    int box[4];
    warp_look(w, first, rows, box);
    int status = warp_read(w, box);
    for (int r = 0; status == MSG_OK && r < rows; r++) {
        for (int c = 0; c < w->columns; c++) {
            size_t k = (size_t)r * (size_t)w->columns + (size_t)c;
            w->row_v[c] = NAN;
            w->row_state[c] = PLOT_OUTSIDE;
            if (w->column[k] < 0)
                continue;
            size_t at = (size_t)(w->row[k] - box[1]) * (size_t)(box[2] - box[0]) +
                        (size_t)(w->column[k] - box[0]);
            w->row_v[c] = w->v[at];
            w->row_state[c] = state_of(w->bits[at], w->v[at]);
        }
        gather_row(g, w->rows - 1 - (first + r), w->row_v, w->row_state);
    }
    return status;
}

static int warp_all(struct resample *w, struct source_image *p, int most)
{
    struct gather g;
    gather_open(&g, p, w->columns, w->rows, most);
    size_t strip = (size_t)(STRIP / w->columns > 1 ? STRIP / w->columns : 1);
    strip = strip < (size_t)w->rows ? strip : (size_t)w->rows;
    size_t n = (size_t)w->columns * strip;
    w->x = mem_resize(NULL, (size_t)w->columns, sizeof *w->x);
    w->y = mem_resize(NULL, (size_t)w->columns, sizeof *w->y);
    w->row_v = mem_resize(NULL, (size_t)w->columns, sizeof *w->row_v);
    w->row_state = mem_resize(NULL, (size_t)w->columns, 1);
    w->column = mem_resize(NULL, n, sizeof *w->column);
    w->row = mem_resize(NULL, n, sizeof *w->row);
    int status = MSG_OK;
    for (int row = 0; status == MSG_OK && row < w->rows; row += (int)strip)
        status =
            warp_strip(w, row, w->rows - row < (int)strip ? w->rows - row : (int)strip, &g);
    gather_close(&g);
    free(w->x);
    free(w->y);
    free(w->row_v);
    free(w->row_state);
    free(w->column);
    free(w->row);
    free(w->v);
    free(w->bits);
    return status;
}

/* The area of a source pixel in the grid's plane, at a place there; NaN where that place
 * does not transform. */
static double pixel_area(struct crs_transform *to_source, const double inverse[6], double x,
                         double y, double step)
{
    double px[3] = {x, x + step, x}, py[3] = {y, y, y + step};
    crs_forward(to_source, px, py, 1, 3);
    for (int i = 0; i < 3; i++)
        gt_place(inverse, px[i], py[i], &px[i], &py[i]);
    double area =
        fabs((px[1] - px[0]) * (py[2] - py[0]) - (px[2] - px[0]) * (py[1] - py[0]));
    return step * step / area;
}

static int read_warped(struct source_image *p, struct ras *r, struct pixel_mask *select,
                       const struct grid *grid, const double frame[4], int most)
{
    double inverse[6];
    struct crs_transform *to_source = NULL;
    if (!gt_invert(r->grid.gt, inverse)) {
        msg_error("%s: its pixels have no area", r->path);
        return MSG_INPUT;
    }
    int status = crs_transform_open(&to_source, grid->crs, r->grid.crs, NULL, r->path);
    if (status != MSG_OK)
        return status;
    double width = frame[2] - frame[0], height = frame[3] - frame[1];
    p->pixel_area = pixel_area(to_source, inverse, frame[0] + width / 2,
                               frame[1] + height / 2, fmin(grid->dx, grid->dy));
    if (!(p->pixel_area > 0 && isfinite(p->pixel_area)))
        goto out;
    double side = fmax(sqrt(p->pixel_area), fmax(width, height) / ((double)most * FINE));
    struct resample w = {.source = r, .select = select};
    w.columns = (int)ceil(width / side);
    w.rows = (int)ceil(height / side);
    p->counted_area = side * side;
    const struct raster_grid fine = {
        w.columns, w.rows, {frame[0], side, 0, frame[3], 0, -side}, grid->crs};
    w.lattice = approx_open(&fine, to_source, &r->grid, 0.05);
    status = warp_all(&w, p, most);
    approx_close(w.lattice);
    p->dx = p->dy = side * p->reduced;
    p->x0 = frame[0];
    /* Shown rows are counted from the south-west corner of the full plane. */
    p->y0 = frame[3] - w.rows * side;
out:
    crs_transform_close(to_source);
    return status;
}

int source_image_read(struct source_image *p, struct ras *source, struct pixel_mask *select,
                      const struct grid *grid, const double frame[4], int most)
{
    *p = (struct source_image){.reduced = 1};
    const double *gt = source->grid.gt;
    bool straight = gt[2] == 0 && gt[4] == 0 && gt[1] > 0 && gt[5] != 0 &&
                    crs_transform_identity(pixel_mask_map(select));
    p->pixel_area = p->counted_area = fabs(gt[1] * gt[5]);
    double within[4] = {
        fmax(frame[0], grid->x0), fmax(frame[1], grid->y0 - grid->rows * grid->dy),
        fmin(frame[2], grid->x0 + grid->columns * grid->dx), fmin(frame[3], grid->y0)};
    int status = straight ? read_straight(p, source, select, within, most)
                          : read_warped(p, source, select, grid, within, most);
    if (status != MSG_OK)
        source_image_free(p);
    return status;
}

void source_image_free(struct source_image *p)
{
    free(p->value);
    free(p->state);
    *p = (struct source_image){0};
}
