/* eco-grid: an area, a place, bounds or a raster in, a grid file out. */
#include "base/mem.h"
#include "base/options.h"
#include "geo/crs.h"
#include "geo/grid.h"
#include "geo/polygon_project.h"
#include "raster/gdal_plugin.h"
#include "raster/raster.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: eco-grid (--around LAYER | --center LON,LAT | --bounds X0,Y0,X1,Y1 |\n"
    "                 --like RASTER) [--res DX[,DY]] [OPTION]...\n"
    "Print a grid: its CRS, its cells, and the area that they are clipped to.\n"
    "\n"
    "Options:\n"
    "  --around LAYER      cells centred on a polygon's centroid; it is the clip\n"
    "  --center LON,LAT    cells centred on a place, in degrees\n"
    "  --bounds X0,Y0,X1,Y1  cells from the north-west corner of bounds in --crs\n"
    "  --like RASTER       the cells of a raster\n"
    "  --res DX[,DY]       size of a cell in units of the CRS\n"
    "  --radius R          cells this far each way from the centre, in the same units\n"
    "                      (default: as far as the polygon goes)\n"
    "  --crs CRS|auto      CRS of the grid; auto, the default: the centre's UTM zone\n"
    "  --clip LAYER|none   another clip than that of --around, or none\n"
    "  --layer NAME        layer in the file of --around or --clip (default: first)\n"
    "  --layer-crs CRS     CRS of a layer that names none\n"
    "  --no-provenance     leave out the ##cmd= line\n"
    "  --help              print this and exit\n"
    "  --version           print the version and exit\n"
    "\n"
    "Examples:\n"
    "  eco-grid --around buffer.geojson --res 2200,1660 --radius 35000 >grid.txt\n"
    "  eco-grid --center -60.2,-2.6 --res 1000 --radius 20000\n"
    "  eco-grid --like scene.tif --clip buffer.geojson\n";

enum {
    AROUND = CLI_FIRST_FREE,
    CENTER,
    BOUNDS,
    LIKE,
    RES,
    RADIUS,
    CRS,
    CLIP,
    LAYER,
    LAYER_CRS
};

struct request {
    const char *around, *like, *crs, *clip, *layer, *layer_crs;
    double center[2], bounds[4], res[2], radius;
    bool has_center, has_bounds, has_res, has_radius;
};

/* An area and its CRS. */
struct area {
    struct poly poly;
    char *crs;
};

static void area_free(struct area *a)
{
    poly_free(&a->poly);
    free(a->crs);
    *a = (struct area){0};
}

static int read_area(struct area *a, const char *path, const struct request *q)
{
    const struct gdal_plugin *module = gdal_plugin_load();
    if (!module)
        return MSG_SYSTEM;
    int status = module->area(path, q->layer, &a->poly, &a->crs);
    if (status != MSG_OK)
        return status;
    if (!a->crs && !q->layer_crs) {
        msg_error("%s: this layer names no CRS; give it with --layer-crs", path);
        return MSG_INPUT;
    }
    if (!a->crs)
        a->crs = mem_text(q->layer_crs);
    poly_orient(&a->poly);
    return MSG_OK;
}

/* An area's centroid, in degrees, to choose a UTM zone by. */
static int middle_of(const struct area *a, const char *path, double place[2])
{
    struct crs_transform *map;
    int status = crs_transform_open(&map, a->crs, "EPSG:4326", NULL, path);
    if (status != MSG_OK)
        return status;
    poly_centroid(&a->poly, &place[0], &place[1]);
    crs_forward(map, &place[0], &place[1], 1, 1);
    crs_transform_close(map);
    return MSG_OK;
}

/* The grid's CRS: the one asked for, or the UTM zone of a place. */
static int choose_crs(struct grid *g, const struct request *q, const double place[2])
{
    if (q->crs && strcmp(q->crs, "auto") != 0) {
        g->crs = crs_name(q->crs, "--crs");
        return g->crs ? MSG_OK : MSG_USAGE;
    }
    int code = crs_utm(place[0], place[1]);
    if (!code) {
        msg_error("there is no UTM zone at longitude %g, latitude %g; name a --crs",
                  place[0], place[1]);
        return MSG_INPUT;
    }
    char text[32];
    snprintf(text, sizeof text, "EPSG:%d", code);
    g->crs = mem_text(text);
    return MSG_OK;
}

/* The area in the grid's plane; edges follow their own CRS to a ten-thousandth of a cell.
 */
