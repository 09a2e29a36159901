/* plot_maps: two by two maps of one place, in one frame and one scale.
 *
 * The frame and the unit are set by the caller; plot_maps_layout then finds the size of
 * the picture and where everything goes. Rows count from the upper one. */
#ifndef ECO_PLOT_MAPS_H
#define ECO_PLOT_MAPS_H

#include "gnuplot.h"

struct plot_maps {
    struct plot p;
    double unit;     /* of the axes, in units of the plane that is shown */
    double frame[4]; /* x0, y0, x1, y1 in units of the axes */
    bool degrees;    /* the axes are longitude and latitude */
    const char *x_name, *y_name;
    size_t bar_digits; /* the longest label beside a bar */

    /* set by plot_maps_layout */
    double left[2], bottom[2]; /* of columns and rows, in pixels */
    double width, height;      /* of each map */
    double dot;                /* a pixel, in units of the axes, up and down */
    struct plot_ticks x, y;
};

/* width, height: of the picture, or 0 to have the shape of the frame decide. p.terminal is
 * set. The frame grows or shrinks by less than a pixel, so that both axes have one scale.
 */
void plot_maps_layout(struct plot_maps *m, int width, int height);

/* A length that is in pixels where the scale is 1. */
double plot_maps_px(const struct plot_maps *m, double length);

/* Title (above all maps) and the line below it, as plain text. */
void plot_maps_titles(struct plot_maps *m, const char *title, const char *subtitle);

/* What comes before the plot command of a map: its place, axes, title, background. Forgets
 * what was set up for the map before it. */
void plot_maps_begin(struct plot_maps *m, int column, int row, const char *title_markup,
                     const char *background);
void plot_maps_message(struct plot_maps *m, int column, int row, const char *markup);

/* A palette with its bar right of a map. */
void plot_maps_bar(struct plot_maps *m, int column, int row,
                   const struct plot_palette *palette, const double range[2],
                   const struct plot_ticks *ticks, const char *markup);
/* A mark across that bar, at a share of its height. */
void plot_maps_bar_mark(struct plot_maps *m, int column, int row, double share, int style);

/* A key right of a map instead: where its swatches begin, and how wide and high they are.
 */
double plot_maps_key_x(const struct plot_maps *m, int column);

/* A line of x and y, given in the plane that is shown, no finer than can be seen. */
void plot_maps_point(struct plot_maps *m, double x, double y);

/* An image whose south-west corner and pixel size are given in the plane that is shown. */
struct plot_image plot_maps_image(const struct plot_maps *m, double x0, double y0,
                                  double dx, double dy, int columns, int rows);

/* Leaves of an image that has more pixels than a PNG can show those under the middles of
 * the PNG's pixels, which are all that gnuplot would draw, at a cost for each that it is
 * given. Returns what i->data then is, to be freed, or NULL where the image stays. */
void *plot_maps_thin(const struct plot_maps *m, struct plot_image *i);

#endif
