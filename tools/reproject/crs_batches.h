/* crs_batches: operations from many CRSs to one, each with the points that wait for it.
 *
 * An operation is opened when its CRS is first met and kept for the next point. */
#ifndef ECO_REPROJECT_CRS_BATCHES_H
#define ECO_REPROJECT_CRS_BATCHES_H

#include "geo/crs_transform.h"

struct crs_batch {
    struct crs *from;
    struct crs_transform *map; /* NULL when there is no such operation */
    double *v[4]; /* x, y, z, t of the waiting points; z and t when they are wanted */
    size_t n, cap;
};

enum { CRS_BATCHES_MOST = 256 }; /* CRSs and operations at once */

struct crs_batches {
    /* set by crs_batches_open */
    const struct crs *to;
    const double *area;
    unsigned flags;
    bool want[4];

    struct crs_batch *group[CRS_BATCHES_MOST]; /* in the order in which they were met */
    size_t n;

    /* private */
    unsigned short slot[4 * CRS_BATCHES_MOST]; /* of a hash table: index in group, from 1 */
};

/* to and area are borrowed; flags are for crs_transform_open_as. */
void crs_batches_open(struct crs_batches *s, const struct crs *to, const double *area,
                      unsigned flags, bool want_z, bool want_t);
void crs_batches_close(struct crs_batches *s);

/* The group of a CRS, if it was met before; else NULL. */
struct crs_batch *crs_batches_find(const struct crs_batches *s, const char *from, size_t n);

/* A new group; there must be room. what names the CRS's owner in the message when there
 * is no operation: the group is made all the same, with no map. */
struct crs_batch *crs_batches_add(struct crs_batches *s, const char *from, size_t n,
                                  const char *what);

/* Adds a point; returns its index until the next crs_batches_forward. */
size_t crs_batches_point(struct crs_batches *s, struct crs_batch *g, const double v[4]);

/* Transforms all waiting points; crs_batches_empty then forgets them. */
void crs_batches_forward(struct crs_batches *s);
void crs_batches_empty(struct crs_batches *s);

#endif
