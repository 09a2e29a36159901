/* panels: reads and checks what the four panels show. */
#include "base/mem.h"
#include "base/num.h"
#include "geo/crs.h"
#include "mask/mask_tags.h"
#include "panels_parts.h"
#include "plot/pictures.h"
#include "scene/layer_paths.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: eco-plotspec panels --source SCENE --result COARSE --grid GRID\n"
    "                           [OPTION]...\n"
    "The pixels used, the geometry, the coverage of cells, the result.\n";

static const char examples[] =
    "  eco-regrid --grid grid.txt --mask forest.tif --classes 3,4 \\\n"
    "      -o coarse.tif scene.tif\n"
    "  eco-plotspec panels --source scene.tif --result coarse.tif --grid grid.txt \\\n"
    "      --mask forest.tif --classes 3,4 --site ATTO | gnuplot -d >panels.png\n";

enum { MOST_PIXELS = 1200 }; /* on a side of the picture of the source */

struct arguments {
    const char *source, *result, *grid, *palette;
    char *raster; /* the source's layer and time */
    struct scene_ask ask;
    struct mask_options mask;
};

static int take_options(struct panels *p, struct arguments *a, struct options *o, int argc,
                        char **argv)
{
    const struct option_row rows[] = {
        OPTION_FILE("source", "SCENE", ENDINGS_RASTER, &a->source,
                    "the raster that was averaged"),
        OPTION_TEXT("layer", "NAME", &a->ask.layers,
                    "its layer, where it is HDF5 or netCDF"),
        layer_paths_time_row(&a->ask),
        OPTION_TEXT("band", "N|NAME", &a->ask.band,
                    "its band, where it has several (the result's)"),
        OPTION_FILE("result", "COARSE", ENDINGS_RASTER, &a->result,
                    "the raster that eco-regrid made of it"),
        OPTION_FILE("grid", "GRID", ENDINGS_GRID, &a->grid, "grid file of eco-grid"),
        OPTION_TEXT("site", "NAME", &p->site, "begins the title"),
        OPTION_TEXT("variable", "NAME", &p->variable,
                    "what the values are called (default: the layer)"),
        OPTION_WORD("units", "UNIT", &p->units, map_panels_unit_names,
                    "of the axes: km (default) or m"),
        OPTION_FILE("palette", "NAME", ENDINGS_TABLE, &a->palette,
                    "heat (default), helix, cover, or a file"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    mask_options_add(&a->mask, o, true);
    plot_options_add(&p->options, o);
    int status = options_parse(o, 2, argc, argv);
    if (status != MSG_OK)
        return status;
    if (o->nargs)
        return msg_usage("panels takes no \"%s\"", o->args[0]);
    if (!a->source || !a->result || !a->grid)
        return msg_usage("panels needs --source, --result and --grid");
    return mask_options_check(&a->mask);
}

/* The options by which pixels counted, or a word for none. */
static void add_counted(struct buf *b, const struct ras_tag *tag, size_t n)
{
    mask_tags_options(tag, n, b);
    if (!b->n)
        buf_puts(b, "all pixels");
}

/* What the result says of itself and the picture does not show would mislead. */
static void compare_tags(const struct panels *p, const struct arguments *a,
                         const struct mask_found *found)
{
    const struct ras *result = &p->result.ras;
    int at;
    panels_sources(result, scene_base(a->source), &at);
    if (!at)
        msg_warn("%s: it was made from %s, not from %s", result->path,
                 ras_tag(result, "ECO_SOURCE"), scene_base(a->source));
    const char *band = ras_tag(result, "ECO_BAND");
    double number;
    if (band && num_parse(band, strlen(band), &number) && number != p->scene.value + 1)
        msg_warn("%s: it was made from band %s, and the picture shows band %d",
                 result->path, band, p->scene.value + 1);
    if (!ras_tag(result, "ECO_VERSION")) /* nor does it tell what counted */
        return;
    struct ras_tag tag[MASK_TAGS];
    struct buf made = {0}, shown = {0};
    size_t n = mask_tags_make(&a->mask, found, tag);
    add_counted(&made, result->tag, result->ntags);
    add_counted(&shown, tag, n);
    if (strcmp(made.s, shown.s) != 0)
        msg_warn("%s: it was made with %s, and the picture shows %s", result->path, made.s,
                 shown.s);
    mask_tags_free(tag, n);
    buf_free(&made);
    buf_free(&shown);
}

/* The cell of the grid that an edge of the result lies on; false when on none. */
static bool on_edge(double offset, double cell, int cells, int *at)
{
    double n = offset / cell, whole = round(n);
    *at = (int)fmin(fmax(whole, -1), (double)cells + 1);
    return fabs(n - whole) < 1e-4 && whole >= 0 && whole <= cells;
}

/* Whether the result's cells are cells of the grid: all of them, or a part. */
static int check_cells(const struct panels *p)
{
    const struct ras *r = &p->result.ras;
    const struct grid *g = &p->grid;
    const double *gt = r->grid.gt;
    int edge;
    double south = gt[5] < 0 ? gt[3] + r->grid.rows * gt[5] : gt[3];
    double east = gt[0] + r->grid.columns * gt[1],
           north = south + r->grid.rows * fabs(gt[5]);
    if (!crs_same(r->grid.crs, g->crs)) {
        msg_error("%s: its CRS is not that of the grid, %.80s", r->path, crs_text(g->crs));
        return MSG_INPUT;
    }
    if (gt[2] == 0 && gt[4] == 0 && fabs(gt[1] - g->dx) * r->grid.columns < 1e-4 * g->dx &&
        fabs(fabs(gt[5]) - g->dy) * r->grid.rows < 1e-4 * g->dy &&
        on_edge(gt[0] - g->x0, g->dx, g->columns, &edge) &&
        on_edge(east - g->x0, g->dx, g->columns, &edge) &&
        on_edge(g->y0 - north, g->dy, g->rows, &edge) &&
        on_edge(g->y0 - south, g->dy, g->rows, &edge))
        return MSG_OK;
    msg_error("%s: its cells are not those of the grid", r->path);
    return MSG_INPUT;
}

/* A band as float32, rows from the south. */
static int read_band(struct scene_raster *s, int band, float **values)
{
    struct ras *r = &s->ras;
    size_t columns = (size_t)r->grid.columns, n = columns * (size_t)r->grid.rows;
    double *v = mem_resize(NULL, n, sizeof *v);
    int status = ras_read(r, band, 0, 0, r->grid.columns, r->grid.rows, v, 0);
    if (status == MSG_OK) {
        *values = mem_resize(NULL, n, sizeof **values);
        for (int row = 0; row < r->grid.rows; row++) {
            size_t from =
                (size_t)(r->grid.gt[5] < 0 ? r->grid.rows - 1 - row : row) * columns;
            for (size_t c = 0; c < columns; c++)
                (*values)[(size_t)row * columns + c] = plot_float(v[from + c]);
        }
    }
    free(v);
    return status;
}

static int read_cells(struct panels *p)
{
    struct panels_cells *c = &p->cells;
    struct scene_raster *s = &p->result;
    const double *gt = s->ras.grid.gt;
    c->columns = s->ras.grid.columns;
    c->rows = s->ras.grid.rows;
    c->x0 = gt[0];
    c->y0 = gt[5] < 0 ? gt[3] + c->rows * gt[5] : gt[3];
    int status = read_band(s, s->value, &c->value);
    if (status == MSG_OK && s->companion[SCENE_RASTER_COVERAGE] >= 0)
        status = read_band(s, s->companion[SCENE_RASTER_COVERAGE], &c->coverage);
    float *n = NULL;
    if (status == MSG_OK && s->companion[SCENE_RASTER_N] >= 0)
        status = read_band(s, s->companion[SCENE_RASTER_N], &n);
    c->pixels = n ? 0 : NAN;
    for (size_t i = 0; status == MSG_OK && i < (size_t)c->columns * (size_t)c->rows; i++) {
        c->valid += !isnan(c->value[i]);
        if (n && !isnan(c->value[i]) && !isnan(n[i]))
            c->pixels += (double)n[i];
    }
    free(n);
    const char *least = ras_tag(&s->ras, "ECO_MIN_COVERAGE");
    if (!least || !num_parse(least, strlen(least), &p->min_coverage))
        p->min_coverage = NAN;
    return status;
}

/* One range for source and result, so that their colours compare: all cells, and the
 * pixels but for the outermost two hundredths. */
static void find_range(struct panels *p)
{
    const struct source_image *plane = &p->plane;
    const struct panels_cells *c = &p->cells;
    size_t pixels = (size_t)plane->columns * (size_t)plane->rows;
    size_t cells = (size_t)c->columns * (size_t)c->rows;
    memcpy(p->range, p->options.range, sizeof p->range);
    if (!isnan(p->range[0]))
        return;
    for (int i = 0; i < 2; i++) {
        double of_cells = plot_quantile(c->value, cells, i);
        double of_pixels = plot_quantile(plane->value, pixels, i ? 0.99 : 0.01);
        p->range[i] = i ? fmax(of_cells, of_pixels) : fmin(of_cells, of_pixels);
    }
    if (!isnan(p->range[0]) && !plot_shows(p->range))
        plot_widen(p->range, 0);
}

/* The source as eco-regrid read it. */
static int read_plane(struct panels *p, struct arguments *a)
{
    const struct ras *result = &p->result.ras;
    struct masked_reader reader = {.options = &a->mask, .grid = &p->grid};
    reader.flags = ras_tag(result, "ECO_RAW") ? RAS_RAW : p->scene.flags;
    int status = mask_tags_take_rules(result->tag, result->ntags, result->path, &a->mask);
    if (status == MSG_OK)
        status = masked_reader_find(&reader, a->source, &p->scene.date);
    if (status == MSG_OK)
        status =
            masked_reader_open(&reader, &p->scene.ras, p->scene.value, MASKED_READER_BYTES);
    if (status == MSG_OK)
        status = source_image_read(&p->plane, &reader, p->frame, MOST_PIXELS);
    if (status == MSG_OK)
        compare_tags(p, a, &reader.found);
    p->masked = a->mask.nmaps > 0;
    p->ruled = quality_count(a->mask.quality) > 0;
    masked_reader_free(&reader);
    return status;
}

static int choose_source(struct arguments *a)
{
    a->source = a->raster = layer_paths_one(a->source, &a->ask);
    return a->raster ? MSG_OK : MSG_INPUT;
}

static int read_all(struct panels *p, struct arguments *a)
{
    int status = grid_read(&p->grid, a->grid);
    if (status == MSG_OK)
        status = choose_source(a);
    if (status == MSG_OK)
        status = scene_raster_open(&p->result, a->result, NULL);
    if (status == MSG_OK && !a->ask.band)
        a->ask.band = ras_tag(&p->result.ras, "ECO_BAND");
    if (status == MSG_OK)
        status = scene_raster_open(&p->scene, a->source, &a->ask);
    if (status == MSG_OK && !p->scene.wanted)
        status = scene_raster_unwanted(&p->scene, &a->ask);
    if (status == MSG_OK)
        status = check_cells(p);
    if (status == MSG_OK)
        status = plot_palette_read(&p->values, a->palette ? a->palette : "heat", 0);
    if (status == MSG_OK)
        status = plot_palette_read(&p->shares, "cover", 0);
    if (status != MSG_OK)
        return status;
    p->metres = crs_metres(p->grid.crs);
    if (p->metres == 0 && p->units != MAP_AUTO)
        return msg_usage("--units: the grid is in degrees");
    panels_frame(p);
    status = read_cells(p);
    if (status == MSG_OK)
        status = read_plane(p, a);
    if (status != MSG_OK)
        return status;
    find_range(p);
    return MSG_OK;
}

int plot_panels(int argc, char **argv)
{
    struct options o;
    struct panels p = {.units = MAP_AUTO};
    struct arguments a = {0};
    options_init(&o, argc, argv, usage, examples);
    int status = take_options(&p, &a, &o, argc, argv);
    if (status == MSG_OK)
        status = read_all(&p, &a);
    if (status == MSG_OK)
        status = panels_draw(&p, o.command);
    grid_free(&p.grid);
    scene_raster_close(&p.scene);
    scene_raster_close(&p.result);
    source_image_free(&p.plane);
    plot_palette_free(&p.values);
    plot_palette_free(&p.shares);
    free(p.cells.value);
    free(p.cells.coverage);
    mask_options_free(&a.mask);
    free(a.raster);
    options_free(&o);
    return status;
}
