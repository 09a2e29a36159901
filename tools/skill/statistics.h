/* statistics: what is said of a model, one row of a table each.
 *
 * eco-stats(1) has the formulas and where they come from. A statistic that has no value
 * (too few pairs, a constant column) is NaN. */
#ifndef ECO_SKILL_STATISTICS_H
#define ECO_SKILL_STATISTICS_H

#include "base/buf.h"
#include "fit.h"

/* What statistics are made from; those that take a sort are there when one is asked for. */
struct skill_case {
    const struct pairs *pairs;
    struct moments m;
    struct moments_line line;
    double tau, rho;
    double error_q[3], o_q[3]; /* quartiles */
};

/* What must be computed for a statistic beside the moments, and what it is. */
enum skill_trait {
    SKILL_FIT = 1,       /* needs the line */
    SKILL_RANKS = 2,     /* needs ranks */
    SKILL_ERRORS = 4,    /* needs the quartiles of the errors */
    SKILL_QUARTILES = 8, /* needs those of the observations */
    SKILL_UNIT = 16,     /* has the unit of the values */
    SKILL_COUNT = 32,    /* counts records: has no interval */
};

struct statistic {
    const char *name;
    double (*of)(const struct skill_case *c);
    unsigned traits;
};

/* The last has no name. */
extern const struct statistic skill_table[];

/* A choice of them, in order. */
struct skill_choice {
    const struct statistic **item;
    size_t n;
    enum fit_kind fit;
};

/* Reads "bias,rmse"; NULL is all of the table, but for what knows no weights when there are
 * some. MSG_USAGE, told, with the option's name. */
int skill_choose(struct skill_choice *choice, const char *option, const char *list,
                 bool weights);
void skill_choice_free(struct skill_choice *choice);

/* The statistics of pairs into result, one an item. Adds to reason, unless it is NULL, why
 * some are NaN: texts parted by "; ", or nothing. */
void skill_compute(const struct skill_choice *choice, const struct pairs *p, double *result,
                   struct buf *reason);

#endif
