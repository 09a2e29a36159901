/* provenance: what a raster on a grid says of how it was made, as tags.
 *
 * Names stand without folders: the same inputs give the same bytes wherever they lie. */
#ifndef ECO_REGRID_PROVENANCE_H
#define ECO_REGRID_PROVENANCE_H

#include "mask/mask_tags.h"
#include "raster/geotiff_write.h"
#include "regrid/bands_spec.h"
#include "sources.h"

enum { PROVENANCE_TAGS = 19 + MASK_TAGS };

struct provenance {
    struct ras_tag tag[PROVENANCE_TAGS];
    size_t n;
};

/* Fills a zeroed one, for rasters that were turned to. */
void provenance_describe(struct provenance *tags, const struct sources *sources,
                         const struct bands_spec *spec, const char *grid_path);
void provenance_free(struct provenance *tags);

#endif
