/* clip_box: the pixels of a source under the bounding box of a clip area.
 *
 * The clip's edges are straight in the grid's plane and may bow out in the source's. */
#ifndef ECO_MASK_CLIP_BOX_H
#define ECO_MASK_CLIP_BOX_H

#include "geo/crs_transform.h"
#include "geo/polygon.h"
#include "geo/raster_grid.h"

/* box = first column, first row, columns, rows; all of the source where the clip has no
 * rings, or reaches beyond what transforms. *any: whether there are some. turn: the
 * source's columns in 360 degrees, where the two may lie turns apart; or 0. MSG_INPUT,
 * told by the source's name, when its pixels have no area. */
int clip_box_find(int box[4], bool *any, const struct poly *clip,
                  const struct raster_grid *source, const char *name,
                  struct crs_transform *to_grid, double turn);

#endif
