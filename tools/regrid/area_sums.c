/* area_sums: sums of many plain pixels. */
#include "area_sums.h"
#include "base/simd.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* The cell that the last pixel lay in, whose sums need not go through memory each time. */
struct open_cell {
    struct sums *cell; /* or NULL */
    vector sums;
};

static inline void close_cell(struct open_cell *o)
{
    static_assert(sizeof(struct sums) == sizeof(vector), "sums are added to as a vector");
    if (o->cell)
        memcpy(o->cell, &o->sums, sizeof o->sums);
    o->cell = NULL;
}

/* Adds a pixel that lies in one cell. */
static inline void add_single(struct open_cell *o, struct sums *cell, double whole,
                              double v)
{
    const vector values = {1, 1, v, v}, part = {whole, 1, whole, 1};
    if (o->cell != cell) {
        close_cell(o);
        o->cell = cell;
        memcpy(&o->sums, cell, sizeof o->sums);
    }
    o->sums += part * values;
}

/* Adds the parts of one that lies in the cells from `first` on. */
static inline void add_parts(struct open_cell *o, struct sums *first, int columns,
                             const double part[4], double inverse, double v)
{
    close_cell(o);
    const vector values = {1, 1, v, v}, shares = {1, inverse, 1, inverse};
    vector sums;
    for (int k = 0; k < 4; k++) {
        struct sums *at = first + (k / 2) * columns + k % 2;
        memcpy(&sums, at, sizeof sums);
        sums += part[k] * shares * values;
        memcpy(at, &sums, sizeof sums);
    }
}

VECTOR_CLONES
int area_sums_batch(const struct area_weights_row *b, int from, int n, const double *v,
                    const unsigned char *bits, const struct grid_rect *rect,
                    struct sums *cell)
{
    int columns = rect->columns, i = from;
    struct open_cell open = {0};
    for (; i < n; i++) {
        if (bits[i] != PIXEL_MASK_ALL || isnan(v[i]))
            continue;
        if (!b->inside[i] || isinf(v[i]))
            break;
        struct sums *first = cell + ((int)b->row[i] - rect->row) * columns +
                             ((int)b->column[i] - rect->column);
        if (b->single[i]) {
            add_single(&open, first, b->whole[i], v[i]);
            continue;
        }
        const double part[4] = {b->area[0][i], b->area[1][i], b->area[2][i], b->area[3][i]};
        add_parts(&open, first, columns, part, b->inverse[i], v[i]);
    }
    close_cell(&open);
    return i;
}

VECTOR_CLONES
int area_sums_kept(const struct area_kept_row *r, int batch, int from, int n,
                   const double *v, const unsigned char *bits, const struct grid_rect *rect,
                   struct sums *cell)
{
    int columns = rect->columns;
    const unsigned char *kind = r->kind + batch;
    const int32_t *column = r->cell_column + batch, *row = r->cell_row + batch;
    const double(*part)[4] =
        (const double(*)[4])r->part + r->first[batch / AREA_WEIGHTS_BATCH];
    struct open_cell open = {0};
    int i = 0;
    for (; i < from; i++)
        part += kind[i];
    for (; i < n; i++) {
        const double(*parts)[4] = part;
        part += kind[i];
        if (bits[i] != PIXEL_MASK_ALL || isnan(v[i]))
            continue;
        int j = column[i] - rect->column, k = row[i] - rect->row;
        if (kind[i] == AREA_KEPT_ODD || j < 0 || k < 0 || j + 1 >= columns ||
            k + 1 >= rect->rows || isinf(v[i]))
            break;
        if (kind[i] == AREA_KEPT_SINGLE)
            add_single(&open, cell + k * columns + j, r->whole[batch + i], v[i]);
        else
            add_parts(&open, cell + k * columns + j, columns, *parts,
                      1 / r->whole[batch + i], v[i]);
    }
    close_cell(&open);
    return i;
}
