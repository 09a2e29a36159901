/* map_panels: maps of one place, one or two by two, in one frame and one scale.
 *
 * How many, the frame and the unit are set by the caller; map_panels_layout then finds the
 * size of the picture and where everything goes. Rows count from the upper one. */
#ifndef ECO_PLOT_MAP_PANELS_H
#define ECO_PLOT_MAP_PANELS_H

#include "gnuplot.h"

struct map_panels {
    struct plot p;
    int columns, rows; /* of maps, at most two */
    double unit;       /* of the axes, in units of the plane that is shown */
    double frame[4];   /* x0, y0, x1, y1 in units of the axes */
    bool degrees;      /* the axes are longitude and latitude */
    const char *x_name, *y_name;
    size_t bar_digits; /* the longest label beside a bar */

    /* set by map_panels_layout */
    double left[2], bottom[2]; /* of columns and rows, in pixels */
    double width, height;      /* of each map */
    double dot;                /* a pixel, in units of the axes, up and down */
    struct plot_ticks x, y;
};

enum map_panels_units { MAP_KM, MAP_M, MAP_DEGREES, MAP_AUTO };
extern const char *const map_panels_unit_names[]; /* that can be chosen */

/* Sets unit, degrees and names for a plane whose unit has so many metres (0: degrees), and
 * the frame, which is in that. */
void map_panels_frame(struct map_panels *m, double metres, enum map_panels_units units,
                      const double frame[4]);

/* width, height: of the picture, or 0 to have the shape of the frame decide. p.terminal is
 * set. The frame grows or shrinks by less than a pixel, so that both axes have one scale.
 */
void map_panels_layout(struct map_panels *m, int width, int height);

/* A length that is in pixels where the scale is 1. */
double map_panels_px(const struct map_panels *m, double length);

/* Title (above all maps) and the line below it, as plain text. */
void map_panels_titles(struct map_panels *m, const char *title, const char *subtitle);

/* What comes before the plot command of a map: its place, axes, title, background. Forgets
 * what was set up for the map before it. */
void map_panels_begin(struct map_panels *m, int column, int row, const char *title_markup,
                      const char *background);
void map_panels_message(struct map_panels *m, int column, int row, const char *markup);

/* A palette with its bar right of a map. */
void map_panels_bar(struct map_panels *m, int column, int row,
                    const struct plot_palette *palette, const double range[2],
                    const struct plot_ticks *ticks, const char *markup);
/* A mark across that bar, at a share of its height. */
void map_panels_bar_mark(struct map_panels *m, int column, int row, double share,
                         int style);

/* A key right of a map instead: where its swatches begin, and how wide and high they are.
 */
double map_panels_key_x(const struct map_panels *m, int column);

/* A line of x and y, given in the plane that is shown, no finer than can be seen. */
void map_panels_point(struct map_panels *m, double x, double y);

/* An image whose south-west corner and pixel size are given in the plane that is shown. */
struct plot_image map_panels_image(const struct map_panels *m, double x0, double y0,
                                   double dx, double dy, int columns, int rows);

/* Leaves of an image that has more pixels than a PNG can show those under the middles of
 * the PNG's pixels, which are all that gnuplot would draw, at a cost for each that it is
 * given. Returns what i->data then is, to be freed, or NULL where the image stays. */
void *map_panels_thin(const struct map_panels *m, struct plot_image *i);

#endif
