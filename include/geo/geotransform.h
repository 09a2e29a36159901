/* geotransform: pixels to places and back.
 *
 * A geotransform maps column c and row r, which may be fractions (0, 0 is the corner of the
 * first pixel, 0.5, 0.5 its centre), to x = gt[0] + c gt[1] + r gt[2] and
 * y = gt[3] + c gt[4] + r gt[5]. */
#ifndef ECO_GEO_GEOTRANSFORM_H
#define ECO_GEO_GEOTRANSFORM_H

#include <stdbool.h>
#include <stddef.h>

/* x, y of a column and row, and the way back. gt_invert fails on a degenerate gt. */
void gt_place(const double gt[6], double column, double row, double *x, double *y);
bool gt_invert(const double gt[6], double inverse[6]);

/* The same for n columns and rows, which x and y become. */
void gt_places(const double gt[6], double *x, double *y, size_t n);

/* From places to columns and rows by one division each where rows are level and columns
 * upright: then a place on an edge comes out as exactly as it can. */
struct gt_locator {
    double gt[6], inverse[6];
    bool turned;
};
struct gt_locator gt_locator_of(const double gt[6]);
void gt_locate(const struct gt_locator *l, double x, double y, double *column, double *row);

#endif
