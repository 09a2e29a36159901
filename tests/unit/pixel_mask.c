/* Which pixels take part, against centres that PROJ transforms one by one. */
#include "mask/pixel_mask.h"
#include "base/buf.h"
#include "base/mem.h"
#include "dice.h"
#include "raster/geotiff_write.h"
#include "unit.h"
#include <proj.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/eco-select-XXXXXX";

static const char *map_path(void)
{
    static struct buf b;
    buf_reset(&b);
    buf_printf(&b, "%s/map.tif", folder);
    return b.s;
}

/* ---- lists of classes ---- */

static int count_wanted(const char *text)
{
    struct classmap_classes c;
    int n = 0;
    if (!classmap_parse(&c, "--classes", text))
        return -1;
    for (int i = 0; i < 65536; i++)
        n += c.wanted[i];
    if (strcmp(c.text, text) != 0)
        n = -2;
    free(c.text);
    return n;
}

TEST(classes)
{
    static const char *const bad[] = {"",    ",",  "3,", ",3",  "a",     "3-",     "-3",
                                      "5-4", "3;", "3 ", "1.5", "65536", "1-70000"};
    CHECK(count_wanted("3,4,5,6") == 4);
    CHECK(count_wanted("3") == 1);
    CHECK(count_wanted("3,10-15,12-16,3") == 8);
    CHECK(count_wanted("0,65535") == 2);
    CHECK(count_wanted("0-65535") == 65536);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(count_wanted(bad[i]) == -1);
}

/* ---- pixels ---- */

struct way {
    PJ_CONTEXT *context;
    PJ *pj;
};

static void way_open(struct way *w, const char *from, const char *to)
{
    w->context = proj_context_create();
    PJ *pj = proj_create_crs_to_crs(w->context, from, to, NULL);
    w->pj = proj_normalize_for_visualization(w->context, pj);
    proj_destroy(pj);
}

static void way_close(struct way *w)
{
    proj_destroy(w->pj);
    proj_context_destroy(w->context);
}

static void go(const struct way *w, PJ_DIRECTION direction, double *x, double *y)
{
    PJ_COORD c = proj_trans(w->pj, direction, proj_coord(*x, *y, 0, 0));
    *x = c.xy.x;
    *y = c.xy.y;
}

/* A place where scenes, grids and class maps meet. */
struct place {
    const char *source, *grid, *map;
    double gt[6], map_pixel;
    int columns, rows;
    double half; /* of the square clip area, in the grid's units */
};

static const struct place places[] = {
    {"EPSG:4326",
     "EPSG:32613",
     "EPSG:5070",
     {-107.1, .0021, 0, 34.7, 0, -.0021},
     90,
     380,
     330,
     30000},
    {"EPSG:32632",
     "EPSG:32631",
     "EPSG:4326",
     {300000, 170, 0, 6700000, 0, -170},
     .0009,
     300,
     310,
     15000},
    {"EPSG:32721",
     "EPSG:4326",
     "EPSG:32720",
     {245480, 230, 0, 9794220, 0, -230},
     100,
     280,
     290,
     0.25},
    {"EPSG:32721",
     "EPSG:32721",
     "EPSG:4326",
     {245480, 210, 90, 9794220, 100, -200},
     .0003,
     200,
     200,
     9000},
    /* pixels so large, so near the pole, that nothing straight stays so */
    {"EPSG:3413",
     "EPSG:4326",
     "EPSG:4326",
     {-900000, 12500, 0, -300000, 0, -12500},
     .024,
     150,
     150,
     9},
};
enum { PLACES = sizeof places / sizeof *places, MAP = 700, STEPS = 2000 };

/* Two square rings about the middle, the inner one a hole. The corners are all the
 * vertices that there are: the edges are straight in the grid's CRS. */
static void make_clip(struct grid *g, double x, double y, double half)
{
    for (int ring = 0; ring < 2; ring++) {
        double h = ring ? half / 3 : half;
        poly_ring(&g->clip);
        poly_point(&g->clip, x - h, y - h);
        poly_point(&g->clip, x + h, y - h);
        poly_point(&g->clip, x + h, y + h);
        poly_point(&g->clip, x - h, y + h);
    }
}

