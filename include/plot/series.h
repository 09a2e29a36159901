/* series: columns of records over time. */
#ifndef ECO_PLOT_SERIES_H
#define ECO_PLOT_SERIES_H

/* eco-plotspec series: its command line and records in, a script out. */
int plot_series(int argc, char **argv);

#endif
