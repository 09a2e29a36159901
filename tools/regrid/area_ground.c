/* area_ground: areas on the ellipsoid, of pixels and of cells. */
#include "area_work.h"
#include "base/mem.h"
#include "base/msg.h"
#include "raster/swath.h"
#include <stdlib.h>

int area_ground_open(struct area_stats *w)
{
    const struct raster_grid cells = grid_cells(w->spec->grid);
    const char *path = w->source->path;
    if (swath_of(&w->source->grid)) {
        msg_error("%s: --area ground is not for swaths", path);
        return MSG_INPUT;
    }
    int status = ground_area_open(&w->ground, &w->source->grid, path);
    if (status == MSG_OK)
        status = ground_area_open(&w->cells_ground, &cells, path);
    if (status == MSG_OK)
        ground_area_row(w->cells_ground, cells.columns / 2, cells.rows / 2, 1,
                        &w->cell_area);
    return status;
}

void area_ground_rect(struct area_stats *w, size_t cells)
{
    if (!w->ground)
        return;
    w->ground_cell = mem_resize(w->ground_cell, cells, sizeof *w->ground_cell);
    for (int i = 0; i < w->rect->rows; i++)
        ground_area_row(w->cells_ground, w->rect->column, w->rect->row + i,
                        w->rect->columns, w->ground_cell + i * w->rect->columns);
}

void area_ground_close(struct area_stats *w)
{
    ground_area_close(w->ground);
    ground_area_close(w->cells_ground);
    free(w->ground_cell);
}
