/* composite: the raster of one period. */
#ifndef ECO_COMPOSE_COMPOSITE_H
#define ECO_COMPOSE_COMPOSITE_H

#include "scene_table.h"

/* Makes the raster at path of some rows of the table (n, at least one); period: its name.
 * Puts how many cells have a value. MSG_INPUT, told, when a scene has changed or is
 * damaged, or would be replaced, or when the memory does not hold a row of cells. */
int composite_make(const struct scene_table *t, const struct scene_row *row, size_t n,
                   const struct compose_options *options, const char *period,
                   const char *path, double *cells);

#endif
