/* inputs: makes the rasters and points that the benchmark works on; the same ones each
 * time. They lie near 3 S 59 W, in UTM zone 21S or in longitude and latitude.
 *
 *     inputs scenes DIR N SIZE   N scenes of SIZE x SIZE pixels of 70 m, with clouds
 *     inputs classes FILE        a class map of 2000 x 2000 pixels of 30 m
 *     inputs polygon FILE        30 km around the middle of scenes of 900 x 900
 *     inputs large FILE SIZE     one raster of SIZE x SIZE pixels of 10 m, in tiles of 512
 *     inputs coarse DIR N        N coarse rasters of 27 x 35 cells
 *     inputs points FILE N       N random places on a large raster of 10980 x 10980
 *     inputs stars FILE N SIZE   N polygons on a large raster of SIZE x SIZE
 *     inputs sites FILE N SIZE   N polygons on scenes of SIZE x SIZE
 */
#include "base/mem.h"
#include "base/msg.h"
#include "base/out.h"
#include "raster/geotiff_write.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double west = 245480, north = 9794220; /* of the scenes */
enum { LARGE = 10980 };

/* ---- fields ---- */

/* From 0 to 1, by a place and a seed alone. */
static double scatter(uint32_t seed, int i, int j)
{
    uint64_t h =
        ((uint64_t)seed << 32) + (uint64_t)(uint32_t)i * 0x9e3779b97f4a7c15u + (uint32_t)j;
    h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
    h = (h ^ h >> 27) * 0x94d049bb133111ebu;
    return (double)((h ^ h >> 31) >> 11) * 0x1p-53;
}

/* From 0 to 1, smooth over `size` pixels. */
static double smooth(uint32_t seed, int column, int row, int size)
{
    int i = column / size, j = row / size;
    double u = (double)(column % size) / size, w = (double)(row % size) / size;
    double above = scatter(seed, i, j) * (1 - u) + scatter(seed, i + 1, j) * u;
    double below = scatter(seed, i, j + 1) * (1 - u) + scatter(seed, i + 1, j + 1) * u;
    return above * (1 - w) + below * w;
}

/* Kelvin in steps of 0.02, as the product has them; NaN under clouds. */
static double temperature(uint32_t seed, int column, int row)
{
    double cloud =
        0.7 * smooth(seed + 1, column, row, 150) + 0.3 * smooth(seed + 2, column, row, 20);
    if (cloud > 0.45 + 0.3 * scatter(seed, -1, -1))
        return NAN;
    double t = 296 + 8 * smooth(seed + 3, column, row, 200) +
               3 * smooth(seed + 4, column, row, 9) + 0.4 * scatter(seed + 5, column, row);
    return rint(t * 50) / 50;
}

/* Forest with rivers and pastures in it. */
static double land(uint32_t seed, int column, int row)
{
    double water = smooth(7, column, row, 300), cut = smooth(8, column, row, 60);
    if (fabs(water - 0.5) < 0.02)
        return 33;
    if (cut > 0.72)
        return smooth(seed, column, row, 25) > 0.4 ? 15 : 3;
    return cut < 0.15 ? 4 : 3;
}

/* A coarse cell: NaN outside of the circle and under clouds. */
static double cell(uint32_t seed, int column, int row)
{
    double x = (column - 13) * 2.2, y = (row - 17) * 1.66;
    if (x * x + y * y > 900 || smooth(seed + 1, column, row, 7) > 0.6)
        return NAN;
    return 296 + 8 * smooth(seed, column, row, 9) + scatter(seed, column, row);
}

/* ---- files ---- */

