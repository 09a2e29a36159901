/* csv: CSV as RFC 4180 has it: fields parted by commas, or by another character, in double
 * quotes where they hold that, quotes (which are doubled) or newlines. */
#ifndef ECO_RECORD_CSV_H
#define ECO_RECORD_CSV_H

#include "base/out.h"
#include "record/field.h"

/* Reading: where a search for the end of a line has come to, so that more input goes on
 * from there. A zeroed one is at the line's beginning. */
struct csv_place {
    size_t at;
    enum { CSV_START, CSV_PLAIN, CSV_QUOTED, CSV_AFTER_QUOTE } state;
};

/* The newline that ends the line at s, or NULL when it is not among the n bytes. */
const char *csv_line_end(const char *s, size_t n, char delimiter, struct csv_place *p);

/* How many newlines stand in a line: within its quotes. */
size_t csv_newlines(const char *s, size_t n);

/* A field that opens with a quote, at *s, which moves on to the delimiter behind it, or to
 * the end. Its value is added to scratch and a slice of it; that must have room for all
 * fields of the line, so that it does not move. Returns NULL, or what is wrong. */
const char *csv_unquote(const char **s, const char *end, char delimiter,
                        struct buf *scratch, struct slice *value);

/* Whether a first line of so many fields can be a heading: not one that semicolons part,
 * which is told with the input's name and the line's number. */
bool csv_is_heading(const struct slice *line, size_t fields, const char *name,
                    size_t number);

/* Writing: a text as a field, quoted where it must be. */
void csv_put(struct out *o, char delimiter, const char *text);
void csv_add(struct buf *b, char delimiter, const char *s, size_t n);

#endif
