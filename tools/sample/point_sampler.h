/* point_sampler: the values of a raster at many places.
 *
 * The pixel that holds a place is column c, row r with
 *   gt[0] + c gt[1] <= x < gt[0] + (c + 1) gt[1], gt[3] + r gt[5] >= y > gt[3] + (r + 1)
 * gt[5] for a north-up raster, and the same with both signs turned where a step is of the
 * other sign (a turned raster: floor of the inverse of its matrix). So a place on an edge
 * belongs to the pixel with the larger column or row, and one on the last edge lies
 * outside.
 *
 * The value is that of this pixel; or, bilinear, between the centres of the four pixels
 * around the place, NaN when one of them that has any weight is missing or beyond the
 * raster's edge: no value is made up. Other statistics are of the valid pixels of a
 * window of pixels around the one that holds the place. Outside of the raster
 * everything is NaN, and n is 0. */
#ifndef ECO_SAMPLE_POINT_SAMPLER_H
#define ECO_SAMPLE_POINT_SAMPLER_H

#include "base/stats.h"
#include "mask/masked_reader.h"
#include "sample/point_options.h"
#include "swath_points.h"

/* Working memory, for one raster after the other. A zeroed struct is ready. */
struct point_sampler {
    struct point_sampler_options options;
    double turn; /* 360 where x is an angle: places are looked for a turn further, too */
    size_t *first, *order;
    unsigned *block;
    size_t first_cap, order_cap, block_cap;
    struct stat_sample *sample;
    double *pixel;
    size_t sample_cap, pixel_cap;
};

/* How many bytes of blocks to keep, for masked_reader_open_scene. */
size_t point_sampler_bytes(const struct point_sampler_options *options);

/* The statistics at n places in the raster's plane, those of a place side by side, into
 * result, and the pixel that holds each. The raster is read in the order of its blocks,
 * each once. MSG_INPUT when it is damaged. */
int point_sampler_run(struct point_sampler *p, struct masked_reader *pixels,
                      const double *x, const double *y, size_t n, double *result,
                      struct point_pixel *pixel);
void point_sampler_free(struct point_sampler *p);

#endif
