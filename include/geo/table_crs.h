/* table_crs: where the coordinates of a table stand, and in which CRS they are.
 *
 * The columns are those that the user names, or x and y, or longitude and latitude
 * (record/columns.h). Where both pairs are there, x and y are meant when their CRS is
 * known and has no angles, else longitude and latitude.
 *
 * The CRS is the one that the user names; else that of the column, ##crs.X= for a column X;
 * else that of each record, in a column crs; else the stream's, ##crs=; else, for columns
 * named longitude and latitude, EPSG:4326. */
#ifndef ECO_GEO_TABLE_CRS_H
#define ECO_GEO_TABLE_CRS_H

#include "geo/crs.h"
#include "record/reader.h"

/* What the user said, and by which options he can say more. */
struct table_crs_query {
    const char *columns;   /* for columns.h; NULL: by their names */
    int most;              /* how many may be named: 2, or with height and time 4 */
    const struct crs *crs; /* NULL: as the table says */
    const char *columns_option, *crs_option;
    bool by_record;  /* records may have a CRS each */
    bool no_default; /* longitude and latitude are in no CRS by themselves */
};

struct table_crs {
    int column[4];         /* of x, y, z, t; -1: there is none */
    const struct crs *crs; /* NULL: each record has its own */
    int crs_column;        /* where that stands, or -1 */
    bool own; /* the table has a CRS of these columns: ##crs= is not about them */
};

/* For a table whose head was read. MSG_USAGE or MSG_INPUT, told. */
int table_crs_find(struct table_crs *t, const struct table_crs_query *q,
                   const struct rec_reader *r);

#endif
