/* Values at places: each block once, edges by the stated rule, bilinear exact on planes.
 * Rasters are written by the project's own writer. */
#include "sample/point_sampler.h"
#include "base/msg.h"
#include "raster/geotiff_write.h"
#include "unit.h"
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static double random_of(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

enum { COLUMNS = 100, ROWS = 70 };

/* A value that tells the pixel; one in seven is missing. */
static double pixel_of(int column, int row)
{
    return (column * 31 + row * 17) % 7 == 0 ? NAN : column * 1000 + row;
}

static double plane(double x, double y)
{
    return 3 * x - 7 * y;
}

static void make_raster(const char *file, const double gt[6], int tile, bool is_plane)
{
    struct ras_spec spec = {.grid.columns = COLUMNS,
                            .grid.rows = ROWS,
                            .nbands = 1,
                            .type = RAS_F64,
                            .grid.crs = crs_of("EPSG:32721"),
                            .has_nodata = true,
                            .nodata = NAN,
                            .tile = tile};
    memcpy(spec.grid.gt, gt, sizeof spec.grid.gt);
    struct ras_writer w;
    CHECK(ras_create(&w, file, &spec) == MSG_OK);
    for (int row = 0; row < ROWS; row += w.block_rows) {
        static double v[COLUMNS * ROWS];
        for (int r = row; r < row + w.block_rows && r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++) {
                double x, y;
                gt_place(gt, c + 0.5, r + 0.5, &x, &y);
                v[(r - row) * COLUMNS + c] = is_plane ? plane(x, y) : pixel_of(c, r);
            }
        CHECK(ras_put_rows(&w, 0, row, v) == MSG_OK);
    }
    CHECK(ras_commit(&w) == MSG_OK);
}

static const double north_up[6] = {1000, 10, 0, 5000, 0, -10};
static const double south_up[6] = {1000, 10, 0, 5000, 0, 10};
static const double turned[6] = {1000, 8, 6, 5000, 6, -8};

static char path[64];

/* Counts the blocks that the real driver reads. */
static size_t reads;

static int counting_read(struct ras *r, int band, int bx, int by, void *samples,
                         unsigned char *valid)
{
    reads++;
    return ras_tiff_driver.read(r, band, bx, by, samples, valid);
}

enum { MANY = 20000 };
static struct point_pixel pixel[MANY];

/* Runs a probe over a file of ours; returns the number of blocks that were read. */
static size_t probe(const double gt[6], int tile, bool is_plane,
                    struct point_sampler_options options, const char *stat, const double *x,
                    const double *y, size_t n, double *result)
{
    struct stat_list list;
    struct ras r;
    CHECK(stats_parse(&list, "--stat", stat, ~0u) == MSG_OK);
    options.stats = &list;
    struct point_sampler p = {.options = options};
    make_raster(path, gt, tile, is_plane);
    CHECK(ras_open(&r, path) == MSG_OK);
    struct ras_driver driver = ras_tiff_driver;
    driver.read = counting_read;
    r.driver = &driver;
    reads = 0;
    struct masked_part part = {.lies = {.ras = &r}};
    struct masked_reader pixels = {.ras = &r, .part = &part, .nparts = 1};
    ras_keep(&r, point_sampler_bytes(&options));
    CHECK(point_sampler_run(&p, &pixels, x, y, n, result, pixel) == MSG_OK);
    point_sampler_free(&p);
    stats_free(&list);
    ras_close(&r);
    unlink(path);
    return reads;
}

static double x[MANY], y[MANY], v[4 * MANY];

/* Places all over a raster and a little beyond it. */
static void scatter(const double gt[6], double margin)
{
    uint64_t seed = 5;
    for (int i = 0; i < MANY; i++)
        gt_place(gt, -margin + random_of(&seed) * (COLUMNS + 2 * margin),
                 -margin + random_of(&seed) * (ROWS + 2 * margin), &x[i], &y[i]);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* The pixel that holds a place, found by trying all edges. */
static int between(double place, double first, double step, int n)
{
    for (int i = 0; i < n; i++) {
        double a = first + i * step, b = first + (i + 1) * step;
        if (step > 0 ? place >= a && place < b : place <= a && place > b)
            return i;
    }
    return -1;
}

TEST(nearest)
{
    const double *const grids[] = {north_up, south_up};
    for (int g = 0; g < 2; g++) {
        scatter(grids[g], 3);
        size_t count =
            probe(grids[g], 16, false, (struct point_sampler_options){.window = 1}, "value",
                  x, y, MANY, v);
        CHECK(count == 7 * 5); /* each tile once, for 20,000 places in any order */
        int bad = 0;
        for (int i = 0; i < MANY; i++) {
            int c = between(x[i], grids[g][0], grids[g][1], COLUMNS);
            int r = between(y[i], grids[g][3], grids[g][5], ROWS);
            bad += !same(v[i], c < 0 || r < 0 ? NAN : pixel_of(c, r));
        }
        CHECK(bad == 0);
    }
}

TEST(edges)
{
    /* On an edge: the pixel with the larger column or row; on the last one: outside. */
    const double px[] = {1000, 1010, 2000, 1990, 1005, 1005, 999.9999};
    const double py[] = {4995, 4995, 4995, 4995, 5000, 4300, 4995};
    probe(north_up, 0, false, (struct point_sampler_options){.window = 1}, "value", px, py,
          7, v);
    CHECK(same(v[0], pixel_of(0, 0)));
    CHECK(same(v[1], pixel_of(1, 0)));
    CHECK(isnan(v[2]));
    CHECK(same(v[3], pixel_of(99, 0)));
    CHECK(same(v[4], pixel_of(0, 0)));
    CHECK(isnan(v[5]));
    CHECK(isnan(v[6]));
    /* 0.1 has no exact double: every edge, as a double, must still open its own pixel. */
    const double tenth[6] = {-60.3, 0.1, 0, -2.7, 0, -0.1};
    int bad = 0;
    for (int i = 0; i < COLUMNS + ROWS; i++)
        gt_place(tenth, i < COLUMNS ? i : 3.5, i < COLUMNS ? 3.5 : i - COLUMNS, &x[i],
                 &y[i]);
    probe(tenth, 0, false, (struct point_sampler_options){.window = 1}, "value", x, y,
          COLUMNS + ROWS, v);
    for (int i = 0; i < COLUMNS + ROWS; i++)
        bad += !same(v[i], i < COLUMNS ? pixel_of(i, 3) : pixel_of(3, i - COLUMNS));
    CHECK(bad == 0);
}

TEST(turned_raster)
{
    uint64_t seed = 3;
    double want[1000];
    for (int i = 0; i < 1000; i++) {
        double c = random_of(&seed) * COLUMNS, r = random_of(&seed) * ROWS;
        gt_place(turned, c, r, &x[i], &y[i]);
        want[i] = pixel_of((int)c, (int)r);
    }
    probe(turned, 0, false, (struct point_sampler_options){.window = 1}, "value", x, y,
          1000, v);
    int bad = 0;
    for (int i = 0; i < 1000; i++)
        bad += !same(v[i], want[i]);
    CHECK(bad == 0);
}

TEST(bilinear_plane)
{
    const double *const grids[] = {north_up, south_up, turned};
    for (int g = 0; g < 3; g++) {
        scatter(grids[g], -0.5); /* between the outermost centres */
        probe(grids[g], 16, true,
              (struct point_sampler_options){.window = 1, .bilinear = true}, "value", x, y,
              MANY, v);
        double worst = 0;
        for (int i = 0; i < MANY; i++)
            worst = fmax(worst, isnan(v[i]) ? HUGE_VAL : fabs(v[i] - plane(x[i], y[i])));
        CHECK_NEAR(worst, 0, 1e-9);
    }
}

TEST(bilinear_makes_nothing_up)
{
    /* Pixel 0, 0 is missing. Centres: 1005 + 10 c, 4995 - 10 r. */
    const double px[] = {1005, 1015, 1014.9, 1001, 1065, 1015};
    const double py[] = {4995, 4995, 4995, 4980, 4995, 4945};
    probe(north_up, 0, false, (struct point_sampler_options){.window = 1, .bilinear = true},
          "value", px, py, 6, v);
    CHECK(isnan(v[0]));
    CHECK(v[1] == 1000);
    CHECK(isnan(v[2]));
    CHECK(isnan(v[3]));                  /* beyond the outermost centres */
    CHECK(v[4] == 6000 && v[5] == 1005); /* on a centre missing neighbours do not count */
    CHECK(isnan(pixel_of(7, 0)) && isnan(pixel_of(6, 1)) && isnan(pixel_of(2, 5)));
}

TEST(windows)
{
    scatter(north_up, 3);
    probe(north_up, 16, false, (struct point_sampler_options){.window = 5},
          "n,mean,min,value", x, y, MANY, v);
    int bad = 0;
    for (int i = 0; i < MANY; i++) {
        int c = between(x[i], 1000, 10, COLUMNS), r = between(y[i], 5000, -10, ROWS);
        double n = 0, sum = 0, least = NAN;
        for (int k = 0; k < 25 && c >= 0 && r >= 0; k++) {
            int wc = c - 2 + k % 5, wr = r - 2 + k / 5;
            double p =
                wc < 0 || wr < 0 || wc >= COLUMNS || wr >= ROWS ? NAN : pixel_of(wc, wr);
            if (isnan(p))
                continue;
            n++;
            sum += p;
            least = fmin(least, p);
        }
        bad += v[4 * i] != n || !same(v[4 * i + 2], least);
        bad += n > 0 ? fabs(v[4 * i + 1] - sum / n) > 1e-9 : !isnan(v[4 * i + 1]);
        bad += !same(v[4 * i + 3], c < 0 || r < 0 ? NAN : pixel_of(c, r));
    }
    CHECK(bad == 0);
}

int main(int argc, char **argv)
{
    (void)argc;
    msg_init(argv[0]);
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.30s/probe-%ld.tif", folder ? folder : "/tmp",
             (long)getpid());
    RUN(nearest);
    RUN(edges);
    RUN(turned_raster);
    RUN(bilinear_plane);
    RUN(bilinear_makes_nothing_up);
    RUN(windows);
    return unit_end();
}
