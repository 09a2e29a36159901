/* overlap: places that rasters of different lattices of pixels both show. */
#include "mask/overlap.h"
#include "base/mem.h"
#include "geo/approx_transform.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const overlap_rules[] = {"first", "mean", NULL};

enum { SQUARE = 256 };                    /* pixels along a side of what is read at once */
static const double tolerance = 1.0 / 64; /* of a pixel, of where another's centre lies */

/* What a reader's rasters show: squares of bits, NULL where nothing was asked for yet. */
struct shown {
    struct masked_reader *from;
    unsigned char **square;
    int across, down;
};

struct overlap {
    struct masked_filter filter; /* first: what is known of it leads here */
    size_t n;
    struct shown *shown;
    struct crs_transform **map; /* from each to each: n n of them, NULL on the diagonal */
    struct approx_transform **way;
    double *turn; /* of each: its columns in 360 degrees, or 0 */
    double *v;    /* of a square */
    double *x, *y;
    unsigned char *taken; /* of a row: what others have of each pixel's place */
    float *many;          /* how many have a value there */
    size_t cap;
};

/* What others have of a place. */
enum { VALUE_BEFORE = 1, VALUE = 2, SHOWN_BEFORE = 4 };

static int read_square(struct overlap *o, struct shown *s, int bx, int by)
{
    const struct raster_grid *g = &s->from->ras->grid;
    int column = bx * SQUARE, row = by * SQUARE;
    int columns = g->columns - column < SQUARE ? g->columns - column : SQUARE;
    int rows = g->rows - row < SQUARE ? g->rows - row : SQUARE;
    unsigned char *bit = mem_alloc(SQUARE * SQUARE / 8, 1);
    s->square[(size_t)by * (size_t)s->across + (size_t)bx] = bit;
    int status = masked_reader_read(s->from, column, row, columns, rows, o->v);
    for (int r = 0; r < rows && status == MSG_OK; r++)
        for (int c = 0; c < columns; c++)
            if (!isnan(o->v[(size_t)r * (size_t)columns + (size_t)c]))
                bit[(r * SQUARE + c) / 8] |= (unsigned char)(1U << (c % 8));
    return status;
}

/* Whether some raster of a reader has such a pixel: the one around them may have gaps. */
static bool is_shown(const struct masked_reader *from, int column, int row)
{
    for (size_t k = 0; k < from->nparts; k++) {
        const struct mosaic_part *p = &from->part[k].lies;
        if (column >= p->column && row >= p->row &&
            column < p->column + p->ras->grid.columns && row < p->row + p->ras->grid.rows)
            return true;
    }
    return false;
}

/* Takes down what reader j has of the places of a row. */
static int look_up(struct overlap *o, size_t j, bool before, int n)
{
    struct shown *s = &o->shown[j];
    const struct raster_grid *g = &s->from->ras->grid;
    int status = MSG_OK;
    for (int i = 0; i < n && status == MSG_OK; i++) {
        double x = crs_unwind(o->x[i], o->turn[j], g->columns / 2.0), y = o->y[i];
        if (!(x >= 0 && y >= 0 && x < g->columns && y < g->rows))
            continue;
        int column = (int)x, row = (int)y, bx = column / SQUARE, by = row / SQUARE;
        if (!is_shown(s->from, column, row))
            continue;
        o->taken[i] |= before ? SHOWN_BEFORE : 0;
        size_t at = (size_t)by * (size_t)s->across + (size_t)bx;
        if (!s->square[at])
            status = read_square(o, s, bx, by);
        column %= SQUARE;
        row %= SQUARE;
        if (!(s->square[at][(row * SQUARE + column) / 8] >> column % 8 & 1))
            continue;
        o->taken[i] |= before ? VALUE | VALUE_BEFORE : VALUE;
        o->many[i] += 1;
    }
    return status;
}

