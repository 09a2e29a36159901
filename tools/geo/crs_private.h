/* crs_private: what crs.c, crs_utm.c and crs_operations.c share; PROJ stays inside of them.
 */
#ifndef ECO_GEO_CRS_PRIVATE_H
#define ECO_GEO_CRS_PRIVATE_H

#include "geo/crs.h"
#include <proj.h>

enum { CRS_MAP_TEXT = 256 }; /* of PROJ's last message */

struct crs_transform {
    PJ_CONTEXT *context;
    PJ *operation; /* NULL for the identity */
    int degrees;   /* of an operation from and to radians: see crs_wgs84_utm_operation */
    char text[CRS_MAP_TEXT];
    unsigned flags;
    bool exact;      /* the operation is a conversion: it has no error to speak of */
    char *from, *to; /* NULL for the identity */
    double seen[4];  /* bounds of the points so far: smallest x, y, largest x, y */
    struct crs_operations tally;
    size_t current; /* the operation in tally that the last point went through */
    bool changed;   /* PROJ said something since: perhaps that it took another one */
};

/* A context whose last message of an error goes to text, which must live as long. */
PJ_CONTEXT *crs_context(char text[CRS_MAP_TEXT]);

/* A CRS from its text, or NULL, told. */
PJ *crs_create(PJ_CONTEXT *context, const char *crs, const char *what,
               char text[CRS_MAP_TEXT]);

/* The operation between two CRSs that crs_wgs84_utm knows, the one that PROJ would choose;
 * NULL for others. The context is then of use for nothing else. degrees: -1 for a
 * projection, which takes longitude and latitude in radians; 1 for one that is to be done
 * backwards, which gives them; 0 for what takes and gives what the CRSs have. */
PJ *crs_wgs84_utm_operation(PJ_CONTEXT *context, const char *from, const char *to,
                            int *degrees);

/* For a map with CRS_TALLY: begins to listen to PROJ; transforms points one by one,
 * counting them. Points that fail are left with coordinates that are not finite. */
void crs_transform_watch(struct crs_transform *map);
void crs_transform_count(struct crs_transform *map, double *x, double *y, double *z,
                         double *t, size_t n);

/* For a map with CRS_BOUNDS: takes note of where points lie. */
void crs_transform_extend(struct crs_transform *map, const double *x, const double *y,
                          size_t n);

#endif
