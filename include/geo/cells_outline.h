/* cells_outline: the outline of the cells that an area touches. */
#ifndef ECO_GEO_CELLS_OUTLINE_H
#define ECO_GEO_CELLS_OUTLINE_H

#include "geo/polygon.h"

/* The outline of the cells that cover any part of an area (whose rings are oriented): cell
 * column j, row i from x0 + j dx, y0 + i dy on, of any sign. Outer rings run
 * counter-clockwise, holes clockwise. False when they are too many. */
bool cells_outline(struct poly *to, const struct poly *area, double x0, double y0,
                   double dx, double dy);

#endif
