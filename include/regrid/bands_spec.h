/* bands_spec: what is asked of a raster on a grid: its bands, how they are computed, the
 * form of the output.
 *
 * A band is a statistic of the pixels under a cell or a value at a cell's centre; see
 * eco-regrid(1). */
#ifndef ECO_REGRID_BANDS_SPEC_H
#define ECO_REGRID_BANDS_SPEC_H

#include "geo/grid.h"
#include "regrid/denominator.h"
#include <stdbool.h>
#include <stddef.h>

enum { BANDS_MOST = 16 };

/* What bands there are, NULL-terminated. */
extern const char *const bands_names[];

struct bands_list {
    int band[BANDS_MOST]; /* indices into bands_names */
    int n;
};

/* Reads "mean,coverage,n"; told, with the option's name, when it is no such list. */
bool bands_parse(struct bands_list *list, const char *option, const char *text);

/* Whether all are statistics of the pixels under a cell. */
bool bands_are_areal(const struct bands_list *list);

struct bands_spec {
    const struct grid *grid;
    struct bands_list list;
    enum area_denominator denominator;
    double min_coverage;
    double tolerance;
    bool strict, raw;
    size_t memory; /* for everything that grows with the sizes, in bytes */
    int type;      /* a ras_type, or -1: the source's where all bands are its pixels, else
                      float32 */
    bool has_nodata, no_nodata; /* at most one; neither: what suits the pixels */
    double nodata;
    int compress; /* see raster/geotiff_write.h */
    bool cog;
    int part, parts; /* of the grid's rows: part 1 to parts; 1 of 1 is all */
};

#endif
