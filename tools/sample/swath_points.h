/* swath_points: the pixels of a swath that hold points.
 *
 * A pixel is its quadrilateral in the plane of longitude and latitude; see
 * raster/scan_pixels.h. A point on an edge is in both pixels. Of several pixels that hold a
 * point the first is taken, scan by scan and row by row within it, that counts; when none
 * does, the first. */
#ifndef ECO_SAMPLE_SWATH_POINTS_H
#define ECO_SAMPLE_SWATH_POINTS_H

#include "mask/masked_reader.h"

struct point_pixel {
    double column, row; /* from 0; NaN for a point that none holds */
    double zenith;      /* of the view, degrees */
};

/* For n places in degrees; value is NaN where no pixel counts. MSG_INPUT, told, when
 * something cannot be read or no pixel has a place. */
int swath_points_run(struct masked_reader *pixels, const double *x, const double *y,
                     size_t n, double *value, struct point_pixel *pixel);

#endif
