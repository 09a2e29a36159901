/* pixel_weights: a raster of what the pixels of other rasters count. */
#include "pixel_weights.h"
#include "base/mem.h"
#include "base/msg.h"
#include <math.h>
#include <stdlib.h>

int pixel_weights_open(struct pixel_weights *w, const char *path, size_t bytes)
{
    *w = (struct pixel_weights){0};
    int status = scene_raster_open(&w->s, path, NULL);
    if (status != MSG_OK)
        return status;
    ras_keep(&w->s.ras, bytes);
    w->place = gt_locator_of(w->s.ras.grid.gt);
    w->turn = raster_grid_turn(&w->s.ras.grid);
    return MSG_OK;
}

static double pixel_area(const struct raster_grid *g)
{
    return fabs(g->gt[1] * g->gt[5] - g->gt[2] * g->gt[4]);
}

int pixel_weights_turn(struct pixel_weights *w, const struct ras *r)
{
    const struct raster_grid *own = &w->s.ras.grid;
    w->of = r;
    w->same = raster_grid_equal(own, &r->grid);
    if (!crs_same(own->crs, r->grid.crs)) {
        msg_error(
            "%s: these weights are in another CRS than %s; bring them onto its pixels "
            "first: eco-grid --like, eco-regrid",
            w->s.ras.path, r->path);
        return MSG_INPUT;
    }
    if (!w->told && pixel_area(own) < 0.99 * pixel_area(&r->grid)) {
        msg_warn("%s: these weights have smaller pixels than %s, of which only those count "
                 "that hold a centre of its; eco-regrid averages them first",
                 w->s.ras.path, r->path);
        w->told = true;
    }
    return MSG_OK;
}

/* The numbers of pixels that may lie anywhere among the weights, each of which is read once
 * where several in a row have it. */
static int look_up(struct pixel_weights *w, int column, int row, int n, double *weight)
{
    const struct raster_grid *own = &w->s.ras.grid;
    w->cell = mem_grow(w->cell, &w->cell_cap, 2 * (size_t)n, sizeof *w->cell);
    double *at = w->cell, *down = w->cell + n;
    for (int i = 0; i < n; i++) {
        double x, y;
        gt_place(w->of->grid.gt, column + i + 0.5, row + 0.5, &x, &y);
        gt_locate(&w->place, x, y, &at[i], &down[i]);
        at[i] = floor(crs_unwind(at[i], w->turn, own->columns / 2.0));
        down[i] = floor(down[i]);
    }
    for (int i = 0, end; i < n; i = end) {
        bool inside =
            at[i] >= 0 && at[i] < own->columns && down[i] >= 0 && down[i] < own->rows;
        weight[i] = NAN;
        int status = inside ? ras_read(&w->s.ras, w->s.value, (int)at[i], (int)down[i], 1,
                                       1, &weight[i], w->s.flags)
                            : MSG_OK;
        if (status != MSG_OK)
            return status;
        for (end = i + 1; end < n && at[end] == at[i] && down[end] == down[i]; end++)
            weight[end] = weight[i];
    }
    return MSG_OK;
}

int pixel_weights_row(struct pixel_weights *w, int column, int row, int n, double *weight)
{
    int status =
        w->same ? ras_read(&w->s.ras, w->s.value, column, row, n, 1, weight, w->s.flags)
                : look_up(w, column, row, n, weight);
    for (int i = 0; i < n && status == MSG_OK; i++) {
        if (weight[i] < 0) {
            msg_error("%s: the weight %g is negative, at column %d, row %d of %s",
                      w->s.ras.path, weight[i], column + i, row, w->of->path);
            status = MSG_INPUT;
        }
        weight[i] = weight[i] > 0 ? weight[i] : 0;
    }
    return status;
}

void pixel_weights_close(struct pixel_weights *w)
{
    scene_raster_close(&w->s);
    free(w->cell);
    *w = (struct pixel_weights){0};
}
