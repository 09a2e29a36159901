/* eco-grid: an area, a place, bounds or a raster in, a grid file out. */
#include "base/options.h"
#include "geo/cells_outline.h"
#include "geo/crs.h"
#include "raster/gdal_plugin.h"
#include "raster/grid_layout.h"
#include "record/writer.h"
#include "scene/layer_paths.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: eco-grid (--around LAYER | --center LON,LAT | --bounds X0,Y0,X1,Y1 |\n"
    "                 --like RASTER | --from-grid GRID) [--res DX[,DY]] [OPTION]...\n"
    "Print a grid: its CRS, its cells, and the area that they are clipped to.\n";

static const char examples[] =
    "  eco-grid --around buffer.geojson --res 2200,1660 --radius 35000 >grid.txt\n"
    "  eco-grid --around buffer.geojson --area name=tower --res 1000 >grid.txt\n"
    "  eco-grid --center -60.2,-2.6 --res 1000 --radius 20000\n"
    "  eco-grid --like scene.tif --clip buffer.geojson\n"
    "  eco-grid --like scene.tif --crs EPSG:4326 --res 0.01 --align\n"
    "  eco-grid --from-grid grid.txt --res 700 --clip none\n";

struct request {
    const char *around, *like, *from_grid, *crs, *clip, *layer, *layer_crs, *area, *list;
    double center[2], bounds[4], res[2], radius;
    int ncenter, nbounds, nres; /* 0: not given */
    bool align, has_radius;
    int touch;
};

static int around(struct grid *g, const struct request *q)
{
    struct grid_area a;
    double place[2];
    int status = grid_area_read(
        &a, &(struct grid_area_choice){q->around, q->layer, q->layer_crs, q->area});
    if (status == MSG_OK) {
        grid_area_gather(&a);
        status = grid_area_middle(&a, place);
    }
    if (status == MSG_OK)
        status = grid_choose_crs(g, q->crs, "--crs", place);
    if (status == MSG_OK)
        status = grid_set_clip(g, &a);
    if (status == MSG_OK)
        status = grid_lay_around_clip(g, q->radius);
    grid_area_free(&a);
    return status;
}

static int centered(struct grid *g, const struct request *q)
{
    int status = grid_choose_crs(g, q->crs, "--crs", q->center);
    return status == MSG_OK ? grid_lay_around_place(g, q->center, q->radius, "--center")
                            : status;
}

static int bounded(struct grid *g, const struct request *q)
{
    const double *b = q->bounds;
    if (!(b[2] > b[0] && b[3] > b[1]))
        return msg_usage("--bounds: these hold no area");
    g->crs = crs_named_plane(crs_of(q->crs), "--crs");
    if (!g->crs)
        return MSG_USAGE;
    return grid_lay_bounds(g, b, q->align) ? MSG_OK : msg_usage("--bounds: too many cells");
}

static int taken(struct grid *g, const struct request *q)
{
    int status = grid_read(g, q->from_grid);
    double dx = q->nres ? q->res[0] : g->dx, dy = q->nres ? q->res[q->nres > 1] : g->dy;
    return status == MSG_OK && (q->nres || q->align) ? grid_resize(g, dx, dy, q->align)
                                                     : status;
}

static int lay(struct grid *g, const struct request *q)
{
    g->dx = q->res[0];
    g->dy = q->res[q->nres > 1];
    if (!q->like)
        return q->around    ? around(g, q)
               : q->ncenter ? centered(g, q)
               : q->nbounds ? bounded(g, q)
                            : taken(g, q);
    const struct scene_ask ask = {.layers = q->clip ? NULL : q->layer};
    char *raster = layer_paths_one(q->like, &ask);
    int status = raster ? grid_over(g, raster, q->crs, "--crs", q->align) : MSG_INPUT;
    free(raster);
    return status;
}

/* Replaces the clip by the one of --clip. */
static int clip(struct grid *g, const struct request *q)
{
    if (strcmp(q->clip, "none") == 0) {
        poly_free(&g->clip);
        free(g->clip_name);
        g->clip_name = NULL;
        return MSG_OK;
    }
    struct grid_area a;
    int status = grid_area_read(
        &a, &(struct grid_area_choice){q->clip, q->layer, q->layer_crs, "all"});
    if (status == MSG_OK)
        status = grid_set_clip(g, &a);
    grid_area_free(&a);
    return status;
}

/* Makes the clip the outline of all cells that it touches: their centres are in it. */
static int touch_all(struct grid *g)
{
    struct poly outline;
    if (!g->clip.npoints)
        return MSG_OK;
    if (!cells_outline(&outline, &g->clip, g->x0, g->y0, g->dx, g->dy))
        return msg_usage("--clip-touch: the clip has too many cells");
    poly_free(&g->clip);
    g->clip = outline;
    return MSG_OK;
}

static bool positive(double v)
{
    return v > 0 && isfinite(v);
}

