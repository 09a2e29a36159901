/* plot_panels_draw: the script of the four panels. */
#include "mem.h"
#include "num.h"
#include "plot_panels.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const missing = "#dcdcdc"; /* a grey that no palette has */
static const char *const ink = "#404040";
static const char *const center_color = "#d1242f";
static const char *const state_colors[PLOT_STATES] = {"#ffffff", "#3b6fb6", "#bfe3c0",
                                                      "#dcdcdc"};

/* The room that things need, in pixels at scale 1. */
enum {
    TITLE = 78,       /* above the titles of the upper panels */
    PANEL_TITLE = 34, /* above each panel */
    ROWS = 14,        /* more between the rows of panels */
    X_AXIS = 62,      /* below the lower panels */
    Y_AXIS = 44,      /* left of the left panels, without tick labels */
    BAR_GAP = 16,     /* from a panel to its colour bar */
    BAR = 20,         /* its width */
    BAR_LABEL = 40,   /* right of its tick labels */
    KEY = 122,        /* least room right of a panel */
    COLUMNS = 18,     /* more between the columns of panels */
    EDGE = 14,
};

struct draw {
    const struct panels *in;
    struct plot p;
    double unit;               /* of the axes, in units of the grid's plane */
    double frame[4];           /* in units of the axes */
    double left[2], bottom[2]; /* of the panels, in pixels; upper row first */
    double width, height;      /* of each */
    double dot;                /* a pixel in units of the axes, up and down */
    struct plot_ticks x, y, values, shares;
};

static double px(const struct draw *d, double length)
{
    return length * d->p.scale;
}

/* The width of tick labels in pixels at scale 1. */
static double digits(const struct plot_ticks *t)
{
    const struct plot one = {.scale = 1};
    return plot_text_width(&one, 1, plot_ticks_width(t));
}

static double bar_room(const struct draw *d)
{
    double longest = fmax(digits(&d->values), digits(&d->shares));
    return fmax(BAR_GAP + BAR + 8 + longest + BAR_LABEL, KEY);
}

static double room_across(const struct draw *d)
{
    return Y_AXIS + digits(&d->y) + 2 * bar_room(d) + COLUMNS + EDGE;
}

static double room_down(void)
{
    return TITLE + 2 * PANEL_TITLE + ROWS + X_AXIS + EDGE;
}

/* Width by height of what the panels show, as it looks on the ground. */
static double shape_of(const struct draw *d)
{
    double shape = (d->frame[2] - d->frame[0]) / (d->frame[3] - d->frame[1]);
    if (d->in->units != PANELS_DEGREES)
        return shape;
    double latitude = (d->frame[1] + d->frame[3]) / 2 * (3.14159265358979323846 / 180);
    return shape * fmax(cos(latitude), 0.01);
}

/* The size of the picture. Where none was asked for: panels of the area's shape, as
 * large together as those of a square area are in about 1600 x 1400. */
static void choose_size(struct draw *d)
{
    const struct panels *in = d->in;
    d->p.terminal = in->terminal;
    d->p.width = in->width;
    d->p.height = in->height;
    d->p.scale = fmax(fmin(in->width / 1600.0, in->height / 1400.0), 0.35);
    if (in->width)
        return;
    double shape = fmin(fmax(shape_of(d), 1.0 / 3), 3), side = 590;
    d->p.scale = 1;
    d->p.width = (int)round(2 * side * sqrt(shape) + room_across(d));
    d->p.height = (int)round(2 * side / sqrt(shape) + room_down());
}

/* Ticks of both axes alike, so far apart that the labels have room. */
static void choose_ticks(struct draw *d, double width)
{
    double scale = width / (d->frame[2] - d->frame[0]);
    double step = px(d, 80) / scale;
    for (int tries = 0; tries < 9; tries++, step = 1.1 * d->x.step) {
        d->x = plot_ticks(d->frame[0], d->frame[2], step);
        if (d->x.step * scale > px(d, 1.4 * digits(&d->x)))
            break;
    }
    d->y = plot_ticks(d->frame[1], d->frame[3], d->x.step);
}

