/* bands: the bands of a raster on a grid, computed and written.
 *
 * A band is a statistic of the pixels under a cell (see area_stats.h) or a value at a
 * cell's centre (see resample.h). Several bands share one pass over the source. */
#ifndef ECO_REGRID_BANDS_H
#define ECO_REGRID_BANDS_H

#include "mask/masked_reader.h"
#include "raster/geotiff_write.h"
#include "regrid/bands_spec.h"

struct bands_summary {
    bool touches;          /* the source and the grid; else nothing was written, but for
                              a part, which the others need */
    double cells;          /* with a value in the first band */
    double n;              /* pixels in them (cells, where bands are values at centres) */
    double mean, coverage; /* of these pixels; of the cells in the clip */
};

/* The least memory that works for this source, in bytes. */
size_t bands_least_memory(const struct bands_spec *spec, const struct ras *source,
                          int band);

/* Bytes that spec->kept may take of the memory. */
size_t bands_kept_memory(const struct bands_spec *spec);

/* Makes the raster at path of what counts. from: n readers, of a lattice of pixels each,
 * whose rasters are one; its type is the first's. */
int bands_make(const struct bands_spec *spec, struct masked_reader *from, size_t n,
               const struct ras_tag *tag, size_t ntags, const char *path,
               struct bands_summary *summary);

#endif
