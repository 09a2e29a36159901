/* fit: the line s = slope * o + intercept through pairs. */
#ifndef ECO_SKILL_FIT_H
#define ECO_SKILL_FIT_H

#include "base/moments.h"

enum fit_kind {
    FIT_OLS,       /* least squares of s: slope = S_os / S_oo */
    FIT_THEIL_SEN, /* median slope; intercept = median s - slope * median o */
    FIT_DEMING,    /* least squares of the distance, both errors of the same variance */
    FIT_RMA,       /* reduced major axis: sign(r) * sd s / sd o */
};

/* NaN where there is no such line. Theil-Sen knows no weights. */
struct moments_line fit_line(enum fit_kind kind, const struct pairs *p,
                             const struct moments *m);

#endif
