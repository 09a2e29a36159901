/* skill_options: what is asked of eco-stats. */
#ifndef ECO_SKILL_SKILL_OPTIONS_H
#define ECO_SKILL_SKILL_OPTIONS_H

#include "record/form.h"
#include "record/missing.h"
#include <stdbool.h>

enum { SKILL_MODELS = 100, SKILL_BY = 20 };

struct skill_options {
    const char *observed, *models, *by, *weights, *block; /* columns; by NULL: one group */
    const char *statistics;                               /* a list, or NULL: all */
    struct missing missing;
    int fit;             /* of skill_fit_names */
    int bootstrap, seed; /* rounds, or 0 */
    double level;        /* of the intervals: 0.95 */
    struct rec_form form;
    bool csv;
    const char *command; /* for ##cmd=, or NULL */
};

/* What lines can be fitted by, NULL-terminated. */
extern const char *const skill_fit_names[];

#endif
