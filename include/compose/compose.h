/* compose: rasters of one grid and many times, to one raster a period and layer.
 *
 * A cell's value is a statistic (base/stats.h) over the scenes of the period that have a
 * value there, each with weight 1, or with the coverage or n that the scene has in that
 * cell. Scenes are taken in the order of their times and names, whatever order they come
 * in, and the grid in parts that fit into the memory: neither changes a bit of the result.
 */
#ifndef ECO_COMPOSE_COMPOSE_H
#define ECO_COMPOSE_COMPOSE_H

#include "base/out.h"
#include "compose/compose_options.h"
#include "record/raster_inputs.h"

/* One raster and one record a period and layer; the records to o. When an input cannot be
 * used nothing is written: a raster without some of its scenes would not look like one. */
int compose(struct out *o, const struct compose_options *options,
            struct raster_inputs *inputs);

#endif
