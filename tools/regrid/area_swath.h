/* area_swath: a swath under area_stats: scan by scan, which pixels of it count, and where
 * their corners are. */
#ifndef ECO_REGRID_AREA_SWATH_H
#define ECO_REGRID_AREA_SWATH_H

#include "area_work.h"
#include "raster/swath.h"

/* NULL for a source that is no swath. */
struct area_swath *area_swath_open(struct area_stats *w);
void area_swath_close(struct area_swath *s);

/* How many pixels may touch the present rectangle: all, as long as nobody looked. */
double area_swath_pixels(const struct area_stats *w);

/* Looks at all scans, if that was not done: from then on only what may touch a rectangle is
 * read for it. */
int area_swath_survey(struct area_stats *w);

/* Goes through all scans: `rows` takes the pixels of the window. */
int area_swath_go_through(struct area_stats *w, int (*rows)(struct area_stats *w));

/* Gives a pixel's value to the cells whose centres it holds. Of several pixels the first
 * is taken, or the one with the smallest zenith. */
void area_swath_centres(struct area_stats *w, const double corner[8], double v,
                        double zenith);

/* For a row of the present scan: AREA_VOID and PIXEL_MASK_ELSEWHERE where pixels are, in
 * bits; the corners above and below, those below first where the swath lies mirrored, so
 * that pixels wind as cells do; the zenith of a pixel, or NaN. */
void area_swath_bits(const struct area_stats *w, int row, unsigned char *bits);
void area_swath_corners(const struct area_stats *w, int row, double *const x[2],
                        double *const y[2]);
double area_swath_zenith(const struct area_stats *w, int row, int column);

/* Bytes of what is kept of scans. */
size_t area_swath_bytes(const struct swath *s, enum scan_rule rule);

#endif
