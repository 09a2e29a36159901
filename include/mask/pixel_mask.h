/* select: which pixels of a source take part, and with what weight.
 *
 * A pixel takes part by its centre: SELECT_CLIP when it lies inside the grid's clip
 * area (or the grid has none), SELECT_CLASS when every class map has a wanted class
 * there. A map may count by area instead: then the pixel's weight is the share of its
 * area on wanted classes, and it takes part when that is not 0. See classmap.h.
 *
 * Longitudes of the source, the clip and the maps may lie turns apart.
 *
 * Work done for one source is kept for the next with the same pixels, up to
 * SELECT_KEPT of them, half as many with weights. */
#ifndef ECO_SELECT_H
#define ECO_SELECT_H

#include "mask/classmap.h"
#include "geo/grid.h"
#include "raster/raster.h"

enum { SELECT_CLIP = 1, SELECT_CLASS = 2, SELECT_ALL = 3 };
enum { SELECT_KEPT = 8 << 20 };

struct select_mask {
    const char *path;
    const struct classmap_classes *classes;
    bool by_area;
};

struct select;

/* The grid and the classes are borrowed. */
int select_open(struct select **s, const struct ras *source, const struct grid *grid,
                const struct select_mask *mask, int nmasks);
void select_close(struct select *s);

/* Whether it serves this source and these masks, too. */
bool select_serves(const struct select *s, const struct ras *source,
                   const struct select_mask *mask, int nmasks);

/* Whether all pixels take part: no clip, no class map. */
bool select_takes_all(const struct select *s);

/* Whether some pixels may have a weight other than 1. */
bool select_weighs(const struct select *s);

/* The operation from the source's CRS to the grid's, for others to use. */
struct crs_map *select_map(struct select *s);

/* SELECT_ bits of a window of pixels, row after row, and their weights, from 0 to 1, unless
 * weight is NULL. */
int select_window(struct select *s, int column, int row, int columns, int rows,
                  unsigned char *bits, float *weight);

/* The pixels under the bounding box of the clip area in the source's rows and columns:
 * box = first column, first row, columns, rows. Without a clip, all. False when there
 * are none. */
bool select_box(const struct select *s, int box[4]);

/* The share of the pixels asked for so far, inside of the clip and of the maps before,
 * that lie on a map. */
double select_on_map(const struct select *s, int mask);

#endif
