/* source_image: a source's pixels as a picture in the plane of a grid.
 *
 * Where source and grid share a CRS and the source is not rotated, the picture's pixels
 * are the source's own; else each takes the source pixel that holds its centre. A plane
 * with more pixels on a side than asked for is reduced by blocks: a block has the state
 * that most of its pixels have, and the mean of those that take part. */
#ifndef ECO_PLOT_SOURCE_IMAGE_H
#define ECO_PLOT_SOURCE_IMAGE_H

#include "mask/masked_reader.h"

enum plot_state {
    PLOT_OUTSIDE, /* outside of the clip area or of the source */
    PLOT_USED,    /* takes part */
    PLOT_OTHER,   /* inside, but of another class */
    PLOT_EMPTY,   /* inside, of a wanted class, but without a value */
    PLOT_FAILED,  /* all of that, but its companions fail a rule */
    PLOT_STATES
};

struct source_image {
    double x0, y0, dx, dy; /* the south-west corner; both sides positive */
    int columns, rows;     /* 0 where the source does not touch the frame */
    int reduced;           /* pixels on a block's side; 1: as they are */
    float *value;          /* row after row from the south; NaN unless PLOT_USED */
    unsigned char *state;
    double count[PLOT_STATES]; /* pixels before any reduction; by the share of each that is
                                  on wanted classes, where maps count by area */
    double counted_area;       /* of one of these, in the grid's plane */
    double pixel_area;         /* of a source pixel there; NaN where that is unknown */
};

/* What of the reader's raster lies in the frame (x0, y0, x1, y1 in the plane of the
 * reader's grid) and under the grid. */
int source_image_read(struct source_image *p, struct masked_reader *from,
                      const double frame[4], int most);
void source_image_free(struct source_image *p);

#endif
