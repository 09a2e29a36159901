/* regrid: area-weighted statistics of a source's pixels on a grid's cells.
 *
 * With a_ij the area of pixel i inside of cell j, in the plane of the grid's CRS, and
 * u_i = 1 for pixels that have a value and take part (see select.h), else 0:
 *
 *   n_j        = sum of u_i a_ij / a_i               pixels, by the share of each
 *   mean_j     = sum of u_i a_ij v_i / sum of u_i a_ij
 *   stddev_j   = sqrt(sum of u_i a_ij (v_i - mean_j)^2 / sum of u_i a_ij)
 *   coverage_j = sum of u_i a_ij / D_j
 *
 * D_j: the cell's area; or the area of all pixels under the clip's bounding box in the
 * cell (source); or that of the pixels that the clip and the class map let through
 * (mask). When the CRSs agree a_ij is the product of a row's and a column's overlap,
 * exactly; else a pixel is the quadrilateral of its projected corners, which neighbours
 * share, so that nothing is counted twice or lost.
 *
 * A cell takes its pixels in the source's order, row after row, so that the result does
 * not depend on how the source is read or the grid is cut: bit for bit. */
#ifndef ECO_REGRID_H
#define ECO_REGRID_H

#include "grid.h"
#include "ras.h"
#include "select.h"

enum regrid_denominator { REGRID_CELL, REGRID_SOURCE, REGRID_MASK };

struct regrid_spec {
    const struct grid *grid;
    enum regrid_denominator denominator;
    double min_coverage;
    unsigned flags; /* for ras_read */
    bool want_stddev;
};

/* Values of all cells, row after row from the north. mean and stddev are NaN where the
 * coverage is too small; everything is NaN where the cell's centre is not in the clip. */
struct regrid_result {
    double *mean, *coverage, *n, *stddev; /* stddev: NULL unless wanted */
    bool touches;                         /* some pixel lies under the grid */
    long cells;                           /* that have a mean */
    double pixels;                        /* sum of n over them */
    double overall_mean;                  /* of these pixels */
    double overall_coverage;              /* of all cells whose centre is in the clip */
};

int regrid_average(struct ras *source, struct select *select,
                   const struct regrid_spec *spec, struct regrid_result *result);
void regrid_free(struct regrid_result *result);

#endif