static void choose_layout(struct draw *d)
{
    double across = d->p.width - px(d, room_across(d));
    double down = d->p.height - px(d, room_down());
    double w = fmax(across / 2, 20), h = fmax(down / 2, 20), shape = shape_of(d);
    d->width = floor(fmin(w, h * shape));
    d->height = floor(fmin(h, w / shape));
    double spare = floor(fmax(w - d->width, 0)), lower = floor(fmax(h - d->height, 0));
    d->left[0] = floor(px(d, Y_AXIS + digits(&d->y))) + spare;
    d->left[1] = floor(d->left[0] + d->width + px(d, bar_room(d) + COLUMNS));
    d->bottom[1] = floor(px(d, X_AXIS + EDGE)) + lower;
    d->bottom[0] = floor(d->bottom[1] + d->height + px(d, PANEL_TITLE + ROWS));
    /* Panels have whole pixels; the frame follows, so that both axes keep one scale. */
    double middle = (d->frame[1] + d->frame[3]) / 2;
    double tall = (d->frame[3] - d->frame[1]) * (d->height / d->width) * shape;
    d->frame[1] = middle - tall / 2;
    d->frame[3] = middle + tall / 2;
    d->dot = tall / d->height;
}

static void choose(struct draw *d)
{
    static const double units[] = {1000, 1, 1};
    const struct panels *in = d->in;
    d->unit = units[in->units];
    for (int i = 0; i < 4; i++)
        d->frame[i] = in->frame[i] / d->unit;
    d->shares = plot_ticks(0, 1, 0.2);
    double range = in->range[1] - in->range[0];
    d->values = plot_ticks(in->range[0], in->range[1], range / 7);
    choose_ticks(d, 590);
    choose_size(d);
    choose_layout(d);
    choose_ticks(d, d->width);
}

/* A length for gnuplot, as short as a twentieth of a pixel allows. */
static void put_length(struct draw *d, double v)
{
    char s[NUM_FIXED_MAX];
    int decimals = (int)ceil(-log10(d->dot / 20));
    out_write(&d->p.o, s,
              num_fixed(s, v,
                        decimals < 0    ? 0
                        : decimals > 17 ? 17
                                        : decimals));
}

static void put_point(struct draw *d, double x, double y)
{
    put_length(d, x);
    out_char(&d->p.o, ' ');
    put_length(d, y);
    out_char(&d->p.o, '\n');
}

/* The clip area's rings, without points that nobody could tell apart. */
static void put_clip(struct draw *d)
{
    const struct poly *clip = &d->in->grid.clip;
    out_puts(&d->p.o, "$area << EOD\n");
    for (size_t r = 0; r < clip->nrings; r++) {
        size_t from = clip->ring[r], to = clip->ring[r + 1];
        double last_x = HUGE_VAL, last_y = HUGE_VAL;
        for (size_t i = from; i < to; i++) {
            double x = clip->x[i] / d->unit, y = clip->y[i] / d->unit;
            if (hypot(x - last_x, y - last_y) < 0.3 * d->dot)
                continue;
            put_point(d, x, y);
            last_x = x;
            last_y = y;
        }
        if (from < to)
            put_point(d, clip->x[from] / d->unit, clip->y[from] / d->unit);
        out_char(&d->p.o, '\n');
    }
    out_puts(&d->p.o, "EOD\n");
}

/* Every how many of the grid's lines are drawn, so that the picture is not all lines. */
static int line_step(const struct draw *d)
{
    double cell = fmin(d->in->grid.dx, d->in->grid.dy) / d->unit;
    return (int)fmax(ceil(px(d, 7) * d->dot / cell), 1);
}

