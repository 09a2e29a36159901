/* panels_draw: the script of the four panels. */
#include "base/num.h"
#include "map_panels.h"
#include "panels_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const missing = "#e4e4e4"; /* a grey that no palette has */
static const char *const ink = "#404040";
static const char *const center_color = "#d1242f";
static const char *const state_colors[PLOT_STATES] = {"#ffffff", "#3b6fb6", "#8fb878",
                                                      "#e4e4e4", "#c4abd6"};

enum { AREA_STYLE = 1, GRID_STYLE, CENTER_STYLE };

struct draw {
    const struct panels *in;
    struct map_panels m;
    struct plot_ticks values, shares;
};

static void lay_out(struct draw *d)
{
    const struct panels *in = d->in;
    struct map_panels *m = &d->m;
    m->p.terminal = in->options.terminal;
    m->columns = m->rows = 2;
    map_panels_frame(m, in->metres, in->units, in->frame);
    d->shares = plot_ticks(0, 1, 0.2);
    d->values = plot_ticks(in->range[0], in->range[1], (in->range[1] - in->range[0]) / 7);
    size_t longest = plot_ticks_width(&d->values);
    m->bar_digits = longest > 3 ? longest : 3;
    map_panels_layout(m, in->options.width, in->options.height);
}

/* The clip area's rings, without points that nobody could tell apart. */
static void put_area(struct draw *d)
{
    const struct poly *clip = &d->in->grid.clip;
    double apart = 0.3 * d->m.dot * d->m.unit;
    out_puts(&d->m.p.o, "$area << EOD\n");
    for (size_t r = 0; r < clip->nrings; r++) {
        size_t from = clip->ring[r], to = clip->ring[r + 1];
        double last_x = HUGE_VAL, last_y = HUGE_VAL;
        for (size_t i = from; i < to; i++) {
            if (hypot(clip->x[i] - last_x, clip->y[i] - last_y) < apart)
                continue;
            last_x = clip->x[i];
            last_y = clip->y[i];
            map_panels_point(&d->m, last_x, last_y);
        }
        if (from < to)
            map_panels_point(&d->m, clip->x[from], clip->y[from]);
        out_char(&d->m.p.o, '\n');
    }
    out_puts(&d->m.p.o, "EOD\n");
}

/* Every how many of the grid's lines are drawn, so that the picture is not all lines. */
static int line_step(const struct draw *d)
{
    double cell = fmin(d->in->grid.dx, d->in->grid.dy) / d->m.unit;
    return (int)fmax(ceil(map_panels_px(&d->m, 7) * d->m.dot / cell), 1);
}

/* A line of the grid; a blank line ends it. */
static void put_line(struct draw *d, double x0, double y0, double x1, double y1)
{
    map_panels_point(&d->m, x0, y0);
    map_panels_point(&d->m, x1, y1);
    out_char(&d->m.p.o, '\n');
}

static void put_grid(struct draw *d)
{
    const struct grid *g = &d->in->grid;
    const double *frame = d->in->frame;
    double east = g->x0 + g->columns * g->dx, south = g->y0 - g->rows * g->dy;
    double step_x = line_step(d) * g->dx, step_y = line_step(d) * g->dy;
    double first_x = g->x0 + fmax(ceil((frame[0] - g->x0) / step_x), 0) * step_x;
    double first_y = g->y0 - fmax(ceil((g->y0 - frame[3]) / step_y), 0) * step_y;
    double last_x = fmin(frame[2], east) + step_x * 1e-6;
    double last_y = fmax(frame[1], south) - step_y * 1e-6;
    out_puts(&d->m.p.o, "$grid << EOD\n");
    for (int i = 0; first_x + i * step_x <= last_x; i++)
        put_line(d, first_x + i * step_x, south, first_x + i * step_x, g->y0);
    for (int i = 0; first_y - i * step_y >= last_y; i++)
        put_line(d, g->x0, first_y - i * step_y, east, first_y - i * step_y);
    out_puts(&d->m.p.o, "EOD\n");
}

static void put_center(struct draw *d)
{
    const struct grid *g = &d->in->grid;
    double x = g->x0 + g->columns * g->dx / 2, y = g->y0 - g->rows * g->dy / 2;
    if (g->clip.npoints)
        poly_centroid(&g->clip, &x, &y);
    out_puts(&d->m.p.o, "$center << EOD\n");
    map_panels_point(&d->m, x, y);
    out_puts(&d->m.p.o, "EOD\n");
}

static void put_titles(struct draw *d)
{
    struct buf title = {0}, subtitle = {0};
    panels_title(d->in, &title);
    panels_subtitle(d->in, &subtitle);
    map_panels_titles(&d->m, title.s ? title.s : "", subtitle.s);
    buf_free(&title);
    buf_free(&subtitle);
}

