/* cells: every cell of rasters that has a value, as records.
 *
 * Rasters in the order they come; their rows with y ascending, then x ascending
 * (columns, where a raster is turned). What the place of a cell alone decides, its
 * coordinates and pixel_id, is made into text once for all rasters in a row that share
 * a grid. See eco-sample(1) for the columns. */
#ifndef ECO_SAMPLE_CELLS_H
#define ECO_SAMPLE_CELLS_H

#include "mask/masked_reader.h"
#include "record/raster_inputs.h"

struct cells_options {
    bool csv;
    bool crs_column;  /* each record names its CRS, and rasters may differ in it */
    const char *name; /* of the value's column in CSV; NULL: the layer */
    const struct mask_options *mask; /* which cells count */
    struct scene_ask ask;            /* which rasters, and which band */
    const char *command;             /* for ##cmd=, or NULL */
    bool local_time;     /* columns solar_time and local_date, of where the cell lies */
    const char *columns; /* "a,b": these alone, in that order; or NULL */
};

/* A raster that cannot be read or does not go with those before it is told, and makes it
 * MSG_INPUT; the others are done. Without any the output is a head alone. MSG_USAGE, told,
 * when a column was asked for that there is not. */
int cells_run(struct out *o, const struct cells_options *options,
              struct raster_inputs *paths);

#endif
