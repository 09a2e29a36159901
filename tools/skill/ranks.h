/* ranks: statistics of the order that values have.
 *
 * Weights take no part in them. Each takes O(n log n) time. */
#ifndef ECO_SKILL_RANKS_H
#define ECO_SKILL_RANKS_H

#include "base/pairs.h"

/* Kendall's tau-b (by Knight 1966) and Spearman's rho (Pearson's r of mean ranks). NaN
 * where a column is constant. */
void ranks_correlate(const struct pairs *p, double *tau, double *rho);

/* The median of the slopes (s_j - s_i) / (o_j - o_i) of all pairs of pairs that differ in
 * o: each of its middle ones as the largest double that is not above it. NaN without any.
 */
double ranks_median_slope(const struct pairs *p);

/* A quantile as R's type 7 has it, from n > 0 values in ascending order. */
double ranks_quantile(const double *v, size_t n, double at);

/* Puts n values in ascending order. */
void ranks_sort(double *v, size_t n);

#endif
