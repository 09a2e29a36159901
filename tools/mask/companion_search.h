/* companion_search: companions of a scene among the names of folders.
 *
 * A companion is a raster of the same collection, orbit, scene, tile and time as far as
 * names tell them, of the scene's product or one that holds quality layers. */
#ifndef ECO_MASK_COMPANION_SEARCH_H
#define ECO_MASK_COMPANION_SEARCH_H

#include "scene/scene_name.h"

/* Products whose layers are companions of others'. */
enum { COMPANION_PRODUCTS = 5 };
extern const char *const companion_products[COMPANION_PRODUCTS];

/* The path of a layer of the scene at `path`, to free: from the scene's folder, else from
 * those in it and beside it. NULL when there is none. *twin, to free, is another one that
 * it may be as well, or NULL. */
char *companion_search(const char *path, const struct scene *s, const char *layer,
                       char **twin);

#endif
