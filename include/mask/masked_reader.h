/* masked_reader: the values of a raster that count.
 *
 * A pixel counts when it has a value, its centre lies in the clip of a grid (if there is
 * one), and mask_options lets it through. This is the one place where all of that is
 * applied: sampling, regridding and pictures read through it.
 *
 * One raster after the other: what the clip and the maps give is kept for the next raster
 * with the same pixels. A zeroed struct with options is ready.
 *
 * Several rasters of one lattice (raster/mosaic.h) are read as the one around them. Each
 * has companions of its own. A place that several have a value for has that of the first of
 * them whose value passes the rules. */
#ifndef ECO_MASK_MASKED_READER_H
#define ECO_MASK_MASKED_READER_H

#include "mask/mask_options.h"
#include "mask/pixel_mask.h"
#include "raster/mosaic.h"
#include "scene/scene_raster.h"

enum { MASKED_READER_BYTES = 16 << 20 }; /* for what passes the rules, unless limited */

struct masked_reader {
    const struct mask_options *options; /* borrowed; NULL: all that have a value count */
    const struct grid *grid;            /* borrowed; NULL: none */
    unsigned flags;                     /* for ras_read */

    /* of the present raster */
    struct ras *ras; /* of several, the one around them: to be looked at, not to be read */
    int band;        /* of a single raster it may be set to another one between reads */
    struct mask_found found;
    struct pixel_mask *mask; /* NULL: neither grid nor maps */
    struct masked_part *part;
    size_t nparts;
    size_t failed; /* the part that could not be read, or was changed, so that the present
                      status is MSG_INPUT; MASKED_READER_NONE for none */
    struct masked_filter *filter; /* what else masked_reader_look takes away; borrowed, or
                                     NULL */

    /* private */
    struct ras around;
    double *piece; /* of a part */
    size_t piece_cap;
};
#define MASKED_READER_NONE ((size_t)-1)

/* Makes NaN of values, and changes bits and weights, of a window that was looked at. */
struct masked_filter {
    int (*apply)(struct masked_filter *f, struct masked_reader *p, int column, int row,
                 int columns, int rows, double *v, unsigned char *bits, float *weight);
    bool weighs; /* it needs weights */
};

/* A raster that is read, and where. */
struct masked_part {
    struct mosaic_part lies;
    struct quality *quality; /* NULL: no rules */
};

/* Finds the maps of the next raster, for masked_reader_open; told as
 * mask_options_find_maps does. */
int masked_reader_find(struct masked_reader *p, const char *path, const struct date *date);

/* Turns to that raster, which nothing was read from yet, and winds it to the grid (see
 * lon_wrap.h). memory: for what passes the rules, in bytes. MSG_INPUT, told, when a
 * companion or a map cannot be read. */
int masked_reader_open(struct masked_reader *p, struct ras *ras, int band, size_t memory);

/* The same for several, which fit each other and are laid here. */
int masked_reader_open_parts(struct masked_reader *p, const struct mosaic_part *part,
                             size_t n, size_t memory);

/* Both, for the values of a scene, whose blocks are kept up to so many bytes. */
int masked_reader_open_scene(struct masked_reader *p, struct scene_raster *s, size_t bytes);

/* As ras_read, with NaN for what does not count. */
int masked_reader_read(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v);

/* The same in parts, for a reader with a grid: NaN for what has no value or does not pass
 * the rules; bits and weight (unless NULL) as pixel_mask_window. */
int masked_reader_look(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v, unsigned char *bits, float *weight);

/* Whether pixels may have weights other than 1. */
bool masked_reader_weighs(const struct masked_reader *p);

/* ras_keep, ras_check_unchanged and quality_removed of all its rasters. What several have
 * of one place is counted for each. */
void masked_reader_keep(struct masked_reader *p, size_t bytes);
int masked_reader_check_unchanged(struct masked_reader *p);
double masked_reader_removed(const struct masked_reader *p, int rule);

/* Done with the raster; also after a failure. */
void masked_reader_close(struct masked_reader *p);
void masked_reader_free(struct masked_reader *p);

#endif
