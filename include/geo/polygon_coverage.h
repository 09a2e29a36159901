/* polygon_coverage: how much of each pixel an area covers.
 *
 * Works in the plane of a raster's columns and rows, where pixel (c, r) is the square from
 * c, r to c + 1, r + 1. The weight of a pixel is
 *   ZONE_FRACTION  the share of it that the area covers
 *   ZONE_CENTER    1 when its centre is in the area, else 0; a centre on an edge is when
 *                  the area lies on the side of the larger columns (level edges: rows)
 *   ZONE_ALL       1 when the area covers any part of it, else 0
 *
 * Fractions are exact but for rounding: each edge adds its part to the pixels that it
 * passes through, and a pixel that no edge passes through is 0 or 1, exactly. Weights
 * nearer than 1e-10 to 0 or 1 are rounding and become that. */
#ifndef ECO_GEO_POLYGON_COVERAGE_H
#define ECO_GEO_POLYGON_COVERAGE_H

#include "geo/polygon.h"

enum zone_touch { ZONE_FRACTION, ZONE_CENTER, ZONE_ALL };

/* count pixels of one row with the same weight, from `column` on. */
struct polygon_coverage_run {
    int row, column, count;
    double weight;
};

struct polygon_coverage {
    struct polygon_coverage_run *run; /* by row, then column; weights above 0 */
    size_t n, cap;

    /* private: working memory */
    struct polygon_coverage_part *part, *sorted;
    size_t *begin; /* of each row's parts */
    size_t part_cap, sorted_cap, begin_cap;
};

/* The pixels of a raster of columns x rows. The area's holes run against its outer
 * rings, as poly_orient leaves them; parts of it outside of the raster count nowhere. */
void polygon_coverage_make(struct polygon_coverage *z, const struct poly *p, int columns,
                           int rows, enum zone_touch touch);

/* The same of the rows from `first` to `last` alone, in place of what z, which may be
 * zeroed, had. */
void polygon_coverage_rows(struct polygon_coverage *z, const struct poly *p, int columns,
                           int first, int last, enum zone_touch touch);
void polygon_coverage_free(struct polygon_coverage *z);

#endif
