/* crs_operations: which operations there are from one CRS to another, how good they are,
 * and which of them points went through. */
#ifndef ECO_GEO_CRS_OPERATIONS_H
#define ECO_GEO_CRS_OPERATIONS_H

#include <stdbool.h>
#include <stddef.h>

struct crs_transform;

/* One of the operations that lead from one CRS to another: PROJ chooses among them point
 * by point. */
struct crs_operation {
    char *name;
    double accuracy; /* m; NaN: unknown, as where a datum shift is left out (ballpark) */
    char *missing;   /* the grids that it needs and that are not installed, or NULL */
    size_t points;   /* that went through it */
};
struct crs_operations {
    struct crs_operation *way;
    size_t n, cap;
};

/* The operations that points went through, of a map opened with CRS_TALLY. */
const struct crs_operations *crs_transform_tally(const struct crs_transform *map);

/* The operations that there are where the points lay, of a map opened with CRS_BOUNDS,
 * as PROJ would rank them if no grid were missing; none for a map that has no error.
 * Free them. */
void crs_transform_operations(struct crs_transform *map, struct crs_operations *ways);
void crs_operations_free(struct crs_operations *ways);

/* Says which grids are missing where the points lay, and how good the operation is
 * without them: the best of them as a warning, or, with `all`, each, after the operations
 * that points went through. Of a map opened with CRS_BOUNDS, and CRS_TALLY for all. */
void crs_transform_report(struct crs_transform *map, bool all);

#endif