static void put_lines(struct draw *d)
{
    const struct grid *g = &d->in->grid;
    double west = g->x0 / d->unit, north = g->y0 / d->unit;
    double dx = g->dx / d->unit, dy = g->dy / d->unit;
    double east = west + g->columns * dx, south = north - g->rows * dy;
    int step = line_step(d);
    out_puts(&d->p.o, "$grid << EOD\n");
    for (int i = 0; i <= g->columns; i += step) {
        double x = west + i * dx;
        if (x < d->frame[0] || x > d->frame[2])
            continue;
        put_point(d, x, fmax(south, d->frame[1]));
        put_point(d, x, fmin(north, d->frame[3]));
        out_char(&d->p.o, '\n');
    }
    for (int i = 0; i <= g->rows; i += step) {
        double y = north - i * dy;
        if (y < d->frame[1] || y > d->frame[3])
            continue;
        put_point(d, fmax(west, d->frame[0]), y);
        put_point(d, fmin(east, d->frame[2]), y);
        out_char(&d->p.o, '\n');
    }
    out_puts(&d->p.o, "EOD\n$center << EOD\n");
    double x = (g->x0 + g->columns * g->dx / 2), y = (g->y0 - g->rows * g->dy / 2);
    if (g->clip.npoints)
        poly_centroid(&g->clip, &x, &y);
    put_point(d, x / d->unit, y / d->unit);
    out_puts(&d->p.o, "EOD\n");
}

/* 12345 as 12,345. */
static void add_count(struct buf *b, double count)
{
    char s[NUM_FIXED_MAX];
    size_t n = num_fixed(s, count, 0);
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            buf_putc(b, ',');
        buf_putc(b, s[i]);
    }
}

static void add_number(struct buf *b, double v)
{
    buf_printf(b, "%.6g", v);
}

static const char *layer_of(const struct panels *in)
{
    const char *layer = in->result.layer;
    if (strcmp(layer, "NA") == 0)
        layer = in->scene.layer;
    return strcmp(layer, "NA") == 0 ? NULL : layer;
}

static const char *time_of(const struct panels *in)
{
    const char *time = in->result.time;
    if (strcmp(time, "NA") == 0)
        time = in->scene.time;
    return strcmp(time, "NA") == 0 ? NULL : time;
}

/* "ATTO · LST · 2020-08-08 09:46:21 UTC" */
static void add_title(struct buf *b, const struct panels *in)
{
    const char *layer = layer_of(in), *time = time_of(in), *dot = " \xc2\xb7 ";
    if (in->title) {
        buf_puts(b, in->title);
        return;
    }
    if (in->site)
        buf_puts(b, in->site);
    if (layer)
        buf_printf(b, "%s%s", b->n ? dot : "", layer);
    if (time) {
        size_t day = strcspn(time, "T");
        buf_printf(b, "%s%.*s", b->n ? dot : "", (int)day, time);
        if (time[day])
            buf_printf(b, " %.8s UTC", time + day + 1);
    }
    if (!b->n)
        buf_puts(b, scene_base(in->scene.ras.path));
}

/* "n = 356 of 806 cells · 218,476 pixels · ECO_...tif · EPSG:32721" */
static void add_subtitle(struct buf *b, const struct panels *in)
{
    const char *dot = " \xc2\xb7 ";
    buf_puts(b, "n = ");
    add_count(b, (double)in->cells.valid);
    buf_puts(b, " of ");
    add_count(b, (double)in->cells.inside);
    buf_puts(b, in->cells.inside == 1 ? " cell" : " cells");
    buf_puts(b, dot);
    if (!isnan(in->cells.pixels)) {
        add_count(b, in->cells.pixels);
        buf_printf(b, " pixels%s", dot);
    }
    buf_puts(b, scene_base(in->scene.ras.path));
    if (strlen(in->grid.crs) < 40)
        buf_printf(b, "%s%s", dot, in->grid.crs);
}

