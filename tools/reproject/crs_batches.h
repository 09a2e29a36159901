/* crs_set: operations from many CRSs to one, each with the points that wait for it.
 *
 * An operation is opened when its CRS is first met and kept for the next point. */
#ifndef ECO_CRS_SET_H
#define ECO_CRS_SET_H

#include "geo/crs.h"

struct crs_group {
    char *from;
    struct crs_map *map; /* NULL when there is no such operation */
    double *v[4]; /* x, y, z, t of the waiting points; z and t when they are wanted */
    size_t n, cap;
};

enum { CRS_SET_MOST = 256 }; /* operations at once: a PROJ context each */

struct crs_set {
    /* set by crs_set_open */
    const char *to;
    const double *area;
    unsigned flags;
    bool want[4];

    struct crs_group *group[CRS_SET_MOST]; /* in the order in which they were met */
    size_t n;

    /* private */
    unsigned short slot[4 * CRS_SET_MOST]; /* of a hash table: index in group, from 1 */
};

/* to and area are borrowed; flags are for crs_map_open_as. */
void crs_set_open(struct crs_set *s, const char *to, const double *area, unsigned flags,
                  bool want_z, bool want_t);
void crs_set_close(struct crs_set *s);

/* The group of a CRS, if it was met before; else NULL. */
struct crs_group *crs_set_find(const struct crs_set *s, const char *from, size_t n);

/* A new group; there must be room. what names the CRS's owner in the message when there
 * is no operation: the group is made all the same, with no map. */
struct crs_group *crs_set_add(struct crs_set *s, const char *from, size_t n,
                              const char *what);

/* Adds a point; returns its index until the next crs_set_forward. */
size_t crs_set_point(struct crs_set *s, struct crs_group *g, const double v[4]);

/* Transforms all waiting points; crs_set_empty then forgets them. */
void crs_set_forward(struct crs_set *s);
void crs_set_empty(struct crs_set *s);

#endif
