/* pictures: the pictures of eco-plotspec: the command line of each in, with the files that
 * it names, and a script of gnuplot on stdout. */
#ifndef ECO_PLOT_PICTURES_H
#define ECO_PLOT_PICTURES_H

/* The four panels that show whether a coarse raster can be trusted. */
int plot_panels(int argc, char **argv);

/* Of records: one column against another; columns over time; how errors are distributed;
 * models by the statistics of eco-stats; columns by the hour of the sun. */
int plot_scatter(int argc, char **argv);
int plot_series(int argc, char **argv);
int plot_histogram(int argc, char **argv);
int plot_taylor(int argc, char **argv);
int plot_diurnal(int argc, char **argv);

/* A raster, or places that are coloured by a column of records. */
int plot_map(int argc, char **argv);

#endif
