/* gnuplot: gnuplot scripts that carry their data. */
#include "gnuplot.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_fixed(struct out *o, double v, int decimals)
{
    char s[NUM_FIXED_MAX];
    out_write(o, s, num_fixed(s, v, decimals));
}

static void put_terminal(struct plot *p)
{
    /* Cairo takes a point for 4/3 of a pixel, SVG for one. PDF is measured in inches. */
    static const char *const head[] = {"pngcairo enhanced size ", "svg enhanced size ",
                                       "pdfcairo enhanced size "};
    static const char *const font_scale[] = {"0.75", "1", "0.5625"};
    double unit = p->terminal == PLOT_PDF ? 96 : 1;
    out_puts(&p->o, "set terminal ");
    out_puts(&p->o, head[p->terminal]);
    put_fixed(&p->o, p->width / unit, p->terminal == PLOT_PDF ? 4 : 0);
    out_char(&p->o, ',');
    put_fixed(&p->o, p->height / unit, p->terminal == PLOT_PDF ? 4 : 0);
    out_puts(&p->o, " background '#ffffff' font 'DejaVu Sans,");
    put_fixed(&p->o, PLOT_TEXT * p->scale, 2);
    out_puts(&p->o, "' fontscale ");
    out_puts(&p->o, font_scale[p->terminal]);
    out_char(&p->o, '\n');
}

/* gnuplot would run "|COMMAND" and put the user's folder in the place of "~/". */
static void put_output(struct plot *p, const char *output)
{
    struct buf path = {0};
    buf_printf(&path, "%s%s", *output == '|' || *output == '~' ? "./" : "", output);
    out_puts(&p->o, "set output ");
    plot_quoted(&p->o, path.s);
    out_char(&p->o, '\n');
    buf_free(&path);
}

void plot_begin(struct plot *p, const char *output, const char *command)
{
    out_init(&p->o, STDOUT_FILENO, "stdout");
    out_puts(&p->o, "# A picture for gnuplot 5.4 or newer, its data inside.\n");
    if (command) {
        out_puts(&p->o, "##cmd=");
        out_puts(&p->o, command);
        out_char(&p->o, '\n');
    }
    out_puts(&p->o, "reset\n");
    /* Cairo takes text for UTF-8 by itself, and gnuplot warns of this in the locale C. */
    if (p->terminal == PLOT_SVG)
        out_puts(&p->o, "set encoding utf8\n");
    put_terminal(p);
    if (output)
        put_output(p, output);
    p->labels = 0;
}

int plot_end(struct plot *p)
{
    out_puts(&p->o, "set output\n");
    letters_close(&p->letters);
    return out_close(&p->o);
}

void plot_fraction(struct out *o, const char *what, double fraction)
{
    out_puts(o, what);
    put_fixed(o, fraction, 6);
}

void plot_screen(struct plot *p, double x, double y)
{
    plot_fraction(&p->o, "screen ", x / p->width);
    plot_fraction(&p->o, ", screen ", y / p->height);
}

void plot_frame(struct plot *p, int borders)
{
    out_puts(&p->o, "unset key\nset border ");
    out_long(&p->o, borders);
    out_puts(&p->o, " lw 0.8 lc rgb '#404040'\n"
                    "set tics out nomirror scale 0.6 textcolor rgb '#404040'\n"
                    "set clip two\n"
                    "set style textbox opaque fillcolor rgb '#ffffff' noborder\n");
}

void plot_place(struct plot *p, double x, double y, double width, double height)
{
    plot_fraction(&p->o, "set lmargin at screen ", x / p->width);
    plot_fraction(&p->o, "\nset rmargin at screen ", (x + width) / p->width);
    plot_fraction(&p->o, "\nset bmargin at screen ", y / p->height);
    plot_fraction(&p->o, "\nset tmargin at screen ", (y + height) / p->height);
    out_char(&p->o, '\n');
}

