/* provenance: what a raster on a grid says of how it was made, as tags.
 *
 * Names stand without folders: the same inputs give the same bytes wherever they lie. */
#ifndef ECO_REGRID_PROVENANCE_H
#define ECO_REGRID_PROVENANCE_H

#include "mask/mask_tags.h"
#include "mask/masked_reader.h"
#include "raster/geotiff_write.h"
#include "regrid/bands_spec.h"
#include "scene/scene_name.h"

enum { PROVENANCE_TAGS = 14 + MASK_TAGS };

struct provenance {
    struct ras_tag tag[PROVENANCE_TAGS];
    size_t n;
};

/* Fills a zeroed one, for the raster that a reader with a grid is at and the scene that its
 * name tells of. */
void provenance_describe(struct provenance *tags, const struct masked_reader *reader,
                         const struct scene *scene, const struct bands_spec *spec,
                         const char *grid_path);
void provenance_free(struct provenance *tags);

#endif
