/* sorted_reader: a stream of records that is sorted by some columns and then by time.
 *
 * Reads record after record, knows the key (the texts of the columns `by`) and the time of
 * each, and tells of the first that stands in the wrong place. */
#ifndef ECO_MATCH_SORTED_READER_H
#define ECO_MATCH_SORTED_READER_H

#include "record/form.h"

enum { SORTED_BY = 20 };

struct sorted_reader {
    struct rec_reader in;
    char *path;
    int by[SORTED_BY], nby; /* columns of the key */
    int time;               /* the column of time */
    bool utc;               /* times without a zone are UTC */

    /* the present record */
    struct buf key; /* its texts, each with a NUL behind it */
    double seconds; /* NaN where the time is missing */

    /* private */
    struct buf before;
    double last;
    bool any;
};

/* Opens a file and finds its columns, with the options' names for messages: --by, `option`.
 */
int sorted_open(struct sorted_reader *s, char *path, const struct rec_form *form,
                const char *by, const char *option, const char *time, bool utc);
void sorted_close(struct sorted_reader *s);

/* A column beside those, or -1 for NULL; told with the option's name. */
int sorted_column(struct sorted_reader *s, const char *option, const char *name,
                  int *column);

/* The next record: 1, 0 at the end, -1 when it is bad, and told. */
int sorted_next(struct sorted_reader *s);

/* A time of the present record in seconds since 1970; NaN where it is missing. False, and
 * told, for what is none, knows no time of day or, unless `utc`, no zone. */
bool sorted_time(const struct sorted_reader *s, int column, double *seconds);

/* How two keys stand to each other: below 0, 0, above 0. */
int sorted_compare(const struct buf *a, const struct buf *b);

/* A key as people read it, its texts parted by blanks; added to b. */
void sorted_name(struct buf *b, const struct buf *key);

#endif