static int put_raster(const char *path, const struct ras_spec *spec, uint32_t seed,
                      double (*value)(uint32_t seed, int column, int row))
{
    struct ras_writer w;
    int status = atomic_file_make_parents(path);
    if (status == MSG_OK)
        status = ras_create(&w, path, spec);
    if (status != MSG_OK)
        return status;
    double *v =
        mem_resize(NULL, (size_t)spec->grid.columns * (size_t)w.block_rows, sizeof *v);
    for (int row = 0; row < spec->grid.rows && status == MSG_OK; row += w.block_rows) {
        for (int r = row; r < row + w.block_rows && r < spec->grid.rows; r++)
            for (int c = 0; c < spec->grid.columns; c++)
                v[(size_t)(r - row) * (size_t)spec->grid.columns + (size_t)c] =
                    value(seed, c, r);
        status = ras_put_rows(&w, 0, row, v);
    }
    free(v);
    if (status == MSG_OK)
        return ras_commit(&w);
    ras_abort(&w);
    return status;
}

/* The name of scene i of an AppEEARS delivery: two years, one scene after the other. */
static void scene_name(char *path, size_t room, const char *folder, const char *prefix,
                       int i, int n)
{
    int year = 2020 + (2 * i >= n), day = 1 + i % ((n + 1) / 2) % 365;
    snprintf(path, room, "%s/%sECO_L2T_LSTE.002_LST_doy%d%03d%02d%02d%02d_aid0001_21S.tif",
             folder, prefix, year, day, 9 + i % 10, i / 60 % 60, i % 60);
}

static int make_scenes(const char *folder, int n, int size)
{
    struct ras_spec spec = {.grid.columns = size,
                            .grid.rows = size,
                            .nbands = 1,
                            .type = RAS_F32,
                            .grid.gt = {west, 70, 0, north, 0, -70},
                            .grid.crs = crs_of("EPSG:32721"),
                            .has_nodata = true,
                            .nodata = NAN};
    char path[4096];
    int status = MSG_OK;
    for (int i = 0; i < n && status == MSG_OK; i++) {
        scene_name(path, sizeof path, folder, "", i, n);
        status = put_raster(path, &spec, 100 * (uint32_t)i, temperature);
    }
    return status;
}

static int make_coarse(const char *folder, int n)
{
    struct ras_spec spec = {.grid.columns = 27,
                            .grid.rows = 35,
                            .nbands = 1,
                            .type = RAS_F32,
                            .grid.gt = {247334.26, 2200, 0, 9791752.1, 0, -1660},
                            .grid.crs = crs_of("EPSG:32721"),
                            .has_nodata = true,
                            .nodata = NAN};
    char path[4096];
    int status = MSG_OK;
    for (int i = 0; i < n && status == MSG_OK; i++) {
        scene_name(path, sizeof path, folder, "Regrid_", i, n);
        status = put_raster(path, &spec, 100 * (uint32_t)i, cell);
    }
    return status;
}

static int make_large(const char *path, int size)
{
    struct ras_spec spec = {.grid.columns = size,
                            .grid.rows = size,
                            .nbands = 1,
                            .type = RAS_F32,
                            .grid.gt = {600000, 10, 0, 9800020, 0, -10},
                            .grid.crs = crs_of("EPSG:32721"),
                            .has_nodata = true,
                            .nodata = NAN,
                            .tile = 512};
    return put_raster(path, &spec, 4711, temperature);
}

static int make_classes(const char *path)
{
    struct ras_spec spec = {
        .grid.columns = 2000,
        .grid.rows = 2000,
        .nbands = 1,
        .type = RAS_U8,
        .grid.gt = {-59.274256, 0.0002694945852, 0, -1.876221, 0, -0.0002694945852},
        .grid.crs = crs_of("EPSG:4326"),
        .has_nodata = true,
        .nodata = 0};
    const char *year = strpbrk(path, "0123456789");
    return put_raster(path, &spec, year ? (uint32_t)strtol(year, NULL, 10) : 0, land);
}