static double *make_map(const struct place *p, double x, double y, double gt[6])
{
    double *v = mem_alloc((size_t)MAP * MAP, sizeof *v);
    /* Its middle is beside the source's, so that a part of the source has none. */
    const double at[6] = {x - p->map_pixel * MAP / 3,
                          p->map_pixel,
                          0,
                          y + p->map_pixel * MAP / 2,
                          0,
                          -p->map_pixel};
    memcpy(gt, at, sizeof at);
    for (int i = 0; i < MAP * MAP; i++)
        v[i] = (double)dice(0, 5);
    struct ras_spec spec = {.grid.columns = MAP,
                            .grid.rows = MAP,
                            .nbands = 1,
                            .type = RAS_U8,
                            .grid.crs = crs_of(p->map),
                            .has_nodata = true,
                            .nodata = 5};
    memcpy(spec.grid.gt, at, sizeof at);
    struct ras_writer w;
    if (ras_create(&w, map_path(), &spec) != MSG_OK)
        exit(3);
    for (int row = 0; row < MAP; row += w.block_rows)
        ras_put_rows(&w, 0, row, v + (size_t)row * MAP);
    if (ras_commit(&w) != MSG_OK)
        exit(3);
    return v;
}

/* The bits of a pixel; 255 where it is too near an edge for doubles to tell. */
static unsigned char bits_of(const struct place *p, const struct way *to_grid,
                             const struct way *to_map, const double middle[2],
                             const double map_gt[6], const double *map, int column, int row,
                             bool *on_map)
{
    double x, y, mx, my;
    gt_place(p->gt, column + 0.5, row + 0.5, &x, &y);
    mx = x;
    my = y;
    go(to_grid, PJ_FWD, &x, &y);
    go(to_map, PJ_FWD, &mx, &my);
    double dx = fabs(x - middle[0]) / p->half, dy = fabs(y - middle[1]) / p->half;
    double far = fmax(dx, dy);
    bool in = far < 1 && far > 1 / 3.0;
    double c = (mx - map_gt[0]) / map_gt[1], r = (my - map_gt[3]) / map_gt[5];
    *on_map = c >= 0 && r >= 0 && c < MAP && r < MAP;
    if (fabs(far - 1) < 1e-5 || fabs(far - 1 / 3.0) < 1e-5 ||
        (in && (fabs(c - rint(c)) < 1e-6 || fabs(r - rint(r)) < 1e-6)))
        return 255;
    if (!in)
        return 0;
    if (!*on_map)
        return PIXEL_MASK_CLIP;
    double class = map[(int)r * MAP + (int)c];
    return class == 3 || class == 4 ? PIXEL_MASK_ALL : PIXEL_MASK_CLIP;
}

struct found {
    int bits[4], wrong, unsure;
    double in, on; /* pixels in the clip, and of these on the map */
};

static void compare(const struct place *p, struct pixel_mask *s, const struct way ways[2],
                    const double middle[2], const double map_gt[6], const double *map,
                    struct found *f)
{
    unsigned char *bits = mem_alloc((size_t)p->columns * (size_t)p->rows, 1);
    CHECK(pixel_mask_window(s, 0, 0, p->columns, p->rows, bits, NULL) == MSG_OK);
    for (int i = 0; i < p->columns * p->rows; i++) {
        bool on;
        unsigned char b = bits_of(p, &ways[0], &ways[1], middle, map_gt, map,
                                  i % p->columns, i / p->columns, &on);
        if (b == 255) {
            f->unsure++;
            continue;
        }
        f->bits[b]++;
        f->in += b != 0;
        f->on += b && on;
        f->wrong += b != (bits[i] & PIXEL_MASK_CLIP ? bits[i] : 0);
    }
    /* Windows are parts of the whole. */
    for (int k = 0; k < 20; k++) {
        int c = (int)dice(0, p->columns - 1), r = (int)dice(0, p->rows - 1);
        int w = (int)dice(1, p->columns - c), h = (int)dice(1, p->rows - r);
        unsigned char *part = mem_alloc((size_t)w * (size_t)h, 1);
        pixel_mask_window(s, c, r, w, h, part, NULL);
        for (int i = 0; i < w * h; i++)
            f->wrong += part[i] != bits[(r + i / w) * p->columns + c + i % w];
        free(part);
    }
    free(bits);
}

