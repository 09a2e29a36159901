/* crs_private: what crs_transform.c, crs_tally.c and crs_operations.c know of a transform.
 */
#ifndef ECO_GEO_CRS_PRIVATE_H
#define ECO_GEO_CRS_PRIVATE_H

#include "crs_proj.h"

struct crs_operation;
struct crs_operations;

struct crs_transform {
    const struct crs *from, *to;
    struct crs_path path;
    bool owns; /* the path; else it is that of the CRS */
    unsigned flags;
    double seen[4]; /* bounds of the points so far: smallest x, y, largest x, y */
    struct crs_operations *tally; /* with CRS_TALLY, else NULL */
    size_t current; /* the operation in tally that the last point went through */
    bool changed;   /* PROJ said something since: perhaps that it took another one */
};

/* One of its ends as it is transformed: whole, or its horizontal part. */
const PJ *crs_transform_end(const struct crs_transform *map, const struct crs *crs);

/* A new entry in a list of operations: their names and accuracies as PROJ has them, the
 * changes of axis order around a name left out (a user's coordinates are always in one
 * order). */
struct crs_operation *crs_operations_add(struct crs_operations *ways, char *name,
                                         double accuracy);
char *crs_operation_name(const char *name);
double crs_operation_accuracy(PJ_CONTEXT *context, const PJ *operation);

/* For a map with CRS_TALLY: gives it its list; transforms points one by one, counting them,
 * and listens to PROJ meanwhile. Points that fail are left with coordinates that are not
 * finite. */
void crs_tally_open(struct crs_transform *map);
void crs_tally_forward(struct crs_transform *map, double *x, double *y, double *z,
                       double *t, size_t n);
void crs_tally_close(struct crs_transform *map);

/* For a map with CRS_BOUNDS: takes note of where points lie. */
void crs_tally_extend(struct crs_transform *map, const double *x, const double *y,
                      size_t n);

#endif
