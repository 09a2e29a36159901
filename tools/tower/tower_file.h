/* tower_file: a file of a tower, line by line, whatever network it is of.
 *
 * Byte order marks, CR and CRLF, blanks and no-break spaces about fields, comment lines
 * before the heading, and commas behind the last field are taken. */
#ifndef ECO_TOWER_TOWER_FILE_H
#define ECO_TOWER_TOWER_FILE_H

#include "record/reader.h"
#include "tower/tower_options.h"

enum tower_kind {
    TOWER_BASE,      /* AmeriFlux BASE */
    TOWER_FLUXNET,   /* FLUXNET, ONEFlux */
    TOWER_ICOS,      /* the same columns, by ICOS ETC */
    TOWER_DAYS,      /* FLUXNET by days */
    TOWER_REDDYPROC, /* text of REddyProc: names, units, Year DoY Hour */
    TOWER_CSV,       /* by --time, --start, --end */
};

/* What people call them. */
extern const char *const tower_kind_names[];

struct tower_file {
    struct rec_reader in;
    char *path;
    enum tower_kind kind;
    char *site;          /* or NULL: not known by the file */
    double step;         /* seconds of an interval, NaN where the file does not say */
    char **name, **unit; /* of the columns; unit is NULL, but for REddyProc */
    size_t n;
    int start, end, time, year; /* columns, or -1; of REddyProc DoY and Hour are behind year
                                   in doy and hour */
    int doy, hour, site_column, offset_column;

    /* the present record: n fields, trimmed */
    struct slice *field;

    /* private */
    size_t cap;
    char *input[1];
};

/* Reads the head and finds the columns of time. MSG_OK, or what is wrong, told. */
int tower_file_open(struct tower_file *f, const struct tower_options *o, char *path);
void tower_file_close(struct tower_file *f);

/* The next record: 1, 0 at the end, -1 when it is bad, -2 when the file cannot be read on,
 * both told. Lines without any text in
 * their fields are passed over. */
int tower_file_next(struct tower_file *f);

/* The column of that name, or -1. */
int tower_file_column(const struct tower_file *f, const char *name, size_t length);

/* Says what is wrong with the present record's field. */
void tower_file_complain(const struct tower_file *f, int column, const char *what);

/* The present record's interval on its own clock; `utc` when that is said to be UTC. False
 * when it has none, and told. */
bool tower_file_interval(struct tower_file *f, enum tower_dates dates, double *start,
                         double *end, bool *utc);

#endif
