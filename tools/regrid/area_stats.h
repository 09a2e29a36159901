/* area_stats: area-weighted statistics of a source's pixels on a grid's cells.
 *
 * With a_ij the area of pixel i inside of cell j, in the plane of the grid's CRS, a_i its
 * whole area, and u_i the weight of pixels that have a value and take part (1, or the
 * share of the pixel on wanted classes; see mask/pixel_mask.h), else 0:
 *
 *   n         = sum of u_i a_ij / a_i              pixels, by the share of each
 *   coverage  = sum of u_i a_ij / D_j
 *   mean      = sum of u_i a_ij v_i / sum of u_i a_ij
 *   sum       = sum of u_i v_i a_ij / a_i          conserves the total over all cells
 *   variance  = sum of u_i a_ij (v_i - mean)^2 / sum of u_i a_ij
 *   stddev    = sqrt(variance)
 *   rms       = sqrt(sum of u_i a_ij v_i^2 / sum of u_i a_ij)
 *   min, max, range                                 of the pixels with u_i a_ij > 0
 *   percentiles, iqr, whiskers, mode                of v_i with weights u_i a_ij: see
 *                                                   base/stats.h
 *
 * D_j: the cell's area; or the area of all pixels under the clip's bounding box in the
 * cell (source); or that of the pixels that the clip and the class map let through
 * (mask), by their weights. When the CRSs agree a_ij is the product of a row's and a
 * column's overlap, exactly; else a pixel is the quadrilateral of its projected corners,
 * which neighbours share, so that nothing is counted twice or lost.
 *
 * In longitude and latitude a pixel lies at each turn of 360 degrees at which it meets the
 * grid. A source that was wound (raster/lon_wrap.h) so that the grid is within it is a
 * plane like any.
 *
 * A cell takes its pixels in the source's order, row after row, so that the result does
 * not depend on how the source is read or the grid is cut: bit for bit. */
#ifndef ECO_REGRID_AREA_STATS_H
#define ECO_REGRID_AREA_STATS_H

#include "area_spec.h"
#include "mask/masked_reader.h"

struct area_stats;

/* About what a cell takes while it is summed up. */
enum { AREA_STATS_CELL_BYTES = 96 };

/* Everything is borrowed. The reader has the spec's grid. */
int area_stats_open(struct area_stats **r, struct masked_reader *from,
                    const struct area_stats_spec *spec);
void area_stats_close(struct area_stats *r);

/* Takes the sources of all that were opened with a spec that joins as one: the first's
 * rectangles then have those of the others, too, whose own are not to be asked for. Cells
 * take the pixels of one source after the other. What sources both show is for their
 * readers to tell (mask/overlap.h). */
void area_stats_join(struct area_stats *const *r, size_t n);

/* Statistics of a rectangle of cells: row after row, `stride` apart, into a band for each
 * item that the spec wants, and behind these, if it wants that, one for the values of the
 * pixels at the cells' centres. NaN where the coverage is too small (but for coverage and
 * n) and where the cell's centre is not in the clip. */
int area_stats_rect(struct area_stats *r, const struct grid_rect *rect, double *const *band,
                    size_t stride);

const struct area_stats_summary *area_stats_summary(struct area_stats *r);

#endif
