/* masked_reader: the values of a raster that count.
 *
 * A pixel counts when it has a value, its centre lies in the clip of a grid (if there is
 * one), and mask_options lets it through. This is the one place where all of that is
 * applied: sampling, regridding and pictures read through it.
 *
 * One raster after the other: what the clip and the maps give is kept for the next raster
 * with the same pixels. A zeroed struct with options is ready. */
#ifndef ECO_MASK_MASKED_READER_H
#define ECO_MASK_MASKED_READER_H

#include "mask/mask_options.h"
#include "mask/pixel_mask.h"
#include "scene/scene_raster.h"

enum { MASKED_READER_BYTES = 16 << 20 }; /* for what passes the rules, unless limited */

struct masked_reader {
    const struct mask_options *options; /* borrowed; NULL: all that have a value count */
    const struct grid *grid;            /* borrowed; NULL: none */
    unsigned flags;                     /* for ras_read */

    /* of the present raster */
    struct ras *ras;
    int band;
    struct mask_found found;
    struct quality *quality; /* NULL: no rules */
    struct pixel_mask *mask; /* NULL: neither grid nor maps */
};

/* Finds the maps of the next raster, for masked_reader_open; told as
 * mask_options_find_maps does. */
int masked_reader_find(struct masked_reader *p, const char *path, const struct date *date);

/* Turns to that raster, which nothing was read from yet, and winds it to the grid (see
 * lon_wrap.h). memory: for what passes the rules, in bytes. MSG_INPUT, told, when a
 * companion or a map cannot be read. */
int masked_reader_open(struct masked_reader *p, struct ras *ras, int band, size_t memory);

/* Both, for the values of a scene, whose blocks are kept up to so many bytes. */
int masked_reader_open_scene(struct masked_reader *p, struct scene_raster *s, size_t bytes);

/* As ras_read, with NaN for what does not count. */
int masked_reader_read(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v);

/* The same in parts, for a reader with a grid: NaN for what has no value or does not pass
 * the rules; bits and weight (unless NULL) as pixel_mask_window. */
int masked_reader_look(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v, unsigned char *bits, float *weight);

/* Done with the raster; also after a failure. */
void masked_reader_close(struct masked_reader *p);
void masked_reader_free(struct masked_reader *p);

#endif
