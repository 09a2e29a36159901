/* area_spec: which statistics of a source on a grid are wanted, and how they came out as a
 * whole (see area_stats.h for what they are). */
#ifndef ECO_REGRID_AREA_SPEC_H
#define ECO_REGRID_AREA_SPEC_H

#include "base/stats.h"
#include "geo/grid.h"
#include "regrid/denominator.h"
#include "regrid/device.h"
#include "regrid/scan_rule.h"

struct area_stats_spec {
    const struct grid *grid;
    enum area_denominator denominator;
    bool ground; /* areas on the ellipsoid, not in the plane of the grid */
    double min_coverage;
    double tolerance; /* of corners that are interpolated, in source pixels; 0: none is */
    size_t memory;    /* for pixels and weights under one rectangle, in bytes */
    double share;     /* of all memory that this is, for messages; 0: it is all */
    struct area_kept *kept; /* areas of an earlier source's pixels; or NULL */
    size_t blocks; /* for decoded blocks, where rows of them are too long to read at once */
    const struct regrid_device *device; /* where to work; NULL: the processor */
    const struct stat_list *stats;      /* what is wanted: of values, or coverage */
    bool nearest;                       /* of a swath: the pixel at each centre, too */
    enum scan_rule scans;
    bool joins; /* sources of several lattices are one; see area_stats_join */
};

/* Over all rectangles so far. */
struct area_stats_summary {
    bool touches;   /* some pixel lies under the grid */
    long cells;     /* that have a mean */
    double pixels;  /* sum of n over them */
    double sum;     /* of n times mean */
    double inside;  /* cells whose centre is in the clip */
    double covered; /* sum of their coverage */
};

#endif
