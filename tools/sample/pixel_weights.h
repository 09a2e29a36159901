/* pixel_weights: a raster of what the pixels of other rasters count: people, tonnes of
 * soil.
 *
 * A pixel's weight is the number of the pixel of the weights that holds its centre; where
 * there is none, or the weights end, the pixel does not count. */
#ifndef ECO_SAMPLE_PIXEL_WEIGHTS_H
#define ECO_SAMPLE_PIXEL_WEIGHTS_H

#include "scene/scene_raster.h"

struct pixel_weights {
    struct scene_raster s;
    struct gt_locator place;
    double turn;
    const struct ras *of; /* the present raster */
    bool same, told;      /* it has the pixels of the weights; its are larger, told */
    double *cell;         /* of a row: which columns and rows of the weights */
    size_t cell_cap;
};

/* bytes: for decoded blocks. MSG_INPUT, told, when it cannot be read. */
int pixel_weights_open(struct pixel_weights *w, const char *path, size_t bytes);

/* Turns to a raster, which is borrowed. MSG_INPUT, told, where it has another CRS. */
int pixel_weights_turn(struct pixel_weights *w, const struct ras *r);

/* The weights of n pixels of one of its rows. MSG_INPUT, told, where one is negative. */
int pixel_weights_row(struct pixel_weights *w, int column, int row, int n, double *weight);
void pixel_weights_close(struct pixel_weights *w);

#endif