void plot_range(struct plot *p, const char *axis, double from, double to)
{
    out_puts(&p->o, "set ");
    out_puts(&p->o, axis);
    out_puts(&p->o, "range [");
    out_double(&p->o, from);
    out_char(&p->o, ':');
    out_double(&p->o, to);
    out_puts(&p->o, "]\n");
}

void plot_label(struct plot *p, double x, double y, enum plot_align align,
                struct plot_font font, const char *markup)
{
    static const char *const words[] = {" left", " center", " right"};
    struct buf b = {0};
    buf_puts(&b, font.bold ? "{/:Bold " : "");
    if (p->terminal == PLOT_SVG) /* whose fonts are those of who looks at it */
        buf_puts(&b, markup);
    else
        letters_add(&p->letters, &b, markup);
    buf_puts(&b, font.bold ? "}" : "");
    out_puts(&p->o, "set label ");
    out_long(&p->o, ++p->labels);
    out_char(&p->o, ' ');
    plot_quoted(&p->o, b.s ? b.s : "");
    out_puts(&p->o, " at ");
    plot_screen(p, x, y);
    out_puts(&p->o, words[align]);
    out_puts(&p->o, font.upright ? " rotate" : "");
    out_puts(&p->o, font.boxed ? " boxed" : "");
    out_puts(&p->o, " front font ',");
    put_fixed(&p->o, PLOT_TEXT * p->scale * font.size, 2);
    out_puts(&p->o, "' textcolor rgb '");
    out_puts(&p->o, font.color ? font.color : "#000000");
    out_puts(&p->o, "'\n");
    buf_free(&b);
}

/* Plain text, cut to what is left of the picture's width. */
static void put_plain(struct plot *p, double x, double y, struct plot_font font,
                      const char *text)
{
    struct buf b = {0};
    double room = p->width - x - 14 * p->scale;
    char *fitting = plot_fit(p, text, font.size * (font.bold ? 1.12 : 1), room);
    plot_text(&b, fitting);
    plot_label(p, x, y, PLOT_LEFT, font, b.s ? b.s : "");
    free(fitting);
    buf_free(&b);
}

void plot_point(struct plot *p, double x, double y, int type, const char *color)
{
    out_puts(&p->o, "set label ");
    out_long(&p->o, ++p->labels);
    out_puts(&p->o, " '' at ");
    plot_screen(p, x, y);
    out_puts(&p->o, " point pt ");
    out_long(&p->o, type);
    out_puts(&p->o, " ps 1.1 lc rgb '");
    out_puts(&p->o, color);
    out_puts(&p->o, "'\n");
}

void plot_titles(struct plot *p, double x, double y, const char *title,
                 const char *subtitle)
{
    put_plain(p, x, y + 50 * p->scale, (struct plot_font){.size = 1.6, .bold = true},
              title);
    put_plain(p, x, y + 22 * p->scale, (struct plot_font){.size = 1, .color = "#404040"},
              subtitle);
}

void plot_box(struct plot *p, double x, double y, double width, double height,
              const char *color, const char *border)
{
    out_puts(&p->o, "set object ");
    out_long(&p->o, ++p->labels);
    out_puts(&p->o, " rectangle from ");
    plot_screen(p, x, y);
    out_puts(&p->o, " to ");
    plot_screen(p, x + width, y + height);
    out_puts(&p->o, " behind fillstyle solid ");
    if (border) {
        out_puts(&p->o, "border lc rgb '");
        out_puts(&p->o, border);
        out_char(&p->o, '\'');
    } else {
        out_puts(&p->o, "noborder");
    }
    out_puts(&p->o, " fillcolor rgb '");
    out_puts(&p->o, color);
    out_puts(&p->o, "'\n");
}

