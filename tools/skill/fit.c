/* fit: the line through pairs. */
#include "fit.h"
#include "base/dd.h"
#include "base/mem.h"
#include "ranks.h"
#include "skill/skill_options.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const skill_fit_names[] = {"ols", "theil-sen", "deming", "rma", NULL};

static double median(const double *v, size_t n)
{
    double *sorted = mem_alloc(n, sizeof *sorted);
    memcpy(sorted, v, n * sizeof *sorted);
    ranks_sort(sorted, n);
    double result = ranks_quantile(sorted, n, 0.5);
    free(sorted);
    return result;
}

static const struct dd none = {NAN, 0};

/* (q + sqrt(q^2 + 4 S_os^2)) / (2 S_os), q = S_ss - S_oo. */
static struct dd deming(const struct moments *m)
{
    struct dd q = dd_add(m->ss, dd_minus(m->oo)), twice = dd_scaled(m->os, 2);
    struct dd root = dd_root(dd_add(dd_times(q, q), dd_times(twice, twice)));
    if (m->os.hi == 0)
        return none;
    /* Of the two equal forms the one that does not cancel. */
    return q.hi >= 0 ? dd_over(dd_add(q, root), twice)
                     : dd_over(twice, dd_add(root, dd_minus(q)));
}

/* sign(r) sd s / sd o */
static struct dd reduced(const struct moments *m)
{
    struct dd size = dd_root(dd_over(m->ss, m->oo));
    return m->os.hi == 0 ? none : m->os.hi < 0 ? dd_minus(size) : size;
}

struct moments_line fit_line(enum fit_kind kind, const struct pairs *p,
                             const struct moments *m)
{
    struct moments_line line = {NAN, NAN};
    if (kind == FIT_OLS || m->n < 2 || m->oo.hi == 0)
        return moments_ols(m);
    if (kind != FIT_THEIL_SEN)
        return moments_through(m, kind == FIT_DEMING ? deming(m) : reduced(m));
    line.slope = ranks_median_slope(p);
    line.intercept = fma(-line.slope, median(p->o, p->n), median(p->s, p->n));
    return line;
}