/* Text of others at a place, cut to a width. */
static void put_text(struct draw *d, double x, double y, struct plot_font font,
                     const char *text, double width)
{
    struct buf b = {0};
    char *fitting = plot_fit(&d->p, text, font.size, width);
    plot_text(&b, fitting);
    plot_label(&d->p, x, y, PLOT_LEFT, font, b.s ? b.s : "");
    free(fitting);
    buf_free(&b);
}

static void put_titles(struct draw *d)
{
    struct buf b = {0};
    double x = d->left[0], y = d->bottom[0] + d->height + px(d, PANEL_TITLE);
    double width = d->p.width - x - px(d, EDGE);
    add_title(&b, d->in);
    put_text(d, x, y + px(d, 50), (struct plot_font){.size = 1.6, .bold = true}, b.s,
             width);
    buf_reset(&b);
    add_subtitle(&b, d->in);
    put_text(d, x, y + px(d, 22), (struct plot_font){.size = 1, .color = ink}, b.s, width);
    buf_free(&b);
}

static void put_screen(struct draw *d, const char *what, double fraction)
{
    char s[NUM_FIXED_MAX];
    out_puts(&d->p.o, what);
    out_write(&d->p.o, s, num_fixed(s, fraction, 6));
}

static void put_range(struct draw *d, const char *axis, double from, double to)
{
    out_puts(&d->p.o, "set ");
    out_puts(&d->p.o, axis);
    out_puts(&d->p.o, "range [");
    out_double(&d->p.o, from);
    out_char(&d->p.o, ':');
    out_double(&d->p.o, to);
    out_puts(&d->p.o, "]\n");
}

static void put_axes(struct draw *d, int column, int row)
{
    static const char *const names[3][2] = {
        {"Easting (km)", "Northing (km)"},
        {"Easting (m)", "Northing (m)"},
        {"Longitude (\xc2\xb0)", "Latitude (\xc2\xb0)"}};
    double x = d->left[column], y = d->bottom[row];
    put_screen(d, "set lmargin at screen ", x / d->p.width);
    put_screen(d, "\nset rmargin at screen ", (x + d->width) / d->p.width);
    put_screen(d, "\nset bmargin at screen ", y / d->p.height);
    put_screen(d, "\nset tmargin at screen ", (y + d->height) / d->p.height);
    out_char(&d->p.o, '\n');
    put_range(d, "x", d->frame[0], d->frame[2]);
    put_range(d, "y", d->frame[1], d->frame[3]);
    plot_put_ticks(&d->p, "x", &d->x, row == 1);
    plot_put_ticks(&d->p, "y", &d->y, column == 0);
    struct plot_font font = {.size = 1, .color = ink};
    if (row == 1)
        plot_label(&d->p, x + d->width / 2, y - px(d, X_AXIS - 12), PLOT_CENTER, font,
                   names[d->in->units][0]);
    font.upright = true;
    if (column == 0)
        plot_label(&d->p, x - px(d, digits(&d->y) + Y_AXIS - 14), y + d->height / 2,
                   PLOT_CENTER, font, names[d->in->units][1]);
}

/* ", 70 m", and by how much they were reduced. */
static void add_pixel_size(struct buf *b, const struct draw *d)
{
    const struct plot_plane *plane = &d->in->plane;
    if (!(plane->pixel > 0 && isfinite(plane->pixel)))
        return;
    buf_printf(b, d->in->units == PANELS_DEGREES ? ", %.3g\xc2\xb0" : ", %.3g m",
               plane->pixel);
    if (plane->reduced > 1)
        buf_printf(b, ", shown %d \xc3\x97 %d", plane->reduced, plane->reduced);
}

/* Begins a panel: letter and markup are its title. */
static void begin_panel(struct draw *d, int column, int row, const char *markup,
                        const char *background)
{
    plot_box(&d->p, d->left[column], d->bottom[row], d->width, d->height, background, NULL);
    plot_label(&d->p, d->left[column], d->bottom[row] + d->height + px(d, 16), PLOT_LEFT,
               (struct plot_font){.size = 1.07}, markup);
    put_axes(d, column, row);
    out_puts(&d->p.o, "unset colorbox\n");
}

