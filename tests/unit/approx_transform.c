/* The interpolated transform against the exact one, point by point. */
#include "geo/approx_transform.h"
#include "base/mem.h"
#include "dice.h"
#include "unit.h"
#include <stdlib.h>

/* 0 to n - 1. */
static int below(int n)
{
    return (int)dice(0, n - 1);
}

static const struct {
    const char *name, *from, *to;
    double gt[6];
    int columns, rows;
    double pixel; /* of the target, or 0 for coordinates */
    double tolerance;
} cases[] = {
    {"zone to zone",
     "EPSG:32720",
     "EPSG:32721",
     {8e5, 70, 0, 9.72e6, 0, -70},
     900,
     900,
     0,
     1},
    {"degrees to UTM",
     "EPSG:4326",
     "EPSG:32721",
     {-60, 27e-5, 0, -2, 0, -27e-5},
     2000,
     700,
     0,
     0.1},
    {"UTM to degrees",
     "EPSG:32721",
     "EPSG:4326",
     {16e4, 70, 0, 9.8e6, 0, -70},
     700,
     700,
     0,
     1e-7},
    {"Albers to pixels",
     "EPSG:5070",
     "EPSG:4326",
     {-9.4e5, 30, 0, 1.34e6, 0, -30},
     1034,
     1215,
     63e-5,
     0.01},
    {"turned",
     "EPSG:32632",
     "EPSG:4326",
     {5e5, 50, 20, 5e6, 20, -50},
     300,
     500,
     5e-4,
     0.05},
    {"the pole", "EPSG:3413", "EPSG:4326", {-2e5, 1e3, 0, 2e5, 0, -1e3}, 400, 400, 0, 1e-6},
    {"across 180",
     "EPSG:32601",
     "EPSG:4326",
     {1e5, 1e3, 0, 6e6, 0, -1e3},
     200,
     400,
     0,
     1e-6},
    {"beyond the world",
     "EPSG:4326",
     "EPSG:3857",
     {-200, 0.5, 0, 100, 0, -0.5},
     800,
     400,
     0,
     1},
    {"NAD27", "EPSG:4267", "EPSG:4326", {-125, 0.05, 0, 50, 0, -0.05}, 1200, 500, 0, 1e-7},
    {"MODIS grid",
     "+proj=sinu +R=6371007.181",
     "EPSG:32721",
     {-6.67e6, 463.3127165, 0, 0, 0, -463.3127165},
     2400,
     1200,
     0,
     1},
};
enum { CASES = sizeof cases / sizeof *cases };

static struct crs_transform *map;

static struct raster_grid grid_of(int c)
{
    struct raster_grid g = {.columns = cases[c].columns, .rows = cases[c].rows};
    memcpy(g.gt, cases[c].gt, sizeof g.gt);
    return g;
}

static struct approx_transform *open_case(int c, double tolerance)
{
    CHECK(crs_transform_open(&map, crs_of(cases[c].from), crs_of(cases[c].to), NULL,
                             "test") == MSG_OK);
    const double s = cases[c].pixel;
    const struct raster_grid from = grid_of(c), to = {.gt = {-107.5, s, 0, 47, 0, -s}};
    return approx_open(&from, map, s ? &to : NULL, tolerance);
}

static void close_case(struct approx_transform *l)
{
    approx_close(l);
    crs_transform_close(map);
}

/* Both fail, or both are where the other is. */
static double apart(double ax, double ay, double bx, double by)
{
    if (isnan(ax) && isnan(bx) && isnan(ay) && isnan(by))
        return 0;
    double d = fmax(fabs(ax - bx), fabs(ay - by));
    return isnan(d) ? HUGE_VAL : d;
}

