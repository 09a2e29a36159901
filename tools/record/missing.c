/* missing: numbers that stand for none. */
#include "record/missing.h"
#include <math.h>

/* What tables of towers have where there is no value. */
static const double customary = -9999;

void missing_options_add(struct missing *m, struct options *o)
{
    const struct option_row rows[] = {
        OPTION_NUMBERS("missing", "V[,V]...", m->value, 1, MISSING_MOST, &m->n,
                       "numbers that stand for none, such as -9999"),
        OPTION_END,
    };
    options_add(o, rows, 0);
}

bool missing_value(const struct missing *m, const struct rec_reader *r, int column,
                   size_t *undeclared, double *v)
{
    if (!rec_value(r, column, v))
        return false;
    for (int i = 0; i < m->n; i++)
        if (*v == m->value[i])
            *v = NAN;
    *undeclared += *v == customary;
    return true;
}

void missing_warn(const char *column, size_t undeclared)
{
    if (undeclared)
        msg_warn("%s holds -9999 in %zu records, and it is counted as a number: "
                 "--missing -9999 leaves it out",
                 column, undeclared);
}
