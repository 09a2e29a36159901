/* series: columns of records over time. */
#ifndef ECO_PLOT_SERIES_H
#define ECO_PLOT_SERIES_H

#include "base/options.h"

/* eco-plotspec series: its options (from optind on) and records in, a script out. */
int plot_series(struct cli *cli, int argc, char **argv);

#endif
