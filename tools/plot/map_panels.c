/* map_panels: maps of one place. */
#include "map_panels.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The room that things need, in pixels at scale 1. */
enum {
    TITLE = PLOT_TITLE_HEIGHT,
    MAP_TITLE = 34,   /* above each map */
    ROWS = 14,        /* more between the rows */
    X_AXIS = 62,      /* below the lower maps */
    Y_AXIS = 54,      /* left of the left maps, without the labels of ticks */
    KEY = 122,        /* least room right of a map */
    COLUMNS = 18,     /* more between the columns */
    EDGE = 14,        /* of the picture */
    LABEL_APART = 80, /* least distance of ticks */
    SIDE = 590,       /* of one of two square maps, where no size was asked for */
};

static const char *const ink = "#404040";

const char *const map_panels_unit_names[] = {"km", "m", NULL};

double map_panels_px(const struct map_panels *m, double length)
{
    return length * m->p.scale;
}

/* The width of so many digits in pixels at scale 1. */
static double digits(size_t characters)
{
    const struct plot one = {.scale = 1};
    return plot_text_width(&one, 1, characters);
}

static double bar_room(const struct map_panels *m)
{
    const struct plot one = {.scale = 1};
    return fmax(plot_bar_width(&one, m->bar_digits), KEY);
}

/* One map needs no title of its own. */
static double map_title(const struct map_panels *m)
{
    return m->rows > 1 ? MAP_TITLE : 0;
}

static double room_across(const struct map_panels *m)
{
    return Y_AXIS + digits(plot_ticks_width(&m->y)) + m->columns * bar_room(m) +
           (m->columns - 1) * COLUMNS + EDGE;
}

static double room_down(const struct map_panels *m)
{
    return TITLE + m->rows * map_title(m) + (m->rows - 1) * ROWS + X_AXIS + EDGE;
}

/* Width by height of what the maps show, as it looks on the ground. */
static double shape_of(const struct map_panels *m)
{
    double shape = (m->frame[2] - m->frame[0]) / (m->frame[3] - m->frame[1]);
    if (!m->degrees)
        return shape;
    double latitude = (m->frame[1] + m->frame[3]) / 2 * (3.14159265358979323846 / 180);
    return shape * fmax(cos(latitude), 0.01);
}

static void choose_size(struct map_panels *m, int width, int height)
{
    m->p.width = width;
    m->p.height = height;
    m->p.scale = fmax(fmin(width / (800.0 * m->columns), height / (700.0 * m->rows)), 0.5);
    if (width)
        return;
    double shape = fmin(fmax(shape_of(m), 1.0 / 3), 3),
           side = m->rows > 1 ? 2 * SIDE : 1.4 * SIDE;
    m->p.scale = 1;
    m->p.width = (int)round(side * sqrt(shape) + room_across(m));
    m->p.height = (int)round(side / sqrt(shape) + room_down(m));
}

/* Ticks of both axes alike, so far apart that the labels have room. */
static void choose_ticks(struct map_panels *m, double width)
{
    double scale = width / (m->frame[2] - m->frame[0]);
    double step = map_panels_px(m, LABEL_APART) / scale;
    for (int tries = 0; tries < 9; tries++, step = 1.1 * m->x.step) {
        m->x = plot_ticks(m->frame[0], m->frame[2], step);
        if (m->x.step * scale > map_panels_px(m, 1.4 * digits(plot_ticks_width(&m->x))))
            break;
    }
    m->y = plot_ticks(m->frame[1], m->frame[3], m->x.step);
}

