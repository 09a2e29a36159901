/* tower_vars: which columns of a file are a variable and its quality.
 *
 * A variable that is a column's name to the letter, such as LE_CORR_25, is that column, but
 * for those that the rule (--flux) has a better one for:
 *
 *   corrected   NAME_CORR, NAME_F_MDS, NAME_F, NAME
 *   filled      NAME_F_MDS, NAME_F, NAME
 *   measured    NAME
 *
 * and then NAME_1_1_1 and its like, when there is just one. Its quality is COLUMN_QC, for
 * NAME_CORR that of NAME_F_MDS, for NAME of AmeriFlux NAME_SSITC_TEST. */
#ifndef ECO_TOWER_TOWER_VARS_H
#define ECO_TOWER_TOWER_VARS_H

#include "base/out.h"
#include "tower_file.h"

struct tower_var {
    char *name, *source, *quality; /* of the columns in the file; quality may be NULL */
    char *unit;                    /* or NULL */
    int column, quality_column;
    bool shows_quality; /* it goes into the records, as NAME_QC */
    size_t values;      /* how many are not NaN, so far */
};

struct tower_vars {
    struct tower_var *var;
    size_t n;
};

/* Finds the variables in the first file. */
int tower_vars_init(struct tower_vars *v, const struct tower_options *o,
                    const struct tower_file *f);
void tower_vars_free(struct tower_vars *v);

/* Finds them in a further file; MSG_INPUT, told, where they are other columns there. */
int tower_vars_place(struct tower_vars *v, const struct tower_options *o,
                     const struct tower_file *f);

/* The values of the present record, qualities behind those that have one, into value[2 i]
 * and value[2 i + 1]. False, and told, when one is no number. */
bool tower_vars_read(struct tower_vars *v, const struct tower_options *o,
                     const struct tower_file *f, double *value);

#endif
