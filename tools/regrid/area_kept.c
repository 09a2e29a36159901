/* area_kept: areas of pixels in cells, kept from input to input. */
#include "area_kept.h"
#include "base/mem.h"
#include <stdlib.h>

struct area_kept {
    size_t bytes, used;
    struct raster_grid pixels;
    double tolerance;
    struct area_kept_row *row; /* of each row of the source; NULL before the first turn */
};

static size_t bytes_of(int n)
{
    return (size_t)n * (sizeof(double) + 2 * sizeof(int32_t) + 1);
}

struct area_kept *area_kept_open(size_t bytes)
{
    struct area_kept *k = mem_alloc(1, sizeof *k);
    k->bytes = bytes;
    return k;
}

static void forget(struct area_kept *k)
{
    for (int i = 0; k->row && i < k->pixels.rows; i++) {
        free(k->row[i].whole);
        free(k->row[i].first);
        free(k->row[i].part);
    }
    free(k->row);
    k->row = NULL;
    k->used = 0;
}

void area_kept_close(struct area_kept *k)
{
    if (!k)
        return;
    forget(k);
    free(k);
}

void area_kept_turn(struct area_kept *k, const struct raster_grid *pixels, double tolerance)
{
    if (k->row && raster_grid_equal(&k->pixels, pixels) && k->tolerance == tolerance)
        return;
    forget(k);
    k->pixels = *pixels;
    k->tolerance = tolerance;
    k->row = mem_alloc((size_t)pixels->rows, sizeof *k->row);
}

const struct area_kept_row *area_kept_find(const struct area_kept *k, int row, int column,
                                           int n)
{
    const struct area_kept_row *r = &k->row[row];
    return r->n == n && r->column == column && r->filled == n ? r : NULL;
}

struct area_kept_row *area_kept_begin(struct area_kept *k, int row, int column, int n)
{
    struct area_kept_row *r = &k->row[row];
    size_t batches = (size_t)(n / AREA_WEIGHTS_BATCH + 1);
    if (r->n || n == 0 || k->used + bytes_of(n) + batches * sizeof *r->first > k->bytes)
        return NULL;
    k->used += bytes_of(n) + batches * sizeof *r->first;
    *r = (struct area_kept_row){.column = column, .n = n};
    r->whole = mem_resize(NULL, bytes_of(n), 1);
    void *behind = r->whole + n;
    r->cell_column = behind;
    r->cell_row = r->cell_column + n;
    r->kind = (unsigned char *)(r->cell_row + n);
    r->first = mem_alloc(batches, sizeof *r->first);
    return r;
}

/* The corners of pixel i, clockwise, and what they are in a row's arrays. */
static void take_corners(double part[2][4], double *const x[2], double *const y[2], int i)
{
    for (int k = 0; k < 4; k++) {
        int column = i + (k == 1 || k == 2);
        part[0][k] = x[k / 2][column];
        part[1][k] = y[k / 2][column];
    }
}

static void put_corners(double part[2][4], double *const x[2], double *const y[2], int i)
{
    for (int k = 0; k < 4; k++) {
        int column = i + (k == 1 || k == 2);
        x[k / 2][column] = part[0][k];
        y[k / 2][column] = part[1][k];
    }
}

void area_kept_add(struct area_kept *k, struct area_kept_row *r,
                   const struct area_weights_row *b, int n, double *const x[2],
                   double *const y[2])
{
    size_t before = r->part_cap;
    r->first[r->filled / AREA_WEIGHTS_BATCH] = r->nparts;
    for (int i = 0; i < n; i++) {
        int at = r->filled + i;
        enum area_kept_kind kind = !b->plain[i]   ? AREA_KEPT_ODD
                                   : b->single[i] ? AREA_KEPT_SINGLE
                                                  : AREA_KEPT_PARTED;
        r->kind[at] = (unsigned char)kind;
        r->whole[at] = b->whole[i];
        r->cell_column[at] = kind == AREA_KEPT_ODD ? -1 : (int32_t)b->column[i];
        r->cell_row[at] = kind == AREA_KEPT_ODD ? -1 : (int32_t)b->row[i];
        size_t parts = (size_t)kind;
        r->part = mem_grow(r->part, &r->part_cap, r->nparts + parts, sizeof *r->part);
        for (int p = 0; p < 4 && kind == AREA_KEPT_PARTED; p++)
            r->part[r->nparts][p] = b->area[p][i];
        if (kind == AREA_KEPT_ODD)
            take_corners(r->part + r->nparts, x, y, at);
        r->nparts += parts;
    }
    r->filled += n;
    k->used += (r->part_cap - before) * sizeof *r->part;
}

void area_kept_batch(const struct area_kept_row *r, int from, int n,
                     const struct grid_rect *cells, struct area_weights_row *b,
                     double *const x[2], double *const y[2])
{
    size_t part = r->first[from / AREA_WEIGHTS_BATCH];
    for (int i = 0; i < n; i++) {
        int column = r->cell_column[from + i], row = r->cell_row[from + i];
        enum area_kept_kind kind = r->kind[from + i];
        bool plain = kind != AREA_KEPT_ODD;
        bool inside = plain && column >= cells->column && row >= cells->row &&
                      column + 1 < cells->column + cells->columns &&
                      row + 1 < cells->row + cells->rows;
        b->plain[i] = plain ? -1 : 0;
        b->inside[i] = inside ? -1 : 0;
        b->single[i] = kind == AREA_KEPT_SINGLE ? -1 : 0;
        b->column[i] = column;
        b->row[i] = row;
        b->whole[i] = r->whole[from + i];
        b->inverse[i] = 1 / r->whole[from + i];
        for (int p = 0; p < 4; p++)
            b->area[p][i] = kind == AREA_KEPT_PARTED ? r->part[part][p]
                            : p == 0                 ? r->whole[from + i]
                                                     : 0;
        if (!plain)
            put_corners(r->part + part, x, y, from + i);
        part += (size_t)kind;
    }
}
