/* raster_list: the rasters that a tool works on, and the units of their layers.
 *
 * Units stand in the head of a stream, before all records, so they must be known before
 * the first raster is done: one raster of each layer, as the names have it, is looked
 * into beforehand, and each whose name is of no known form. */
#ifndef ECO_SCENE_RASTER_LIST_H
#define ECO_SCENE_RASTER_LIST_H

#include "record/raster_inputs.h"
#include "scene/scene_raster.h"

struct raster_list {
    struct scene_ask ask; /* set before all */
    char **path;
    size_t n, cap;
    struct rec_pair *unit; /* layer and unit */
    size_t nunits, unit_cap;
};

/* All paths, those of files of several layers and times one by one. MSG_INPUT when a line
 * was bad (told); the others are there. */
int raster_list_read(struct raster_list *l, struct raster_inputs *paths);

/* Looks for the units. A raster that cannot be opened is told, taken off the list, and
 * makes it MSG_INPUT. */
int raster_list_survey(struct raster_list *l);

/* Takes down the unit of a layer. MSG_INPUT, told, when it has another already: one
 * column cannot hold both. */
int raster_list_unit(struct raster_list *l, const struct scene_raster *s);

/* ##unit.LAYER= for each that is known. */
void raster_list_put_units(const struct raster_list *l, struct out *o);
void raster_list_free(struct raster_list *l);

#endif
