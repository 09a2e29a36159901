/* result_options: which cells a raster on a grid has, how they are computed and written. */
#ifndef ECO_REGRID_RESULT_OPTIONS_H
#define ECO_REGRID_RESULT_OPTIONS_H

#include "base/options.h"
#include "regrid/bands_spec.h"

/* Adds the rows of --min-coverage, --denominator, --memory, --part, --cog, and of what few
 * need: --missing, --antialias, --tolerance, --raw, --dtype, --nodata, --compress. */
void result_options_add(struct bands_spec *spec, struct options *o);

#endif
