/* moments: sums over pairs, from which most statistics are made.
 *
 * With weights w (1 without any), W their sum, o observed, s simulated and d = s - o. Sums
 * are of twice the digits of a double (dd.h) and about exact means, in two passes; those
 * that others are made from stay so. */
#ifndef ECO_BASE_MOMENTS_H
#define ECO_BASE_MOMENTS_H

#include "base/dd.h"
#include "base/pairs.h"

struct moments {
    size_t n;
    double w, w_less;     /* W, and W - sum w^2 / W: n - 1 with weights of 1 */
    struct dd o, s;       /* means */
    double d;             /* mean of s - o */
    double abs_d;         /* mean of |d| */
    struct dd oo, ss, os; /* sums of w times products about the means */
    double dd;            /* the same of d */
    double sse;           /* sum w d^2 */
    double spread;        /* sum w |o - mean o| */
    double potential;     /* sum w (|s - mean o| + |o - mean o|)^2 */
    double o_least, o_most, s_least, s_most;
};

/* Of no pairs all are 0. A column that is constant has means and sums about them that are
 * exactly that value and 0. */
void moments_of(struct moments *m, const struct pairs *p);

/* What is said of them in tables and in pictures: mean of d; root of the mean of d^2, by W;
 * Pearson's r, or its square; the line of least squares of s on o. NaN where there is none:
 * of no pairs, or of a column that is constant. */
double moments_bias(const struct moments *m);
double moments_rmse(const struct moments *m);
double moments_r(const struct moments *m);
double moments_r2(const struct moments *m);
struct moments_line {
    double slope, intercept;
};
struct moments_line moments_ols(const struct moments *m);

/* The line of that slope through the means. */
struct moments_line moments_through(const struct moments *m, struct dd slope);

#endif
