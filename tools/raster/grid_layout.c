/* grid_layout: lays the cells of a grid. */
#include "raster/grid_layout.h"
#include "base/mem.h"
#include "geo/polygon_project.h"
#include "geo/polygon_turns.h"
#include "raster/gdal_plugin.h"
#include "raster/raster.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The area of the one feature whose field has a name. */
static int read_named(struct poly *p, const struct grid_area_choice *q, const char *field,
                      const char *name, char **crs)
{
    struct gdal_plugin_features f;
    int status = gdal_plugin_load()->features(q->path, q->layer, field, NULL, &f);
    if (status != MSG_OK)
        return status;
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (strcmp(f.feature[i].id, name) == 0 && n++ == 0) {
            *p = f.feature[i].area;
            f.feature[i].area = (struct poly){0};
        }
    if (n == 0)
        msg_error("%s: no feature has the %s \"%s\"", q->path, field, name);
    else if (n > 1)
        msg_error("%s: %zu features have the %s \"%s\"", q->path, n, field, name);
    else if (!p->nrings)
        msg_error("%s: the feature of the %s \"%s\" has no area", q->path, field, name);
    *crs = f.crs;
    f.crs = NULL;
    gdal_plugin_features_free(&f);
    return n == 1 && p->nrings ? MSG_OK : MSG_INPUT;
}

static int read_chosen(struct poly *p, const struct grid_area_choice *q, char **crs)
{
    if (q->which && strcmp(q->which, "all") != 0) {
        const char *equals = strchr(q->which, '=');
        if (!equals || equals == q->which)
            return msg_usage("--area: neither FIELD=NAME nor all: \"%s\"", q->which);
        char *field = mem_slice(q->which, (size_t)(equals - q->which));
        int status = read_named(p, q, field, equals + 1, crs);
        free(field);
        return status;
    }
    size_t n;
    int status = gdal_plugin_load()->area(q->path, q->layer, p, &n, crs);
    if (status != MSG_OK || q->which || n == 1)
        return status;
    msg_error("%s: %zu areas in it: --area FIELD=NAME takes one, --area all joins them",
              q->path, n);
    return MSG_INPUT;
}

int grid_area_read(struct grid_area *a, const struct grid_area_choice *choice)
{
    *a = (struct grid_area){.path = choice->path};
    if (!gdal_plugin_load())
        return MSG_SYSTEM;
    char *own = NULL;
    int status = read_chosen(&a->poly, choice, &own);
    if (status == MSG_OK && (own || choice->crs))
        a->crs = crs_of(own ? own : choice->crs);
    free(own);
    if (status == MSG_OK && !a->crs) {
        msg_error("%s: this layer names no CRS; give it with --layer-crs", choice->path);
        status = MSG_INPUT;
    }
    if (status != MSG_OK)
        return status;
    poly_to_degrees(&a->poly, a->crs);
    poly_orient(&a->poly);
    return MSG_OK;
}

void grid_area_free(struct grid_area *a)
{
    poly_free(&a->poly);
    *a = (struct grid_area){0};
}

void grid_area_gather(struct grid_area *a)
{
    double turn = crs_turn(a->crs);
    if (turn > 0)
        poly_gather(&a->poly, turn);
}

int grid_area_middle(const struct grid_area *a, double place[2])
{
    struct crs_transform *map;
    int status = crs_transform_open(&map, a->crs, crs_of_epsg(4326), NULL, a->path);
    if (status != MSG_OK)
        return status;
    poly_centroid(&a->poly, &place[0], &place[1]);
    crs_forward(map, &place[0], &place[1], 1, 1);
    crs_transform_close(map);
    return MSG_OK;
}

