/* output_form: the form of a raster on a grid, by what is asked and what the source is. */
#ifndef ECO_REGRID_OUTPUT_FORM_H
#define ECO_REGRID_OUTPUT_FORM_H

#include "mask/masked_reader.h"
#include "raster/geotiff_write.h"
#include "regrid/bands_spec.h"

enum { OUTPUT_TILE = 256 }; /* cells on a side */

/* Whether the grid is worked out and written in tiles. */
bool output_form_tiled(const struct bands_spec *spec);

/* Everything of the output but its rows, its geotransform and its tags; names gets those of
 * its bands. Integers that are the source's pixels get a nodata that no pixel is, or none
 * where there is no such. MSG_USAGE, told, when its type does not hold the nodata that is
 * asked for. */
int output_form_choose(const struct bands_spec *spec, struct masked_reader *from, size_t n,
                       struct ras_spec *out, const char **names);

/* The rows of the grid that a part has: whole rows of tiles, shared out evenly. MSG_USAGE,
 * told, when there are fewer than parts. */
int output_form_rows(const struct bands_spec *spec, int tile, int *first, int *rows);

#endif
