/* panels: the four panels that show whether a coarse raster can be trusted: the
 * pixels that count, the geometry, the coverage of each cell, the result. */
#ifndef ECO_PLOT_PANELS_H
#define ECO_PLOT_PANELS_H

#include "base/options.h"

/* eco-plotspec panels: its options (from optind on) in, a script on stdout. */
int plot_panels(struct cli *cli, int argc, char **argv);

#endif