/* The box of the outer ring in the source, its edges taken back at many points. */
static void find_box(const struct place *p, const struct way *to_grid,
                     const double middle[2], int box[4])
{
    static const double turn[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    double least[2] = {1e9, 1e9}, most[2] = {-1e9, -1e9}, inverse[6];
    gt_invert(p->gt, inverse);
    for (int i = 0; i < 4 * STEPS; i++) {
        const double *a = turn[i / STEPS], *b = turn[i / STEPS + 1];
        double t = i % STEPS / (double)STEPS, v[2];
        double x = middle[0] + p->half * (a[0] + t * (b[0] - a[0]));
        double y = middle[1] + p->half * (a[1] + t * (b[1] - a[1]));
        go(to_grid, PJ_INV, &x, &y);
        gt_place(inverse, x, y, &v[0], &v[1]);
        for (int k = 0; k < 2; k++) {
            least[k] = fmin(least[k], v[k]);
            most[k] = fmax(most[k], v[k]);
        }
    }
    const int size[2] = {p->columns, p->rows};
    for (int k = 0; k < 2; k++) {
        box[k] = (int)fmax(0, floor(least[k]));
        box[2 + k] = (int)fmin(size[k], ceil(most[k])) - box[k];
    }
}

TEST(every_pixel)
{
    struct classmap_classes classes;
    classmap_parse(&classes, "--classes", "3,4");
    for (int k = 0; k < PLACES; k++) {
        const struct place *p = &places[k];
        struct grid g = {.crs = crs_of(p->grid)};
        struct ras source = {.path = (char *)"source.tif",
                             .grid.crs = crs_of(p->source),
                             .grid.columns = p->columns,
                             .grid.rows = p->rows,
                             .has_gt = true};
        struct way ways[2];
        double middle[2], mx, my, map_gt[6];
        memcpy(source.grid.gt, p->gt, sizeof source.grid.gt);
        g.dx = g.dy = p->half / 10;
        way_open(&ways[0], p->source, p->grid);
        way_open(&ways[1], p->source, p->map);
        gt_place(p->gt, p->columns / 2.0, p->rows / 2.0, &mx, &my);
        middle[0] = mx;
        middle[1] = my;
        go(&ways[0], PJ_FWD, &middle[0], &middle[1]);
        go(&ways[1], PJ_FWD, &mx, &my);
        middle[0] += p->half * 0.0123; /* not where a pixel's centre is */
        make_clip(&g, middle[0], middle[1], p->half);
        double *map = make_map(p, mx, my, map_gt);
        struct pixel_mask *s;
        struct found f = {0};
        int box[4], expected[4];
        if (pixel_mask_open(&s, &source, &g,
                            &(struct classmap_use){map_path(), &classes, false}, 1,
                            NULL) != MSG_OK)
            exit(3);
        compare(p, s, ways, middle, map_gt, map, &f);
        CHECK(f.wrong == 0);
        CHECK(f.unsure < 20);
        CHECK(f.bits[0] > 1000 && f.bits[PIXEL_MASK_CLIP] > 1000 &&
              f.bits[PIXEL_MASK_ALL] > 1000);
        CHECK(f.on / f.in < 0.99);
        CHECK_NEAR(pixel_mask_on_map(s, 0), f.on / f.in, 1e-3);
        find_box(p, &ways[0], middle, expected);
        CHECK(pixel_mask_box(s, box));
        CHECK(memcmp(box, expected, sizeof box) == 0);
        printf("# %s, %s: %d pixels, %d wrong, %d too near an edge; box %d %d %d %d, "
               "expected %d %d %d %d\n",
               p->source, p->grid, p->columns * p->rows, f.wrong, f.unsure, box[0], box[1],
               box[2], box[3], expected[0], expected[1], expected[2], expected[3]);
        pixel_mask_close(s);
        free(map);
        poly_free(&g.clip);
        way_close(&ways[0]);
        way_close(&ways[1]);
    }
    free(classes.text);
}

/* Long edges that are straight in the grid's CRS bow out in the source's: the box holds
 * all of them, not just their ends. */
TEST(boxes_of_bowed_edges)
{
    int wrong = 0;
    for (int k = 0; k < 60; k++) {
        struct place p = {.source = "EPSG:4326",
                          .grid = "EPSG:32632",
                          .columns = 20000,
                          .rows = 20000,
                          .half = 100000};
        double at[6] = {4, .0005, 0, 65, 0, -.0005}, middle[2] = {500000, 6700000};
        at[0] += dice_real(0, .001);
        at[3] += dice_real(0, .001);
        middle[0] += dice_real(-100000, 100000);
        memcpy(p.gt, at, sizeof at);
        struct ras source = {.path = (char *)"source.tif",
                             .grid.crs = crs_of(p.source),
                             .grid.columns = p.columns,
                             .grid.rows = p.rows,
                             .has_gt = true};
        memcpy(source.grid.gt, at, sizeof at);
        struct grid g = {.crs = crs_of(p.grid)};
        g.dx = g.dy = 1000;
        make_clip(&g, middle[0], middle[1], p.half);
        struct way w;
        struct pixel_mask *s;
        int box[4], expected[4];
        way_open(&w, p.source, p.grid);
        find_box(&p, &w, middle, expected);
        if (pixel_mask_open(&s, &source, &g, NULL, 0, NULL) != MSG_OK)
            exit(3);
        wrong += !pixel_mask_box(s, box) || memcmp(box, expected, sizeof box) != 0;
        if (wrong == 1)
            printf("# box %d %d %d %d, expected %d %d %d %d\n", box[0], box[1], box[2],
                   box[3], expected[0], expected[1], expected[2], expected[3]);
        pixel_mask_close(s);
        poly_free(&g.clip);
        way_close(&w);
    }
    CHECK(wrong == 0);
}

/* A source too large for its bits to be kept: its windows are those of a small source
 * that is a part of it. */
TEST(large_sources)
{
    static const double gt[6] = {245480, 70, 0, 9794220, 0, -70};
    enum { FAR = 2500, NEAR = 64 };
    struct ras large = {.path = (char *)"large.tif",
                        .grid.crs = crs_of("EPSG:32721"),
                        .grid.columns = 4000,
                        .grid.rows = 3000,
                        .has_gt = true};
    struct ras small = large;
    struct grid g = {.crs = crs_of("EPSG:32720")};
    double x = 245480 + 70 * FAR, y = 9794220 - 70 * FAR;
    struct way w;
    g.dx = g.dy = 1000;
    memcpy(large.grid.gt, gt, sizeof gt);
    memcpy(small.grid.gt, gt, sizeof gt);
    small.grid.gt[0] = x;
    small.grid.gt[3] = y;
    small.grid.columns = small.grid.rows = NEAR;
    way_open(&w, "EPSG:32721", "EPSG:32720");
    go(&w, PJ_FWD, &x, &y);
    way_close(&w);
    make_clip(&g, x + 70 * NEAR / 2, y - 70 * NEAR / 2, 1500);
    struct pixel_mask *a, *b;
    static unsigned char from_large[NEAR * NEAR], from_small[NEAR * NEAR];
    CHECK(large.grid.columns * large.grid.rows > PIXEL_MASK_KEPT);
    CHECK(pixel_mask_open(&a, &large, &g, NULL, 0, NULL) == MSG_OK);
    CHECK(pixel_mask_open(&b, &small, &g, NULL, 0, NULL) == MSG_OK);
    CHECK(pixel_mask_window(a, FAR, FAR, NEAR, NEAR, from_large, NULL) == MSG_OK);
    CHECK(pixel_mask_window(b, 0, 0, NEAR, NEAR, from_small, NULL) == MSG_OK);
    CHECK(memcmp(from_large, from_small, sizeof from_large) == 0);
    CHECK(memchr(from_large, PIXEL_MASK_CLASS, sizeof from_large) != NULL);
    CHECK(memchr(from_large, PIXEL_MASK_ALL, sizeof from_large) != NULL);
    CHECK(!pixel_mask_serves(a, &small, NULL, 0) && pixel_mask_serves(a, &large, NULL, 0) &&
          !pixel_mask_serves(a, &large, &(struct classmap_use){"map.tif", NULL, false}, 1));
    pixel_mask_close(a);
    pixel_mask_close(b);
    poly_free(&g.clip);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 3;
    RUN(classes);
    RUN(every_pixel);
    RUN(boxes_of_bowed_edges);
    RUN(large_sources);
    unlink(map_path());
    rmdir(folder);
    return unit_end();
}