void plot_line(struct plot *p, double x0, double y0, double x1, double y1, int style)
{
    out_puts(&p->o, "set arrow ");
    out_long(&p->o, ++p->labels);
    out_puts(&p->o, " from ");
    plot_screen(p, x0, y0);
    out_puts(&p->o, " to ");
    plot_screen(p, x1, y1);
    out_puts(&p->o, " nohead front ls ");
    out_long(&p->o, style);
    out_char(&p->o, '\n');
}

void plot_clear(struct plot *p)
{
    out_puts(&p->o, "unset label\nunset object\nunset arrow\n");
    p->labels = 0;
}

void plot_put_ticks(struct plot *p, const char *axis, const struct plot_ticks *t,
                    bool labels)
{
    out_puts(&p->o, t->n > 0 ? "set " : "unset ");
    out_puts(&p->o, axis);
    out_puts(&p->o, t->n > 0 ? "tics (" : "tics");
    for (int i = 0; i < t->n; i++) {
        char s[NUM_FIXED_MAX];
        size_t n = plot_tick_label(t, plot_tick(t, i), s);
        out_puts(&p->o, i ? ", '" : "'");
        out_write(&p->o, s, labels ? n : 0);
        out_puts(&p->o, "' ");
        if (t->power)
            out_double(&p->o, plot_tick(t, i));
        else
            out_write(&p->o, s, n);
    }
    out_puts(&p->o, t->n > 0 ? ")\n" : "\n");
}

/* Binary data are those of the machine that the script is made on. */
static const char *byte_order(void)
{
    const unsigned short one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first ? " endian=little" : " endian=big";
}

void plot_points(struct plot *p, size_t n, int fields)
{
    out_puts(&p->o, "'-' binary record=(");
    out_long(&p->o, (long long)n);
    out_puts(&p->o, ") format='");
    for (int i = 0; i < fields; i++)
        out_puts(&p->o, "%float64");
    out_char(&p->o, '\'');
    out_puts(&p->o, byte_order());
}

/* gnuplot draws no image of a single row or column: such pixels are quartered. */
static bool is_thin(const struct plot_image *i)
{
    return i->columns < 2 || i->rows < 2;
}

void plot_image(struct plot *p, const struct plot_image *i)
{
    int parts = is_thin(i) ? 2 : 1;
    double dx = i->dx / parts, dy = i->dy / parts;
    out_puts(&p->o, " '-' binary array=(");
    out_long(&p->o, (long long)i->columns * parts);
    out_char(&p->o, ',');
    out_long(&p->o, (long long)i->rows * parts);
    out_puts(&p->o, i->format == PLOT_BYTES ? ") format='%uchar'" : ") format='%float32'");
    out_puts(&p->o, i->format == PLOT_BYTES ? "" : byte_order());
    out_puts(&p->o, " origin=(");
    out_double(&p->o, i->x - (i->dx - dx) / 2);
    out_char(&p->o, ',');
    out_double(&p->o, i->y - (i->dy - dy) / 2);
    out_puts(&p->o, ") dx=");
    out_double(&p->o, dx);
    out_puts(&p->o, " dy=");
    out_double(&p->o, dy);
    out_puts(&p->o, " using 1 with image");
    /* Viewers smooth images that they enlarge, unless every pixel is drawn by itself. */
    if (p->terminal == PLOT_SVG && (double)i->columns * i->rows <= 10000)
        out_puts(&p->o, " pixels");
    out_puts(&p->o, PLOT_NAMELESS);
}

void plot_image_data(struct plot *p, const struct plot_image *i)
{
    size_t size = i->format == PLOT_BYTES ? 1 : sizeof(float);
    size_t n = (size_t)i->columns * (size_t)i->rows;
    const char *data = i->data;
    if (!is_thin(i)) {
        out_write(&p->o, data, n * size);
        return;
    }
    for (int row = 0; row < 2 * i->rows; row++)
        for (int column = 0; column < 2 * i->columns; column++) {
            size_t at = (size_t)(row / 2) * (size_t)i->columns + (size_t)(column / 2);
            out_write(&p->o, data + at * size, size);
        }
}
