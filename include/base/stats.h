/* stats: statistics of values with weights.
 *
 * A weight is the share of a pixel that counts; pixels in a window have weight 1.
 * Values are never NaN and weights are positive. With W the sum of the weights:
 *
 *   n = W    sum = sum of w v    mean = sum / W    variance = sum of w (v - mean)^2 / W
 *   stddev = sqrt(variance)    rms = sqrt(sum of w v^2 / W)    range = max - min
 *   mode: the value with the largest weight, of several (to 1e-9 of it) the smallest
 *   p0 to p100: quantiles by percent; median, q1 and q3 are p50, p25 and p75
 *   iqr = q3 - q1    whisker_low, whisker_high: the smallest and the largest value that is
 *   no further than 1.5 iqr from its quartile (Tukey's box plot, and the columns "Lower
 *   1.5 IQR" and "Upper 1.5 IQR" of AppEEARS' tables of statistics)
 *   fraction:CLASSES: the weight of the values that are one of the classes, over W; of
 *   scaled values the raw numbers are
 *
 * Quantiles: the values stand in ascending order (of equals, the lighter first), each
 * at the middle of its weight in the running sum; these places are stretched so that
 * the first is 0 and the last 1, and between them the line is straight. With equal
 * weights that is what R calls type 7, and numpy "linear".
 *
 * Without any value n is 0 and all others are NaN. */
#ifndef ECO_BASE_STATS_H
#define ECO_BASE_STATS_H

#include "base/buf.h"
#include "base/list.h"
#include <stdbool.h>
#include <stddef.h>

enum stat_kind {
    STAT_VALUE,    /* of the pixel or point itself: its owner fills it in */
    STAT_COVERAGE, /* of a cell, these two: its owner's likewise */
    STAT_COVERAGE_RAW,
    STAT_MEAN,
    STAT_N,
    STAT_STDDEV,
    STAT_VARIANCE,
    STAT_RMS,
    STAT_SUM,
    STAT_MIN,
    STAT_MAX,
    STAT_RANGE,
    STAT_PERCENTILE, /* median, q1 and q3 too */
    STAT_IQR,
    STAT_WHISKER_LOW,
    STAT_WHISKER_HIGH,
    STAT_MODE,
    STAT_FRACTION,
};

/* Sets of kinds, as bits: those of values with weights, of places alone, of cells alone. */
static const unsigned stats_of_values = ~(1u << STAT_VALUE | 1u << STAT_COVERAGE |
                                          1u << STAT_COVERAGE_RAW | 1u << STAT_FRACTION);
static const unsigned stats_value = 1u << STAT_VALUE,
                      stats_coverage = 1u << STAT_COVERAGE | 1u << STAT_COVERAGE_RAW,
                      stats_fraction = 1u << STAT_FRACTION;

/* Adds "mean, n, ..., p0 to p100, ...", the names of some kinds. */
void stats_list_names(struct buf *b, unsigned kinds);

/* The same but for percentiles as words, NULL-terminated: for completions. */
enum { STATS_WORDS = 32 };
void stats_words(const char *words[STATS_WORDS], unsigned kinds);

/* Whether a text is the name of one item, as columns and bands have it. */
bool stats_is_name(const char *text, unsigned kinds);

struct stat_item {
    enum stat_kind kind;
    double p;   /* of a percentile, from 0 to 1 */
    char *name; /* of its column */
    struct stat_range {
        double from, to;
    } * range; /* the classes of a fraction */
    size_t nranges;
};

struct stat_list {
    struct stat_item *item;
    size_t n;
    bool sorts; /* some item needs the values in order */

    /* Where the values are raw numbers by a scale (not 0) and an offset, classes are of the
     * raw numbers; these are whole or not. */
    double scale, offset;
    bool whole;
};

/* Adds one of the allowed kinds by its name, or by that which gdalwarp has for it (average,
 * med); or what is wrong. */
enum stats_added { STATS_ADDED, STATS_UNKNOWN, STATS_TWICE, STATS_NO_PERCENT };
enum stats_added stats_add_item(struct stat_list *list, struct slice text,
                                unsigned allowed);

/* MSG_USAGE, telling what is wrong with an item of an option; there: what there is. */
int stats_refuse(enum stats_added why, const char *option, const char *what,
                 struct slice text, const char *there);

/* Reads "mean,p90,fraction:3,10-15"; allowed holds the bits of those that may be asked for.
 * MSG_USAGE, told, with the option's name. */
int stats_parse(struct stat_list *list, const char *option, const char *text,
                unsigned allowed);
void stats_free(struct stat_list *list);

struct stat_sample {
    double v, w;
};

/* The statistics of n samples, into result, one an item but for those of their owner, which
 * are left as they are. The samples are put in another order. */
void stats_compute(const struct stat_list *list, struct stat_sample *sample, size_t n,
                   double *result);

/* The quartiles alone: the first, the median, the third. */
void stats_quartiles(struct stat_sample *sample, size_t n, double q[3]);

/* As stats_compute, for samples that come in parts, when no item needs them in order
 * (list->sorts is false). A zeroed struct has nothing yet. */
struct stat_sums {
    double w, sum, squares, min, max; /* squares: sum of w (v - mean)^2 */
    double *fraction;                 /* of each item: the weight of its classes */
};
void stats_add(const struct stat_list *list, struct stat_sums *sums,
               const struct stat_sample *sample, size_t n);
/* Puts the result and empties sums. */
void stats_finish(const struct stat_list *list, struct stat_sums *sums, double *result);

/* Values in ascending order, and the sum of their weights. */
struct stat_ordered {
    const struct stat_sample *sample;
    size_t n;
    double w;
};

/* Whether a kind needs the values in order; puts n of them so; and such an item's result
 * (NaN of none). */
bool stats_needs_order(enum stat_kind kind);
struct stat_ordered stats_order(struct stat_sample *sample, size_t n);
double stats_of_ordered(const struct stat_item *item, const struct stat_ordered *values);

/* Whether an item's result is one of the values, so that it prints as they do. */
bool stats_is_value(enum stat_kind kind);

#endif
