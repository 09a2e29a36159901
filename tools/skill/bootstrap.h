/* bootstrap: how far statistics would lie apart on other pairs like these.
 *
 * Pairs, or whole blocks of them, are drawn with replacement as many as there are, and the
 * statistics computed anew, `rounds` times; the interval runs between the quantiles (R's
 * type 7) (1 - level) / 2 and (1 + level) / 2 of what came out. Rounds without a value are
 * left out.
 *
 * The numbers drawn are those of SplitMix64 (Steele, Lea and Flood 2014): the state starts
 * at the seed; to draw one of n, the upper 32 bits x of a number give x n / 2^32, and are
 * drawn again where that would favour some (Lemire 2019). So a seed gives the same bits on
 * every machine, and models of the same pairs see the same draws. */
#ifndef ECO_SKILL_BOOTSTRAP_H
#define ECO_SKILL_BOOTSTRAP_H

#include "statistics.h"

struct bootstrap {
    int rounds;
    uint64_t seed;
    double level;
};

/* The intervals of the choice's statistics; NaN of counts and where no round has a value.
 */
void bootstrap_intervals(const struct bootstrap *b, const struct skill_choice *choice,
                         const struct pairs *p, double *low, double *high);

#endif