/* Rows of corners and of centres, all columns of them. */
TEST(within_tolerance)
{
    for (int c = 0; c < CASES; c++) {
        struct approx_transform *l = open_case(c, cases[c].tolerance);
        int n = cases[c].columns + 1;
        double *v = mem_alloc(4 * (size_t)n, sizeof *v), worst = 0;
        for (int i = 0; i < 60; i++) {
            bool corners = i % 2;
            double row = corners ? below(cases[c].rows + 1) : below(cases[c].rows) + 0.5;
            int count = corners ? n : n - 1;
            approx_row(l, row, 0, corners ? 0 : 0.5, count, v, v + n);
            approx_exact(l, row, 0, corners ? 0 : 0.5, count, v + 2 * n, v + 3 * n);
            for (int k = 0; k < count; k++)
                worst = fmax(worst, apart(v[k], v[k + n], v[k + 2 * n], v[k + 3 * n]));
        }
        if (!(worst <= cases[c].tolerance))
            printf("# %s: %g, not within %g\n", cases[c].name, worst, cases[c].tolerance);
        CHECK(worst <= cases[c].tolerance);
        CHECK(approx_error(l) <= cases[c].tolerance && worst <= approx_error(l) * 1.001);
        free(v);
        close_case(l);
    }
}

/* The exact transform is what PROJ says of the points that gt gives. */
TEST(exact_is_proj)
{
    for (int c = 0; c < CASES; c++) {
        struct approx_transform *l = open_case(c, cases[c].tolerance), *zero;
        double x[50], y[50], zx[50], zy[50];
        const struct raster_grid from = grid_of(c);
        zero = approx_open(&from, map, NULL, 0);
        for (int i = 0; i < 20; i++) {
            int column = below(cases[c].columns - 50);
            double row = below(cases[c].rows) + 0.5;
            approx_row(zero, row, column, 0.5, 50, zx, zy);
            for (int k = 0; k < 50; k++) {
                gt_place(cases[c].gt, column + k + 0.5, row, &x[k], &y[k]);
                crs_forward(map, &x[k], &y[k], 1, 1);
                CHECK(apart(x[k], y[k], zx[k], zy[k]) == 0);
            }
        }
        CHECK(approx_error(zero) == 0);
        approx_close(zero);
        close_case(l);
    }
}

/* A pixel lies at the same bits whatever window it is asked for in, and in whatever order
 * the windows come. */
TEST(any_window)
{
    static const double offsets[] = {0, 0.5, 0.3};
    for (int c = 0; c < CASES; c++) {
        struct approx_transform *whole = open_case(c, cases[c].tolerance);
        struct crs_transform *first = map;
        struct approx_transform *cut = open_case(c, cases[c].tolerance);
        int n = cases[c].columns, wrong = 0;
        double *v = mem_alloc(4 * (size_t)n, sizeof *v);
        for (int i = 0; i < 60; i++) {
            double offset = offsets[i % 3], row = below(cases[c].rows) + offset;
            approx_row(whole, row, 0, offset, n, v, v + n);
            int column = below(n), count = 1 + below(n - column);
            approx_row(cut, row, column, offset, count, v + 2 * n, v + 3 * n);
            for (int k = 0; k < count; k++)
                wrong += memcmp(&v[column + k], &v[2 * n + k], sizeof *v) != 0 ||
                         memcmp(&v[column + k + n], &v[3 * n + k], sizeof *v) != 0;
        }
        if (wrong)
            printf("# %s: %d points\n", cases[c].name, wrong);
        CHECK(wrong == 0);
        free(v);
        close_case(cut);
        map = first;
        close_case(whole);
    }
}

TEST(small_rasters)
{
    static const int sizes[] = {1, 2, 63, 64, 65, 128};
    CHECK(crs_transform_open(&map, crs_of("EPSG:4326"), crs_of("EPSG:32721"), NULL,
                             "test") == MSG_OK);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const struct raster_grid from = {
            sizes[i], sizes[i], {-60, 1e-3, 0, -2, 0, -1e-3}, NULL, NULL};
        struct approx_transform *l = approx_open(&from, map, NULL, 0.01);
        double x[129], y[129], ex[129], ey[129];
        for (int row = 0; row <= sizes[i]; row++) {
            approx_row(l, row, 0, 0, sizes[i] + 1, x, y);
            approx_exact(l, row, 0, 0, sizes[i] + 1, ex, ey);
            for (int k = 0; k <= sizes[i]; k++)
                CHECK(apart(x[k], y[k], ex[k], ey[k]) <= 0.01);
        }
        approx_row(l, 0, 0, 0, 0, x, y);
        approx_close(l);
    }
    approx_close(NULL);
    crs_transform_close(map);
}