/* The feature of a polygon around a place: corner i, of n, at `radius` times a share. */
static void put_feature(struct out *o, double x, double y, double radius, int n,
                        double (*share)(uint32_t seed, int i), uint32_t seed)
{
    out_puts(o, "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":"
                "\"Polygon\",\"coordinates\":[[");
    for (int i = 0; i <= n; i++) {
        double turn = 2 * acos(-1.0) * (i % n) / n, r = radius * share(seed, i % n);
        out_puts(o, i ? ",[" : "[");
        out_double(o, rint(10 * (x + r * cos(turn))) / 10);
        out_char(o, ',');
        out_double(o, rint(10 * (y + r * sin(turn))) / 10);
        out_char(o, ']');
    }
    out_puts(o, "]]}}");
}

static double of_circle(uint32_t seed, int i)
{
    (void)seed;
    (void)i;
    return 1;
}

static double of_star(uint32_t seed, int i)
{
    return 0.5 + 0.5 * scatter(seed, i, 1);
}

/* n stars of 24 corners and 5 to 100 pixels on size x size pixels whose corner is x, y, or,
 * for no stars, the circle of the scenes. */
static int make_polygons(const char *path, int n, int size, double x, double y,
                         double pixel)
{
    struct atomic_file file;
    struct out o;
    int status = atomic_file_open(&file, path);
    if (status != MSG_OK)
        return status;
    out_init(&o, dup(file.fd), path);
    out_puts(&o,
             "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":"
             "{\"name\":\"urn:ogc:def:crs:EPSG::32721\"}},\"features\":[");
    if (!n)
        put_feature(&o, west + 31500, north - 31500, 30000, 128, of_circle, 0);
    for (int i = 0; i < n; i++) {
        uint32_t seed = 1000 + (uint32_t)i;
        if (i)
            out_char(&o, ',');
        put_feature(&o, x + pixel * size * scatter(seed, 0, 2),
                    y - pixel * size * scatter(seed, 0, 3),
                    5 * pixel + 95 * pixel * scatter(seed, 0, 4), 24, of_star, seed);
    }
    out_puts(&o, "]}\n");
    status = out_close(&o);
    if (status == MSG_OK)
        return atomic_file_commit(&file);
    atomic_file_abort(&file);
    return status;
}

static int make_points(const char *path, int n)
{
    struct atomic_file file;
    struct out o;
    int status = atomic_file_open(&file, path);
    if (status != MSG_OK)
        return status;
    out_init(&o, dup(file.fd), path);
    for (int i = 0; i < n; i++) {
        out_double(&o, rint(100 * (600000 + 10.0 * LARGE * scatter(1, i, 0))) / 100);
        out_char(&o, ' ');
        out_double(&o, rint(100 * (9800020 - 10.0 * LARGE * scatter(2, i, 0))) / 100);
        out_char(&o, '\n');
    }
    status = out_close(&o);
    if (status == MSG_OK)
        return atomic_file_commit(&file);
    atomic_file_abort(&file);
    return status;
}

int main(int argc, char **argv)
{
    msg_init(argv[0]);
    const char *kind = argc > 2 ? argv[1] : "", *path = argc > 2 ? argv[2] : "";
    int n = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 0;
    if (strcmp(kind, "classes") == 0 && argc == 3)
        return make_classes(path);
    if (strcmp(kind, "polygon") == 0 && argc == 3)
        return make_polygons(path, 0, 0, 0, 0, 0);
    int size = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 0;
    if (strcmp(kind, "stars") == 0 && argc == 5)
        return make_polygons(path, n, size, 600000, 9800020, 10);
    if (strcmp(kind, "sites") == 0 && argc == 5)
        return make_polygons(path, n, size, west, north, 70);
    if (strcmp(kind, "scenes") == 0 && argc == 5)
        return make_scenes(path, n, size);
    if (strcmp(kind, "coarse") == 0 && argc == 4)
        return make_coarse(path, n);
    if (strcmp(kind, "large") == 0 && argc == 4)
        return make_large(path, n);
    if (strcmp(kind, "points") == 0 && argc == 4)
        return make_points(path, n);
    msg_error("usage: inputs KIND PATH [N [SIZE]]; see the head of its source");
    return MSG_USAGE;
}
