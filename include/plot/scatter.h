/* scatter: one column of records against another. */
#ifndef ECO_PLOT_SCATTER_H
#define ECO_PLOT_SCATTER_H

#include "base/options.h"

/* eco-plotspec scatter: its options (from optind on) and records in, a script out. */
int plot_scatter(struct cli *cli, int argc, char **argv);

#endif
