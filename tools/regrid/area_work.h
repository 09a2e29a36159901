/* area_work: what the parts of area_stats share: area_stats.c goes through a source,
 * area_aligned.c, area_projected.c and area_swath.c (scans of a swath) add a row of its
 * pixels to the sums, and area_finish.c makes statistics of these. */
#ifndef ECO_REGRID_AREA_WORK_H
#define ECO_REGRID_AREA_WORK_H

#include "area_spec.h"
#include "base/stats.h"
#include "cell_values.h"
#include "geo/ground_area.h"
#include "mask/masked_reader.h"

struct area_aligned;
struct area_projected;
struct area_device;
struct area_swath;

enum { AREA_VOID = 8 }; /* besides PIXEL_MASK_: it has no place in the plane */

/* A share of a pixel and of a cell so small that rounding may have made it. */
static const double regrid_sliver = 1e-9;

/* Sums of one cell. Areas are in pixels where all pixels have one area, else in cells. */
struct sums {
    double weight;    /* of u a */
    double count;     /* of u a / a_i */
    double sum;       /* of u a v */
    double share_sum; /* of u v a / a_i */
};

/* What few of the statistics and denominators need besides. */
struct more {
    double denominator;    /* sum of a, over the pixels that the denominator counts */
    double middle, moment; /* running mean and sum of u a (v - mean)^2 */
    double least, most;
};

/* The pixel that holds a cell's centre. */
struct centre {
    double v;
    double zenith;
    bool any;
};

/* What the summary has of one row of cells. Rectangles may come in any cut, but each row
 * in the order of its columns, so that row by row the sums are the same in any cut. */
struct row_total {
    double pixels, sum, covered;
};

struct area_stats {
    struct area_stats *next; /* whose pixels the same cells take, or NULL */
    struct masked_reader *from;
    struct ras *source;        /* its raster */
    struct pixel_mask *select; /* and what takes part of it */
    const struct area_stats_spec *spec;
    struct area_stats_summary summary;
    struct row_total *total; /* of each of the grid's rows */
    struct poly_index *clip;
    int box[4]; /* pixels under the clip's bounding box: column, row, columns, rows */
    bool has_box;
    bool counts_all, counts_mask, wants_moments, wants_range, wants_more, wants_bag;
    bool wants_areas;             /* something but what lies at centres */
    struct area_aligned *aligned; /* one of these two */
    struct area_projected *projected;
    struct area_device *device; /* besides projected: what does its work; or NULL */
    struct area_swath *swath;   /* likewise, where the source is one */
    struct ground_area *ground,
        *cells_ground;        /* of pixels and of cells; NULL: the plane's */
    double *ground_cell;      /* of each cell of the present rectangle */
    double cell_area;         /* a cell's, as the sums have areas */
    double turn, source_turn; /* the grid's and the source's columns in 360 degrees, or 0 */
    bool beyond; /* the grid or the source's corners may reach beyond 180 degrees */

    /* the present rectangle */
    const struct grid_rect *rect;
    int window[4]; /* the pixels that matter to it: column, row, columns, rows */
    struct sums *cell;
    struct more *more;     /* of each cell; NULL when nothing needs it */
    struct centre *centre; /* likewise */
    size_t cells;
    struct cell_values bag;
    double *v; /* a chunk of rows of the window */
    unsigned char *bits;
    float *weight; /* of the chunk's pixels; NULL when all have 1 */
    size_t chunk;
};

/* Adds a weight of values with their own mean and moment to a cell's, which has the weight
 * `before` (Chan et al. 1983, The American Statistician 37, 242-247). */
static inline void area_merge_moments(struct more *m, double before, double weight,
                                      double mean, double moment)
{
    double all = before + weight, step = mean - m->middle;
    m->moment += moment + step * step * before * weight / all;
    m->middle += step * weight / all;
}

/* What the present rectangle's cells have come to, into bands; see area_stats.h. */
void area_finish(struct area_stats *w, double *const *band, size_t stride);

/* Source and grid in one CRS: overlaps of rows and columns. open works them out; window
 * finds the pixels of the present rectangle, begin prepares it, take adds a row of them.
 * weight is NULL when all pixels have 1. */
struct area_aligned *area_aligned_open(struct area_stats *w);
void area_aligned_window(struct area_stats *w);
void area_aligned_begin(struct area_stats *w);
void area_aligned_take(struct area_stats *w, int row, const double *v,
                       const unsigned char *bits, const float *weight);
void area_aligned_close(struct area_aligned *a);

/* The same for different CRSs: quadrilaterals of projected corners. */
struct area_projected *area_projected_open(struct area_stats *w);
void area_projected_window(struct area_stats *w);
void area_projected_begin(struct area_stats *w);
void area_projected_take(struct area_stats *w, int row, const double *v,
                         const unsigned char *bits, const float *weight);
void area_projected_close(struct area_projected *p);

/* Hands out a pixel of the present window that is no quadrilateral in few cells. */
void area_projected_odd(void *work, int column, int row,
                        void (*take)(void *parts, unsigned cell, double area, double share),
                        void *parts);

/* From pixel corners to cells; NULL where pixels may lie several times in the plane. */
struct approx_transform *area_projected_lattice(const struct area_stats *w);

/* The same on the spec's device, rows at a time. open: NULL where the processor has to do
 * it: statistics that need all values at once, pixels that may lie several times in the
 * plane. Errors are MSG_SYSTEM, told. */
struct area_device *area_device_open(struct area_stats *w);
int area_device_begin(struct area_stats *w);
int area_device_take(struct area_stats *w, int row, int rows, const double *v,
                     const unsigned char *bits, const float *weight);
int area_device_end(struct area_stats *w);
void area_device_close(struct area_device *d);

/* Areas on the ellipsoid, in square metres, in place of those in the plane: of the source's
 * pixels, and of the cells of the present rectangle. */
int area_ground_open(struct area_stats *w);
void area_ground_rect(struct area_stats *w, size_t cells);
void area_ground_close(struct area_stats *w);

#endif
