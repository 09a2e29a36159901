/* held_record: a record that outlives its line.
 *
 * A zeroed struct holds nothing; it can be filled again and again, and its owner frees it
 * at last. */
#ifndef ECO_MATCH_HELD_RECORD_H
#define ECO_MATCH_HELD_RECORD_H

#include "record/reader.h"

struct held_record {
    double start, end; /* seconds since 1970; of a satellite's both are its time */
    double first;      /* of a satellite's: when its overpass began */
    size_t line;       /* in its input */

    /* private */
    char *text; /* all fields, one behind the other */
    size_t *stop;
    size_t n, text_cap, stop_cap;
};

/* Keeps the fields of the present record. */
void held_set(struct held_record *h, const struct rec_reader *r);
void held_free(struct held_record *h);

struct slice held_field(const struct held_record *h, int column);

/* How many fields say that there is nothing. */
size_t held_missing(const struct held_record *h);

/* What records have together in a column: of numbers the mean of those that are there with
 * those weights (1 each when w is NULL), else the text that all have, or NA. NaN takes part
 * only when `strict`, which asks for all to be there. Added to b as it stands in records.
 */
void held_combine(struct buf *b, struct held_record *const *record, const double *w,
                  size_t n, int column, bool strict);

#endif
