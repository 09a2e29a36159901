/* panels: reads and checks what the four panels show. */
#include "plot/panels.h"
#include "base/mem.h"
#include "base/num.h"
#include "geo/crs.h"
#include "panels_parts.h"
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
    const char *source, *result, *grid, *mask, *classes, *palette;
};

static const char *const unit_names[] = {"km", "m", NULL};

static int take_options(struct panels *p, struct arguments *a, struct options *o, int argc,
                        char **argv)
{
    const struct option_row rows[] = {
        OPTION_FILE("source", "SCENE", &a->source, "the raster that was averaged"),
        OPTION_FILE("result", "COARSE", &a->result,
                    "the raster that eco-regrid made of it"),
        OPTION_FILE("grid", "GRID", &a->grid, "grid file of eco-grid"),
        OPTION_FILE("mask", "MAP", &a->mask,
                    "class map; {year} in its name is the scene's year"),
        OPTION_TEXT("classes", "LIST", &a->classes,
                    "classes of the map that count: 3,4,10-15"),
        OPTION_TEXT("site", "NAME", &p->site, "begins the title"),
        OPTION_WORD("units", "UNIT", &p->units, unit_names,
                    "of the axes: km (default) or m"),
        OPTION_FILE("palette", "NAME", &a->palette,
                    "heat (default), helix, cover, or a file"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    plot_options_add(&p->options, o);
    int status = options_parse(o, 2, argc, argv);
    if (status != MSG_OK)
        return status;
    if (o->nargs)
        return msg_usage("panels takes no \"%s\"", o->args[0]);
    if (!a->source || !a->result || !a->grid)
        return msg_usage("panels needs --source, --result and --grid");
    if (!a->mask != !a->classes)
        return msg_usage("--mask and --classes go together");
    return MSG_OK;
}

/* What the result says of itself and the picture does not show would mislead. */
static void compare_tags(const struct panels *p, const struct arguments *a)
{
    const char *path = p->result.ras.path;
    const char *source = ras_tag(&p->result.ras, "ECO_SOURCE");
    const char *classes = ras_tag(&p->result.ras, "ECO_CLASSES");
    if (source && strcmp(source, scene_base(a->source)) != 0)
        msg_warn("%s: it was made from %s, not from %s", path, source,
                 scene_base(a->source));
    if (classes && !a->mask)
        msg_warn("%s: it was made with classes %s; without --mask the picture shows all",
                 path, classes);
    else if (classes && strcmp(classes, a->classes) != 0)
        msg_warn("%s: it was made with classes %s, not %s", path, classes, a->classes);
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
            for (size_t c = 0; c < columns; c++) {
                float f = (float)v[from + c];
                (*values)[(size_t)row * columns + c] = isfinite(f) ? f : NAN;
            }
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
    if (p->range[0] == p->range[1]) {
        double pad = fmax(fabs(p->range[0]) * 1e-3, 0.5);
        p->range[0] -= pad;
        p->range[1] += pad;
    }
}

static int read_plane(struct panels *p, const struct arguments *a)
{
    struct classmap_classes classes = {.text = NULL};
    struct pixel_mask *select = NULL;
    char *mask = a->mask ? scene_pattern(a->mask, &p->scene.date) : NULL;
    int status = MSG_OK;
    if (a->mask && !mask) {
        msg_error("%s: its name has no date for the {year} of --mask", a->source);
        status = MSG_INPUT;
    }
    if (status == MSG_OK && a->classes &&
        !classmap_parse(&classes, "--classes", a->classes))
        status = MSG_USAGE;
    if (status == MSG_OK)
        status =
            pixel_mask_open(&select, &p->scene.ras, &p->grid,
                            &(struct pixel_mask_map){mask, &classes, false}, mask != NULL);
    if (status == MSG_OK)
        status = source_image_read(&p->plane, &p->scene.ras, select, &p->grid, p->frame,
                                   MOST_PIXELS);
    p->masked = mask != NULL;
    pixel_mask_close(select);
    free(classes.text);
    free(mask);
    return status;
}

static int read_all(struct panels *p, const struct arguments *a)
{
    int status = grid_read(&p->grid, a->grid);
    if (status == MSG_OK)
        status = scene_raster_open(&p->scene, a->source);
    if (status == MSG_OK)
        status = scene_raster_open(&p->result, a->result);
    if (status == MSG_OK)
        status = check_cells(p);
    if (status == MSG_OK)
        status = plot_palette_read(&p->values, a->palette ? a->palette : "heat");
    if (status == MSG_OK)
        status = plot_palette_read(&p->shares, "cover");
    if (status != MSG_OK)
        return status;
    p->metres = crs_metres(p->grid.crs);
    if (p->metres == 0 && p->units != PANELS_AUTO)
        return msg_usage("--units: the grid is in degrees");
    if (p->units == PANELS_AUTO)
        p->units = p->metres == 0 ? PANELS_DEGREES : PANELS_KM;
    panels_frame(p);
    status = read_cells(p);
    if (status == MSG_OK)
        status = read_plane(p, a);
    if (status != MSG_OK)
        return status;
    find_range(p);
    compare_tags(p, a);
    return MSG_OK;
}

int plot_panels(int argc, char **argv)
{
    struct options o;
    struct panels p = {.units = PANELS_AUTO};
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
    options_free(&o);
    return status;
}