static void put_value_bar(struct draw *d, int column, int row)
{
    struct buf b = {0};
    panels_value_name(d->in, &b);
    map_panels_bar(&d->m, column, row, &d->in->values, d->in->range, &d->values, b.s);
    buf_free(&b);
}

/* The area's line over what was plotted, if anything was; then the plot command's end. */
static void end_plot(struct draw *d, bool first)
{
    if (d->in->grid.clip.npoints) {
        out_puts(&d->m.p.o, first ? " $area" : ", $area");
        out_puts(&d->m.p.o, " using 1:2 with lines ls 1" PLOT_NAMELESS);
    } else if (first) {
        out_puts(&d->m.p.o, " NaN");
    }
    out_char(&d->m.p.o, '\n');
}

static struct plot_image plane_image(const struct draw *d, enum plot_format format,
                                     const void *data)
{
    const struct source_image *p = &d->in->plane;
    struct plot_image i =
        map_panels_image(&d->m, p->x0, p->y0, p->dx, p->dy, p->columns, p->rows);
    i.format = format;
    i.data = data;
    return i;
}

static void put_source(struct draw *d)
{
    const struct source_image *plane = &d->in->plane;
    struct buf b = {0};
    bool any = plane->count[PLOT_USED] > 0;
    panels_source_name(d->in, &b);
    map_panels_begin(&d->m, 0, 0, b.s, missing);
    put_titles(d);
    buf_free(&b);
    if (any)
        put_value_bar(d, 0, 0);
    else
        map_panels_message(
            &d->m, 0, 0, plane->columns ? "no pixel is used" : "the source lies elsewhere");
    struct plot_image image = plane_image(d, PLOT_FLOATS, plane->value);
    void *thin = any ? map_panels_thin(&d->m, &image) : NULL;
    out_puts(&d->m.p.o, "plot");
    if (any)
        plot_image(&d->m.p, &image);
    end_plot(d, !any);
    if (any)
        plot_image_data(&d->m.p, &image);
    free(thin);
}

/* One entry of the key: a swatch, what it means, and its share of the area. Returns where
 * the next one goes. */
static double put_key(struct draw *d, double y, enum plot_state state, const char *text,
                      double share)
{
    struct plot *p = &d->m.p;
    struct plot_font font = {.size = 0.93};
    double x = map_panels_key_x(&d->m, 1), side = map_panels_px(&d->m, 14);
    double right = x + map_panels_px(&d->m, 22);
    struct buf b = {0};
    buf_printf(&b, "%.1f %%", 100 * share);
    plot_box(p, x, y - side / 2, side, side, state_colors[state],
             state == PLOT_OUTSIDE ? "#a0a0a0" : NULL);
    plot_label(p, right, y, PLOT_LEFT, font, text);
    font.color = ink;
    plot_label(p, right, y - map_panels_px(&d->m, 19), PLOT_LEFT, font, b.s);
    buf_free(&b);
    return y - map_panels_px(&d->m, 50);
}

/* The key of panel b. What the scene does not reach is what is left of the area. */
static void put_keys(struct draw *d)
{
    const double *count = d->in->plane.count;
    double seen =
        count[PLOT_USED] + count[PLOT_OTHER] + count[PLOT_EMPTY] + count[PLOT_FAILED];
    double all = fmax(d->in->area / d->in->plane.counted_area, seen);
    double y = d->m.bottom[0] + d->m.height - map_panels_px(&d->m, 9);
    all = d->in->plane.columns && all > 0 ? all : 1;
    y = put_key(d, y, PLOT_USED, "used", count[PLOT_USED] / all);
    y = put_key(d, y, PLOT_EMPTY, "no value", count[PLOT_EMPTY] / all);
    if (d->in->ruled)
        y = put_key(d, y, PLOT_FAILED, "fails a rule", count[PLOT_FAILED] / all);
    if (d->in->masked)
        y = put_key(d, y, PLOT_OTHER, "other class", count[PLOT_OTHER] / all);
    if (seen / all < 0.9995)
        y = put_key(d, y, PLOT_OUTSIDE, "no scene", 1 - seen / all);
    double x = map_panels_key_x(&d->m, 1), side = map_panels_px(&d->m, 14);
    double right = x + map_panels_px(&d->m, 22);
    struct plot_font font = {.size = 0.93};
    if (d->in->grid.clip.npoints) {
        plot_line(&d->m.p, x, y, x + side, y, AREA_STYLE);
        plot_label(&d->m.p, right, y, PLOT_LEFT, font, "area");
        y -= map_panels_px(&d->m, 26);
    }
    plot_label(&d->m.p, x + side / 2, y, PLOT_CENTER,
               (struct plot_font){.size = 1.4, .color = center_color}, "+");
    plot_label(&d->m.p, right, y, PLOT_LEFT, font, "centre");
}

