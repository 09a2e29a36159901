/* crs_transform: coordinate operations from one CRS to another, by PROJ.
 *
 * Failed points become NaN. An operation between two CRSs of crs_of is worked out once a
 * process, however often it is opened. */
#ifndef ECO_GEO_CRS_TRANSFORM_H
#define ECO_GEO_CRS_TRANSFORM_H

#include "geo/crs.h"
#include <stddef.h>

struct crs_transform;

/* Opens the operation. area is W, S, E, N in degrees, where the coordinates lie, or
 * NULL: it lets PROJ choose among operations. what names the CRS's owner in messages
 * ("scene.tif"). Equal CRSs make an identity. The CRSs are borrowed. */
int crs_transform_open(struct crs_transform **map, const struct crs *from,
                       const struct crs *to, const double *area, const char *what);

/* The same, opened in other ways. */
enum {
    CRS_AUTHORITY_ORDER = 1, /* coordinates in the axis order of each CRS's authority */
    CRS_BOUNDS = 2,          /* remembers where points lay: crs_operations.h asks for it */
    CRS_TALLY = 4,           /* counts the points of each operation; slower */
    CRS_HEIGHTS = 8,         /* heights count; else a CRS is its horizontal part */
};
int crs_transform_open_as(struct crs_transform **map, const struct crs *from,
                          const struct crs *to, const double *area, unsigned flags,
                          const char *what);

void crs_transform_close(struct crs_transform *map);
bool crs_transform_identity(const struct crs_transform *map);

/* A full turn of the x that it gives, of whose turns it gives any; 0 where x is no angle,
 * and for the identity, which leaves x where it is. */
double crs_transform_turn(const struct crs_transform *map);

/* In place, n points, `stride` doubles apart (1 for plain arrays). NaN in, NaN out. */
void crs_forward(struct crs_transform *map, double *x, double *y, size_t stride, size_t n);
void crs_inverse(struct crs_transform *map, double *x, double *y, size_t stride, size_t n);

/* Forward with heights z and times t (decimal years); either may be NULL: heights are
 * then 0, times unknown. A height that is NaN counts as 0 and stays NaN, a time that is
 * NaN is unknown. When x or y fails, all three are NaN; t is left in any state. */
void crs_forward_zt(struct crs_transform *map, double *x, double *y, double *z, double *t,
                    size_t n);

#endif