static void put_message(struct draw *d, int column, int row, const char *text)
{
    plot_label(&d->p, d->left[column] + d->width / 2, d->bottom[row] + d->height / 2,
               PLOT_CENTER, (struct plot_font){.size = 1.2, .color = ink}, text);
}

/* A palette with its bar right of the panel. */
static void put_bar(struct draw *d, int column, int row, const struct plot_palette *palette,
                    const double range[2], const struct plot_ticks *ticks,
                    const char *label)
{
    double x = d->left[column] + d->width + px(d, BAR_GAP), y = d->bottom[row];
    plot_put_palette(&d->p, palette);
    put_range(d, "cb", range[0], range[1]);
    out_puts(&d->p.o, "set colorbox vertical user origin ");
    plot_screen(&d->p, x, y);
    put_screen(d, " size screen ", px(d, BAR) / d->p.width);
    put_screen(d, ", screen ", d->height / d->p.height);
    out_puts(&d->p.o, " border\n");
    plot_put_ticks(&d->p, "cb", ticks, true);
    plot_label(&d->p, x + px(d, BAR + 8 + digits(ticks) + 22), y + d->height / 2,
               PLOT_CENTER, (struct plot_font){.size = 1, .color = ink, .upright = true},
               label);
}

static void put_value_bar(struct draw *d, int column, int row)
{
    const char *layer = layer_of(d->in);
    const char *unit = ras_unit(&d->in->result.ras, d->in->result.value);
    struct buf b = {0};
    if (!unit || !*unit)
        unit = ras_unit(&d->in->scene.ras, 0);
    plot_text(&b, layer ? layer : "value");
    if (unit && *unit) {
        buf_puts(&b, " (");
        plot_unit(&b, unit);
        buf_putc(&b, ')');
    }
    put_bar(d, column, row, &d->in->values, d->in->range, &d->values, b.s);
    buf_free(&b);
}

/* The area's line, and the end of the plot command. */
static void end_plot(struct draw *d, bool first)
{
    if (d->in->grid.clip.npoints)
        out_puts(&d->p.o, first ? " $area" : ", $area");
    else if (first)
        out_puts(&d->p.o, " NaN");
    if (d->in->grid.clip.npoints)
        out_puts(&d->p.o, " using 1:2 with lines ls 1");
    out_char(&d->p.o, '\n');
}

static struct plot_image plane_image(const struct draw *d)
{
    const struct plot_plane *plane = &d->in->plane;
    return (struct plot_image){.x = (plane->x0 + plane->dx / 2) / d->unit,
                               .y = (plane->y0 + plane->dy / 2) / d->unit,
                               .dx = plane->dx / d->unit,
                               .dy = plane->dy / d->unit,
                               .columns = plane->columns,
                               .rows = plane->rows};
}

/* The pixels that count, in the colours of their values. */
static void put_source(struct draw *d)
{
    const struct plot_plane *plane = &d->in->plane;
    struct buf b = {0};
    bool any = plane->count[PLOT_USED] > 0;
    buf_puts(&b, "{/:Bold a}  Pixels used");
    add_pixel_size(&b, d);
    begin_panel(d, 0, 0, b.s, missing);
    buf_free(&b);
    if (any)
        put_value_bar(d, 0, 0);
    else
        put_message(d, 0, 0,
                    plane->columns ? "no pixel is used" : "the source lies elsewhere");
    out_puts(&d->p.o, "plot");
    if (any)
        plot_image(&d->p, plane_image(d), PLOT_FLOATS);
    end_plot(d, !any);
    if (any)
        plot_data(&d->p, plane->value,
                  sizeof *plane->value * (size_t)plane->columns * (size_t)plane->rows);
}

