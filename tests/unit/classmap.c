/* Shares of pixels on wanted classes, against counting quarters of map pixels and against
 * points transformed one by one; several maps at once. */
#include "mask/classmap.h"
#include "base/msg.h"
#include "dice.h"
#include "geo/crs_transform.h"
#include "mask/pixel_mask.h"
#include "raster/geotiff_write.h"
#include "unit.h"
#include <stdlib.h>
#include <unistd.h>

enum { MAP = 64, CLASSES = 4 };

static char folder[] = "/tmp/eco-classmap-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* A map of MAP x MAP pixels of `size`, from x0, y0 on, and its classes. */
static void make_map(const char *name, const char *crs, double x0, double y0, double size,
                     double map[MAP * MAP])
{
    struct ras_spec spec = {.grid.columns = MAP,
                            .grid.rows = MAP,
                            .nbands = 1,
                            .type = RAS_U8,
                            .grid.gt = {x0, size, 0, y0, 0, -size},
                            .grid.crs = crs_of(crs)};
    struct ras_writer w;
    for (int i = 0; i < MAP * MAP; i++)
        map[i] = (double)dice(0, CLASSES - 1);
    CHECK(ras_create(&w, in_folder(name), &spec) == MSG_OK);
    for (int r = 0; r < MAP; r += w.block_rows)
        CHECK(ras_put_rows(&w, 0, r, map + r * MAP) == MSG_OK);
    CHECK(ras_commit(&w) == MSG_OK);
}

/* Pixels of 2.5 map pixels, a quarter of one off: every quarter of a map pixel lies whole
 * in one of them. */
TEST(shares_in_one_crs)
{
    enum { SIDE = 30 };
    static double map[MAP * MAP];
    struct classmap_classes classes;
    struct ras source = {.path = (char *)"source",
                         .grid.columns = SIDE,
                         .grid.rows = SIDE,
                         .grid.crs = crs_of("EPSG:32721"),
                         .grid.gt = {500000 - 7.5, 25, 0, 9700000 + 2.5, 0, -25}};
    static unsigned char bits[SIDE * SIDE];
    static float weight[SIDE * SIDE];
    struct classmap *m;
    double worst = 0;
    make_map("map.tif", "EPSG:32721", 500000, 9700000, 10, map);
    classmap_parse(&classes, "--classes", "1,3");
    memset(bits, 1, sizeof bits);
    for (int i = 0; i < SIDE * SIDE; i++)
        weight[i] = 1;
    CHECK(classmap_open(&m, in_folder("map.tif"), &classes, &source.grid) == MSG_OK);
    CHECK(classmap_weigh(m, 0, 0, SIDE, SIDE, bits, weight) == MSG_OK);
    for (int r = 0; r < SIDE; r++)
        for (int c = 0; c < SIDE; c++) {
            int wanted = 0;
            for (int k = 0; k < 100; k++) { /* quarters: 10 x 10 a pixel */
                int qc = c * 10 + k % 10 - 3, qr = r * 10 + k / 10 - 1;
                if (qc < 0 || qr < 0 || qc >= 4 * MAP || qr >= 4 * MAP)
                    continue;
                wanted += (int)map[(qr / 4) * MAP + qc / 4] % 2 == 1;
            }
            worst = fmax(worst, fabs((double)weight[r * SIDE + c] - wanted / 100.0));
        }
    CHECK_NEAR(worst, 0, 1e-7);
    classmap_close(m);
    free(classes.text);
}

/* Longitude and latitude pixels over a map in UTM: 64 x 64 points a pixel, each of which
 * may fall on the wrong side of an edge by half a point. */
