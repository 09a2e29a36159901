/* chart: one chart with titles, two axes, a key, notes and layers of data.
 *
 * A picture fills one: what the axes show, what is said, and the layers in the order in
 * which they are drawn. Nothing of it needs places in pixels; those are found when the
 * chart is drawn. A zeroed struct is an empty chart. */
#ifndef ECO_PLOT_CHART_H
#define ECO_PLOT_CHART_H

#include "gnuplot.h"

enum chart_sample { CHART_POINT, CHART_LINE }; /* what stands in the key */

struct chart {
    /* set by the picture */
    double x[2], y[2]; /* what the axes show */
    int width, height; /* of the picture, where no size was asked for */
    double shape;      /* a unit of x is as long as one of y where the area is so
                          many times as wide as high; 0: it fills the picture */
    bool dates;        /* x is seconds since 1970 */
    bool bare;         /* no lines across the area */
    bool notes_below;  /* in the lower right corner, not in the upper left one */
    struct plot_ticks x_ticks, y_ticks; /* where n is 0, by the range; -1: none */
    double least_step;                  /* of y_ticks; 0: any */
    struct buf title, subtitle;         /* plain text */
    struct buf x_name, y_name;          /* markup; of dates, before the years */
    const char *empty; /* what is said where there is nothing to show; or NULL */
    struct plot_palette
        counts; /* the colours of counts, with their bar, if there are stops */
    double most_count;

    /* private */
    struct plot p;
    double left, bottom, across, up; /* the area, in pixels */
    double key_width;
    struct chart_key {
        char *name; /* plain */
        int mark;
        enum chart_sample sample;
    } * key;
    struct chart_label {
        double x, y;
        enum plot_align align;
        struct plot_font font;
        char *markup;
    } * label;
    struct chart_layer {
        double *v; /* of points, or */
        size_t n;
        int fields;
        struct plot_image image; /* an image, with its pixels */
        float *pixels;
        char *how;
    } * layer;
    size_t nkeys, nlabels, nlayers, key_cap, label_cap, layer_cap;
    struct buf notes; /* each with a NUL behind it */
};

/* The mark of so many-eth a thing, and the colour of its line: forty can be told apart, by
 * those who see no colours by their marks, the first six. */
struct chart_mark {
    const char *color; /* "#rrggbb" */
    int point;         /* gnuplot's type of point */
};
struct chart_mark chart_mark(int i, bool open);

/* An entry of the key, with the colour of so many-eth a thing. */
void chart_key(struct chart *c, const char *name, int mark, enum chart_sample sample);

/* A line of markup in a corner. */
void chart_note(struct chart *c, const struct buf *markup);

/* The same of a number: "bias = 1.23 K", with four digits and a unit or NULL. Nothing of
 * what is NaN. */
void chart_number(struct chart *c, const char *name, double v, const char *unit);
void chart_count(struct chart *c, const char *name, double n);

/* Text at a place in the units of the axes. */
void chart_label(struct chart *c, double x, double y, enum plot_align align,
                 struct plot_font font, const char *markup);

/* Room for n records of some numbers, to be filled, and how gnuplot draws them: "using 1:2
 * with lines ...". */
double *chart_layer(struct chart *c, size_t n, int fields, const char *how, ...)
    MSG_PRINTF(4, 5);

/* A straight line. */
void chart_line(struct chart *c, double x0, double y0, double x1, double y1,
                const char *how);

/* Room for pixels that cover the area, row after row from the lower left. */
float *chart_image(struct chart *c, int columns, int rows);

/* Draws it and frees it. */
int chart_draw(struct chart *c, const struct plot_options *o, const char *command);

#endif
