/* map: a raster, or records of places; a script of a map of it. */
#include "base/mem.h"
#include "geo/crs.h"
#include "map_panels.h"
#include "mask/masked_reader.h"
#include "plot/pictures.h"
#include "record_table.h"
#include "scene/layer_paths.h"
#include "scene/scene_raster.h"
#include "scene_text.h"
#include "source_image.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: eco-plotspec map --raster FILE [OPTION]...\n"
    "       eco-plotspec map --value NAME [OPTION]... [RECORDS]...\n"
    "A raster, or places that are coloured by a column of records.\n";

static const char examples[] =
    "  eco-plotspec map --raster scene.tif | gnuplot -d >map.png\n"
    "  eco-plotspec map --raster days.nc:LST --time 2020-08-08 | gnuplot -d >day.png\n"
    "  eco-sample --points sites.tsv --layer LST ECO_*.tif | \\\n"
    "      eco-plotspec map --value value | gnuplot -d >sites.png\n";

enum { MOST_PIXELS = 1200, X = 0, Y, VALUE }; /* on a side; columns */

static const char *const missing = "#e4e4e4"; /* a grey that no palette has */

struct map {
    struct record_table t; /* x, y, value */
    const char *raster, *palette_name, *variable;
    char *path; /* of the raster's layer and time */
    struct scene_ask ask;
    struct scene_raster scene;
    struct source_image image;
    const struct crs *crs;
    double frame[4], range[2];
    size_t shown; /* places or pixels with a value */
    struct plot_palette palette;
    enum map_panels_units units;
    struct map_panels m;
};

/* The plane of a raster as a grid of its pixels; of a rotated one, around it. */
static void grid_around(const struct raster_grid *g, struct grid *grid)
{
    double x[2] = PLOT_NOTHING, y[2] = PLOT_NOTHING,
           side = sqrt(fabs(g->gt[1] * g->gt[5] - g->gt[2] * g->gt[4]));
    for (int i = 0; i < 4; i++) {
        double px, py;
        gt_place(g->gt, i % 2 ? g->columns : 0, i / 2 ? g->rows : 0, &px, &py);
        plot_include(x, px);
        plot_include(y, py);
    }
    *grid = (struct grid){.crs = g->crs, .x0 = x[0], .y0 = y[1]};
    bool straight = g->gt[2] == 0 && g->gt[4] == 0;
    grid->columns = straight ? g->columns : (int)ceil((x[1] - x[0]) / side);
    grid->rows = straight ? g->rows : (int)ceil((y[1] - y[0]) / side);
    grid->dx = (x[1] - x[0]) / grid->columns;
    grid->dy = (y[1] - y[0]) / grid->rows;
}

static int read_raster(struct map *m)
{
    struct grid grid;
    struct masked_reader reader = {.grid = &grid};
    m->path = layer_paths_one(m->raster, &m->ask);
    int status = m->path ? scene_raster_open(&m->scene, m->path, &m->ask) : MSG_INPUT;
    if (status == MSG_OK && !m->scene.wanted)
        status = scene_raster_unwanted(&m->scene, &m->ask);
    if (status != MSG_OK)
        return status;
    grid_around(&m->scene.ras.grid, &grid);
    m->crs = grid.crs;
    const double frame[] = {grid.x0, grid.y0 - grid.rows * grid.dy,
                            grid.x0 + grid.columns * grid.dx, grid.y0};
    memcpy(m->frame, frame, sizeof frame);
    status = masked_reader_open_scene(&reader, &m->scene, MASKED_READER_BYTES);
    if (status == MSG_OK)
        status = source_image_read(&m->image, &reader, m->frame, MOST_PIXELS);
    masked_reader_free(&reader);
    m->shown = (size_t)m->image.count[PLOT_USED];
    size_t pixels = (size_t)m->image.columns * (size_t)m->image.rows;
    for (int i = 0; status == MSG_OK && i < 2; i++)
        m->range[i] = (double)plot_quantile(m->image.value, pixels, i ? 0.99 : 0.01);
    return status;
}

