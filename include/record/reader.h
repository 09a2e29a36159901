/* reader: streams of records.
 *
 * A record is a line of fields parted by TAB. A stream is optional lines of
 * metadata (##key=value), one legend line (#name<TAB>name...), then records;
 * other lines that open with # are comments. See eco-records(7).
 *
 * A reader goes through its inputs one after the other as if they were one
 * stream: a legend that differs is an error, and so is a ##crs, ##crs. or ##unit. that
 * differs or comes only after records; other metadata stands as it came first, and
 * of ##cmd only that of the first input counts. A line may be of any length; CRLF, a
 * missing last newline and a UTF-8 byte order mark are understood. Memory is one block and
 * the longest line. What is no text of that form is refused by name: UTF-16 and UTF-32,
 * lines that end in CR alone, compressed files, CSV parted by something else than commas; a
 * line sep=, before CSV is passed over.
 *
 * Fields are slices into the reader's buffers, good until the next rec_next.
 * Bad lines are told with the input's name and the line's number. */
#ifndef ECO_RECORD_READER_H
#define ECO_RECORD_READER_H

#include "base/out.h"
#include "record/field.h"
#include <stdbool.h>
#include <stddef.h>

struct rec_pair {
    char *key, *value;
};

struct rec_reader {
    /* set by rec_open */
    char **inputs;
    int ninputs;
    char delimiter;
    bool headless;    /* there is no legend: do not take a CSV's first line for one */
    bool names_first; /* of TAB and blank: a first line without a number is the legend */
    bool lone_cr; /* a CR alone ends a line too; what parts fields is the caller's to see */
    struct buf *comments; /* where comment lines are added; NULL drops them */

    /* the present line */
    const char *name;    /* of the present input, for messages */
    size_t line;         /* its number, from 1 */
    struct slice *field; /* values, unquoted */
    struct slice *raw;   /* the same as they stand in the line */
    size_t nfields;
    struct slice text; /* the whole line, without its end */
    bool unended;      /* the input ended before a newline */

    /* the stream */
    struct rec_pair *meta; /* in the order of the stream */
    size_t nmeta;
    char **legend; /* names, without the # */
    size_t nlegend;
    char *legend_line; /* as it stood, without the # and its end; NULL when none */
    bool marked;       /* by # */

    /* private */
    int input, fd;
    bool owns_fd, at_end, started, headed, after_cr;
    size_t lines; /* of the present input, so far */
    char *block;
    size_t begin, end, cap, field_cap, meta_cap;
    struct buf scratch;
    bool pending; /* a record was read ahead by rec_head */
    int pending_status;
};

/* Reads the files named, or stdin when there are none; "-" is stdin. The names
 * are borrowed. Opening happens as reading goes on. */
void rec_open(struct rec_reader *r, char **inputs, int ninputs, char delimiter);
void rec_close(struct rec_reader *r);

/* Reads on to the first record or the end, so that metadata and legend are there. */
int rec_head(struct rec_reader *r);

/* The next record: 1, or 0 at the end, or -1 on a malformed line (which was told
 * and can be passed over by calling again), or -2 when reading must stop (the input
 * cannot be read, or its legend differs). */
int rec_next(struct rec_reader *r);

/* Whether more input is already there, so that a filter on a terminal or pipe may
 * go on before it flushes. */
bool rec_more(const struct rec_reader *r);

/* The column of that name, or -1. */
int rec_column(const struct rec_reader *r, const char *name);

/* The value of a metadata key, or NULL. */
const char *rec_meta(const struct rec_reader *r, const char *key);

/* Says what is wrong with the present record: "FILE:LINE: column: what: "value"". */
void rec_complain(const struct rec_reader *r, int column, const char *what);

/* The present record's field as a number; false when it is none, and told. */
bool rec_number(const struct rec_reader *r, int column, double *v);

/* The same for a value that may be missing: an empty field is NaN in CSV, as other programs
 * write it. */
bool rec_value(const struct rec_reader *r, int column, double *v);

/* Whether any field of the present line is a number, or a missing one. */
bool rec_has_number(const struct rec_reader *r);

#endif
