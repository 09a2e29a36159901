/* chart: one chart with titles and two axes. */
#include "chart.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The room that things need, in pixels at scale 1. */
enum {
    X_AXIS = 66,
    Y_AXIS = 52,
    RIGHT = 30,
    LABEL_APART = 64,
    KEY_MARK = 30, /* from a key's left to its text */
    KEY_APART = 22,
    KEY_LEAST = 13
};

static const char *const ink = "#404040";

static double px(const struct chart *c, double length)
{
    return length * c->p.scale;
}

/* The colours of Okabe and Ito, Color Universal Design (2008), but for the yellow, which
 * paper hides; and gnuplot's marks that are filled, the open ones coming before them. */
struct chart_mark chart_mark(int i, bool open)
{
    static const char *const colors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                         "#e69f00", "#56b4e9", "#000000"};
    static const int points[] = {7, 9, 5, 13, 11, 15};
    return (struct chart_mark){colors[i % 7], points[i % 6] - open};
}

/* How wide the key is: as its longest name, up to a quarter of the picture. */
static double key_width(const struct chart *c)
{
    double most = 0;
    for (int i = 0; i < c->nkeys; i++)
        most = fmax(most, plot_text_width(&c->p, 1, strlen(c->key[i])));
    return c->nkeys ? fmin(most, c->p.width / 4.0) + px(c, KEY_MARK) : 0;
}

void chart_layout(struct chart *c, int width, int height, bool square)
{
    c->p.width = width;
    c->p.height = height;
    c->p.scale = fmax(fmin(fmin(width, height * 1.6) / 1200.0, 2), 0.6);
    c->bottom = floor(px(c, X_AXIS));
    c->height = fmax(floor(height - c->bottom - px(c, PLOT_TITLE_HEIGHT + 6)), 20);
    double least_step = (c->y[1] - c->y[0]) / c->height * px(c, LABEL_APART);
    c->y_ticks = plot_ticks(c->y[0], c->y[1], least_step);
    double labels = plot_text_width(&c->p, 1, plot_ticks_width(&c->y_ticks));
    c->left = floor(px(c, Y_AXIS) + labels);
    c->key_width = key_width(c);
    c->width = fmax(floor(width - c->left - px(c, RIGHT) - c->key_width), 20);
    if (!square)
        return;
    double side = fmin(c->width, c->height);
    c->left += floor((c->width - side) / 2);
    c->width = c->height = side;
}

static void put_marks(struct chart *c, const struct plot_mark *mark, int n)
{
    out_puts(&c->p.o, "set xtics (");
    for (int i = 0; i < n; i++) {
        double x = c->left + c->width * (mark[i].at - c->x[0]) / (c->x[1] - c->x[0]);
        double half = plot_text_width(&c->p, 1, strlen(mark[i].label)) / 2;
        out_puts(&c->p.o, i ? ", " : "");
        /* No part of a label beyond the picture. */
        plot_quoted(&c->p.o, x + half > c->p.width ? "" : mark[i].label);
        out_char(&c->p.o, ' ');
        out_double(&c->p.o, mark[i].at);
    }
    out_puts(&c->p.o, ")\n");
}

/* The names beside their marks, right of the chart, closer where there are many; of more
 * than there is room for, how many more there are. */
static void put_key(struct chart *c)
{
    double x = c->left + c->width + px(c, 20), y = c->bottom + c->height - px(c, 8);
    double room = c->height - px(c, 8);
    double apart = fmin(px(c, KEY_APART), fmax(px(c, KEY_LEAST), room / c->nkeys));
    int most = (int)(room / apart);
    struct plot_font font = {.size = fmin(1, apart / px(c, PLOT_TEXT + 2)), .color = ink};
    for (int i = 0; i < c->nkeys && i < most; i++, y -= apart) {
        struct buf name = {0};
        struct chart_mark mark = chart_mark(i, false);
        char *fitting = plot_fit(&c->p, c->key[i], 1, c->key_width - px(c, KEY_MARK - 14));
        if (i == most - 1 && most < c->nkeys) {
            buf_printf(&name, "and %d more", c->nkeys - i);
        } else {
            plot_text(&name, fitting);
            plot_point(&c->p, x, y, mark.point, mark.color);
        }
        free(fitting);
        plot_label(&c->p, x + px(c, 16), y, PLOT_LEFT, font, name.s ? name.s : "");
        buf_free(&name);
    }
}

