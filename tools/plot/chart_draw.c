/* chart_draw: where the parts of a chart stand, and its script. */
#include "base/date.h"
#include "base/num.h"
#include "chart.h"
#include "dates.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The room that things need, in pixels at scale 1. */
enum {
    X_AXIS = 66,
    Y_AXIS = 52,
    RIGHT = 30,
    LABEL_APART = 64,
    NOTE_APART = 24,
    KEY_MARK = 30, /* from a key's left to its text */
    KEY_APART = 22,
    KEY_LEAST = 13
};

static const char *const ink = "#404040";

static double px(const struct chart *c, double length)
{
    return length * c->p.scale;
}

/* Of the largest label beside the bar of counts. */
static size_t bar_digits(const struct chart *c)
{
    struct buf b = {0};
    plot_count(&b, pow(10, floor(log10(fmax(c->most_count, 1)))));
    size_t n = b.n;
    buf_free(&b);
    return n;
}

/* How wide the key is: as its longest name, up to a quarter of the picture. */
static double key_width(const struct chart *c)
{
    double most = 0;
    for (size_t i = 0; i < c->nkeys; i++)
        most = fmax(most, plot_text_width(&c->p, 1, strlen(c->key[i].name)));
    if (c->counts.n)
        return plot_bar_width(&c->p, bar_digits(c));
    return c->nkeys ? fmin(most, c->p.width / 4.0) + px(c, KEY_MARK) : 0;
}

static void choose_ticks(struct chart *c)
{
    double y_step = (c->y[1] - c->y[0]) / c->up * px(c, LABEL_APART);
    double x_step = (c->x[1] - c->x[0]) / c->across * px(c, 1.6 * LABEL_APART);
    if (!c->y_ticks.n)
        c->y_ticks = plot_ticks(c->y[0], c->y[1], fmax(y_step, c->least_step));
    if (!c->x_ticks.n)
        c->x_ticks = plot_ticks(c->x[0], c->x[1], c->shape > 0 ? c->y_ticks.step : x_step);
}

static void lay_out(struct chart *c, const struct plot_options *o)
{
    c->p.terminal = o->terminal;
    c->p.width = o->width ? o->width : c->width;
    c->p.height = o->width ? o->height : c->height;
    c->p.scale = fmax(fmin(fmin(c->p.width, c->p.height * 1.6) / 1200.0, 2), 0.6);
    c->bottom = floor(px(c, X_AXIS));
    c->up = fmax(floor(c->p.height - c->bottom - px(c, PLOT_TITLE_HEIGHT + 6)), 20);
    c->across = fmax(c->p.width - px(c, X_AXIS + Y_AXIS), 20);
    choose_ticks(c);
    double labels = plot_text_width(&c->p, 1, plot_ticks_width(&c->y_ticks));
    c->left = floor(px(c, Y_AXIS) + labels);
    c->key_width = key_width(c);
    c->across = fmax(floor(c->p.width - c->left - px(c, RIGHT) - c->key_width), 20);
    if (c->shape > 0) {
        double wide = fmin(c->across, c->up * c->shape), high = wide / c->shape;
        if (o->width) {
            c->left += floor((c->across - wide) / 2);
        } else {
            c->p.width -= (int)(c->across - wide);
            c->p.height -= (int)(c->up - high);
        }
        c->across = floor(wide);
        c->up = floor(high);
    }
}

static double place_x(const struct chart *c, double x)
{
    return c->left + c->across * (x - c->x[0]) / (c->x[1] - c->x[0]);
}

static double place_y(const struct chart *c, double y)
{
    return c->bottom + c->up * (y - c->y[0]) / (c->y[1] - c->y[0]);
}

/* The years that marks without one belong to are the axis's. */
static void name_years(struct chart *c)
{
    struct date from = {0}, to = {0};
    date_set_number(&from, (long)floor(c->x[0] / 86400));
    date_set_number(&to, (long)floor(c->x[1] / 86400));
    buf_printf(&c->x_name, ", %d", from.year);
    if (to.year != from.year)
        buf_printf(&c->x_name, " to %d", to.year);
}

