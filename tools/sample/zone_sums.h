/* zone_sums: the statistics of one raster in all zones of it.
 *
 * The raster is gone through once, some rows of blocks at a time, for all zones together,
 * so each block is decoded once however zones overlap (but where quantiles need all values
 * at once and those of all zones take more than `bytes`: then some zones after others).
 * A pixel's weight is the share of it that the polygon covers, times its ground area or its
 * number in a raster of weights where these are asked for. Sums are made of the sums of
 * rows, so that they do not depend on blocks or memory. */
#ifndef ECO_SAMPLE_ZONE_SUMS_H
#define ECO_SAMPLE_ZONE_SUMS_H

#include "base/stats.h"
#include "geo/ground_area.h"
#include "mask/masked_reader.h"
#include "pixel_weights.h"
#include "zone_pixels.h"

/* Of --memory a share each goes to decoded blocks, to what zones cover, and to values,
 * whose arrays may grow to twice of it. */
enum { ZONE_SHARES = 4 };

/* Zeroed, but for what is borrowed and bytes. */
struct zone_sums {
    struct zone_pixels *zones;
    struct masked_reader *pixels;  /* that has been turned to the raster */
    struct pixel_weights *weights; /* NULL: none */
    struct ground_area *ground;    /* of the raster's pixels; NULL: the plane's */
    size_t bytes;                  /* for values that quantiles wait for */

    /* private */
    struct zone_sum *active;
    size_t nactive, active_cap;
    double *v, *factor;
    size_t v_cap, factor_cap;
    struct stat_sample *sample;
    size_t sample_cap;
};

/* Into result, one an item of stats, of each polygon of the layer. MSG_INPUT, told, where
 * the raster or the weights are damaged or negative, or a zone has too many values. */
int zone_sums_run(struct zone_sums *s, const struct stat_list *stats, double *result);
void zone_sums_free(struct zone_sums *s);

#endif
