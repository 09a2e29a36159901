/* sources: the rasters that a tool works on, and the units of their layers.
 *
 * Units stand in the head of a stream, before all records, so they must be known before
 * the first raster is done: one raster of each layer, as the names have it, is looked
 * into beforehand, and each whose name is of no known form. */
#ifndef ECO_SOURCES_H
#define ECO_SOURCES_H

#include "base/options.h"
#include "scene/scene_raster.h"

struct sources {
    char **path;
    size_t n, cap;
    struct rec_pair *unit; /* layer and unit */
    size_t nunits, unit_cap;
};

/* All paths. MSG_INPUT when a line was bad (told); the others are there. */
int sources_read(struct sources *l, struct cli_paths *paths);

/* Looks for the units. A raster that cannot be opened is told, taken off the list, and
 * makes it MSG_INPUT. */
int sources_survey(struct sources *l);

/* Takes down the unit of a layer. MSG_INPUT, told, when it has another already: one
 * column cannot hold both. */
int sources_unit(struct sources *l, const struct source *s);

/* ##unit.LAYER= for each that is known. */
void sources_put_units(const struct sources *l, struct out *o);
void sources_free(struct sources *l);

#endif
