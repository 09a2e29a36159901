/* gnuplot: gnuplot scripts that carry their data. */
#include "gnuplot.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void plot_printf(struct plot *p, const char *format, ...)
{
    va_list ap;
    struct buf b = {0};
    va_start(ap, format);
    buf_vprintf(&b, format, ap);
    va_end(ap);
    out_write(&p->o, b.s, b.n);
    buf_free(&b);
}

static void put_terminal(struct plot *p)
{
    /* Cairo takes a point for 4/3 of a pixel, SVG for one. PDF is measured in inches. */
    static const char *const name[] = {"pngcairo", "svg", "pdfcairo"};
    static const char *const font_scale[] = {"0.75", "1", "0.5625"};
    bool pdf = p->terminal == PLOT_PDF;
    double unit = pdf ? 96 : 1;
    plot_printf(p,
                "set terminal %s enhanced size %.*f,%.*f background '#ffffff' font "
                "'DejaVu Sans,%.2f' fontscale %s\n",
                name[p->terminal], pdf ? 4 : 0, p->width / unit, pdf ? 4 : 0,
                p->height / unit, PLOT_TEXT * p->scale, font_scale[p->terminal]);
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
    if (command)
        plot_printf(p, "##cmd=%s\n", command);
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

/* Fractions of the picture, as gnuplot's screen coordinates want them. */
static void put_screen(struct plot *p, const char *before, double x, double y)
{
    plot_printf(p, "%sscreen %.6f, screen %.6f", before, x / p->width, y / p->height);
}

void plot_frame(struct plot *p, int borders)
{
    plot_printf(p,
                "unset key\nset border %d lw 0.8 lc rgb '#404040'\n"
                "set tics out nomirror scale 0.6 textcolor rgb '#404040'\n"
                "set clip two\n"
                "set style textbox opaque fillcolor rgb '#ffffff' noborder\n",
                borders);
}

void plot_place(struct plot *p, double x, double y, double width, double height)
{
    plot_printf(p,
                "set lmargin at screen %.6f\nset rmargin at screen %.6f\n"
                "set bmargin at screen %.6f\nset tmargin at screen %.6f\n",
                x / p->width, (x + width) / p->width, y / p->height,
                (y + height) / p->height);
}

void plot_range(struct plot *p, const char *axis, double from, double to)
{
    plot_printf(p, "set %srange [", axis);
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
    plot_printf(p, "set label %d ", ++p->labels);
    plot_quoted(&p->o, b.s ? b.s : "");
    put_screen(p, " at ", x, y);
    plot_printf(p, "%s%s%s front font ',%.2f' textcolor rgb '%s'\n", words[align],
                font.upright ? " rotate" : "", font.boxed ? " boxed" : "",
                PLOT_TEXT * p->scale * font.size, font.color ? font.color : "#000000");
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
    plot_printf(p, "set label %d ''", ++p->labels);
    put_screen(p, " at ", x, y);
    plot_printf(p, " point pt %d ps 1.1 lc rgb '%s'\n", type, color);
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
    plot_printf(p, "set object %d rectangle", ++p->labels);
    put_screen(p, " from ", x, y);
    put_screen(p, " to ", x + width, y + height);
    out_puts(&p->o, " behind fillstyle solid ");
    if (border)
        plot_printf(p, "border lc rgb '%s'", border);
    else
        out_puts(&p->o, "noborder");
    plot_printf(p, " fillcolor rgb '%s'\n", color);
}

void plot_line(struct plot *p, double x0, double y0, double x1, double y1, int style)
{
    plot_printf(p, "set arrow %d", ++p->labels);
    put_screen(p, " from ", x0, y0);
    put_screen(p, " to ", x1, y1);
    plot_printf(p, " nohead front ls %d\n", style);
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
    plot_printf(p, "'-' binary record=(%zu) format='", n);
    for (int i = 0; i < fields; i++)
        out_puts(&p->o, "%float64");
    plot_printf(p, "'%s", byte_order());
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
    plot_printf(p, " '-' binary array=(%lld,%lld) format=", (long long)i->columns * parts,
                (long long)i->rows * parts);
    out_puts(&p->o, i->format == PLOT_BYTES ? "'%uchar'" : "'%float32'");
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
