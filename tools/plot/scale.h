/* scale: ranges of values, and the round numbers that stand beside an axis. */
#ifndef ECO_PLOT_SCALE_H
#define ECO_PLOT_SCALE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* What a picture can show: numbers up to PLOT_MOST in size, and ranges that gnuplot can
 * part into ticks. plot_widen adds a share of a range at both ends, so that plot_shows. */
#define PLOT_MOST 1e100
bool plot_shows(const double range[2]);
void plot_widen(double range[2], double share);

/* A range of nothing, for plot_include, which stretches it to a value (but for NaN). */
#define PLOT_NOTHING                                                                       \
    {                                                                                      \
        HUGE_VAL, -HUGE_VAL                                                                \
    }
void plot_include(double range[2], double v);

/* A finite number as float32, the largest where it is larger; NaN for others. */
float plot_float(double v);

/* Ticks: round numbers from `least` to `most`, `step` apart. */
struct plot_ticks {
    double first, step;
    int n, decimals;
    int power; /* of ten, that labels have; 0: none */
};
/* As many as possible with steps of at least `least_step` (both in the same unit). */
struct plot_ticks plot_ticks(double least, double most, double least_step);
double plot_tick(const struct plot_ticks *t, int i);
/* The label of a value that goes with these ticks, as markup, into s of NUM_FIXED_MAX
 * bytes. */
size_t plot_tick_label(const struct plot_ticks *t, double v, char *s);
/* The longest of their labels, in characters. */
size_t plot_ticks_width(const struct plot_ticks *t);
/* The number that a share of the others (NaN aside) is not above; NaN when there is none.
 */
float plot_quantile(const float *v, size_t n, double share);

#endif