static int check(const struct request *q)
{
    int ways = (q->around != NULL) + (q->ncenter > 0) + (q->nbounds > 0) +
               (q->like != NULL) + (q->from_grid != NULL);
    if (ways != 1)
        return msg_usage(
            "one of --around, --center, --bounds, --like and --from-grid is needed");
    if ((q->area || q->list) && !q->around)
        return msg_usage("--area and --list-areas are for --around");
    if (q->list)
        return MSG_OK;
    if (!q->like && !q->from_grid && !q->nres)
        return msg_usage("--res is needed");
    if (q->like && q->crs && strcmp(q->crs, "auto") == 0)
        return msg_usage("--like takes no --crs auto; name one");
    if (q->from_grid && q->crs)
        return msg_usage("--from-grid takes the CRS of the grid");
    if (q->align && (q->around || q->ncenter))
        return msg_usage("--align is for --bounds, --like and --from-grid");
    if (q->ncenter && !q->has_radius)
        return msg_usage("--center needs a --radius");
    if (q->nbounds && (!q->crs || strcmp(q->crs, "auto") == 0))
        return msg_usage("--bounds needs a --crs");
    if (q->has_radius && !q->around && !q->ncenter)
        return msg_usage("--radius is for --around and --center");
    if (q->nres && !(positive(q->res[0]) && positive(q->res[q->nres - 1])))
        return msg_usage("--res: cells have a positive size");
    if (q->has_radius && !positive(q->radius))
        return msg_usage("--radius: not a positive number");
    if (q->ncenter && !(fabs(q->center[1]) <= 90))
        return msg_usage("--center: there is no latitude %g", q->center[1]);
    return MSG_OK;
}

/* The names of a layer's features, instead of a grid. */
static int list_areas(const struct request *q)
{
    const struct gdal_plugin *module = gdal_plugin_load();
    struct gdal_plugin_features f;
    if (!module)
        return MSG_SYSTEM;
    int status = module->features(q->around, q->layer, q->list, NULL, &f);
    if (status != MSG_OK)
        return status;
    struct out o;
    out_init(&o, STDOUT_FILENO, "stdout");
    out_char(&o, '#');
    rec_put_text(&o, REC_TAB, f.id_name);
    for (size_t i = 0; i < f.n; i++) {
        out_char(&o, '\n');
        rec_put_text(&o, REC_TAB, f.feature[i].id);
    }
    out_char(&o, '\n');
    gdal_plugin_features_free(&f);
    return out_close(&o);
}

static int put(const struct grid *g, const char *command)
{
    struct out o;
    out_init(&o, STDOUT_FILENO, "stdout");
    grid_write(g, &o, command);
    return out_close(&o);
}

/* Metres that were meant where the CRS has degrees. */
static int check_size(const struct grid *g)
{
    double turn = crs_turn(g->crs);
    if (!(turn > 0) || (g->dx <= turn && g->dy <= turn / 2))
        return MSG_OK;
    return msg_usage("--res: cells of %g by %g degrees, which %.80s has for a unit", g->dx,
                     g->dy, crs_text(g->crs));
}

static int lay_and_put(struct grid *g, const struct request *q, const char *command)
{
    int status = lay(g, q);
    if (status == MSG_OK && q->nres)
        status = check_size(g);
    if (status == MSG_OK && q->clip)
        status = clip(g, q);
    if (status == MSG_OK && q->touch == 1)
        status = touch_all(g);
    return status == MSG_OK ? put(g, command) : status;
}

int main(int argc, char **argv)
{
    struct options o;
    struct request q = {0};
    struct grid g = {0};
    static const char *const touches[] = {"center", "all", NULL};
    const struct option_row rows[] = {
        OPTION_FILE("around", "LAYER", ENDINGS_VECTOR, &q.around,
                    "cells centred on a polygon's centroid; it is the clip"),
        OPTION_TEXT("area", "FIELD=NAME|all", &q.area,
                    "of a layer of several areas, the one whose FIELD is NAME, or all, "
                    "joined"),
        OPTION_TEXT("list-areas", "FIELD", &q.list,
                    "print the names in FIELD of the areas of --around, and no grid"),
        OPTION_NUMBERS("center", "LON,LAT", q.center, 2, 2, &q.ncenter,
                       "cells centred on a place, in degrees"),
        OPTION_NUMBERS("bounds", "X0,Y0,X1,Y1", q.bounds, 4, 4, &q.nbounds,
                       "cells from the north-west corner of bounds in --crs"),
        OPTION_FILE("like", "RASTER", ENDINGS_RASTER, &q.like,
                    "the cells of a raster, or cells of --res or in --crs over it"),
        OPTION_FILE("from-grid", "GRID", ENDINGS_GRID, &q.from_grid,
                    "the cells and the clip of a grid, or cells of --res over them"),
        OPTION_NUMBERS("res", "DX[,DY]", q.res, 1, 2, &q.nres,
                       "size of a cell in units of the CRS"),
        OPTION_NUMBER("radius", "R", &q.radius, -INFINITY, INFINITY,
                      "cells this far each way from the centre, in the same units "
                      "(default: as far as the polygon goes)"),
        OPTION_TEXT("crs", "CRS|auto", &q.crs,
                    "CRS of the grid; auto, the default: the centre's UTM zone"),
        OPTION_FLAG("align", &q.align,
                    "sides on whole multiples of the cells' size, as gdalwarp -tap"),
        OPTION_FILE("clip", "LAYER|none", ENDINGS_VECTOR, &q.clip,
                    "another clip than that of --around, or none"),
        OPTION_WORD("clip-touch", "center|all", &q.touch, touches,
                    "cells of the clip: by their centres (default), or all that it "
                    "covers any of"),
        OPTION_TEXT(
            "layer", "NAME", &q.layer,
            "layer in the file of --around or --clip (default: first), or of --like"),
        OPTION_TEXT("layer-crs", "CRS", &q.layer_crs, "CRS of a layer that names none"),
        OPTION_END,
    };
    options_init(&o, argc, argv, usage, examples);
    options_add(&o, rows, 0);
    int status = options_parse(&o, 1, argc, argv);
    q.has_radius = options_given(&o, "radius");
    if (status == MSG_OK)
        status = options_no_operands(&o);
    if (status == MSG_OK)
        status = check(&q);
    if (status == MSG_OK)
        status = q.list ? list_areas(&q) : lay_and_put(&g, &q, o.command);
    grid_free(&g);
    options_free(&o);
    return status;
}
