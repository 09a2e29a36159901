/* overpass_key: which overpass rasters are of, as their names tell.
 *
 * A key is the platform (the first three characters of the product: ECO, MOD, MYD) and what
 * tells its overpasses apart: ECO_26860, the orbit, where the name has it; else the date
 * and time of the first of the rasters that follow each other by at most ten minutes,
 * midnight or not, ECO_20200808T054912; or the day, where the name tells no more. NA where
 * it has no date, either. A key by time depends on what else is there, one by orbit does
 * not; no key depends on the order. */
#ifndef ECO_SCENE_OVERPASS_KEY_H
#define ECO_SCENE_OVERPASS_KEY_H

#include "scene/scene_name.h"

/* Seconds between scenes of one overpass, at most: they follow each other by 52, and the
 * next orbit is 90 minutes away. */
enum { OVERPASS_APART = 600 };

enum { OVERPASS_KEY = 24 };

struct overpass_name {
    char platform[4];
    char orbit[8];
    struct date date;
    char key[OVERPASS_KEY];
};

/* Takes down what the key depends on. */
void overpass_name_take(struct overpass_name *o, const struct scene *s);

/* Fills in the keys of all. */
void overpass_keys(struct overpass_name *o, size_t n);

#endif
