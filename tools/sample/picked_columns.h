/* picked_columns: some columns of a table, in the order that its user names them.
 *
 * Lines are those that would be written with all columns; of each the fields that were
 * picked are written as they stand. */
#ifndef ECO_SAMPLE_PICKED_COLUMNS_H
#define ECO_SAMPLE_PICKED_COLUMNS_H

#include "base/out.h"
#include "record/field.h"

struct picked_columns {
    char delimiter;
    size_t *column, n; /* by their numbers from 0 */
    struct slice *field;
    size_t fields;
};

/* Takes "a,b,c" of the columns of a legend, which has no end of line, and writes that of
 * those that were picked. MSG_USAGE, told with the option's name and all columns, when one
 * is not there or there twice. */
int picked_columns_open(struct picked_columns *p, const char *option, const char *list,
                        char delimiter, const char *legend, size_t n, struct out *o);
void picked_columns_free(struct picked_columns *p);

/* Writes one line, of n bytes without its end. */
void picked_columns_put(struct picked_columns *p, const char *line, size_t n,
                        struct out *o);

#endif
