/* pixel_mask: which pixels of a source take part, and with what weight.
 *
 * A pixel takes part by its centre: PIXEL_MASK_CLIP when it lies inside the grid's clip
 * area (or the grid has none), PIXEL_MASK_CLASS when every class map has a wanted class
 * there. A map may count by area instead: then the pixel's weight is the share of its
 * area on wanted classes, and it takes part when that is not 0. See classmap.h.
 *
 * Longitudes of the source, the clip and the maps may lie turns apart.
 *
 * Work done for one source is kept for the next with the same pixels, up to
 * PIXEL_MASK_KEPT of them, half as many with weights; not where their places are listed. */
#ifndef ECO_MASK_PIXEL_MASK_H
#define ECO_MASK_PIXEL_MASK_H

#include "geo/grid.h"
#include "mask/classmap.h"
#include "raster/raster.h"

enum {
    PIXEL_MASK_CLIP = 1,
    PIXEL_MASK_CLASS = 2,
    PIXEL_MASK_ALL = 3,
    PIXEL_MASK_ELSEWHERE = 4 /* set by others: the place is that of another raster */
};
enum { PIXEL_MASK_KEPT = 8 << 20 };

struct pixel_mask;

/* The grid and the classes are borrowed. Without a grid (NULL) there is no clip, maps count
 * by centre, and only pixel_mask_apply is to be asked. cache: a folder where the bits of
 * all pixels are kept for other processes, or NULL; see mask_cache.h. */
int pixel_mask_open(struct pixel_mask **s, const struct ras *source,
                    const struct grid *grid, const struct classmap_use *mask, int nmasks,
                    const char *cache);
void pixel_mask_close(struct pixel_mask *s);

/* Whether it serves this source and these masks, too. */
bool pixel_mask_serves(const struct pixel_mask *s, const struct ras *source,
                       const struct classmap_use *mask, int nmasks);

/* Whether all pixels take part: no clip, no class map. */
bool pixel_mask_takes_all(const struct pixel_mask *s);

/* Whether some pixels may have a weight other than 1. */
bool pixel_mask_weighs(const struct pixel_mask *s);

/* The operation from the source's CRS to the grid's, for others to use. */
struct crs_transform *pixel_mask_transform(struct pixel_mask *s);

/* PIXEL_MASK_ bits of a window of pixels, row after row, and their weights, from 0 to 1,
 * unless weight is NULL. */
int pixel_mask_window(struct pixel_mask *s, int column, int row, int columns, int rows,
                      unsigned char *bits, float *weight);

/* Makes NaN of the values of a window, row after row, whose pixels do not take part.
 * Without a grid only pixels with a value are looked at, and nothing is kept: for readers
 * of a few pixels here and there. */
int pixel_mask_apply(struct pixel_mask *s, int column, int row, int columns, int rows,
                     double *v);

/* The pixels under the bounding box of the clip area in the source's rows and columns:
 * box = first column, first row, columns, rows. Without a clip, all. False when there
 * are none. */
bool pixel_mask_box(const struct pixel_mask *s, int box[4]);

/* The share of the pixels asked for so far, inside of the clip and of the maps before,
 * that lie on a map. */
double pixel_mask_on_map(const struct pixel_mask *s, int mask);

#endif