void chart_axes(struct chart *c, const char *title, const char *subtitle,
                const struct plot_mark *x_mark, int nx_marks)
{
    struct plot_font font = {.size = 1, .color = ink};
    double top = c->bottom + c->height;
    out_puts(&c->p.o, "unset key\nset border 3 lw 0.8 lc rgb '#404040'\n"
                      "set tics out nomirror scale 0.6 textcolor rgb '#404040'\n"
                      "set grid lt 1 lw 0.8 lc rgb '#dddddd'\nset errorbars small\n"
                      "set clip two\n");
    plot_place(&c->p, c->left, c->bottom, c->width, c->height);
    plot_range(&c->p, "x", c->x[0], c->x[1]);
    plot_range(&c->p, "y", c->y[0], c->y[1]);
    plot_put_ticks(&c->p, "y", &c->y_ticks, true);
    if (x_mark)
        put_marks(c, x_mark, nx_marks);
    else
        plot_put_ticks(&c->p, "x", &c->y_ticks, true);
    plot_titles(&c->p, c->left, top, title, subtitle);
    put_key(c);
    if (c->x_name)
        plot_label(&c->p, c->left + c->width / 2, c->bottom - px(c, X_AXIS - 16),
                   PLOT_CENTER, font, c->x_name);
    font.upright = true;
    double labels = plot_text_width(&c->p, 1, plot_ticks_width(&c->y_ticks));
    if (c->y_name)
        plot_label(&c->p, c->left - labels - px(c, Y_AXIS - 20), c->bottom + c->height / 2,
                   PLOT_CENTER, font, c->y_name);
}

/* Steps of a time axis: so many seconds, or months. */
static const struct {
    int seconds, months;
} steps[] = {{60, 0},    {300, 0},   {900, 0},   {1800, 0},   {3600, 0},   {10800, 0},
             {21600, 0}, {43200, 0}, {86400, 0}, {172800, 0}, {432000, 0}, {864000, 0},
             {0, 1},     {0, 2},     {0, 3},     {0, 6},      {0, 12},     {0, 24},
             {0, 60},    {0, 120},   {0, 240},   {0, 600},    {0, 1200}};

static void put_date(struct plot_mark *m, double at, int seconds, int months)
{
    struct date d = {0};
    date_set_number(&d, (long)floor(at / 86400));
    int minutes = (int)lround(at - floor(at / 86400) * 86400) / 60;
    m->at = at;
    if (months >= 12)
        snprintf(m->label, sizeof m->label, "%04d", d.year % 10000);
    else if (months)
        snprintf(m->label, sizeof m->label, "%04d-%02d", d.year % 10000, d.month % 100);
    else if (seconds >= 86400)
        snprintf(m->label, sizeof m->label, "%04d-%02d-%02d", d.year % 10000, d.month % 100,
                 d.day % 100);
    else
        snprintf(m->label, sizeof m->label, "%02d-%02d %02d:%02d", d.month % 100,
                 d.day % 100, minutes / 60 % 100, minutes % 60);
}

struct plot_mark *chart_dates(double from, double to, double apart, int *n)
{
    size_t i = 0, cap = 0, last = sizeof steps / sizeof *steps - 1;
    struct plot_mark *mark = NULL;
    while (i < last && steps[i].seconds + steps[i].months * 30.4 * 86400 < apart)
        i++;
    int step = steps[i].months;
    struct date day = {0};
    double at = step ? 0 : ceil(from / steps[i].seconds) * steps[i].seconds;
    date_set_number(&day, (long)floor(from / 86400));
    /* Months are counted from the year 0, so that steps of many years fall on round ones.
     */
    int months = step ? (day.year * 12 + day.month - 1) / step * step : 0;
    for (*n = 0; *n < 1000;) {
        if (step) {
            date_set(&day, months / 12, months % 12 + 1, 1);
            at = date_seconds(&day);
        }
        if (at > to)
            break;
        if (at >= from) {
            mark = mem_grow(mark, &cap, (size_t)*n + 1, sizeof *mark);
            put_date(&mark[(*n)++], at, steps[i].seconds, step);
        }
        months += step;
        at += steps[i].seconds;
    }
    return mark;
}