static void put_dates(struct chart *c)
{
    int n;
    double apart = plot_text_width(&c->p, 1, 13) * (c->x[1] - c->x[0]) / c->across;
    struct plot_mark *mark = plot_dates(c->x[0], c->x[1], apart, &n);
    if (n && strchr(mark[0].label, ':'))
        name_years(c);
    out_puts(&c->p.o, "set xtics (");
    for (int i = 0; i < n; i++) {
        double half = plot_text_width(&c->p, 1, strlen(mark[i].label)) / 2;
        out_puts(&c->p.o, i ? ", " : "");
        /* No part of a label beyond the picture. */
        plot_quoted(&c->p.o,
                    place_x(c, mark[i].at) + half > c->p.width ? "" : mark[i].label);
        out_char(&c->p.o, ' ');
        out_double(&c->p.o, mark[i].at);
    }
    out_puts(&c->p.o, ")\n");
    free(mark);
}

/* The names beside their marks, right of the chart, closer where there are many; of more
 * than there is room for, how many more there are. */
static void put_key(struct chart *c)
{
    double x = c->left + c->across + px(c, 20), y = c->bottom + c->up - px(c, 8);
    double room = c->up - px(c, 8);
    double apart = fmin(px(c, KEY_APART), fmax(px(c, KEY_LEAST), room / (double)c->nkeys));
    size_t most = (size_t)(room / apart);
    struct plot_font font = {.size = fmin(1, apart / px(c, PLOT_TEXT + 2)), .color = ink};
    for (size_t i = 0; i < c->nkeys && i < most; i++, y -= apart) {
        struct buf name = {0};
        const struct chart_key *k = &c->key[i];
        struct chart_mark mark = chart_mark(k->mark, false);
        char *fitting = plot_fit(&c->p, k->name, 1, c->key_width - px(c, KEY_MARK - 14));
        if (i == most - 1 && most < c->nkeys) {
            buf_printf(&name, "and %zu more", c->nkeys - i);
        } else {
            plot_text(&name, fitting);
            if (k->sample == CHART_POINT)
                plot_point(&c->p, x, y, mark.point, mark.color);
            else
                plot_box(&c->p, x - px(c, 9), y - px(c, 1), px(c, 18), px(c, 2), "#808080",
                         NULL);
        }
        free(fitting);
        plot_label(&c->p, x + px(c, 16), y, PLOT_LEFT, font, name.s ? name.s : "");
        buf_free(&name);
    }
}

/* The bar of counts, whose colours go by their logarithms. */
static void put_bar(struct chart *c)
{
    const double range[] = {1, c->most_count};
    struct buf b = {0};
    plot_bar(&c->p, c->left + c->across, c->bottom, c->up, bar_digits(c), &c->counts, range,
             "number of pairs");
    for (double decade = 1; decade <= c->most_count; decade *= 10)
        for (int digit = 1; digit < 10; digit++)
            if (digit == 1 || (c->most_count < 300 && (digit == 2 || digit == 5))) {
                buf_puts(&b, b.n ? ", '" : "set logscale cb\nset cbtics ('");
                plot_count(&b, digit * decade);
                buf_printf(&b, "' %.0f", digit * decade);
            }
    out_puts(&c->p.o, b.s);
    out_puts(&c->p.o, ")\n");
    buf_free(&b);
}

static void put_notes(struct chart *c)
{
    struct plot_font font = {.size = 1, .color = ink, .boxed = true};
    double x = c->left + px(c, 16), y = c->bottom + c->up - px(c, 18);
    if (c->notes_below) {
        x = c->left + c->across - px(c, 16);
        y = c->bottom + px(c, 18 - NOTE_APART);
        for (size_t at = 0; at < c->notes.n; at += strlen(c->notes.s + at) + 1)
            y += px(c, NOTE_APART);
    }
    for (size_t at = 0; at < c->notes.n; at += strlen(c->notes.s + at) + 1) {
        plot_label(&c->p, x, y, c->notes_below ? PLOT_RIGHT : PLOT_LEFT, font,
                   c->notes.s + at);
        y -= px(c, NOTE_APART);
    }
}

