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
    *r = (struct area_kept_row){.column = column, .n = n, .plain = true};
    r->whole = mem_resize(NULL, bytes_of(n), 1);
    void *behind = r->whole + n;
    r->cell_column = behind;
    r->cell_row = r->cell_column + n;
    r->kind = (unsigned char *)(r->cell_row + n);
    r->first = mem_alloc(batches, sizeof *r->first);
    return r;
}

void area_kept_add(struct area_kept *k, struct area_kept_row *r,
                   const struct area_weights_row *b, int n)
{
    size_t before = r->part_cap;
    r->first[r->filled / AREA_WEIGHTS_BATCH] = r->nparts;
    for (int i = 0; i < n; i++) {
        int at = r->filled + i;
        enum area_kept_kind kind = !b->plain[i]   ? AREA_KEPT_ODD
                                   : b->single[i] ? AREA_KEPT_SINGLE
                                                  : AREA_KEPT_PARTED;
        r->kind[at] = (unsigned char)kind;
        r->plain = r->plain && kind != AREA_KEPT_ODD;
        r->whole[at] = b->whole[i];
        r->cell_column[at] = kind == AREA_KEPT_ODD ? -1 : (int32_t)b->column[i];
        r->cell_row[at] = kind == AREA_KEPT_ODD ? -1 : (int32_t)b->row[i];
        if (kind != AREA_KEPT_PARTED)
            continue;
        r->part = mem_grow(r->part, &r->part_cap, r->nparts + 1, sizeof *r->part);
        for (int p = 0; p < 4; p++)
            r->part[r->nparts][p] = b->area[p][i];
        r->nparts++;
    }
    r->filled += n;
    k->used += (r->part_cap - before) * sizeof *r->part;
}

void area_kept_batch(const struct area_kept_row *r, int from, int n,
                     const struct grid_rect *cells, struct area_weights_row *b)
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
        part += kind == AREA_KEPT_PARTED;
    }
}
