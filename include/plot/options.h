/* options: what the command lines of all pictures share. */
#ifndef ECO_PLOT_OPTIONS_H
#define ECO_PLOT_OPTIONS_H

#include "base/options.h"

enum plot_terminal { PLOT_PNG, PLOT_SVG, PLOT_PDF };

struct plot_options {
    const char *title, *output; /* or NULL */
    const char *unit;           /* of the values, instead of what the data say; or NULL */
    enum plot_terminal terminal;
    int width, height; /* 0: the picture decides */
    double range[2];   /* of values; NaN: the data decide */
};

/* Sets what is not given, and adds the options. */
void plot_options_add(struct plot_options *p, struct options *o);

/* The range of an axis: that of the data with a share of it as a margin, or what was asked
 * for. */
void plot_options_range(const struct plot_options *p, double share, double range[2]);

#endif
