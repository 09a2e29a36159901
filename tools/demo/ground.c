/* ground: class maps and polygons of a landscape. */
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include "demo.h"
#include "field.h"
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* Class maps like MapBiomas's: 30 m at the equator, longitude and latitude, bytes. */
int demo_classes(const struct demo_land *land)
{
    static const double step = 0.000269494585236;
    const struct demo *d = land->demo;
    int half = (int)(d->size * 0.5 * DEMO_PIXEL / 1000 * 1.06 / land->km_north / step);
    double left = rint(land->site->longitude / step) - half;
    double top = rint(land->site->latitude / step) + half;
    struct ras_spec spec = {
        .grid.columns = 2 * half,
        .grid.rows = 2 * half,
        .nbands = 1,
        .type = RAS_U8,
        .grid.gt = {left * step, step, 0, top * step, 0, -step},
        .grid.crs = crs_of_epsg(4326),
        .has_nodata = true,
        .nodata = 0,
        .tile = d->tile,
    };
    size_t side = 2 * (size_t)half;
    struct field_land *under = mem_alloc(side * side, sizeof *under);
    double *v = mem_alloc(side * side, sizeof *v);
    for (size_t r = 0; r < side; r++)
        for (size_t c = 0; c < side; c++) {
            double x, y;
            gt_place(spec.grid.gt, (double)c + 0.5, (double)r + 0.5, &x, &y);
            under[r * side + c] =
                field_land(land->seed, (x - land->site->longitude) * land->km_east,
                           (y - land->site->latitude) * land->km_north);
        }
    int status = MSG_OK;
    for (int year = d->first_year; year <= d->last_year && status == MSG_OK; year++) {
        for (size_t i = 0; i < side * side; i++)
            v[i] = field_class(&under[i], (int)year);
        struct buf name = {0};
        buf_printf(&name, "%s/%d.tif", land->site->name, year);
        char *path = demo_path(d, "classes", name.s);
        status = demo_raster(path, &spec, v);
        free(path);
        buf_free(&name);
    }
    free(under);
    free(v);
    return status;
}

static void put_degrees(struct out *o, double v)
{
    char text[NUM_FIXED_MAX];
    out_write(o, text, num_fixed(text, v, 7));
}

/* The points of a circle. A quarter comes of its rational form and is turned. */
static void put_circle(struct out *o, struct crs_transform *map, double x0, double y0,
                       double radius)
{
    enum { QUARTER = 32 };
    for (int i = 0; i <= 4 * QUARTER; i++) {
        double t = (double)(i % QUARTER) / QUARTER, q = 1 + t * t;
        double c = (1 - t * t) / q, s = 2 * t / q;
        for (int turn = i / QUARTER; turn > 0; turn--) {
            double before = c;
            c = -s;
            s = before;
        }
        double x = x0 + radius * c, y = y0 + radius * s;
        crs_forward(map, &x, &y, 1, 1);
        out_puts(o, i ? ",\n[" : "[");
        put_degrees(o, x);
        out_puts(o, ", ");
        put_degrees(o, y);
        out_char(o, ']');
    }
}

/* A circle around the site in its UTM zone. */
static int write_geojson(struct out *o, const struct demo_land *land)
{
    const struct demo_site *site = land->site;
    struct crs_transform *map;
    int status = demo_zone(&map, crs_utm(site->longitude, site->latitude), site);
    if (status != MSG_OK)
        return status;
    double x = site->longitude, y = site->latitude;
    crs_inverse(map, &x, &y, 1, 1);
    out_puts(o, "{\"type\": \"FeatureCollection\", \"features\": [\n"
                "{\"type\": \"Feature\", \"properties\": {\"site\": \"");
    out_puts(o, site->name);
    out_puts(o, "\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[\n");
    put_circle(o, map, x, y, (double)land->demo->size / 0.03);
    out_puts(o, "\n]]}}]}\n");
    crs_transform_close(map);
    return MSG_OK;
}

int demo_polygon(const struct demo_land *land)
{
    struct buf name = {0};
    struct atomic_file file = {0};
    struct out o;
    buf_printf(&name, "%s.geojson", land->site->name);
    char *path = demo_path(land->demo, "polygons", name.s);
    int status = atomic_file_make_parents(path);
    if (status == MSG_OK)
        status = atomic_file_open(&file, path);
    if (status == MSG_OK) {
        out_init(&o, dup(file.fd), path);
        status = write_geojson(&o, land);
        status = msg_worse(status, out_close(&o));
    }
    if (status == MSG_OK)
        status = atomic_file_commit(&file);
    atomic_file_abort(&file);
    buf_free(&name);
    free(path);
    return status;
}
