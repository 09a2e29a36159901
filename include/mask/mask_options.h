/* mask_options: what a tool was told of the pixels that count.
 *
 * A pixel counts when it has a value, its centre is on wanted classes of every class map
 * (or, with --mask-weight, some of its area is; see classmap.h), and its companion layers
 * fulfil every rule (see quality.h). These are the options that say so, the same in every
 * tool; masked_reader.h applies them.
 *
 * A map may be one of many: {year} in its name, or in that of its band, FILE:{year}, is the
 * scene's year, and where that map is missing, the year's fallback. A map whose bands are
 * described by a year each gives that of the scene's. */
#ifndef ECO_MASK_MASK_OPTIONS_H
#define ECO_MASK_MASK_OPTIONS_H

#include "base/date.h"
#include "base/options.h"
#include "mask/classmap.h"
#include "mask/quality.h"

enum { MASK_MAPS = 8 };

struct map_years;

struct mask_map {
    const char *pattern; /* of its path */
    struct classmap_classes *classes;
    struct map_years *years; /* what its bands are, once that is known */
};

struct mask_fallback {
    int missing, instead; /* years */
};

/* Zeroed: all pixels with a value count. */
struct mask_options {
    struct mask_map map[MASK_MAPS];
    int nmaps;
    bool by_area; /* the maps count by the share of a pixel's area */
    struct mask_fallback *fallback;
    size_t nfallbacks, fallback_cap;
    struct quality_rules *quality; /* NULL: none */
    int lenient;                   /* 1: a missing companion is a warning */
    const char *cache;             /* folder for what clip and maps gave, or NULL */
};

/* Adds --mask, --classes, --fallback, --mask-weight and --mask-cache (for tools that weigh
 * pixels), --keep, --companion and --missing-companion. */
void mask_options_add(struct mask_options *m, struct options *o, bool weighs);

/* MSG_USAGE, told, when they do not go together. */
int mask_options_check(const struct mask_options *o);
void mask_options_free(struct mask_options *o);

/* The maps of one scene. */
struct mask_found {
    int n;
    struct mask_found_map {
        char *path;
        int year;    /* its own, where it was chosen by it; else 0 */
        int missing; /* the year that it stands in for as a fallback, or 0 */
    } map[MASK_MAPS];
};

/* Finds the maps for a scene of that date. MSG_INPUT, told with the scene's path, when
 * there is none for its year. */
int mask_options_find_maps(const struct mask_options *o, const char *path,
                           const struct date *date, struct mask_found *found);
void mask_found_free(struct mask_found *found);

#endif