static int set_clip(struct grid *g, const struct area *a, const char *path)
{
    struct crs_transform *map;
    int status = crs_transform_open(&map, a->crs, g->crs, NULL, path);
    if (status != MSG_OK)
        return status;
    poly_free(&g->clip);
    double cell = fmin(g->dx, g->dy);
    status = poly_transform(&g->clip, &a->poly, map, (cell > 0 ? cell : 1) * 1e-4);
    crs_transform_close(map);
    if (status != MSG_OK) {
        msg_error("%s: some of it has no place in %.80s", path, g->crs);
        return status;
    }
    poly_orient(&g->clip);
    free(g->clip_name);
    g->clip_name = mem_text(path);
    return MSG_OK;
}

/* Cells such that (x, y) is the centre of the middle one and a radius is covered. */
static int lay_around(struct grid *g, double x, double y, double radius_x, double radius_y)
{
    double nx = ceil(radius_x / g->dx), ny = ceil(radius_y / g->dy);
    if (!(nx >= 0 && ny >= 0 && nx <= 1e6 && ny <= 1e6)) {
        msg_error("a grid of %g by %g cells is not one to make", 2 * nx + 1, 2 * ny + 1);
        return MSG_USAGE;
    }
    g->columns = 2 * (int)nx + 1;
    g->rows = 2 * (int)ny + 1;
    g->x0 = x - (nx + 0.5) * g->dx;
    g->y0 = y + (ny + 0.5) * g->dy;
    return MSG_OK;
}

static int around(struct grid *g, const struct request *q)
{
    struct area a = {0};
    double place[2], b[4], x, y;
    int status = read_area(&a, q->around, q);
    if (status == MSG_OK)
        status = middle_of(&a, q->around, place);
    if (status == MSG_OK)
        status = choose_crs(g, q, place);
    if (status == MSG_OK)
        status = set_clip(g, &a, q->around);
    if (status == MSG_OK) {
        poly_bounds(&g->clip, b);
        poly_centroid(&g->clip, &x, &y);
        double rx = fmax(b[2] - x, x - b[0]), ry = fmax(b[3] - y, y - b[1]);
        /* The middle cell reaches half a cell by itself. */
        status = q->has_radius ? lay_around(g, x, y, q->radius, q->radius)
                               : lay_around(g, x, y, fmax(0, rx - g->dx / 2),
                                            fmax(0, ry - g->dy / 2));
    }
    area_free(&a);
    return status;
}

static int centered(struct grid *g, const struct request *q)
{
    struct crs_transform *map;
    double x = q->center[0], y = q->center[1];
    int status = choose_crs(g, q, q->center);
    if (status == MSG_OK)
        status = crs_transform_open(&map, "EPSG:4326", g->crs, NULL, "--crs");
    if (status != MSG_OK)
        return status;
    crs_forward(map, &x, &y, 1, 1);
    crs_transform_close(map);
    if (isnan(x)) {
        msg_error("--center has no place in %.80s", g->crs);
        return MSG_INPUT;
    }
    return lay_around(g, x, y, q->radius, q->radius);
}

static int bounded(struct grid *g, const struct request *q)
{
    const double *b = q->bounds;
    if (!(b[2] > b[0] && b[3] > b[1]))
        return cli_usage("--bounds: these hold no area");
    g->crs = crs_name(q->crs, "--crs");
    if (!g->crs)
        return MSG_USAGE;
    /* A cell that is only touched by rounding is none. */
    double columns = ceil((b[2] - b[0]) / g->dx - 1e-9),
           rows = ceil((b[3] - b[1]) / g->dy - 1e-9);
    if (!(columns <= 1e9 && rows <= 1e9))
        return cli_usage("--bounds: too many cells");
    g->columns = (int)fmax(1, columns);
    g->rows = (int)fmax(1, rows);
    g->x0 = b[0];
    g->y0 = b[3];
    return MSG_OK;
}

static int like(struct grid *g, const struct request *q)
{
    struct ras r;
    int status = ras_open(&r, q->like);
    if (status != MSG_OK)
        return status;
    if (!r.crs || !r.has_gt || r.gt[2] != 0 || r.gt[4] != 0) {
        msg_error("%s: %s", q->like,
                  !r.crs || !r.has_gt ? "it has no coordinates" : "its rows are not level");
        status = MSG_INPUT;
    } else {
        g->crs = crs_name(r.crs, q->like);
        status = g->crs ? MSG_OK : MSG_INPUT;
        g->columns = r.columns;
        g->rows = r.rows;
        g->dx = fabs(r.gt[1]);
        g->dy = fabs(r.gt[5]);
        g->x0 = fmin(r.gt[0], r.gt[0] + r.columns * r.gt[1]);
        g->y0 = fmax(r.gt[3], r.gt[3] + r.rows * r.gt[5]);
    }
    ras_close(&r);
    return status;
}

