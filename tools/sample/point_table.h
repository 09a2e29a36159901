/* point_table: the points of a table, many at a time.
 *
 * A table is records with a legend, CSV, or records without a legend whose coordinates
 * are named by number; geo/table_crs.h says how they and their CRS are found. NaN is a
 * coordinate; an empty field is none. */
#ifndef ECO_SAMPLE_POINT_TABLE_H
#define ECO_SAMPLE_POINT_TABLE_H

#include "base/buf.h"
#include "geo/crs_transform.h"
#include "geo/table_crs.h"
#include "sample/point_options.h"

enum { POINT_TABLE_MANY = 1 << 19 };

struct point_table {
    struct point_table_options options;
    struct table_crs in; /* the coordinates, and their CRS */

    /* the present ones: coordinates, and the records as they will be written: text from
     * at[i] to at[i + 1] */
    size_t n;
    double *x, *y;
    struct buf text;
    size_t *at;

    int status; /* MSG_INPUT once a record was passed over */

    struct rec_reader reader;
    char *inputs[1];
    size_t nfields;
    struct crs_transform *to_degrees;
    double *longitude, *latitude; /* of the present ones, once they are asked for */
    size_t longitude_cap, latitude_cap;
    bool placed;
    size_t cap, at_cap;
};

/* Reads as far as the first record. MSG_INPUT, told, when the table has no such columns
 * or no CRS. */
int point_table_open(struct point_table *p, const struct point_table_options *options);
void point_table_close(struct point_table *p);

/* The next POINT_TABLE_MANY, or what is left: 1, 0 at the end, -1 when reading stops
 * (told). */
int point_table_next(struct point_table *p);

/* The longitudes of the present ones, in degrees. */
const double *point_table_longitudes(struct point_table *p);

/* The names of its columns, as they stand in the output's legend. */
void point_table_put_legend(const struct point_table *p, struct out *o);

/* Whether the table has a column of that name. */
bool point_table_has(const struct point_table *p, const char *name);

#endif
