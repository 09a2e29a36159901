/* reproject: streams of records with their coordinates in another CRS.
 *
 * One record in, one record out, in order: coordinates are replaced where they stand, or
 * added behind; every other byte of a line stays what it was (its end becomes LF).
 *
 * The CRS that coordinates are in: the option's; else the stream's ##crs.X=, where X is
 * the name of the first coordinate's column; else that of each record, in a column crs;
 * else ##crs=. Where it came from, there the new one is written. Appended columns have
 * ##crs.NAME= of their own. Records wait until there are thousands to transform at once;
 * memory does not grow with the stream. */
#ifndef ECO_REPROJECT_REPROJECT_H
#define ECO_REPROJECT_REPROJECT_H

#include <stdbool.h>

struct reproject_options {
    const char *from, *to; /* texts for crs.h; from may be NULL */
    const char *columns;   /* x,y[,z[,t]] for columns.h; NULL: found by their names */
    const char *append;    /* names of new columns: x,y[,z]; NULL: replace */
    int decimals;          /* -1: as many as it takes to read the same double back */
    char delimiter;        /* as in record/reader.h */
    bool headless;         /* CSV without a legend */
    const double *area;    /* W, S, E, N where the points lie, or NULL */
    bool authority_order;  /* coordinates in the order of each CRS's authority */
    bool strict;           /* a point that does not transform is an error */
    bool keep_going;       /* bad records are passed over */
    bool prompt;           /* records come out as they come in */
    bool accuracy;         /* tell the operations that points went through */
    const char *command;   /* for ##cmd=, or NULL */
};

/* From files (stdin when there are none) to stdout. */
int reproject(const struct reproject_options *options, char **files, int nfiles);

#endif
