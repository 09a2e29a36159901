/* pixels: the values of a raster that count.
 *
 * A pixel counts when it has a value, its companion layers fulfil every rule (see
 * quality.h), and its centre is on wanted classes of every map (see classmap.h). Others
 * read as NaN. */
#ifndef ECO_PIXELS_H
#define ECO_PIXELS_H

#include "mask/classmap.h"
#include "mask/quality.h"
#include "scene/scene_raster.h"

enum { PIXELS_MAPS = 8 };

struct pixels_rules {
    struct quality_rules *quality; /* NULL: none */
    bool lenient;                  /* a missing companion is a warning */
    struct pixels_map {
        const char *pattern; /* of its path; {year} is the raster's */
        struct classmap_classes *classes;
    } map[PIXELS_MAPS];
    int nmaps;
};

/* One raster after the other; what the maps give is kept for rasters of one grid. A zeroed
 * struct with rules is ready. */
struct pixels {
    const struct pixels_rules *rules; /* borrowed; NULL: all that have a value count */
    struct ras *ras;
    int band;

    struct quality *quality;
    struct ras like; /* columns, rows, gt and crs that the maps were opened for */
    struct classmap *map[PIXELS_MAPS];
    unsigned char *bits;
    size_t cap;
};

/* Turns to a source, which nothing was read from yet, and keeps so many bytes of its
 * blocks. MSG_INPUT, told, when a companion or a map cannot be read. */
int pixels_open(struct pixels *p, struct source *s, size_t bytes);

/* As ras_read, with NaN for what does not count. */
int pixels_read(struct pixels *p, int column, int row, int columns, int rows, double *v);

/* Done with the source. */
void pixels_close(struct pixels *p);
void pixels_free(struct pixels *p);

/* From a command line: --mask, --classes (of the map before), --missing-companion. They
 * return MSG_OK or MSG_USAGE, told. pixels_rules_check: whether each map has classes. */
int pixels_rules_mask(struct pixels_rules *rules, const char *pattern);
int pixels_rules_classes(struct pixels_rules *rules, const char *text);
int pixels_rules_missing(struct pixels_rules *rules, const char *text);
int pixels_rules_check(const struct pixels_rules *rules);
void pixels_rules_free(struct pixels_rules *rules);

#endif
