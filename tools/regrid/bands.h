/* bands: the bands of a raster on a grid, computed and written.
 *
 * A band is a statistic of the pixels under a cell (see area_stats.h) or a value at a
 * cell's centre (see resample.h). Several bands share one pass over the source. */
#ifndef ECO_REGRID_BANDS_H
#define ECO_REGRID_BANDS_H

#include "area_stats.h"
#include "mask/pixel_mask.h"
#include "mask/quality.h"
#include "raster/geotiff_write.h"
#include "resample.h"

enum { BANDS_MOST = 16 };

struct bands_list {
    int band[BANDS_MOST]; /* indices into bands_name's names */
    int n;
};

/* Reads "mean,coverage,n"; told, with the option's name, when it is no such list. */
bool bands_parse(struct bands_list *list, const char *option, const char *text);
const char *bands_name(int band);

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
    bool has_nodata;
    double nodata;
    int compress; /* see raster/geotiff_write.h */
    bool cog;
    int part, parts; /* of the grid's rows: part 1 to parts; 1 of 1 is all */
};

struct bands_summary {
    bool touches;          /* the source and the grid; else nothing was written, but for
                              a part, which the others need */
    double cells;          /* with a value in the first band */
    double n;              /* pixels in them (cells, where bands are values at centres) */
    double mean, coverage; /* of these pixels; of the cells in the clip */
};

/* The least memory that works for this source, in bytes. */
size_t bands_least_memory(const struct bands_spec *spec, const struct ras *source);

/* Makes the raster at path. quality may be NULL. */
int bands_make(const struct bands_spec *spec, struct ras *source, struct pixel_mask *select,
               struct quality *quality, const struct ras_tag *tag, size_t ntags,
               const char *path, struct bands_summary *summary);

#endif
