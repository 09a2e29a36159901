/* record_table: the columns of records that a picture shows. */
#ifndef ECO_PLOT_RECORD_TABLE_H
#define ECO_PLOT_RECORD_TABLE_H

#include "gnuplot.h"

enum { PLOT_COLUMNS = 8, PLOT_GROUPS = 40 };

struct plot_column {
    char *column; /* its name in the records */
    double *v;    /* NaN where there is none that a picture can show */
    long beyond;  /* how many it cannot: infinite, or larger than PLOT_MOST */
    char *name;   /* what it is called: of the column "value", the layer */
    char *unit;   /* or NULL */
};

struct record_table {
    const char *time, *by; /* names of columns or NULL; borrowed */
    const char *units;     /* one for all columns, or a list, instead of what the records
                              say; or NULL; borrowed */
    struct plot_column column[PLOT_COLUMNS];
    int ncolumns;

    /* set by record_table_read */
    size_t n;
    double *seconds; /* since 1970, of the time; NaN where there is none */
    bool *night;     /* before 6 or from 18 h on, by the column solar_time, or else by the
                        longitude; false where nothing tells */
    int *group;      /* which of the groups, by the text of the column `by` */
    char **group_name;
    int ngroups;
    size_t cap[PLOT_COLUMNS + 4]; /* private */
};

/* "x,y,z": the columns of numbers; told when there are too many. */
bool record_table_columns(struct record_table *t, const char *option, const char *names);

/* Whether the units go with the columns; told when not. */
int record_table_check(const struct record_table *t);

/* Reads files of records, or stdin without any. */
int record_table_read(struct record_table *t, char **inputs, int ninputs, bool csv);
void record_table_free(struct record_table *t);

/* Name and unit of a column, as gnuplot's markup. */
void record_table_label(const struct plot_column *c, struct buf *b);

#endif
