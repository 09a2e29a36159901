/* options: what the command lines of all pictures share. */
#ifndef ECO_PLOT_OPTIONS_H
#define ECO_PLOT_OPTIONS_H

#include "base/options.h"
#include "gnuplot.h"

enum {
    PLOT_TITLE = CLI_FIRST_FREE,
    PLOT_OUTPUT,
    PLOT_TERMINAL,
    PLOT_SIZE,
    PLOT_RANGE,
    PLOT_FIRST_FREE,
};

/* For the end of a picture's table of options. */
#define PLOT_OPTIONS                                                                       \
    {"title", required_argument, NULL, PLOT_TITLE},                                        \
        {"output", required_argument, NULL, PLOT_OUTPUT},                                  \
        {"terminal", required_argument, NULL, PLOT_TERMINAL},                              \
        {"size", required_argument, NULL, PLOT_SIZE},                                      \
        {"range", required_argument, NULL, PLOT_RANGE}, CLI_COMMON

struct plot_options {
    const char *title, *output; /* or NULL */
    enum plot_terminal terminal;
    int width, height; /* 0: the picture decides */
    double range[2];   /* of values; NaN: the data decide */
};

void plot_options_init(struct plot_options *o);

/* Takes optarg for one of these options, or leaves the option to cli_option. */
int plot_options_take(struct plot_options *o, struct cli *cli, int option);

#endif
