/* scan_pixels: the pixels of one scan of a swath in a plane.
 *
 * What was seen at once are the scan's rows and all columns of the swath. */
#ifndef ECO_RASTER_SCAN_PIXELS_H
#define ECO_RASTER_SCAN_PIXELS_H

#include "geo/approx_transform.h"
#include "geo/footprints.h"
#include "raster/swath.h"

struct scan_pixels {
    int scan;   /* -1: none */
    int column; /* the first of its columns that are here */
    struct footprints f;
    float *zenith; /* of each pixel; NULL where nobody wants it */
    size_t zenith_cap;
};

/* The plane, and what is wanted of it. */
struct scan_plane {
    struct swath *swath;
    struct approx_transform *way; /* into the plane; NULL: it is longitude and latitude */
    double turn, middle;          /* of x; see footprints.h */
    bool zenith;
};

/* Some columns of a scan. MSG_INPUT, told, when they cannot be read. */
int scan_pixels_load(struct scan_pixels *s, const struct scan_plane *p, int scan,
                     int column, int columns);
void scan_pixels_free(struct scan_pixels *s);

/* What the corners of some of its pixels (columns from its first one here) lie in: the
 * least x and y, the largest. False when none has a place. */
bool scan_pixels_bounds(const struct scan_pixels *s, int row, int rows, int column,
                        int columns, double box[4]);

/* The pixel of a scan that holds a point: the first of several, row by row. *row, *column:
 * from where to look, within the scan; in the end the pixel. False for none: they are then
 * the last that was looked at, and *beyond how many pixels the point is from the scan's
 * edge, as far as that is known, or 0. */
bool scan_pixels_find(const struct scan_pixels *s, double turn, double x, double y,
                      int *row, int *column, double *beyond);

#endif