/* Decides about a row of pixels. */
static void decide(const struct overlap *o, int n, const double *v, unsigned char *bits,
                   float *weight)
{
    for (int i = 0; i < n; i++) {
        bool good = bits[i] == PIXEL_MASK_ALL && !isnan(v[i]);
        int elsewhere = !good ? VALUE | SHOWN_BEFORE : o->filter.weighs ? 0 : VALUE_BEFORE;
        if (o->taken[i] & elsewhere)
            bits[i] |= PIXEL_MASK_ELSEWHERE;
        else if (good && o->filter.weighs)
            weight[i] /= 1 + o->many[i];
    }
}

static int apply(struct masked_filter *f, struct masked_reader *p, int column, int row,
                 int columns, int rows, double *v, unsigned char *bits, float *weight)
{
    struct overlap *o = (struct overlap *)f;
    size_t own = 0, n = (size_t)columns, cap = o->cap;
    while (o->shown[own].from != p)
        own++;
    o->x = mem_grow(o->x, &cap, n, sizeof *o->x);
    o->y = mem_resize(o->y, cap, sizeof *o->y);
    o->taken = mem_resize(o->taken, cap, 1);
    o->many = mem_resize(o->many, cap, sizeof *o->many);
    o->cap = cap;
    int status = MSG_OK;
    for (int r = 0; r < rows && status == MSG_OK; r++) {
        size_t at = (size_t)r * n;
        memset(o->taken, 0, n);
        memset(o->many, 0, n * sizeof *o->many);
        for (size_t j = 0; j < o->n && status == MSG_OK; j++) {
            if (j == own)
                continue;
            approx_row(o->way[own * o->n + j], row + r + 0.5, column, 0.5, columns, o->x,
                       o->y);
            status = look_up(o, j, j < own, columns);
        }
        decide(o, columns, v + at, bits + at, weight ? weight + at : NULL);
    }
    return status;
}

int overlap_open(struct overlap **made, struct masked_reader *from, size_t n,
                 enum overlap_rule rule)
{
    struct overlap *o = mem_alloc(1, sizeof *o);
    *made = o;
    o->filter = (struct masked_filter){apply, rule == OVERLAP_MEAN};
    o->n = n;
    o->shown = mem_alloc(n, sizeof *o->shown);
    o->map = mem_alloc(n * n, sizeof(struct crs_transform *));
    o->way = mem_alloc(n * n, sizeof(struct approx_transform *));
    o->turn = mem_alloc(n, sizeof *o->turn);
    o->v = mem_resize(NULL, SQUARE * SQUARE, sizeof *o->v);
    int status = MSG_OK;
    for (size_t i = 0; i < n && status == MSG_OK; i++) {
        const struct raster_grid *g = &from[i].ras->grid;
        int across = (g->columns - 1) / SQUARE + 1, down = (g->rows - 1) / SQUARE + 1;
        o->shown[i] = (struct shown){
            &from[i], mem_alloc((size_t)across * (size_t)down, sizeof(unsigned char *)),
            across, down};
        o->turn[i] = raster_grid_turn(g);
        for (size_t j = 0; j < n && status == MSG_OK; j++) {
            size_t k = i * n + j;
            const struct raster_grid *to = &from[j].ras->grid;
            if (j == i)
                continue;
            status =
                crs_transform_open(&o->map[k], g->crs, to->crs, NULL, from[i].ras->path);
            if (status == MSG_OK)
                o->way[k] = approx_open(g, o->map[k], to, tolerance);
        }
    }
    for (size_t i = 0; i < n && status == MSG_OK; i++)
        from[i].filter = &o->filter;
    return status;
}

void overlap_close(struct overlap *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < o->n; i++) {
        const struct shown *s = &o->shown[i];
        for (size_t k = 0; s->square && k < (size_t)s->across * (size_t)s->down; k++)
            free(s->square[k]);
        free(s->square);
        if (s->from)
            s->from->filter = NULL;
    }
    for (size_t k = 0; k < o->n * o->n; k++) {
        approx_close(o->way[k]);
        crs_transform_close(o->map[k]);
    }
    free(o->shown);
    free(o->map);
    free(o->way);
    free(o->turn);
    free(o->v);
    free(o->x);
    free(o->y);
    free(o->taken);
    free(o->many);
    free(o);
}
