/* reproject_options: what is asked of eco-reproject. */
#ifndef ECO_REPROJECT_REPROJECT_OPTIONS_H
#define ECO_REPROJECT_REPROJECT_OPTIONS_H

#include "geo/crs.h"
#include "record/form.h"
#include <stdbool.h>

struct reproject_options {
    const struct crs *from, *to; /* from may be NULL */
    const char *columns;         /* x,y[,z[,t]] for columns.h; NULL: found by their names */
    const char *append;          /* names of new columns: x,y[,z]; NULL: replace */
    int decimals;                /* -1: as many as it takes to read the same double back */
    struct rec_form form;
    const double *area;   /* W, S, E, N where the points lie, or NULL */
    bool authority_order; /* coordinates in the order of each CRS's authority */
    bool strict;          /* a point that does not transform is an error */
    bool keep_going;      /* bad records are passed over */
    bool prompt;          /* records come out as they come in */
    bool accuracy;        /* tell the operations that points went through */
    const char *command;  /* for ##cmd=, or NULL */
};

#endif