TEST(shares_in_another_crs)
{
    enum { SIDE = 12, POINTS = 64 };
    static double map[MAP * MAP];
    struct classmap_classes classes;
    double x0 = 400000, y0 = 9700000, lon = x0 + 30, lat = y0 - 30;
    struct crs_transform *back, *there;
    CHECK(crs_transform_open(&back, crs_of("EPSG:32721"), crs_of("EPSG:4326"), NULL,
                             "test") == MSG_OK);
    CHECK(crs_transform_open(&there, crs_of("EPSG:4326"), crs_of("EPSG:32721"), NULL,
                             "test") == MSG_OK);
    crs_forward(back, &lon, &lat, 1, 1);
    struct ras source = {.path = (char *)"source",
                         .grid.columns = SIDE,
                         .grid.rows = SIDE,
                         .grid.crs = crs_of("EPSG:4326"),
                         .grid.gt = {lon, 0.0004, 0, lat, 0, -0.0004}};
    static unsigned char bits[SIDE * SIDE];
    static float weight[SIDE * SIDE];
    struct classmap *m;
    double worst = 0, some = 0;
    make_map("utm.tif", "EPSG:32721", x0, y0, 10, map);
    classmap_parse(&classes, "--classes", "2");
    memset(bits, 1, sizeof bits);
    for (int i = 0; i < SIDE * SIDE; i++)
        weight[i] = 1;
    CHECK(classmap_open(&m, in_folder("utm.tif"), &classes, &source.grid) == MSG_OK);
    CHECK(classmap_weigh(m, 0, 0, SIDE, SIDE, bits, weight) == MSG_OK);
    for (int r = 0; r < SIDE; r++)
        for (int c = 0; c < SIDE; c++) {
            int wanted = 0;
            for (int k = 0; k < POINTS * POINTS; k++) {
                double x = lon + (c + (k % POINTS + 0.5) / POINTS) * 0.0004;
                double y = lat - (r + (k / POINTS + 0.5) / POINTS) * 0.0004;
                crs_forward(there, &x, &y, 1, 1);
                int column = (int)floor((x - x0) / 10), row = (int)floor((y0 - y) / 10);
                if (column >= 0 && row >= 0 && column < MAP && row < MAP)
                    wanted += map[row * MAP + column] == 2;
            }
            double share = wanted / (double)(POINTS * POINTS);
            some += share > 0.05 && share < 0.95;
            worst = fmax(worst, fabs((double)weight[r * SIDE + c] - share));
        }
    CHECK(some > SIDE * SIDE / 2);
    CHECK_NEAR(worst, 0, 0.02);
    classmap_close(m);
    crs_transform_close(back);
    crs_transform_close(there);
    free(classes.text);
}

/* Two maps: by centre both must have a wanted class; by area the shares multiply. */
TEST(several_maps)
{
    enum { SIDE = 20 };
    static double a[MAP * MAP], b[MAP * MAP];
    struct classmap_classes classes;
    struct ras source = {.path = (char *)"source",
                         .grid.columns = SIDE,
                         .grid.rows = SIDE,
                         .has_gt = true,
                         .grid.crs = crs_of("EPSG:32721"),
                         .grid.gt = {500000, 30, 0, 9700000, 0, -30}};
    struct grid g = {.crs = crs_of("EPSG:32721"),
                     .x0 = 500000,
                     .y0 = 9700000,
                     .dx = 300,
                     .dy = 300,
                     .columns = 2,
                     .rows = 2};
    static unsigned char bits[SIDE * SIDE];
    static float weight[SIDE * SIDE];
    char first[128], second[128];
    make_map("a.tif", "EPSG:32721", 500000, 9700000, 10, a);
    make_map("b.tif", "EPSG:32721", 500000, 9700000, 10, b);
    snprintf(first, sizeof first, "%s", in_folder("a.tif"));
    snprintf(second, sizeof second, "%s", in_folder("b.tif"));
    classmap_parse(&classes, "--classes", "0,1");
    for (int by_area = 0; by_area < 2; by_area++) {
        struct pixel_mask *s;
        const struct classmap_use mask[] = {{first, &classes, by_area},
                                            {second, &classes, by_area}};
        CHECK(pixel_mask_open(&s, &source, &g, mask, 2, NULL) == MSG_OK);
        CHECK(pixel_mask_window(s, 0, 0, SIDE, SIDE, bits, weight) == MSG_OK);
        int wrong = 0, kept = 0;
        for (int r = 0; r < SIDE; r++)
            for (int c = 0; c < SIDE; c++) {
                int na = 0, nb = 0, centre = (3 * r + 1) * MAP + 3 * c + 1;
                for (int k = 0; k < 9; k++) {
                    int at = (3 * r + k / 3) * MAP + 3 * c + k % 3;
                    na += a[at] < 2;
                    nb += b[at] < 2;
                }
                double share =
                    by_area ? na / 9.0 * (nb / 9.0) : a[centre] < 2 && b[centre] < 2;
                bool in = bits[r * SIDE + c] == PIXEL_MASK_ALL;
                wrong += in != (share > 0);
                wrong += by_area && fabs((double)weight[r * SIDE + c] - share) > 1e-6;
                wrong += !by_area && weight[r * SIDE + c] != 1;
                kept += in;
            }
        CHECK(wrong == 0);
        CHECK(kept > 50);
        pixel_mask_close(s);
    }
    free(classes.text);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(shares_in_one_crs);
    RUN(shares_in_another_crs);
    RUN(several_maps);
    static const char *const made[] = {"map.tif", "utm.tif", "a.tif", "b.tif"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        unlink(in_folder(made[i]));
    rmdir(folder);
    return unit_end();
}
