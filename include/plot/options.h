/* options: what the command lines of all pictures share. */
#ifndef ECO_PLOT_OPTIONS_H
#define ECO_PLOT_OPTIONS_H

#include "base/options.h"

enum plot_terminal { PLOT_PNG, PLOT_SVG, PLOT_PDF };

struct plot_options {
    const char *title, *output; /* or NULL */
    enum plot_terminal terminal;
    int width, height; /* 0: the picture decides */
    double range[2];   /* of values; NaN: the data decide */
};

/* Sets what is not given, and adds the options. */
void plot_options_add(struct plot_options *p, struct options *o);

#endif