static int read_places(struct map *m)
{
    struct record_table *t = &m->t;
    double x[2] = PLOT_NOTHING, y[2] = PLOT_NOTHING;
    if (!t->y)
        return msg_usage("map needs --raster or --value");
    int status = record_table_read(t, t->o.args, t->o.nargs);
    for (size_t i = 0; i < t->n; i++) {
        bool placed = !isnan(t->column[X].v[i]) && !isnan(t->column[Y].v[i]);
        if (!placed)
            continue;
        plot_include(x, t->column[X].v[i]);
        plot_include(y, t->column[Y].v[i]);
        plot_include(m->range, t->column[VALUE].v[i]);
        m->shown += !isnan(t->column[VALUE].v[i]);
    }
    plot_widen(x, 0.08);
    plot_widen(y, 0.08);
    /* No ribbon, and an axis of longitudes as one of latitudes has them. */
    double side = fmax((x[1] - x[0]) / 2.5 - (y[1] - y[0]), 0) / 2;
    double wide = fmax((y[1] - y[0]) / 2.5 - (x[1] - x[0]), 0) / 2;
    const double frame[] = {x[0] - wide, y[0] - side, x[1] + wide, y[1] + side};
    memcpy(m->frame, frame, sizeof frame);
    m->crs = t->crs;
    return status;
}

static void put_places(struct map *m)
{
    const struct record_table *t = &m->t;
    struct plot *p = &m->m.p;
    plot_points(p, t->n, 3);
    out_puts(&p->o, " using 1:2:3 with points pt 7 ps 1.6 lc palette" PLOT_NAMELESS ", ");
    plot_points(p, t->n, 3);
    out_puts(&p->o,
             " using 1:2 with points pt 6 ps 1.6 lw 0.8 lc rgb '#404040'" PLOT_NAMELESS
             "\n");
    double *v = mem_alloc(3 * t->n + 1, sizeof *v);
    for (size_t i = 0; i < t->n; i++)
        for (int k = 0; k < 3; k++)
            v[3 * i + (size_t)k] = t->column[k].v[i] / (k < VALUE ? m->m.unit : 1);
    for (int turn = 0; turn < 2; turn++)
        out_write(&p->o, (const char *)v, 3 * t->n * sizeof *v);
    free(v);
}

static void put_image(struct map *m)
{
    const struct source_image *s = &m->image;
    struct plot_image image =
        map_panels_image(&m->m, s->x0, s->y0, s->dx, s->dy, s->columns, s->rows);
    image.format = PLOT_FLOATS;
    image.data = s->value;
    void *thin = map_panels_thin(&m->m, &image);
    plot_image(&m->m.p, &image);
    out_char(&m->m.p.o, '\n');
    plot_image_data(&m->m.p, &image);
    free(thin);
}

/* What it says: title and subtitle as plain text, the value as markup. */
static void say(const struct map *m, struct buf *title, struct buf *subtitle,
                struct buf *value)
{
    const char *crs = crs_text(m->crs), *dot = " \xc2\xb7 ";
    buf_puts(subtitle, "n = ");
    plot_count(subtitle, (double)m->shown);
    if (m->raster) {
        const char *name = m->variable ? m->variable : m->scene.layer;
        const char *unit = ras_unit(&m->scene.ras, m->scene.value);
        scene_text_title(title, NULL, name, m->scene.time, m->path);
        scene_text_label(value, name, m->t.options.unit ? m->t.options.unit : unit);
        buf_puts(subtitle, " pixels");
        if (m->image.reduced > 1)
            buf_printf(subtitle, ", means of %d \xc3\x97 %d", m->image.reduced,
                       m->image.reduced);
        buf_printf(subtitle, "%s%s", dot, scene_base(m->path));
    } else {
        const struct plot_column *c = &m->t.column[VALUE];
        const char *name = m->variable ? m->variable : c->name;
        buf_puts(title, name);
        scene_text_label(value, name, c->unit);
        buf_puts(subtitle, " places");
    }
    if (strlen(crs) < 40)
        buf_printf(subtitle, "%s%s", dot, crs);
}