static void put_state_colors(struct draw *d)
{
    out_puts(&d->m.p.o, "set palette defined (");
    for (int i = 0; i < PLOT_STATES; i++)
        plot_printf(&d->m.p, "%s%d '%s'", i ? ", " : "", i, state_colors[i]);
    out_puts(&d->m.p.o, ")\n");
    plot_range(&d->m.p, "cb", 0, PLOT_STATES - 1);
}

static void put_geometry(struct draw *d)
{
    const struct source_image *plane = &d->in->plane;
    struct buf b = {0};
    int step = line_step(d);
    buf_puts(&b, "{/:Bold b}  Pixels and grid lines");
    if (step > 1)
        buf_printf(&b, " (one in %d)", step);
    map_panels_begin(&d->m, 1, 0, b.s, state_colors[PLOT_OUTSIDE]);
    buf_free(&b);
    put_keys(d);
    put_state_colors(d);
    out_puts(&d->m.p.o, "plot");
    struct plot_image image = plane_image(d, PLOT_BYTES, plane->state);
    void *thin = plane->columns ? map_panels_thin(&d->m, &image) : NULL;
    if (plane->columns) {
        plot_image(&d->m.p, &image);
        out_char(&d->m.p.o, ',');
    }
    out_puts(&d->m.p.o, " $grid using 1:2 with lines ls 2" PLOT_NAMELESS
                        ", $center using 1:2 with points ls 3" PLOT_NAMELESS);
    end_plot(d, false);
    if (plane->columns)
        plot_image_data(&d->m.p, &image);
    free(thin);
}

/* values: of the cells, or NULL for none. */
static void put_cells(struct draw *d, const float *values)
{
    const struct panels_cells *c = &d->in->cells;
    const struct grid *g = &d->in->grid;
    struct plot_image image =
        map_panels_image(&d->m, c->x0, c->y0, g->dx, g->dy, c->columns, c->rows);
    image.format = PLOT_FLOATS;
    image.data = values;
    out_puts(&d->m.p.o, "plot");
    if (values)
        plot_image(&d->m.p, &image);
    end_plot(d, !values);
    if (values)
        plot_image_data(&d->m.p, &image);
}

static void put_coverage(struct draw *d)
{
    static const double range[2] = {0, 1};
    double least = d->in->min_coverage;
    struct buf b = {0};
    panels_coverage_name(d->in, &b);
    map_panels_begin(&d->m, 0, 1, b.s, missing);
    buf_free(&b);
    if (d->in->cells.coverage)
        map_panels_bar(&d->m, 0, 1, &d->in->shares, range, &d->shares, "coverage");
    else
        map_panels_message(&d->m, 0, 1, "the result has no band \"coverage\"");
    if (d->in->cells.coverage && least > 0 && least < 1)
        map_panels_bar_mark(&d->m, 0, 1, least, AREA_STYLE);
    put_cells(d, d->in->cells.coverage);
}

static void put_result(struct draw *d)
{
    struct buf b = {0};
    panels_result_name(d->in, &b);
    map_panels_begin(&d->m, 1, 1, b.s, missing);
    buf_free(&b);
    if (d->in->cells.valid)
        put_value_bar(d, 1, 1);
    else
        map_panels_message(&d->m, 1, 1, "no cell has a value");
    put_cells(d, d->in->cells.valid ? d->in->cells.value : NULL);
}

static void put_style(struct draw *d, int style, const char *what, double width)
{
    plot_printf(&d->m.p, "set style line %d%s lw %.3f\n", style, what,
                map_panels_px(&d->m, width));
}

int panels_draw(const struct panels *in, const char *command)
{
    struct draw d = {.in = in};
    lay_out(&d);
    plot_begin(&d.m.p, in->options.output, command);
    plot_frame(&d.m.p, 31);
    put_style(&d, AREA_STYLE, " lc rgb '#000000'", 1.5);
    put_style(&d, GRID_STYLE, " lc rgb '#70000000'", 0.7);
    put_style(&d, CENTER_STYLE, " lc rgb '#d1242f' pt 1 ps 2.2", 1.5);
    put_area(&d);
    put_grid(&d);
    put_center(&d);
    out_puts(&d.m.p.o, "set multiplot\n");
    put_source(&d);
    put_geometry(&d);
    put_coverage(&d);
    put_result(&d);
    out_puts(&d.m.p.o, "unset multiplot\n");
    return plot_end(&d.m.p);
}
