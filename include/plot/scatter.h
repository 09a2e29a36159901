/* scatter: one column of records against another. */
#ifndef ECO_PLOT_SCATTER_H
#define ECO_PLOT_SCATTER_H

/* eco-plotspec scatter: its command line and records in, a script out. */
int plot_scatter(int argc, char **argv);

#endif
