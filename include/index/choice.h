/* choice: which rasters are wanted, by their names and by what is in their files.
 *
 * By name: a time (UTC) from one to another, of some months; not on a list of those to be
 * left out. By file: its pixels touch an area, the sun stands at some hours in its middle
 * (or in the area's), its metadata fulfil rules. What does not tell, is not wanted. A file
 * is asked once the name is right, and one that cannot be opened stays: what comes next
 * says why. */
#ifndef ECO_INDEX_CHOICE_H
#define ECO_INDEX_CHOICE_H

#include "base/names.h"
#include "base/options.h"
#include "geo/grid.h"
#include "raster/raster.h"
#include "scene/scene_name.h"

struct choice_rule;

/* Zeroed: all are wanted. */
struct choice {
    struct date from, to; /* a day alone: from its beginning, to its end */
    bool month[13];       /* from 1; [0]: some are chosen */
    double hours[2], box[4];
    int nhours, nbox; /* of these; 0: all hours, all places */
    const char *area, *layer, *layer_crs, *exclude;
    struct choice_rule *rule;
    size_t nrules, rules_cap;

    /* private */
    struct grid place;    /* the area, as a clip, in degrees; no rings: none */
    struct names without; /* paths, names, and names without endings */
};

void choice_add(struct choice *c, struct options *o);

/* Checks what belongs together, and reads area and list. MSG_USAGE or MSG_INPUT, told. */
int choice_open(struct choice *c);
void choice_free(struct choice *c);

/* Whether a raster may be wanted, by its name alone. */
bool choice_by_name(const struct choice *c, const char *path, const struct scene *s);

/* Whether its file is to be asked, too; and whether it is wanted then. */
bool choice_asks_file(const struct choice *c);
int choice_by_file(const struct choice *c, const struct ras *r, const struct scene *s,
                   bool *wanted);

#endif
