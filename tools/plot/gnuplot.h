/* gnuplot: gnuplot scripts that carry their data.
 *
 * Everything is placed by the tool and nothing by gnuplot, so that a picture is the same
 * in every output format: places are in pixels of the picture from its lower left corner.
 * Text is always quoted by plot_quoted, so that gnuplot neither expands macros nor runs
 * commands, and what it would take for markup is escaped. */
#ifndef ECO_PLOT_GNUPLOT_H
#define ECO_PLOT_GNUPLOT_H

#include "base/buf.h"
#include "base/out.h"
#include "letters.h"
#include "plot/options.h"
#include "scale.h"
#include <stdbool.h>
#include <stddef.h>

enum { PLOT_TEXT = 15 }; /* pixels, the height of the usual text at scale 1 */

struct plot {
    struct out o;
    enum plot_terminal terminal;
    int width, height; /* in pixels; for PDF, of 1/96 inch */
    double scale; /* of fonts and lines: 1 where the usual text is PLOT_TEXT pixels high */
    int labels;   /* how many this plot of the picture has so far */
    struct letters letters;
};

/* Begins the script on stdout: terminal, output file (NULL: gnuplot's stdout). command
 * goes into a comment unless it is NULL. plot_end flushes and closes. */
void plot_begin(struct plot *p, const char *output, const char *command);
int plot_end(struct plot *p);

/* Adds to the script; no text of others, which plot_quoted is for. */
void plot_printf(struct plot *p, const char *format, ...) MSG_PRINTF(2, 3);

/* Adds text so that gnuplot shows it as it is: markup escaped, control characters and
 * bytes that are no UTF-8 replaced. Markup of one's own goes around it with buf_puts. */
void plot_text(struct buf *b, const char *text);

/* Adds a unit in the way of "W m-2", its powers raised. */
void plot_unit(struct buf *b, const char *unit);

/* Adds a count, 12345 as 12,345. */
void plot_count(struct buf *b, double count);

/* The text cut to what fits into a width, with an ellipsis. Free it. */
char *plot_fit(const struct plot *p, const char *text, double size, double width);

/* How wide a text of that many characters is, about. */
double plot_text_width(const struct plot *p, double size, size_t characters);

/* A string for gnuplot: any text without a line's end. The one way for text to get into a
 * script, but for comments. */
void plot_quoted(struct out *o, const char *text);

/* Text at a place. size is in units of the usual text. */
enum plot_align { PLOT_LEFT, PLOT_CENTER, PLOT_RIGHT };
struct plot_font {
    double size;
    const char *color;  /* "#rrggbb", or NULL for black */
    bool bold, upright; /* upright: runs from bottom to top */
    bool boxed;         /* hides what lies behind */
};
void plot_label(struct plot *p, double x, double y, enum plot_align align,
                struct plot_font font, const char *markup);

/* A mark, of gnuplot's types of points. */
void plot_point(struct plot *p, double x, double y, int type, const char *color);

/* A title and the smaller line below it, plain text, in the 78 pixels (at scale 1) above
 * a height. */
enum { PLOT_TITLE_HEIGHT = 78 };
void plot_titles(struct plot *p, double x, double y, const char *title,
                 const char *subtitle);

/* A filled box, drawn behind all else or in front of it. border: its colour or NULL. */
void plot_box(struct plot *p, double x, double y, double width, double height,
              const char *color, const char *border);

/* A straight line in a line style. */
void plot_line(struct plot *p, double x0, double y0, double x1, double y1, int style);

/* Forgets labels, boxes and lines, for the next plot of the picture. */
void plot_clear(struct plot *p);

/* What the axes of all plots look like: their borders, by gnuplot's bits, and ticks. */
void plot_frame(struct plot *p, int borders);

/* Where the axes of the next plot stand. */
void plot_place(struct plot *p, double x, double y, double width, double height);

/* "set xrange [FROM:TO]", for x, y, cb. */
void plot_range(struct plot *p, const char *axis, double from, double to);

/* "set xtics (...)" for axis "x", "y" or "cb". Without labels the marks alone. */
void plot_put_ticks(struct plot *p, const char *axis, const struct plot_ticks *t,
                    bool labels);

/* Ends what is plotted, so that SVG does not name it by what was to be read. */
#define PLOT_NAMELESS " title ' '"

/* What a plot command needs for an image of columns x rows floats or bytes, rows from the
 * south; x, y: the centre of the first. The data follow the end of the command. */
struct plot_image {
    double x, y, dx, dy;
    int columns, rows;
    enum plot_format { PLOT_FLOATS, PLOT_BYTES } format;
    const void *data;
};
void plot_image(struct plot *p, const struct plot_image *i);
void plot_image_data(struct plot *p, const struct plot_image *i);

/* The same for n records of some doubles. */
void plot_points(struct plot *p, size_t n, int fields);

/* The palette of a file: share/palettes/NAME.tsv, or any path with a slash or a dot; from
 * a position on. */
struct plot_stop {
    double position, rgb[3];
};
struct plot_palette {
    struct plot_stop *stop;
    size_t n;
};
int plot_palette_read(struct plot_palette *palette, const char *name, double from);
void plot_palette_free(struct plot_palette *palette);

/* The bar of a palette, right of an area whose right edge is x: its colours, the range that
 * they stand for, and its name; the caller puts the ticks of "cb", whose labels have at
 * most so many digits. */
void plot_bar(struct plot *p, double x, double y, double height, size_t digits,
              const struct plot_palette *palette, const double range[2],
              const char *markup);
/* How wide that is; and without the room for its name and labels. */
double plot_bar_width(const struct plot *p, size_t digits);
enum { PLOT_BAR_GAP = 16, PLOT_BAR = 20 }; /* pixels at scale 1: to it, and its colours */

#endif
