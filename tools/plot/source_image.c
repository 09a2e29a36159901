/* source_image: a source's pixels as a picture in the plane of a grid. */
#include "source_image.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/approx_transform.h"
#include "scale.h"
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
            best == PLOT_USED ? plot_float(g->sum[c] / g->count[c][PLOT_USED]) : NAN;
    }
    memset(g->sum, 0, (size_t)g->p->columns * sizeof *g->sum);
    memset(g->count, 0, (size_t)g->p->columns * sizeof *g->count);
}

/* A row that is shown as it is. */
static void gather_whole_row(struct gather *g, int row, const double *v,
                             const unsigned char *state)
{
    size_t at = (size_t)row * (size_t)g->columns;
    memcpy(g->p->state + at, state, (size_t)g->columns);
    for (int c = 0; c < g->columns; c++)
        g->p->value[at + (size_t)c] = state[c] == PLOT_USED ? plot_float(v[c]) : NAN;
}

static void gather_blocks(struct gather *g, int row, const double *v,
                          const unsigned char *state)
{
    int by = g->p->reduced;
    if (row / by != g->row) {
        gather_flush(g);
        g->row = row / by;
    }
    for (int c = 0, shown = 0, left = by; c < g->columns; c++) {
        g->count[shown][state[c]]++;
        if (state[c] == PLOT_USED)
            g->sum[shown] += v[c];
        if (--left == 0) {
            shown++;
            left = by;
        }
    }
}

/* The part of a pixel that has no weight is of another class. */
static void count_row(struct source_image *p, int columns, const unsigned char *state,
                      const float *weight)
{
    long count[PLOT_STATES] = {0};
    for (int c = 0; c < columns; c++)
        count[state[c]]++;
    for (int s = 0; s < PLOT_STATES; s++)
        p->count[s] += (double)count[s];
    for (int c = 0; weight && c < columns; c++) {
        double lacks = state[c] > PLOT_OTHER || state[c] == PLOT_USED ? 1 - weight[c] : 0;
        p->count[state[c]] -= lacks;
        p->count[PLOT_OTHER] += lacks;
    }
}

/* One full row, its index from the south. Rows come in order, from either end. */
static void gather_row(struct gather *g, int row, const double *v,
                       const unsigned char *state, const float *weight)
{
    if (g->p->reduced == 1)
        gather_whole_row(g, row, v, state);
    else
        gather_blocks(g, row, v, state);
    count_row(g->p, g->columns, state, weight);
}

static void gather_close(struct gather *g)
{
    gather_flush(g);
    free(g->sum);
    free(g->count);
}

/* A window of the source: its values, what becomes of each, and its weight. */
struct pixels {
    struct masked_reader *from;
    double *v, *plain;
    unsigned char *state;
    float *weight; /* NULL where all have 1 */
    size_t cap;
};

static unsigned char state_of(unsigned char bits, double v)
{
    if (!(bits & PIXEL_MASK_CLIP))
        return PLOT_OUTSIDE;
    if (!(bits & PIXEL_MASK_CLASS))
        return PLOT_OTHER;
    return isfinite(v) ? PLOT_USED : PLOT_EMPTY;
}

/* What lacks its value by a rule alone has one in the file. */
static int mark_failed(struct pixels *p, int column, int row, int columns, int rows)
{
    struct masked_reader *from = p->from;
    int status =
        ras_read(from->ras, from->band, column, row, columns, rows, p->plain, from->flags);
    for (size_t i = 0; status == MSG_OK && i < (size_t)columns * (size_t)rows; i++)
        if (p->state[i] == PLOT_EMPTY && isfinite(p->plain[i]))
            p->state[i] = PLOT_FAILED;
    return status;
}

