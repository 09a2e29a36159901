/* layout: what is done with the records of one stream: which fields hold what,
 * which are replaced, and what the head of the output says. */
#ifndef ECO_REPROJECT_LAYOUT_H
#define ECO_REPROJECT_LAYOUT_H

#include "geo/table_crs.h"
#include "reproject/reproject_options.h"

enum { REPROJECT_HOLES = 4, REPROJECT_APPENDED = 3 };

/* A field that is replaced: by a coordinate, or by the new CRS's name. */
struct reproject_hole {
    int column;
    int axis; /* 0, 1, 2: x, y, z; -1: the CRS */
};

struct reproject_layout {
    struct table_crs in; /* the coordinates, and their CRS */
    bool alone;          /* other columns are in other CRSs: ##crs= is not for these */
    const char *to;      /* the name of the new one */
    char *to_field;      /* the same as it stands in a field of the output */
    struct reproject_hole hole[REPROJECT_HOLES]; /* in the order of their columns */
    int nholes;
    char *append[REPROJECT_APPENDED];
    int nappended;
};

/* For a stream whose head was read. MSG_INPUT or MSG_USAGE, told. */
int reproject_layout(struct reproject_layout *p, const struct reproject_options *o,
                     const struct rec_reader *r);
void reproject_layout_free(struct reproject_layout *p);

/* The head of the output: nothing but comments when the input had none. */
void reproject_put_head(const struct reproject_layout *p, const struct reproject_options *o,
                        const struct rec_reader *r, const struct buf *comments,
                        struct out *out);

#endif
