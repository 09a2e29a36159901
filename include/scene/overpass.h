/* overpass: rasters of one overpass that say the same places.
 *
 * Scenes of one overpass follow each other by some 52 s and overlap, and tiles do; a table
 * of several then has a place more than once. Of rasters of one layer with the same pixels,
 * up to ten minutes apart (or of one day, where names tell no more), the places with a
 * value are compared. What is kept for that is bounded: of very many rasters the last ones,
 * and none of more than 16 million places. */
#ifndef ECO_SCENE_OVERPASS_H
#define ECO_SCENE_OVERPASS_H

#include "scene/scene_raster.h"

struct overpass_raster {
    char *path, *layer;
    struct date date;
    struct raster_grid grid;
    unsigned char *bit; /* of each place, whether it has a value */
    size_t n;           /* places */
};

struct overpasses {
    struct overpass_raster *raster;
    size_t n, cap, bytes;
    size_t twice;   /* places that an earlier raster of their overpass has, too */
    char *first[2]; /* two rasters with such, for the message */
};

/* Begins a raster with n places, none of which has a value; one of them has. */
void overpasses_begin(struct overpasses *o, const struct scene_raster *s, size_t n);
void overpasses_set(struct overpasses *o, size_t place);

/* The raster is done: counts what it shares with others. */
void overpasses_end(struct overpasses *o);

/* Warns of what is there twice, by what places are called, and frees everything. */
void overpasses_tell(struct overpasses *o, const char *places);

#endif
