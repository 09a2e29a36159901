/* writer: records out: metadata, and texts as fields.
 *
 * In a record TAB, newline and backslash are escaped, and # at the beginning of a text,
 * which would make a comment of its record; in CSV fields are quoted. See record/field.h
 * for texts that are missing. Delimiters are REC_TAB or those of CSV. */
#ifndef ECO_RECORD_WRITER_H
#define ECO_RECORD_WRITER_H

#include "record/reader.h"

/* A line of metadata. */
void rec_put_pair(struct out *o, const char *key, const char *value);

/* The metadata of r (may be NULL) but for the keys listed in `less`, a NULL-terminated
 * list (may be NULL); then ##cmd= when it is not NULL. */
void rec_put_meta(struct out *o, const struct rec_reader *r, const char *const *less,
                  const char *command);

/* A text as a field. */
void rec_put_text(struct out *o, char delimiter, const char *text);
void rec_add_text(struct buf *b, char delimiter, const char *s, size_t n);

/* A field that was read as it stands between delimiters of `from`, but unquoted. */
void rec_add_field(struct buf *b, char delimiter, char from, struct slice f);

/* A text with the escapes of TAB, newline and backslash alone, as in metadata. */
void rec_put_escaped(struct out *o, const char *text);

#endif