static int check(const struct request *q)
{
    int ways = (q->around != NULL) + q->has_center + q->has_bounds + (q->like != NULL);
    if (ways != 1)
        return cli_usage("one of --around, --center, --bounds and --like is needed");
    if (!q->like && !q->has_res)
        return cli_usage("--res is needed");
    if (q->like && (q->has_res || q->crs || q->has_radius))
        return cli_usage("--like takes its cells and CRS from the raster");
    if (q->has_center && !q->has_radius)
        return cli_usage("--center needs a --radius");
    if (q->has_bounds && (!q->crs || strcmp(q->crs, "auto") == 0))
        return cli_usage("--bounds needs a --crs");
    if (q->has_bounds && q->has_radius)
        return cli_usage("--radius is for --around and --center");
    if (q->has_res &&
        !(q->res[0] > 0 && q->res[1] > 0 && isfinite(q->res[0]) && isfinite(q->res[1])))
        return cli_usage("--res: cells have a positive size");
    if (q->has_radius && !(q->radius > 0 && isfinite(q->radius)))
        return cli_usage("--radius: not a positive number");
    if (q->has_center && !(fabs(q->center[1]) <= 90))
        return cli_usage("--center: there is no latitude %g", q->center[1]);
    return MSG_OK;
}

static int take_option(struct request *q, struct cli *cli, int c)
{
    int n = 0;
    switch (c) {
    case AROUND:
        q->around = optarg;
        return MSG_OK;
    case CENTER:
        q->has_center = cli_numbers("--center", optarg, q->center, 2, 2, NULL);
        return q->has_center ? MSG_OK : MSG_USAGE;
    case BOUNDS:
        q->has_bounds = cli_numbers("--bounds", optarg, q->bounds, 4, 4, NULL);
        return q->has_bounds ? MSG_OK : MSG_USAGE;
    case LIKE:
        q->like = optarg;
        return MSG_OK;
    case RES:
        q->has_res = cli_numbers("--res", optarg, q->res, 1, 2, &n);
        if (n == 1)
            q->res[1] = q->res[0];
        return q->has_res ? MSG_OK : MSG_USAGE;
    case RADIUS:
        q->has_radius = cli_number("--radius", optarg, &q->radius);
        return q->has_radius ? MSG_OK : MSG_USAGE;
    case CRS:
        q->crs = optarg;
        return MSG_OK;
    case CLIP:
        q->clip = optarg;
        return MSG_OK;
    case LAYER:
        q->layer = optarg;
        return MSG_OK;
    case LAYER_CRS:
        q->layer_crs = optarg;
        return MSG_OK;
    default:
        return cli_option(cli, c);
    }
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
    struct area a = {0};
    int status = read_area(&a, q->clip, q);
    if (status == MSG_OK)
        status = set_clip(g, &a, q->clip);
    area_free(&a);
    return status;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"around", required_argument, NULL, AROUND},
        {"center", required_argument, NULL, CENTER},
        {"bounds", required_argument, NULL, BOUNDS},
        {"like", required_argument, NULL, LIKE},
        {"res", required_argument, NULL, RES},
        {"radius", required_argument, NULL, RADIUS},
        {"crs", required_argument, NULL, CRS},
        {"clip", required_argument, NULL, CLIP},
        {"layer", required_argument, NULL, LAYER},
        {"layer-crs", required_argument, NULL, LAYER_CRS},
        CLI_COMMON,
        {0},
    };
    struct cli cli;
    struct request q = {0};
    struct grid g = {0};
    cli_init(&cli, argc, argv, help);
    int status = MSG_OK;
    for (int c; status == MSG_OK && (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        status = take_option(&q, &cli, c);
    if (status == MSG_OK && optind < argc)
        status = cli_usage("unexpected argument \"%s\"", argv[optind]);
    if (status == MSG_OK)
        status = check(&q);
    g.dx = q.res[0];
    g.dy = q.res[1];
    if (status == MSG_OK)
        status = q.around       ? around(&g, &q)
                 : q.has_center ? centered(&g, &q)
                 : q.has_bounds ? bounded(&g, &q)
                                : like(&g, &q);
    if (status == MSG_OK && q.clip)
        status = clip(&g, &q);
    if (status == MSG_OK) {
        struct out o;
        out_init(&o, STDOUT_FILENO, "stdout");
        grid_write(&g, &o, cli.command);
        status = out_close(&o);
    }
    grid_free(&g);
    cli_free(&cli);
    return status;
}
