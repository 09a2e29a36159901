/* masked_reader: the values of a raster that count.
 *
 * A pixel counts when it has a value, its companion layers fulfil every rule (see
 * quality.h), and its centre is on wanted classes of every map (see classmap.h). Others
 * read as NaN. */
#ifndef ECO_MASK_MASKED_READER_H
#define ECO_MASK_MASKED_READER_H

#include "mask/classmap.h"
#include "mask/quality.h"
#include "scene/scene_raster.h"

enum { MASK_MAPS = 8 };

struct mask_options {
    struct quality_rules *quality; /* NULL: none */
    bool lenient;                  /* a missing companion is a warning */
    struct mask_map {
        const char *pattern; /* of its path; {year} is the raster's */
        struct classmap_classes *classes;
    } map[MASK_MAPS];
    int nmaps;
};

/* One raster after the other; what the maps give is kept for rasters of one grid. A zeroed
 * struct with rules is ready. */
struct masked_reader {
    const struct mask_options *rules; /* borrowed; NULL: all that have a value count */
    struct ras *ras;
    int band;

    struct quality *quality;
    struct raster_grid grid; /* that the maps were opened for; without a CRS: none yet */
    struct classmap *map[MASK_MAPS];
    unsigned char *bits;
    size_t cap;
};

/* Turns to a source, which nothing was read from yet, and keeps so many bytes of its
 * blocks. MSG_INPUT, told, when a companion or a map cannot be read. */
int masked_reader_open(struct masked_reader *p, struct scene_raster *s, size_t bytes);

/* As ras_read, with NaN for what does not count. */
int masked_reader_read(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v);

/* Done with the source. */
void masked_reader_close(struct masked_reader *p);
void masked_reader_free(struct masked_reader *p);

/* From a command line: --mask, --classes (of the map before), --missing-companion. They
 * return MSG_OK or MSG_USAGE, told. mask_options_check: whether each map has classes. */
int mask_options_mask(struct mask_options *rules, const char *pattern);
int mask_options_classes(struct mask_options *rules, const char *text);
int mask_options_missing(struct mask_options *rules, const char *text);
int mask_options_check(const struct mask_options *rules);
void mask_options_free(struct mask_options *rules);

#endif
