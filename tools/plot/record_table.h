/* record_table: the columns of records that a picture shows, and its command line.
 *
 * A picture of records sets what it asks for, or has its options do that, and opens the
 * table: that takes the command line and reads all records. What is not given a value is
 * NULL or zero. */
#ifndef ECO_PLOT_RECORD_TABLE_H
#define ECO_PLOT_RECORD_TABLE_H

#include "base/pairs.h"
#include "gnuplot.h"
#include "record/form.h"
#include "record/missing.h"

enum { PLOT_COLUMNS = 8, PLOT_GROUPS = 40 };

struct plot_column {
    double *v;         /* NaN where there is none that a picture can show */
    size_t values;     /* how many are numbers */
    size_t beyond;     /* how many a picture cannot show: infinite, or above PLOT_MOST */
    size_t undeclared; /* how many are -9999 */
    char *name;        /* what it is called: of the column "value", the layer */
    char *unit;        /* or NULL */
    int at;            /* where it stands in a record */
};

struct record_table {
    /* what is asked for; texts are borrowed */
    const char *usage, *examples;
    const char *x, *y;  /* columns of numbers: one, or NULL for none; and one or several */
    const char *y_name; /* the option that names y, for messages; NULL: --y */
    int most_y;         /* how many y may be; 0: as many as there is room for */
    const char *by;     /* the column of the groups, or NULL */
    const char *time;   /* the column of the times; NULL: `time`, or else the middle of
                           `start`   and `end` */
    bool times, hours;  /* wants times, and hours of the sun where they are known; and
                           hours */
    bool places;        /* wants coordinates */
    const char *coordinates, *crs_name; /* their columns and CRS, or NULL */
    struct plot_options options;
    struct missing missing;
    struct rec_form form;

    /* set by record_table_open */
    struct options o;
    struct plot_column column[PLOT_COLUMNS]; /* x, or both coordinates, if asked for; y */
    int ncolumns;
    const struct crs *crs; /* of the coordinates */
    size_t n;
    double *seconds; /* since 1970, of the time; NaN where there is none */
    double *hour;    /* of the local solar time, by the column solar_time, or else by the
                        longitude; NaN where nothing tells */
    int *group;      /* which of the groups, by the text of the column `by` */
    char **group_name;
    int ngroups;
    size_t cap[PLOT_COLUMNS + 4]; /* private */
};

/* Takes the command line, by the picture's own rows and those that all have; both that and
 * reads what it names. */
int record_table_parse(struct record_table *t, const struct option_row *rows, int argc,
                       char **argv);
int record_table_open(struct record_table *t, const struct option_row *rows, int argc,
                      char **argv);
/* Reads files of records, or stdin without any. */
int record_table_read(struct record_table *t, char **inputs, int ninputs);
void record_table_free(struct record_table *t);

/* Adds the pairs of x and another column of which neither is missing. */
void record_table_pairs(const struct record_table *t, int column, struct pairs *p);

/* Name and unit of a column, as gnuplot's markup. */
void record_table_label(const struct plot_column *c, struct buf *b);

/* The unit that all columns from one on have, or NULL. */
const char *record_table_unit(const struct record_table *t, int from);

#endif