int grid_choose_crs(struct grid *g, const char *crs, const char *option,
                    const double place[2])
{
    if (crs && strcmp(crs, "auto") != 0) {
        g->crs = crs_named_plane(crs_of(crs), option);
        return g->crs ? MSG_OK : MSG_USAGE;
    }
    int code = crs_utm(place[0], place[1]);
    if (!code) {
        msg_error("there is no UTM zone at longitude %g, latitude %g; name a %s", place[0],
                  place[1], option);
        return MSG_INPUT;
    }
    g->crs = crs_of_epsg(code);
    return MSG_OK;
}

/* Edges follow their own CRS to a ten-thousandth of a cell. */
int grid_set_clip(struct grid *g, const struct grid_area *a)
{
    struct crs_transform *map;
    int status = crs_transform_open(&map, a->crs, g->crs, NULL, a->path);
    if (status != MSG_OK)
        return status;
    poly_free(&g->clip);
    double cell = fmin(g->dx, g->dy);
    status = poly_transform(&g->clip, &a->poly, map, (cell > 0 ? cell : 1) * 1e-4);
    crs_transform_close(map);
    if (status != MSG_OK) {
        msg_error("%s: some of it has no place in %.80s", a->path, crs_text(g->crs));
        return status;
    }
    double turn = crs_turn(g->crs);
    if (turn > 0 && g->columns) /* where the cells are */
        poly_move_near(&g->clip, turn, g->x0 + g->columns * g->dx / 2);
    else if (turn > 0)
        poly_gather(&g->clip, turn);
    poly_orient(&g->clip);
    free(g->clip_name);
    g->clip_name = mem_text(a->path);
    return MSG_OK;
}

int grid_lay_around(struct grid *g, double x, double y, double radius_x, double radius_y)
{
    double nx = ceil(radius_x / g->dx), ny = ceil(radius_y / g->dy);
    if (!(nx >= 0 && ny >= 0 && nx <= 1e6 && ny <= 1e6)) {
        msg_error(
            "a grid of %g by %g cells is not one to make: theirs are %g by %g units of "
            "%.80s",
            2 * nx + 1, 2 * ny + 1, g->dx, g->dy, crs_text(g->crs));
        return MSG_USAGE;
    }
    g->columns = 2 * (int)nx + 1;
    g->rows = 2 * (int)ny + 1;
    g->x0 = x - (nx + 0.5) * g->dx;
    g->y0 = y + (ny + 0.5) * g->dy;
    return MSG_OK;
}

int grid_lay_around_clip(struct grid *g, double radius)
{
    double b[4], x, y;
    poly_bounds(&g->clip, b);
    poly_centroid(&g->clip, &x, &y);
    if (radius > 0)
        return grid_lay_around(g, x, y, radius, radius);
    double rx = fmax(b[2] - x, x - b[0]), ry = fmax(b[3] - y, y - b[1]);
    /* The middle cell reaches half a cell by itself. */
    return grid_lay_around(g, x, y, fmax(0, rx - g->dx / 2), fmax(0, ry - g->dy / 2));
}

int grid_lay_around_place(struct grid *g, const double place[2], double radius,
                          const char *option)
{
    struct crs_transform *map;
    double x = place[0], y = place[1];
    int status = crs_transform_open(&map, crs_of_epsg(4326), g->crs, NULL, option);
    if (status != MSG_OK)
        return status;
    crs_forward(map, &x, &y, 1, 1);
    crs_transform_close(map);
    if (isnan(x)) {
        msg_error("%s has no place in %.80s", option, crs_text(g->crs));
        return MSG_INPUT;
    }
    return grid_lay_around(g, x, y, radius, radius);
}

/* A multiple of a size, the next or the last; a place is one that rounding alone keeps from
 * it.
 */
static double multiple(double place, double size, double (*whole)(double))
{
    double k = place / size, near = rint(k);
    return (fabs(k - near) <= 1e-9 * fmax(1, fabs(k)) ? near : whole(k)) * size;
}

