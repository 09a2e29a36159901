/* chart: one chart with titles and two axes. */
#ifndef ECO_PLOT_CHART_H
#define ECO_PLOT_CHART_H

#include "gnuplot.h"

/* Marks at an axis, with labels of any kind. */
struct plot_mark {
    double at;
    char label[24];
};

struct chart {
    struct plot p;
    double x[2], y[2];           /* what the axes show, set by the caller */
    const char *x_name, *y_name; /* markup, or NULL for none */
    const char *const *key;      /* plain names of what the marks stand for, in order */
    int nkeys;                   /* 0 for none */

    /* set by chart_layout */
    double left, bottom, width, height; /* in pixels */
    double key_width;
    struct plot_ticks y_ticks;
};

/* The mark of so many-eth a thing, and the colour of its line: forty can be told apart, by
 * those who see no colours by their marks, the first six. */
struct chart_mark {
    const char *color; /* "#rrggbb" */
    int point;         /* gnuplot's type of point */
};
struct chart_mark chart_mark(int i, bool open);

/* A picture of that size; square: as wide as it is high, in its middle. p.terminal is set.
 */
void chart_layout(struct chart *c, int width, int height, bool square);

/* Axes, titles and their labels; then comes the plot command. Without marks the x axis
 * has the round numbers of the y axis, which is for axes that are alike. */
void chart_axes(struct chart *c, const char *title, const char *subtitle,
                const struct plot_mark *x_mark, int nx_marks);

/* Marks of a time axis, from seconds to seconds since 1970, at least so far apart: days,
 * months, years and parts of a day as people count them. Free them. */
struct plot_mark *chart_dates(double from, double to, double apart, int *n);

#endif