static void put_map(struct map *m, const struct plot_ticks *ticks)
{
    struct buf title = {0}, subtitle = {0}, value = {0};
    const char *given = m->t.options.title;
    say(m, &title, &subtitle, &value);
    map_panels_begin(&m->m, 0, 0, "", m->raster ? missing : "#ffffff");
    map_panels_titles(&m->m, given ? given : title.s, subtitle.s);
    if (m->shown)
        map_panels_bar(&m->m, 0, 0, &m->palette, m->range, ticks, value.s);
    else
        map_panels_message(&m->m, 0, 0, "no value");
    out_puts(&m->m.p.o, "plot ");
    if (m->raster && m->shown)
        put_image(m);
    else if (m->t.n && m->shown)
        put_places(m);
    else
        out_puts(&m->m.p.o, "NaN\n");
    buf_free(&title);
    buf_free(&subtitle);
    buf_free(&value);
}

static int draw(struct map *m)
{
    const struct plot_options *o = &m->t.options;
    double metres = crs_metres(m->crs);
    if (metres == 0 && m->units != MAP_AUTO)
        return msg_usage("--units: the map is in degrees");
    plot_options_range(o, 0, m->range);
    struct plot_ticks ticks =
        plot_ticks(m->range[0], m->range[1], (m->range[1] - m->range[0]) / 7);
    m->m = (struct map_panels){.p.terminal = o->terminal, .columns = 1, .rows = 1};
    m->m.bar_digits = plot_ticks_width(&ticks);
    map_panels_frame(&m->m, metres, m->units, m->frame);
    map_panels_layout(&m->m, o->width, o->height);
    plot_begin(&m->m.p, o->output, m->t.o.command);
    plot_frame(&m->m.p, 31);
    put_map(m, &ticks);
    return plot_end(&m->m.p);
}

static int take_options(struct map *m, int argc, char **argv)
{
    const struct option_row rows[] = {
        OPTION_FILE("raster", "FILE", ENDINGS_RASTER, &m->raster, "a raster"),
        OPTION_TEXT("layer", "NAME", &m->ask.layers,
                    "its layer, where it is HDF5 or netCDF"),
        layer_paths_time_row(&m->ask),
        OPTION_TEXT("band", "N|NAME", &m->ask.band, "its band, where it has several"),
        OPTION_TEXT("value", "NAME", &m->t.y, "column of the colours of places"),
        OPTION_TEXT("coordinates", "X,Y", &m->t.coordinates,
                    "columns of the places (default: x,y or lon,lat)"),
        OPTION_TEXT("crs", "CRS", &m->t.crs_name, "of these (default: as the records say)"),
        OPTION_TEXT("variable", "NAME", &m->variable,
                    "what the values are called (default: the layer or the column)"),
        OPTION_WORD("units", "UNIT", &m->units, map_panels_unit_names,
                    "of the axes: km (default) or m"),
        OPTION_FILE("palette", "NAME", ENDINGS_TABLE, &m->palette_name,
                    "heat (default), helix, cover, or a file"),
        OPTION_END,
    };
    int status = record_table_parse(&m->t, rows, argc, argv);
    if (status == MSG_OK && m->raster && m->t.y)
        return msg_usage("map takes --raster or --value");
    return status == MSG_OK && m->raster ? options_no_operands(&m->t.o) : status;
}

int plot_map(int argc, char **argv)
{
    struct map m = {
        .t = {.usage = usage,
              .examples = examples,
              .places = true,
              .y_name = "--value",
              .most_y = 1},
        .palette_name = "heat",
        .range = PLOT_NOTHING,
        .units = MAP_AUTO,
    };
    int status = take_options(&m, argc, argv);
    if (status == MSG_OK)
        status = plot_palette_read(&m.palette, m.palette_name, 0);
    if (status == MSG_OK)
        status = m.raster ? read_raster(&m) : read_places(&m);
    if (status == MSG_OK)
        status = draw(&m);
    scene_raster_close(&m.scene);
    free(m.path);
    source_image_free(&m.image);
    plot_palette_free(&m.palette);
    record_table_free(&m.t);
    return status;
}