/* One line of the key: a swatch, what it means, and its share of the area's pixels. */
static double put_key(struct draw *d, double y, const char *color, const char *border,
                      const char *text, double share)
{
    double x = d->left[1] + d->width + px(d, BAR_GAP);
    struct plot_font font = {.size = 0.93};
    plot_box(&d->p, x, y - px(d, 7), px(d, 14), px(d, 14), color, border);
    plot_label(&d->p, x + px(d, 22), y, PLOT_LEFT, font, text);
    if (isnan(share))
        return y - px(d, 26);
    struct buf b = {0};
    buf_printf(&b, "%.1f %%", 100 * share);
    font.color = ink;
    plot_label(&d->p, x + px(d, 22), y - px(d, 19), PLOT_LEFT, font, b.s);
    buf_free(&b);
    return y - px(d, 50);
}

static void put_keys(struct draw *d)
{
    const struct plot_plane *plane = &d->in->plane;
    const double *count = plane->count;
    double x = d->left[1] + d->width + px(d, BAR_GAP);
    double y = d->bottom[0] + d->height - px(d, 9);
    double all = count[PLOT_USED] + count[PLOT_OTHER] + count[PLOT_EMPTY];
    all = all > 0 ? all : 1;
    y = put_key(d, y, state_colors[PLOT_USED], NULL, "used", count[PLOT_USED] / all);
    y = put_key(d, y, state_colors[PLOT_EMPTY], NULL, "no value", count[PLOT_EMPTY] / all);
    if (d->in->masked)
        y = put_key(d, y, state_colors[PLOT_OTHER], NULL, "other class",
                    count[PLOT_OTHER] / all);
    y = put_key(d, y, state_colors[PLOT_OUTSIDE], "#a0a0a0", "outside", NAN);
    if (d->in->grid.clip.npoints) {
        plot_line(&d->p, x, y, x + px(d, 14), y, 1);
        plot_label(&d->p, x + px(d, 22), y, PLOT_LEFT, (struct plot_font){.size = 0.93},
                   "area");
        y -= px(d, 26);
    }
    plot_label(&d->p, x + px(d, 7), y, PLOT_CENTER,
               (struct plot_font){.size = 1.4, .color = center_color}, "+");
    plot_label(&d->p, x + px(d, 22), y, PLOT_LEFT, (struct plot_font){.size = 0.93},
               "centre");
}

static void put_geometry(struct draw *d)
{
    const struct plot_plane *plane = &d->in->plane;
    struct buf b = {0};
    int step = line_step(d);
    buf_puts(&b, "{/:Bold b}  Pixels and grid lines");
    if (step > 1)
        buf_printf(&b, " (one in %d)", step);
    begin_panel(d, 1, 0, b.s, state_colors[PLOT_OUTSIDE]);
    buf_free(&b);
    put_keys(d);
    out_puts(&d->p.o, "set palette defined (");
    for (int i = 0; i < PLOT_STATES; i++) {
        out_puts(&d->p.o, i ? ", " : "");
        out_long(&d->p.o, i);
        out_puts(&d->p.o, " '");
        out_puts(&d->p.o, state_colors[i]);
        out_char(&d->p.o, '\'');
    }
    out_puts(&d->p.o, ")\n");
    put_range(d, "cb", 0, PLOT_STATES - 1);
    out_puts(&d->p.o, "plot");
    if (plane->columns) {
        plot_image(&d->p, plane_image(d), PLOT_BYTES);
        out_char(&d->p.o, ',');
    }
    out_puts(&d->p.o,
             " $grid using 1:2 with lines ls 2, $center using 1:2 with points ls 3");
    end_plot(d, false);
    plot_data(&d->p, plane->state, (size_t)plane->columns * (size_t)plane->rows);
}