static void put_labels(struct chart *c)
{
    put_notes(c);
    for (size_t i = 0; i < c->nlabels; i++) {
        const struct chart_label *l = &c->label[i];
        plot_label(&c->p, place_x(c, l->x), place_y(c, l->y), l->align, l->font, l->markup);
    }
    if (c->empty)
        plot_label(&c->p, c->left + c->across / 2, c->bottom + c->up / 2, PLOT_CENTER,
                   (struct plot_font){.size = 1.2, .color = ink}, c->empty);
}

static void put_axes(struct chart *c, const char *title)
{
    struct plot_font font = {.size = 1, .color = ink};
    plot_frame(&c->p, c->bare ? 0 : 3);
    out_puts(&c->p.o, c->bare ? "unset grid\n" : "set grid lt 1 lw 0.8 lc rgb '#dddddd'\n");
    out_puts(&c->p.o, "set errorbars small\n");
    plot_place(&c->p, c->left, c->bottom, c->across, c->up);
    plot_range(&c->p, "x", c->x[0], c->x[1]);
    plot_range(&c->p, "y", c->y[0], c->y[1]);
    plot_put_ticks(&c->p, "y", &c->y_ticks, true);
    if (c->dates)
        put_dates(c);
    else
        plot_put_ticks(&c->p, "x", &c->x_ticks, true);
    plot_titles(&c->p, c->left, c->bottom + c->up, title ? title : c->title.s,
                c->subtitle.s);
    if (c->x_name.n)
        plot_label(&c->p, c->left + c->across / 2, c->bottom - px(c, X_AXIS - 16),
                   PLOT_CENTER, font, c->x_name.s);
    font.upright = true;
    double labels = plot_text_width(&c->p, 1, plot_ticks_width(&c->y_ticks));
    if (c->y_name.n)
        plot_label(&c->p, c->left - labels - px(c, Y_AXIS - 20), c->bottom + c->up / 2,
                   PLOT_CENTER, font, c->y_name.s);
}

/* One plot command; behind it the data of each layer in the same order. */
static void put_layers(struct chart *c)
{
    const char *before = "plot ";
    for (size_t i = 0; i < c->nlayers; i++) {
        const struct chart_layer *l = &c->layer[i];
        if (!l->n && !l->pixels)
            continue;
        out_puts(&c->p.o, before);
        if (l->pixels) {
            plot_image(&c->p, &l->image);
        } else {
            plot_points(&c->p, l->n, l->fields);
            out_char(&c->p.o, ' ');
            out_puts(&c->p.o, l->how);
            out_puts(&c->p.o, PLOT_NAMELESS);
        }
        before = ", ";
    }
    out_puts(&c->p.o, *before == 'p' ? "plot NaN\n" : "\n");
    for (size_t i = 0; i < c->nlayers; i++) {
        const struct chart_layer *l = &c->layer[i];
        if (l->pixels)
            plot_image_data(&c->p, &l->image);
        else
            out_write(&c->p.o, (const char *)l->v, l->n * (size_t)l->fields * sizeof *l->v);
    }
}

static void chart_free(struct chart *c)
{
    struct buf *const texts[] = {&c->title, &c->subtitle, &c->x_name, &c->y_name,
                                 &c->notes};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_free(texts[i]);
    for (size_t i = 0; i < c->nkeys; i++)
        free(c->key[i].name);
    for (size_t i = 0; i < c->nlabels; i++)
        free(c->label[i].markup);
    for (size_t i = 0; i < c->nlayers; i++) {
        free(c->layer[i].v);
        free(c->layer[i].pixels);
        free(c->layer[i].how);
    }
    free(c->key);
    free(c->label);
    free(c->layer);
    plot_palette_free(&c->counts);
}

int chart_draw(struct chart *c, const struct plot_options *o, const char *command)
{
    lay_out(c, o);
    plot_begin(&c->p, o->output, command);
    put_axes(c, o->title);
    put_labels(c);
    if (c->counts.n)
        put_bar(c);
    else
        put_key(c);
    put_layers(c);
    int status = plot_end(&c->p);
    chart_free(c);
    return status;
}