static void choose_places(struct map_panels *m)
{
    double across = m->p.width - map_panels_px(m, room_across(m));
    double down = m->p.height - map_panels_px(m, room_down(m));
    double w = fmax(across / m->columns, 20), h = fmax(down / m->rows, 20);
    double shape = shape_of(m);
    m->width = fmax(floor(fmin(w, h * shape)), 1);
    m->height = fmax(floor(fmin(h, w / shape)), 1);
    double spare = floor(fmax(w - m->width, 0)), lower = floor(fmax(h - m->height, 0));
    m->left[0] = floor(map_panels_px(m, Y_AXIS + digits(plot_ticks_width(&m->y)))) + spare;
    m->left[1] = floor(m->left[0] + m->width + map_panels_px(m, bar_room(m) + COLUMNS));
    m->bottom[m->rows - 1] = floor(map_panels_px(m, X_AXIS + EDGE)) + lower;
    if (m->rows > 1)
        m->bottom[0] = floor(m->bottom[1] + m->height + map_panels_px(m, MAP_TITLE + ROWS));
    /* Maps have whole pixels; the frame follows. */
    double middle = (m->frame[1] + m->frame[3]) / 2;
    double tall = (m->frame[3] - m->frame[1]) * (m->height / m->width) * shape;
    m->frame[1] = middle - tall / 2;
    m->frame[3] = middle + tall / 2;
    m->dot = tall / m->height;
}

void map_panels_frame(struct map_panels *m, double metres, enum map_panels_units units,
                      const double frame[4])
{
    static const char *const names[][2] = {{"Easting (km)", "Northing (km)"},
                                           {"Easting (m)", "Northing (m)"},
                                           {"Longitude (\xc2\xb0)", "Latitude (\xc2\xb0)"}};
    m->degrees = metres == 0;
    units = m->degrees ? MAP_DEGREES : units == MAP_AUTO ? MAP_KM : units;
    m->unit = m->degrees ? 1 : (units == MAP_KM ? 1000 : 1) / metres;
    m->x_name = names[units][0];
    m->y_name = names[units][1];
    for (int i = 0; i < 4; i++)
        m->frame[i] = frame[i] / m->unit;
}

void map_panels_layout(struct map_panels *m, int width, int height)
{
    m->p.scale = 1;
    choose_ticks(m, SIDE);
    /* Labels take room, and the room that is left decides on labels. */
    for (int turn = 0; turn < 2; turn++) {
        choose_size(m, width, height);
        choose_places(m);
        choose_ticks(m, m->width);
    }
}

void map_panels_titles(struct map_panels *m, const char *title, const char *subtitle)
{
    double x = m->left[0], y = m->bottom[0] + m->height + map_panels_px(m, map_title(m));
    plot_titles(&m->p, x, y, title, subtitle);
}

/* Only the outer maps have labels at their axes. */
static void put_axes(struct map_panels *m, int column, int row)
{
    double x = m->left[column], y = m->bottom[row];
    struct plot_font font = {.size = 1, .color = ink};
    plot_place(&m->p, x, y, m->width, m->height);
    plot_range(&m->p, "x", m->frame[0], m->frame[2]);
    plot_range(&m->p, "y", m->frame[1], m->frame[3]);
    plot_put_ticks(&m->p, "x", &m->x, row == m->rows - 1);
    plot_put_ticks(&m->p, "y", &m->y, column == 0);
    if (row == m->rows - 1)
        plot_label(&m->p, x + m->width / 2, y - map_panels_px(m, X_AXIS - 12), PLOT_CENTER,
                   font, m->x_name);
    font.upright = true;
    if (column == 0)
        plot_label(&m->p,
                   x - map_panels_px(m, digits(plot_ticks_width(&m->y)) + Y_AXIS - 15),
                   y + m->height / 2, PLOT_CENTER, font, m->y_name);
}

void map_panels_begin(struct map_panels *m, int column, int row, const char *title_markup,
                      const char *background)
{
    plot_clear(&m->p);
    plot_box(&m->p, m->left[column], m->bottom[row], m->width, m->height, background, NULL);
    plot_label(&m->p, m->left[column], m->bottom[row] + m->height + map_panels_px(m, 16),
               PLOT_LEFT, (struct plot_font){.size = 1.07}, title_markup);
    put_axes(m, column, row);
    out_puts(&m->p.o, "unset colorbox\n");
}

