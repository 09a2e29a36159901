/* cell_places: the text that the place of a cell decides. */
#include "cell_places.h"
#include "base/mem.h"
#include "base/num.h"
#include "geo/geotransform.h"
#include <math.h>
#include <stdlib.h>

/* Grids up to so many cells keep the text of all their rows, at some 100 bytes a cell. */
enum { CELLS_KEPT = 1 << 18 };

void cell_places_free(struct cell_places *c)
{
    for (int i = 0; i < c->nrows; i++) {
        buf_free(&c->row[i].text);
        free(c->row[i].at);
    }
    free(c->row);
    c->row = NULL;
    c->nrows = 0;
    crs_transform_close(c->map);
    c->map = NULL;
    free(c->x);
    c->x = c->y = c->longitude = c->latitude = NULL;
}

int cell_places_take(struct cell_places *c, const struct ras *r)
{
    if (c->row && raster_grid_equal(&c->grid, &r->grid))
        return MSG_OK;
    cell_places_free(c);
    int status = crs_transform_open(&c->map, r->grid.crs, crs_of_epsg(4326), NULL, r->path);
    if (status != MSG_OK)
        return status;
    c->grid = r->grid;
    c->nrows = (long long)r->grid.columns * r->grid.rows <= CELLS_KEPT ? r->grid.rows : 1;
    c->row = mem_alloc((size_t)c->nrows, sizeof *c->row);
    size_t columns = (size_t)r->grid.columns;
    c->x = mem_alloc(4 * columns, sizeof *c->x);
    c->y = c->x + columns;
    c->longitude = c->y + columns;
    c->latitude = c->longitude + columns;
    return MSG_OK;
}

static void add_double(struct buf *b, double v)
{
    b->n += num_double(buf_room(b, NUM_MAX), v);
}

/* Truncated toward zero. */
static void add_whole(struct buf *b, double v)
{
    v = trunc(v) + 0.0; /* no -0 */
    if (fabs(v) < 1e15)
        b->n += num_long(buf_room(b, NUM_MAX), (long long)v);
    else
        b->n += num_fixed(buf_room(b, NUM_FIXED_MAX), v, 0);
}

static void add_pair(struct buf *b, double u, char delimiter, double v)
{
    add_double(b, u);
    buf_putc(b, delimiter);
    add_double(b, v);
}

static void add_id(struct buf *b, double x, double y)
{
    add_whole(b, x);
    buf_putc(b, '_');
    add_whole(b, y);
}

const struct row_text *cell_places_row(struct cell_places *c, int row)
{
    struct row_text *t = &c->row[c->nrows > 1 ? row : 0];
    if (t->made)
        return t;
    int columns = c->grid.columns;
    for (int i = 0; i < columns; i++) {
        gt_place(c->grid.gt, i + 0.5, row + 0.5, &c->x[i], &c->y[i]);
        c->longitude[i] = c->x[i];
        c->latitude[i] = c->y[i];
    }
    crs_forward(c->map, c->longitude, c->latitude, 1, (size_t)columns);
    if (!t->at)
        t->at = mem_alloc(2 * (size_t)columns + 1, sizeof *t->at);
    struct buf *b = &t->text;
    buf_reset(b);
    for (int i = 0; i < columns; i++) {
        t->at[2 * i] = b->n;
        if (c->csv) {
            add_pair(b, c->latitude[i], ',', c->longitude[i]);
            t->at[2 * i + 1] = b->n;
            add_id(b, c->x[i], c->y[i]);
            buf_putc(b, ',');
            add_pair(b, c->x[i], ',', c->y[i]);
        } else {
            add_pair(b, c->x[i], '\t', c->y[i]);
            buf_putc(b, '\t');
            add_pair(b, c->longitude[i], '\t', c->latitude[i]);
            t->at[2 * i + 1] = b->n;
            add_id(b, c->x[i], c->y[i]);
        }
    }
    t->at[2 * columns] = b->n;
    t->made = c->nrows > 1;
    return t;
}