bool grid_lay_bounds(struct grid *g, const double wanted[4], bool align)
{
    double bounds[4];
    for (int i = 0; i < 4; i++)
        bounds[i] = align ? multiple(wanted[i], i % 2 ? g->dy : g->dx, i < 2 ? floor : ceil)
                          : wanted[i];
    /* A cell that is only touched by rounding is none. */
    double columns = ceil((bounds[2] - bounds[0]) / g->dx - 1e-9);
    double rows = ceil((bounds[3] - bounds[1]) / g->dy - 1e-9);
    if (!(columns <= 1e9 && rows <= 1e9))
        return false;
    g->columns = (int)fmax(1, columns);
    g->rows = (int)fmax(1, rows);
    g->x0 = bounds[0];
    g->y0 = bounds[3];
    return true;
}

static int lay_or_tell(struct grid *g, const double bounds[4], bool align)
{
    return grid_lay_bounds(g, bounds, align) ? MSG_OK : msg_usage("--res: too many cells");
}

int grid_resize(struct grid *g, double dx, double dy, bool align)
{
    const double bounds[4] = {g->x0, g->y0 - g->rows * g->dy, g->x0 + g->columns * g->dx,
                              g->y0};
    g->dx = dx;
    g->dy = dy;
    return lay_or_tell(g, bounds, align);
}

/* In another CRS. */
static int cover(struct grid *g, const struct ras *r, bool align)
{
    const struct gdal_plugin *module = gdal_plugin_load();
    double size, bounds[4];
    if (!module)
        return MSG_SYSTEM;
    int status = module->suggest(r->path, &r->grid, crs_text(g->crs), &size, bounds);
    if (status != MSG_OK)
        return status;
    bool chosen = !(g->dx > 0);
    if (chosen)
        g->dx = g->dy = size;
    if (!chosen || align)
        return lay_or_tell(g, bounds, align);
    g->x0 = bounds[0];
    g->y0 = bounds[3];
    g->columns = (int)fmax(1, floor((bounds[2] - bounds[0]) / size + 0.5));
    g->rows = (int)fmax(1, floor((bounds[3] - bounds[1]) / size + 0.5));
    return MSG_OK;
}

int grid_over(struct grid *g, const char *path, const char *crs, const char *option,
              bool align)
{
    struct ras r;
    double dx = g->dx, dy = g->dy;
    if (crs) {
        g->crs = crs_named_plane(crs_of(crs), option);
        if (!g->crs)
            return MSG_USAGE;
    }
    int status = ras_open(&r, path);
    if (status != MSG_OK)
        return status;
    status = ras_need_place(&r);
    bool own = status == MSG_OK && (!crs || crs_same(g->crs, r.grid.crs));
    if (status == MSG_OK && !own)
        status = cover(g, &r, align);
    ras_close(&r);
    if (status == MSG_OK && own)
        status = grid_like(g, path);
    if (status != MSG_OK || !own || !(dx > 0 || align))
        return status;
    return grid_resize(g, dx > 0 ? dx : g->dx, dx > 0 ? dy : g->dy, align);
}

int grid_like(struct grid *g, const char *path)
{
    struct ras r;
    int status = ras_open(&r, path);
    if (status != MSG_OK)
        return status;
    status = ras_need_place(&r);
    if (status == MSG_OK && (r.grid.gt[2] != 0 || r.grid.gt[4] != 0)) {
        msg_error("%s: its rows are not level", path);
        status = MSG_INPUT;
    } else if (status == MSG_OK) {
        g->crs = crs_named_plane(r.grid.crs, path);
        status = g->crs ? MSG_OK : MSG_INPUT;
        g->columns = r.grid.columns;
        g->rows = r.grid.rows;
        g->dx = fabs(r.grid.gt[1]);
        g->dy = fabs(r.grid.gt[5]);
        g->x0 = fmin(r.grid.gt[0], r.grid.gt[0] + r.grid.columns * r.grid.gt[1]);
        g->y0 = fmax(r.grid.gt[3], r.grid.gt[3] + r.grid.rows * r.grid.gt[5]);
    }
    ras_close(&r);
    return status;
}