void map_panels_message(struct map_panels *m, int column, int row, const char *markup)
{
    plot_label(&m->p, m->left[column] + m->width / 2, m->bottom[row] + m->height / 2,
               PLOT_CENTER, (struct plot_font){.size = 1.2, .color = ink}, markup);
}

double map_panels_key_x(const struct map_panels *m, int column)
{
    return m->left[column] + m->width + map_panels_px(m, PLOT_BAR_GAP);
}

void map_panels_bar(struct map_panels *m, int column, int row,
                    const struct plot_palette *palette, const double range[2],
                    const struct plot_ticks *ticks, const char *markup)
{
    plot_bar(&m->p, m->left[column] + m->width, m->bottom[row], m->height,
             plot_ticks_width(ticks), palette, range, markup);
    plot_put_ticks(&m->p, "cb", ticks, true);
}

void map_panels_bar_mark(struct map_panels *m, int column, int row, double share, int style)
{
    double x = map_panels_key_x(m, column), y = m->bottom[row] + m->height * share;
    plot_line(&m->p, x - map_panels_px(m, 5), y, x + map_panels_px(m, PLOT_BAR + 5), y,
              style);
}

static void put_length(struct map_panels *m, double v)
{
    char s[NUM_FIXED_MAX];
    int decimals = (int)ceil(-log10(m->dot / 20));
    decimals = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    out_write(&m->p.o, s, num_fixed(s, v / m->unit, decimals));
}

void map_panels_point(struct map_panels *m, double x, double y)
{
    put_length(m, x);
    out_char(&m->p.o, ' ');
    put_length(m, y);
    out_char(&m->p.o, '\n');
}

struct plot_image map_panels_image(const struct map_panels *m, double x0, double y0,
                                   double dx, double dy, int columns, int rows)
{
    return (struct plot_image){.x = (x0 + dx / 2) / m->unit,
                               .y = (y0 + dy / 2) / m->unit,
                               .dx = dx / m->unit,
                               .dy = dy / m->unit,
                               .columns = columns,
                               .rows = rows};
}

/* The pixels of a map whose middles lie in an image, along one axis: first, count.
 * offset: of the image, in pixels of the map. */
static int shown(double offset, double length, int pixels, int *first)
{
    *first = (int)fmax(ceil(offset - 0.5), 0);
    return (int)fmin(ceil(offset + length - 0.5), pixels) - *first;
}

void *map_panels_thin(const struct map_panels *m, struct plot_image *i)
{
    double across = (m->frame[2] - m->frame[0]) / m->width, up = m->dot;
    if (m->p.terminal != PLOT_PNG || i->dx >= across || i->dy >= up)
        return NULL;
    double x = (i->x - i->dx / 2 - m->frame[0]) / across;
    double y = (i->y - i->dy / 2 - m->frame[1]) / up;
    int c0, columns = shown(x, i->columns * i->dx / across, (int)m->width, &c0);
    int r0, rows = shown(y, i->rows * i->dy / up, (int)m->height, &r0);
    if (columns < 1 || rows < 1)
        return NULL;
    size_t size = i->format == PLOT_BYTES ? 1 : sizeof(float);
    size_t *from = mem_alloc((size_t)columns, sizeof *from);
    char *thin = mem_alloc((size_t)columns * (size_t)rows, size), *to = thin;
    for (int c = 0; c < columns; c++)
        from[c] = (size_t)fmin((c0 + c + 0.5 - x) * across / i->dx, i->columns - 1) * size;
    for (int r = 0; r < rows; r++) {
        size_t row = (size_t)fmin((r0 + r + 0.5 - y) * up / i->dy, i->rows - 1);
        const char *data = (const char *)i->data + row * (size_t)i->columns * size;
        for (int c = 0; c < columns; c++, to += size)
            memcpy(to, data + from[c], size);
    }
    free(from);
    *i = (struct plot_image){.x = m->frame[0] + (c0 + 0.5) * across,
                             .y = m->frame[1] + (r0 + 0.5) * up,
                             .dx = across,
                             .dy = up,
                             .columns = columns,
                             .rows = rows,
                             .format = i->format,
                             .data = thin};
    return thin;
}
