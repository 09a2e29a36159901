/* grid: reading and writing grid files.
 *
 * A grid file is a stream of records: metadata for the cells, then one record a vertex
 * of the clip area (ring, x, y). */
#include "geo/grid.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/reader.h"
#include "record/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void grid_free(struct grid *g)
{
    free(g->clip_name);
    poly_free(&g->clip);
    *g = (struct grid){0};
}

void grid_halve(const struct grid_rect *rect, struct grid_rect *a, struct grid_rect *b)
{
    *a = *b = *rect;
    if (rect->columns >= rect->rows) {
        a->columns = rect->columns / 2;
        b->columns -= a->columns;
        b->column += a->columns;
    } else {
        a->rows = rect->rows / 2;
        b->rows -= a->rows;
        b->row += a->rows;
    }
}

struct raster_grid grid_cells(const struct grid *g)
{
    return (struct raster_grid){
        g->columns, g->rows, {g->x0, g->dx, 0, g->y0, 0, -g->dy}, g->crs, NULL};
}

double grid_x(const struct grid *g, int column)
{
    return g->x0 + (column + 0.5) * g->dx;
}

double grid_y(const struct grid *g, int row)
{
    return g->y0 - (row + 0.5) * g->dy;
}

static void put_number(struct out *o, const char *key, double v)
{
    out_puts(o, "##");
    out_puts(o, key);
    out_char(o, '=');
    out_double(o, v);
    out_char(o, '\n');
}

void grid_write(const struct grid *g, struct out *o, const char *command)
{
    rec_put_pair(o, "eco.grid", "1");
    put_number(o, "vertices", (double)g->clip.npoints); /* first: any cut shows */
    rec_put_pair(o, "crs", crs_text(g->crs));
    put_number(o, "x0", g->x0);
    put_number(o, "y0", g->y0);
    put_number(o, "dx", g->dx);
    put_number(o, "dy", g->dy);
    put_number(o, "columns", g->columns);
    put_number(o, "rows", g->rows);
    if (g->clip_name) {
        out_puts(o, "##clip=");
        rec_put_escaped(o, g->clip_name);
        out_char(o, '\n');
    }
    rec_put_meta(o, NULL, NULL, command);
    out_puts(o, "#ring\tx\ty\n");
    for (size_t r = 0; r < g->clip.nrings; r++)
        for (size_t i = g->clip.ring[r]; i < g->clip.ring[r + 1]; i++) {
            out_long(o, (long long)r);
            out_char(o, '\t');
            out_double(o, g->clip.x[i]);
            out_char(o, '\t');
            out_double(o, g->clip.y[i]);
            out_char(o, '\n');
        }
}

/* A metadata number; false, told, when it is missing or none. */
static bool take(const struct rec_reader *r, const char *key, double *v)
{
    const char *text = rec_meta(r, key);
    if (text && num_parse(text, strlen(text), v) && isfinite(*v))
        return true;
    msg_error("%s: not a grid file of eco-grid: ##%s is %s", r->name, key,
              text ? "not a number" : "missing");
    return false;
}

static bool take_cells(struct grid *g, const struct rec_reader *r)
{
    double columns, rows;
    if (!take(r, "x0", &g->x0) || !take(r, "y0", &g->y0) || !take(r, "dx", &g->dx) ||
        !take(r, "dy", &g->dy) || !take(r, "columns", &columns) || !take(r, "rows", &rows))
        return false;
    const char *crs = rec_meta(r, "crs");
    if (!crs) {
        msg_error("%s: not a grid file of eco-grid: ##crs is missing", r->name);
        return false;
    }
    if (!(g->dx > 0 && g->dy > 0 && columns >= 1 && rows >= 1 && columns <= 1e9 &&
          rows <= 1e9 && columns == floor(columns) && rows == floor(rows))) {
        msg_error(
            "%s: a grid needs cells of positive size and whole numbers of columns and rows",
            r->name);
        return false;
    }
    g->columns = (int)columns;
    g->rows = (int)rows;
    g->crs = crs_of(crs);
    const char *clip = rec_meta(r, "clip");
    if (clip) {
        struct buf b = {0};
        rec_unescape(&b, clip, strlen(clip));
        g->clip_name = b.s;
    }
    return true;
}

/* Whether all vertices are there that the file says it has (more may have been added), to
 * the end of the last line; told when not. Files of others need not say. */
static bool is_whole(const struct grid *g, const struct rec_reader *r)
{
    const char *text = rec_meta(r, "vertices");
    double n;
    if (!text)
        return true;
    if (!take(r, "vertices", &n))
        return false;
    if (n <= (double)g->clip.npoints && !r->unended)
        return true;
    msg_error("%s: not a whole grid file: of its %s vertices %zu are there%s", r->name,
              text, g->clip.npoints, r->unended ? ", and its last line has no end" : "");
    return false;
}

/* The clip's vertices. false, told, when they are not what a clip needs. */
static bool take_clip(struct grid *g, struct rec_reader *r)
{
    int column[3] = {rec_column(r, "ring"), rec_column(r, "x"), rec_column(r, "y")};
    double last = NAN;
    int got;
    while ((got = rec_next(r)) > 0) {
        double v[3];
        for (int i = 0; i < 3; i++) {
            if (column[i] < 0) {
                msg_error("%s:%zu: a vertex needs the columns ring, x and y", r->name,
                          r->line);
                return false;
            }
            if (!rec_number(r, column[i], &v[i]))
                return false;
            if (!isfinite(v[i])) {
                rec_complain(r, column[i], "not a place");
                return false;
            }
        }
        if (v[0] != last)
            poly_ring(&g->clip);
        last = v[0];
        poly_point(&g->clip, v[1], v[2]);
    }
    for (size_t i = 0; i < g->clip.nrings && got == 0; i++) {
        size_t points = g->clip.ring[i + 1] - g->clip.ring[i];
        if (points < 3) {
            msg_error("%s: ring %zu has %zu points, and an area at least 3", r->name, i,
                      points);
            return false;
        }
    }
    return got == 0;
}

int grid_read(struct grid *g, const char *path)
{
    *g = (struct grid){0};
    struct rec_reader r;
    char *inputs[] = {(char *)path};
    rec_open(&r, inputs, 1, REC_TAB);
    int status = rec_head(&r);
    if (status == MSG_OK && r.nmeta == 0 && r.nlegend == 0 && r.line == 0) {
        msg_error("%s: this grid file is empty: what was to write it failed", r.name);
        status = MSG_INPUT;
    }
    if (status == MSG_OK && !(take_cells(g, &r) && take_clip(g, &r) && is_whole(g, &r)))
        status = MSG_INPUT;
    rec_close(&r);
    if (status != MSG_OK)
        grid_free(g);
    return status;
}
