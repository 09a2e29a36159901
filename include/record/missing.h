/* missing: numbers that stand for none, such as -9999.
 *
 * Which ones do, users say by --missing. A -9999 that nobody declared is a number, and
 * who reads counts it, so that a warning can tell. */
#ifndef ECO_RECORD_MISSING_H
#define ECO_RECORD_MISSING_H

#include "base/options.h"
#include "record/reader.h"

enum { MISSING_MOST = 20 };

struct missing {
    double value[MISSING_MOST];
    int n;
};

void missing_options_add(struct missing *m, struct options *o);

/* rec_value, with NaN for what stands for none. *undeclared grows by one for -9999. */
bool missing_value(const struct missing *m, const struct rec_reader *r, int column,
                   size_t *undeclared, double *v);

/* Warns of a column that held so many. */
void missing_warn(const char *column, size_t undeclared);

#endif