TEST(same_crs_is_affine)
{
    const struct raster_grid from = {100, 100, {5e5, 70, 0, 9e6, 0, -70}, NULL, NULL};
    double x[100], y[100];
    CHECK(crs_transform_open(&map, crs_of("EPSG:32721"), crs_of("EPSG:32721"), NULL,
                             "test") == MSG_OK);
    struct approx_transform *l = approx_open(&from, map, NULL, 1);
    approx_row(l, 7.5, 0, 0.5, 100, x, y);
    for (int k = 0; k < 100; k++)
        CHECK(x[k] == 5e5 + 70 * (k + 0.5) && y[k] == 9e6 - 70 * 7.5);
    close_case(l);
}

/* ---- listed places ---- */

enum { LISTED_COLUMNS = 700, LISTED_ROWS = 40 };

/* Pixels in oblique rows from a place on, some of them missing. */
struct listing {
    struct geolocation_array array; /* the first */
    double west, north, step;
};

static void list_places(struct geolocation_array *g, int column, int row, int columns,
                        int rows, double *longitude, double *latitude)
{
    const struct listing *l = (const struct listing *)g;
    for (int r = row; r < row + rows; r++)
        for (int c = column; c < column + columns; c++) {
            double x = l->west + l->step * (c + 0.3 * r),
                   y = l->north - l->step * (r - 0.2 * c);
            bool missing = (r * 31 + c) % 97 == 0;
            *longitude++ = missing ? NAN : crs_unwind(x, 360, 0);
            *latitude++ = missing ? NAN : fmax(fmin(y, 90), -90);
        }
}

static const struct {
    const char *name, *to;
    double west, north, step;
    double tolerance;
} listings[] = {
    {"UTM", "EPSG:32616", -91, 24, 7e-4, 0.7},
    {"UTM, by a hair", "EPSG:32616", -91, 24, 7e-4, 0.006},
    {"far from UTM's meridian", "EPSG:32632", 85, 1, 4e-3, 100},
    {"a plane's ends", "EPSG:3857", 179.5, 10, 2e-3, 2},
    {"a plane's ends inside patches", "+proj=sinu +lon_0=-70.1", 109.6, 50, 1e-3, 1},
    {"the north pole", "EPSG:3413", 100, 89.9, 2e-3, 2},
    {"the south pole, on Mercator's way there", "EPSG:3395", -20, -87, 5e-3, 150},
    {"another datum", "EPSG:4267", -100, 40, 3e-3, 3e-5},
    {"the quarters of degrees themselves", "EPSG:32616", -91, 24, 1.0 / 256, 1},
};
enum { LISTINGS = sizeof listings / sizeof *listings };

static struct listing listing_of(int i)
{
    return (struct listing){{10, list_places, NULL, MSG_OK},
                            listings[i].west,
                            listings[i].north,
                            listings[i].step};
}

static struct approx_transform *open_listed(struct listing *l, double tolerance)
{
    const struct raster_grid from = {.columns = LISTED_COLUMNS,
                                     .rows = LISTED_ROWS,
                                     .crs = crs_of_epsg(4326),
                                     .places = &l->array};
    return approx_open(&from, map, NULL, tolerance);
}