static void plot_cells(struct draw *d, const float *values)
{
    const struct panels_cells *c = &d->in->cells;
    const struct grid *g = &d->in->grid;
    struct plot_image i = {.x = (c->x0 + g->dx / 2) / d->unit,
                           .y = (c->y0 + g->dy / 2) / d->unit,
                           .dx = g->dx / d->unit,
                           .dy = g->dy / d->unit,
                           .columns = c->columns,
                           .rows = c->rows};
    out_puts(&d->p.o, "plot");
    if (values)
        plot_image(&d->p, i, PLOT_FLOATS);
    end_plot(d, !values);
    if (values)
        plot_data(&d->p, values, sizeof *values * (size_t)c->columns * (size_t)c->rows);
}

/* The bar of shares, with a mark at the least coverage that was kept. */
static void put_coverage_bar(struct draw *d)
{
    static const double range[2] = {0, 1};
    double x = d->left[0] + d->width + px(d, BAR_GAP);
    double y = d->bottom[1] + d->height * d->in->min_coverage;
    put_bar(d, 0, 1, &d->in->shares, range, &d->shares, "coverage");
    if (d->in->min_coverage > 0 && d->in->min_coverage < 1)
        plot_line(&d->p, x - px(d, 5), y, x + px(d, BAR + 5), y, 1);
}

static void put_coverage(struct draw *d)
{
    const struct panels_cells *c = &d->in->cells;
    struct buf b = {0};
    buf_puts(&b, "{/:Bold c}  Coverage of each cell");
    if (!isnan(d->in->min_coverage)) {
        buf_puts(&b, ", kept from ");
        add_number(&b, d->in->min_coverage);
    }
    begin_panel(d, 0, 1, b.s, missing);
    buf_free(&b);
    if (c->coverage)
        put_coverage_bar(d);
    else
        put_message(d, 0, 1, "the result has no band \"coverage\"");
    plot_cells(d, c->coverage);
}

static void put_result(struct draw *d)
{
    const struct grid *g = &d->in->grid;
    struct buf b = {0};
    buf_puts(&b, "{/:Bold d}  Mean of each cell, ");
    add_number(&b, g->dx);
    buf_puts(&b, " \xc3\x97 ");
    add_number(&b, g->dy);
    buf_puts(&b, d->in->units == PANELS_DEGREES ? "\xc2\xb0" : " m");
    begin_panel(d, 1, 1, b.s, missing);
    buf_free(&b);
    if (d->in->cells.valid)
        put_value_bar(d, 1, 1);
    else
        put_message(d, 1, 1, "no cell has a value");
    plot_cells(d, d->in->cells.valid ? d->in->cells.value : NULL);
}

static void put_style(struct draw *d, int style, const char *what)
{
    out_puts(&d->p.o, "set style line ");
    out_long(&d->p.o, style);
    out_char(&d->p.o, ' ');
    out_puts(&d->p.o, what);
    out_puts(&d->p.o, " lw ");
    char s[NUM_FIXED_MAX];
    out_write(&d->p.o, s, num_fixed(s, (style == 2 ? 0.7 : 1.5) * d->p.scale, 3));
    out_char(&d->p.o, '\n');
}

int plot_panels_draw(const struct panels *in, const char *command)
{
    struct draw d = {.in = in, .p.scale = 1};
    choose(&d);
    plot_begin(&d.p, in->output, command);
    out_puts(&d.p.o, "unset key\nset border 31 lw 0.8 lc rgb '#404040'\n"
                     "set tics out nomirror scale 0.6 textcolor rgb '#404040'\n"
                     "set clip two\n");
    put_style(&d, 1, "lc rgb '#000000'");
    put_style(&d, 2, "lc rgb '#70000000'");
    put_style(&d, 3, "lc rgb '#d1242f' pt 1 ps 2.2");
    put_clip(&d);
    put_lines(&d);
    out_puts(&d.p.o, "set multiplot\n");
    put_titles(&d);
    put_source(&d);
    plot_clear(&d.p);
    put_geometry(&d);
    plot_clear(&d.p);
    put_coverage(&d);
    plot_clear(&d.p);
    put_result(&d);
    out_puts(&d.p.o, "unset multiplot\n");
    return plot_end(&d.p);
}
