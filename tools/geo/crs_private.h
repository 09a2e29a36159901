/* crs_private: what crs_transform.c, crs_tally.c and crs_operations.c know of a transform.
 */
#ifndef ECO_GEO_CRS_PRIVATE_H
#define ECO_GEO_CRS_PRIVATE_H

#include "crs_proj.h"
#include "geo/crs.h"

struct crs_transform {
    PJ_CONTEXT *context;
    PJ *operation; /* NULL for the identity */
    int degrees;   /* of an operation from and to radians: see crs_proj_wgs84_utm */
    char text[CRS_PROJ_TEXT];
    unsigned flags;
    bool exact;      /* the operation is a conversion: it has no error to speak of */
    char *from, *to; /* NULL for the identity */
    double seen[4];  /* bounds of the points so far: smallest x, y, largest x, y */
    struct crs_operations tally;
    size_t current; /* the operation in tally that the last point went through */
    bool changed;   /* PROJ said something since: perhaps that it took another one */
};

/* A new entry in a list of operations: their names and accuracies as PROJ has them, the
 * changes of axis order around a name left out (a user's coordinates are always in one
 * order). */
struct crs_operation *crs_operations_add(struct crs_operations *ways, char *name,
                                         double accuracy);
char *crs_operation_name(const char *name);
double crs_operation_accuracy(PJ_CONTEXT *context, const PJ *operation);

/* For a map with CRS_TALLY: begins to listen to PROJ; transforms points one by one,
 * counting them. Points that fail are left with coordinates that are not finite. */
void crs_transform_watch(struct crs_transform *map);
void crs_transform_count(struct crs_transform *map, double *x, double *y, double *z,
                         double *t, size_t n);

/* For a map with CRS_BOUNDS: takes note of where points lie. */
void crs_transform_extend(struct crs_transform *map, const double *x, const double *y,
                          size_t n);

#endif
