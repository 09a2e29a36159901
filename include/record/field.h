/* field: a field of a record.
 *
 * A text is missing where its field is NA, NaN in any case, or, as CSV of others has it,
 * empty; it is written as NA. A number is missing where its field is NA or NaN (num.h),
 * and a value (rec_value) where it is empty in CSV. Else an empty field is an error where a
 * number or a path is needed: it is more often a mistake than meant. */
#ifndef ECO_RECORD_FIELD_H
#define ECO_RECORD_FIELD_H

#include "base/buf.h"
#include "base/slice.h"

/* What parts fields: TAB in records; REC_BLANK: runs of blanks and TABs; a comma or any
 * other character in CSV, where double quotes quote and the first line is the legend. */
enum { REC_TAB = '\t', REC_COMMA = ',', REC_BLANK = ' ' };

static inline bool rec_is_csv(char delimiter)
{
    return delimiter != REC_TAB && delimiter != REC_BLANK;
}

/* Whether it says that there is no text. */
bool rec_is_missing(struct slice f);

/* The bytes of a path as it stands in a field, its escapes undone, into b. */
void rec_unescape(struct buf *b, const char *s, size_t n);

#endif