/* Each place against its own transform, and windows against whole rows. */
TEST(listed_within_tolerance)
{
    enum { N = LISTED_COLUMNS };
    double x[N], y[N], ex[N], ey[N], wx[N], wy[N];
    for (int i = 0; i < LISTINGS; i++) {
        struct listing of = listing_of(i);
        CHECK(crs_transform_open(&map, crs_of_epsg(4326), crs_of(listings[i].to), NULL,
                                 "test") == MSG_OK);
        struct approx_transform *l = open_listed(&of, listings[i].tolerance);
        struct approx_transform *cut = open_listed(&of, listings[i].tolerance);
        double worst = 0;
        int wrong = 0, interpolated = 0;
        for (int row = 0; row < LISTED_ROWS; row++) {
            int from = below(N), n = 1 + below(N - from);
            approx_row(l, row, 0, 0, N, x, y);
            approx_exact(l, row, 0, 0, N, ex, ey);
            approx_row(cut, LISTED_ROWS - 1 - row, from, 0, n, wx, wy);
            approx_row(cut, row, from, 0, n, wx, wy);
            for (int k = 0; k < N; k++) {
                worst = fmax(worst, apart(x[k], y[k], ex[k], ey[k]));
                interpolated += !isnan(x[k]) && (x[k] != ex[k] || y[k] != ey[k]);
            }
            wrong += memcmp(wx, x + from, (size_t)n * sizeof *x) != 0 ||
                     memcmp(wy, y + from, (size_t)n * sizeof *y) != 0;
        }
        if (!(worst <= listings[i].tolerance) || wrong || !interpolated)
            printf("# %s: %g, not within %g; %d rows, %d places\n", listings[i].name, worst,
                   listings[i].tolerance, wrong, interpolated);
        CHECK(worst <= listings[i].tolerance && wrong == 0 && interpolated > 0);
        CHECK(approx_error(l) <= listings[i].tolerance && worst <= approx_error(l) * 1.001);
        approx_close(cut);
        close_case(l);
    }
}

/* Where patches would have few pixels, and where none may err. */
TEST(listed_one_by_one)
{
    double x[LISTED_COLUMNS], y[LISTED_COLUMNS], ex[LISTED_COLUMNS], ey[LISTED_COLUMNS];
    CHECK(crs_transform_open(&map, crs_of_epsg(4326), crs_of("EPSG:32616"), NULL, "test") ==
          MSG_OK);
    for (int i = 0; i < 2; i++) {
        struct listing of = {{10, list_places, NULL, MSG_OK}, -91, 24, i ? 0.02 : 7e-4};
        struct approx_transform *l = open_listed(&of, i);
        approx_row(l, 3, 0, 0, LISTED_COLUMNS, x, y);
        list_places(&of.array, 0, 3, LISTED_COLUMNS, 1, ex, ey);
        crs_forward(map, ex, ey, 1, LISTED_COLUMNS);
        CHECK(memcmp(x, ex, sizeof x) == 0 && memcmp(y, ey, sizeof y) == 0);
        approx_close(l);
    }
    crs_transform_close(map);
}

/* A parallelogram's area, by its sides; and its sign, by the way that rows run. */
TEST(listed_area)
{
    struct listing of = {{10, list_places, NULL, MSG_OK}, 179.9, 24, 1e-3};
    const struct raster_grid from = {
        .columns = 500, .rows = 20, .crs = crs_of_epsg(4326), .places = &of.array};
    const struct raster_grid to = {.gt = {0, 0.5, 0, 0, 0, 0.25}},
                             north_up = {.gt = {0, 0.5, 0, 0, 0, -0.25}};
    const double area = 1e-3 * -1e-3 - 0.3e-3 * 0.2e-3;
    CHECK(crs_transform_open(&map, from.crs, from.crs, NULL, "test") == MSG_OK);
    CHECK(fabs(approx_listed_area(&from, map, NULL, 360) / area - 1) < 1e-9);
    CHECK(fabs(approx_listed_area(&from, map, &to, 720) / (area * 8) - 1) < 1e-9);
    CHECK(fabs(approx_listed_area(&from, map, &north_up, 720) / (area * -8) - 1) < 1e-9);
    of.step = NAN;
    CHECK(approx_listed_area(&from, map, NULL, 360) == 0);
    crs_transform_close(map);
}

int main(void)
{
    RUN(within_tolerance);
    RUN(exact_is_proj);
    RUN(any_window);
    RUN(small_rasters);
    RUN(same_crs_is_affine);
    RUN(listed_within_tolerance);
    RUN(listed_one_by_one);
    RUN(listed_area);
    return unit_end();
}
