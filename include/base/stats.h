/* stats: statistics of values with weights.
 *
 * A weight is the share of a pixel that counts; pixels in a window have weight 1.
 * Values are never NaN and weights are positive. With W the sum of the weights:
 *
 *   n = W    sum = sum of w v    mean = sum / W    stddev = sqrt(sum of w (v - mean)^2 / W)
 *   mode: the value with the largest weight, of several (to 1e-9 of it) the smallest
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

#include <stdbool.h>
#include <stddef.h>

enum stat_kind {
    STAT_VALUE, /* of the pixel or point itself: its owner fills it in */
    STAT_MEAN,
    STAT_SUM,
    STAT_N,
    STAT_MIN,
    STAT_MAX,
    STAT_STDDEV,
    STAT_MEDIAN,
    STAT_Q1,
    STAT_Q3,
    STAT_MODE,
    STAT_FRACTION,
};

/* Their names, NULL-terminated. */
extern const char *const stats_names[];

struct stat_item {
    enum stat_kind kind;
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

/* Reads "mean,median,fraction:3,10-15"; allowed holds the bits
 * 1 << STAT_MEAN and so on of those that may be asked for. MSG_USAGE, told, with the
 * option's name. */
int stats_parse(struct stat_list *list, const char *option, const char *text,
                unsigned allowed);
void stats_free(struct stat_list *list);

struct stat_sample {
    double v, w;
};

/* The statistics of n samples, into result, one an item but for STAT_VALUE, which is
 * left as it is. The samples are put in another order. */
void stats_compute(const struct stat_list *list, struct stat_sample *sample, size_t n,
                   double *result);

/* The same for samples that come in parts, when no item needs them in order (list->sorts
 * is false). A zeroed struct has nothing yet. */
struct stat_sums {
    double w, sum, squares, min, max; /* squares: sum of w (v - mean)^2 */
    double *fraction;                 /* of each item: the weight of its classes */
};
void stats_add(const struct stat_list *list, struct stat_sums *sums,
               const struct stat_sample *sample, size_t n);
/* Puts the result and empties sums. */
void stats_finish(const struct stat_list *list, struct stat_sums *sums, double *result);

/* Whether an item's result is one of the values, so that it prints as they do. */
bool stats_is_value(enum stat_kind kind);

#endif
