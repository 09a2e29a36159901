/* grid_layout: lays the cells of a grid: around an area or a place, within bounds, or as
 * a raster has them.
 *
 * The size of a cell (dx, dy) is set before, and, but for grid_like, the CRS. What
 * cannot be done is told. */
#ifndef ECO_RASTER_GRID_LAYOUT_H
#define ECO_RASTER_GRID_LAYOUT_H

#include "geo/grid.h"

/* Polygons of a vector file's layer, in the layer's CRS. */
struct grid_area {
    const char *path; /* borrowed */
    struct poly poly;
    const struct crs *crs;
};

/* Which of a layer's areas, and where it lies. */
struct grid_area_choice {
    const char *path, *layer; /* layer NULL: the first one */
    const char *crs;          /* of a layer that names none; NULL: that is an error */
    /* FIELD=NAME: the feature whose FIELD is NAME; "all": all of them, joined; NULL: the
     * only one, and a layer that has several is an error. */
    const char *which;
};

/* Messages name options as eco-grid calls them. */
int grid_area_read(struct grid_area *a, const struct grid_area_choice *choice);
void grid_area_free(struct grid_area *a);

/* Lays its parts side by side where longitudes cut it apart. */
void grid_area_gather(struct grid_area *a);

/* The area's centroid, in degrees. */
int grid_area_middle(const struct grid_area *a, double place[2]);

/* Sets the CRS: the one that the user names by `option`, or, where crs is NULL or "auto",
 * the UTM zone of a place. */
int grid_choose_crs(struct grid *g, const char *crs, const char *option,
                    const double place[2]);

/* Makes the area, in the grid's plane, the clip. */
int grid_set_clip(struct grid *g, const struct grid_area *a);

/* Cells such that (x, y) is the centre of the middle one and a radius is covered. */
int grid_lay_around(struct grid *g, double x, double y, double radius_x, double radius_y);

/* The same around the centroid of the clip: as far as the clip goes, or as far as a
 * radius (above 0) says. */
int grid_lay_around_clip(struct grid *g, double radius);

/* The same around a place in degrees, which the user named by `option`. */
int grid_lay_around_place(struct grid *g, const double place[2], double radius,
                          const char *option);

/* Cells from the north-west corner of x0, y0, x1, y1; false when there are too many. align:
 * of bounds that are moved outward to whole multiples of the cells' size, as gdalwarp -tap
 * does. */
bool grid_lay_bounds(struct grid *g, const double bounds[4], bool align);

/* CRS and cells of a raster. */
int grid_like(struct grid *g, const char *path);

/* Cells over a raster, in the CRS that the user names by `option`, or where crs is NULL in
 * its own. Where the cells have no size (dx is 0) it is that of gdalwarp in another CRS,
 * and that of its pixels in its own. */
int grid_over(struct grid *g, const char *path, const char *crs, const char *option,
              bool align);

/* Cells of another size over those that there are. */
int grid_resize(struct grid *g, double dx, double dy, bool align);

#endif
