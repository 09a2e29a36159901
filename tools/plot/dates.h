/* dates: the marks of a time axis: days, months, years and parts of a day as people count
 * them. */
#ifndef ECO_PLOT_DATES_H
#define ECO_PLOT_DATES_H

struct plot_mark {
    double at; /* seconds since 1970 */
    char label[24];
};

/* Marks from one time to another, at least so far apart. Free them. */
struct plot_mark *plot_dates(double from, double to, double apart, int *n);

#endif
