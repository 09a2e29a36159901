/* scene_table: the scenes that are to be composed, by layer and period.
 *
 * All have the cells of the first. They stand in the order of layer, period, time and name.
 */
#ifndef ECO_COMPOSE_SCENE_TABLE_H
#define ECO_COMPOSE_SCENE_TABLE_H

#include "compose/compose_options.h"
#include "record/raster_inputs.h"

struct scene_row {
    char *path;
    char
        *source; /* the scene's name: that of the raster it was made of, where it says so */
    char *layer;
    char *unit; /* or NULL */
    char time[DATE_TEXT];
    int period;
};

struct scene_table {
    struct scene_row *row;
    size_t n, cap;
    struct raster_grid grid;
};

/* Looks into all inputs. MSG_INPUT, told, when some cannot be used: it has other cells than
 * the first, no time that tells its period, another unit, no band of weights, or comes
 * twice. */
int scene_table_read(struct scene_table *t, const struct compose_options *options,
                     struct raster_inputs *inputs);
void scene_table_free(struct scene_table *t);

/* The end of the rows that have the layer and the period of row `first`. */
size_t scene_table_group(const struct scene_table *t, size_t first);

/* The band of a scene's weights, or -1 where all have 1. */
int scene_table_weight(const struct compose_options *options, const struct scene_raster *s);

#endif
