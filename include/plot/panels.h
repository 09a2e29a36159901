/* panels: the four panels that show whether a coarse raster can be trusted: the
 * pixels that count, the geometry, the coverage of each cell, the result. */
#ifndef ECO_PLOT_PANELS_H
#define ECO_PLOT_PANELS_H

/* eco-plotspec panels: its command line in, a script on stdout. */
int plot_panels(int argc, char **argv);

#endif
