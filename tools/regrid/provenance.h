/* provenance: what a raster on a grid says of how it was made, as tags.
 *
 * Names stand without folders: the same inputs give the same bytes wherever they lie. */
#ifndef ECO_REGRID_PROVENANCE_H
#define ECO_REGRID_PROVENANCE_H

#include "raster/geotiff_write.h"
#include "regrid/regrid_run.h"
#include "scene/scene_name.h"

/* A class map of one scene. */
struct found_map {
    char *path;
    bool yearly; /* it was chosen by its year */
    int instead; /* the year that was taken instead of the scene's, or 0 */
};

enum { PROVENANCE_TAGS = 16 + 4 * REGRID_RUN_MASKS };

struct provenance {
    struct ras_tag tag[PROVENANCE_TAGS];
    size_t n;
};

/* Fills a zeroed one; found: the class map of each of the masks. */
void provenance_describe(struct provenance *tags, const struct regrid_run *j,
                         const struct ras *source, const struct scene *scene,
                         const struct found_map *found);
void provenance_free(struct provenance *tags);

#endif
