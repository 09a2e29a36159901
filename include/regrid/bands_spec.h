/* bands_spec: what is asked of a raster on a grid: its bands, how they are computed, the
 * form of the output.
 *
 * A band is a statistic of the pixels under a cell or a value at a cell's centre; see
 * eco-regrid(1). */
#ifndef ECO_REGRID_BANDS_SPEC_H
#define ECO_REGRID_BANDS_SPEC_H

#include "base/stats.h"
#include "geo/grid.h"
#include "mask/overlap.h"
#include "regrid/denominator.h"
#include "regrid/device.h"
#include "regrid/scan_rule.h"
#include <stdbool.h>
#include <stddef.h>

enum { BANDS_MOST = 32 };

/* What bands there are but for percentiles, NULL-terminated: for completions. */
enum { BANDS_WORDS = STATS_WORDS + 8 };
void bands_words(const char *words[BANDS_WORDS]);

/* A zeroed list is empty. */
struct bands_list {
    struct band {
        const char *name;
        int stat;   /* its item of stats, or -1 */
        int method; /* an enum warp_method, or -1 */
    } band[BANDS_MOST];
    int n;
    struct stat_list stats;
};

/* Reads "mean,coverage,p90", in place of what was in the list; told, with the option's
 * name, when it is no such list. */
bool bands_parse(struct bands_list *list, const char *option, const char *text);
void bands_free(struct bands_list *list);

/* Whether all are statistics of the pixels under a cell. */
bool bands_are_areal(const struct bands_list *list);

struct bands_spec {
    const struct grid *grid;
    struct bands_list list;
    enum area_denominator denominator;
    enum overlap_rule overlap; /* of rasters of several lattices that are one */
    enum scan_rule scans;      /* where those of a swath overlap */
    int ground;                /* 1: areas on the ellipsoid; 0: in the plane of the grid */
    double min_coverage;
    double tolerance;
    int strict, narrow; /* of kernels: 1 where --missing strict, --antialias no */
    bool raw;
    const struct regrid_device *device; /* where to work; NULL: the processor */
    size_t memory; /* for everything that grows with the sizes, in bytes */
    int type;      /* a ras_type, or -1: the source's where all bands are its pixels, else
                      float32 */
    bool has_nodata, no_nodata; /* at most one; neither: what suits the pixels */
    double nodata;
    int compress; /* see raster/geotiff_write.h */
    bool cog;
    int part, parts;        /* of the grid's rows: part 1 to parts; 1 of 1 is all */
    struct area_kept *kept; /* areas of pixels that the next input may share; NULL: none */
};

#endif
