/* grid: the cells that scenes are averaged onto.
 *
 * columns x rows cells of dx by dy, north up: cell column j, row i covers
 * x0 + j dx .. x0 + (j + 1) dx and y0 - (i + 1) dy .. y0 - i dy in the plane of crs.
 * The clip area, in the same plane, says which pixels and cells count (by their
 * centres); without rings everything counts. See eco-grid(1) for the file. */
#ifndef ECO_GEO_GRID_H
#define ECO_GEO_GRID_H

#include "base/out.h"
#include "geo/polygon.h"
#include "geo/raster_grid.h"

struct grid {
    const struct crs *crs;
    double x0, y0; /* the north-west corner */
    double dx, dy; /* both positive */
    int columns, rows;
    struct poly clip;
    char *clip_name; /* the layer that the clip came from, or NULL */
};

/* Some of a grid's cells. */
struct grid_rect {
    int column, row, columns, rows;
};

/* Two halves of some cells (two at least), cut across the longer side. */
void grid_halve(const struct grid_rect *rect, struct grid_rect *a, struct grid_rect *b);

int grid_read(struct grid *g, const char *path);
void grid_write(const struct grid *g, struct out *o, const char *command);
void grid_free(struct grid *g);

/* Its cells, as if they were pixels. */
struct raster_grid grid_cells(const struct grid *g);

/* The centre of a cell. */
double grid_x(const struct grid *g, int column);
double grid_y(const struct grid *g, int row);

#endif