static int pixels_read(struct pixels *p, int column, int row, int columns, int rows)
{
    size_t n = (size_t)columns * (size_t)rows;
    if (n > p->cap) {
        p->cap = n;
        p->v = mem_resize(p->v, n, sizeof *p->v);
        p->state = mem_resize(p->state, n, 1);
        if (p->from->part->quality)
            p->plain = mem_resize(p->plain, n, sizeof *p->plain);
        if (pixel_mask_weighs(p->from->mask))
            p->weight = mem_resize(p->weight, n, sizeof *p->weight);
    }
    int status =
        masked_reader_look(p->from, column, row, columns, rows, p->v, p->state, p->weight);
    for (size_t i = 0; status == MSG_OK && i < n; i++)
        p->state[i] = state_of(p->state[i], p->v[i]);
    if (status == MSG_OK && p->from->part->quality)
        status = mark_failed(p, column, row, columns, rows);
    return status;
}

static void pixels_free(struct pixels *p)
{
    free(p->v);
    free(p->plain);
    free(p->state);
    free(p->weight);
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
static int read_straight(struct source_image *p, struct masked_reader *from,
                         const double frame[4], int most)
{
    const struct ras *r = from->ras;
    const double *gt = r->grid.gt;
    int c0, r0, columns, rows;
    span((frame[0] - gt[0]) / gt[1], (frame[2] - gt[0]) / gt[1], r->grid.columns, &c0,
         &columns);
    span((frame[1] - gt[3]) / gt[5], (frame[3] - gt[3]) / gt[5], r->grid.rows, &r0, &rows);
    if (!columns || !rows)
        return MSG_OK;
    struct gather g;
    struct pixels w = {.from = from};
    gather_open(&g, p, columns, rows, most);
    p->x0 = gt[0] + c0 * gt[1];
    p->y0 = gt[3] + (gt[5] < 0 ? r0 + rows : r0) * gt[5];
    p->dx = gt[1] * p->reduced;
    p->dy = fabs(gt[5]) * p->reduced;
    int strip = r->block_rows > 1 ? r->block_rows : 64, status = MSG_OK;
    for (int row = r0, past; status == MSG_OK && row < r0 + rows; row = past) {
        past = (row / strip + 1) * strip;
        past = past < r0 + rows ? past : r0 + rows;
        status = pixels_read(&w, c0, row, columns, past - row);
        for (int i = row; status == MSG_OK && i < past; i++) {
            size_t at = (size_t)(i - row) * (size_t)columns;
            gather_row(&g, gt[5] < 0 ? r0 + rows - 1 - i : i - r0, w.v + at, w.state + at,
                       w.weight ? w.weight + at : NULL);
        }
    }
    gather_close(&g);
    pixels_free(&w);
    return status;
}

/* A plane whose pixels look up the source's. */
struct lookup {
    const struct ras *source;
    struct pixels pixels; /* of the source, under a strip */
    struct approx_transform *lattice;
    double turn; /* the source's columns in 360 degrees, or 0 */
    int columns, rows;
    double *x, *y, *v; /* of a row */
    unsigned char *state;
    float *weight;
    int *column, *row; /* of the source; -1 outside */
};

/* Where the pixels of a strip lie in the source; box = first column and row, past both. */
static void lookup_places(struct lookup *w, int first, int rows, int box[4])
{
    box[0] = box[1] = MOST_SIDE;
    box[2] = box[3] = 0;
    for (int r = 0; r < rows; r++) {
        approx_row(w->lattice, first + r + 0.5, 0, 0.5, w->columns, w->x, w->y);
        for (int c = 0; w->turn > 0 && c < w->columns; c++)
            w->x[c] = crs_unwind(w->x[c], w->turn, w->source->grid.columns / 2.0);
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

/* A row of a strip, whose pixels lie in that box of the source. */
static void lookup_row(struct lookup *w, int row, const int box[4])
{
    const struct pixels *from = &w->pixels;
    for (int c = 0; c < w->columns; c++) {
        size_t k = (size_t)row * (size_t)w->columns + (size_t)c;
        w->v[c] = NAN;
        w->state[c] = PLOT_OUTSIDE;
        if (w->column[k] < 0)
            continue;
        size_t at = (size_t)(w->row[k] - box[1]) * (size_t)(box[2] - box[0]) +
                    (size_t)(w->column[k] - box[0]);
        w->v[c] = from->v[at];
        w->state[c] = from->state[at];
        w->weight[c] = from->weight ? from->weight[at] : 1;
    }
}

static int lookup_strip(struct lookup *w, int first, int rows, struct gather *g)
{
    int box[4], status = MSG_OK;
    lookup_places(w, first, rows, box);
    if (box[2] > box[0] && box[3] > box[1])
        status = pixels_read(&w->pixels, box[0], box[1], box[2] - box[0], box[3] - box[1]);
    for (int r = 0; status == MSG_OK && r < rows; r++) {
        lookup_row(w, r, box);
        gather_row(g, w->rows - 1 - (first + r), w->v, w->state,
                   w->pixels.weight ? w->weight : NULL);
    }
    return status;
}

static int lookup_all(struct lookup *w, struct source_image *p, int most)
{
    struct gather g;
    gather_open(&g, p, w->columns, w->rows, most);
    size_t columns = (size_t)w->columns;
    size_t strip = (size_t)(STRIP / w->columns > 1 ? STRIP / w->columns : 1);
    strip = strip < (size_t)w->rows ? strip : (size_t)w->rows;
    w->x = mem_resize(NULL, columns, sizeof *w->x);
    w->y = mem_resize(NULL, columns, sizeof *w->y);
    w->v = mem_resize(NULL, columns, sizeof *w->v);
    w->state = mem_resize(NULL, columns, 1);
    w->weight = mem_alloc(columns, sizeof *w->weight);
    w->column = mem_resize(NULL, columns * strip, sizeof *w->column);
    w->row = mem_resize(NULL, columns * strip, sizeof *w->row);
    int status = MSG_OK;
    for (int row = 0; status == MSG_OK && row < w->rows; row += (int)strip)
        status = lookup_strip(w, row,
                              w->rows - row < (int)strip ? w->rows - row : (int)strip, &g);
    gather_close(&g);
    pixels_free(&w->pixels);
    free(w->x);
    free(w->y);
    free(w->v);
    free(w->state);
    free(w->weight);
    free(w->column);
    free(w->row);
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

static int read_warped(struct source_image *p, struct masked_reader *from,
                       const double frame[4], int most)
{
    const struct ras *r = from->ras;
    const struct grid *grid = from->grid;
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
    struct lookup w = {.source = r, .pixels.from = from};
    if (!crs_transform_identity(to_source))
        w.turn = raster_grid_turn(&r->grid);
    w.columns = (int)ceil(width / side);
    w.rows = (int)ceil(height / side);
    p->counted_area = side * side;
    const struct raster_grid fine = {
        w.columns, w.rows, {frame[0], side, 0, frame[3], 0, -side}, grid->crs, NULL};
    w.lattice = approx_open(&fine, to_source, &r->grid, 0.05);
    status = lookup_all(&w, p, most);
    approx_close(w.lattice);
    p->dx = p->dy = side * p->reduced;
    p->x0 = frame[0];
    /* Shown rows are counted from the south-west corner of the full plane. */
    p->y0 = frame[3] - w.rows * side;
out:
    crs_transform_close(to_source);
    return status;
}

int source_image_read(struct source_image *p, struct masked_reader *from,
                      const double frame[4], int most)
{
    *p = (struct source_image){.reduced = 1};
    const double *gt = from->ras->grid.gt;
    const struct grid *grid = from->grid;
    bool straight = gt[2] == 0 && gt[4] == 0 && gt[1] > 0 && gt[5] != 0 &&
                    crs_transform_identity(pixel_mask_transform(from->mask));
    p->pixel_area = p->counted_area = fabs(gt[1] * gt[5]);
    double within[4] = {
        fmax(frame[0], grid->x0), fmax(frame[1], grid->y0 - grid->rows * grid->dy),
        fmin(frame[2], grid->x0 + grid->columns * grid->dx), fmin(frame[3], grid->y0)};
    int status = straight ? read_straight(p, from, within, most)
                          : read_warped(p, from, within, most);
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
