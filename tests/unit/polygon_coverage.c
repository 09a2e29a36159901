/* How areas cover pixels: against each pixel clipped by itself, points tried one by one,
 * and areas known in closed form. */
#include "geo/polygon_coverage.h"
#include "geo/polygon_index.h"
#include "unit.h"
#include <stdint.h>
#include <stdlib.h>

enum { COLUMNS = 30, ROWS = 20 };
static const double pi = 3.14159265358979323846;

static double random_of(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* The weights of all pixels; how often one was given is checked. */
static void weights(const struct poly *p, enum zone_touch touch, double w[ROWS][COLUMNS])
{
    struct polygon_coverage z;
    int bad = 0;
    memset(w, 0, sizeof(double) * ROWS * COLUMNS);
    polygon_coverage_make(&z, p, COLUMNS, ROWS, touch);
    for (size_t i = 0; i < z.n; i++) {
        const struct polygon_coverage_run *run = &z.run[i];
        bad += run->count < 1 || run->row < 0 || run->row >= ROWS || run->column < 0 ||
               run->column + run->count > COLUMNS || !(run->weight > 0 && run->weight <= 1);
        for (int k = 0; !bad && k < run->count; k++) {
            bad += w[run->row][run->column + k] != 0;
            w[run->row][run->column + k] = run->weight;
        }
    }
    CHECK(bad == 0);
    polygon_coverage_free(&z);
}

/* Sutherland and Hodgman, one side at a time; the area is right even where the clipped
 * ring runs along a side and back. */
static int clip(int n, const double (*in)[2], double (*out)[2], int axis, double side,
                double direction)
{
    int m = 0;
    for (int i = 0, j = n - 1; i < n; j = i++) {
        double a = (in[j][axis] - side) * direction, b = (in[i][axis] - side) * direction;
        if ((a >= 0) != (b >= 0)) {
            double t = a / (a - b);
            out[m][axis] = side;
            out[m++][1 - axis] = in[j][1 - axis] + t * (in[i][1 - axis] - in[j][1 - axis]);
        }
        if (b >= 0) {
            out[m][0] = in[i][0];
            out[m++][1] = in[i][1];
        }
    }
    return m;
}

static double share(const struct poly *p, int column, int row)
{
    static double a[4096][2], b[4096][2];
    double area = 0;
    for (size_t r = 0; r < p->nrings; r++) {
        int n = 0;
        for (size_t i = p->ring[r]; i < p->ring[r + 1]; i++, n++) {
            /* About the pixel, so that nothing is lost to large numbers. */
            a[n][0] = p->x[i] - column;
            a[n][1] = p->y[i] - row;
        }
        n = clip(n, (const double(*)[2])a, b, 0, 0, 1);
        n = clip(n, (const double(*)[2])b, a, 0, 1, -1);
        n = clip(n, (const double(*)[2])a, b, 1, 0, 1);
        n = clip(n, (const double(*)[2])b, a, 1, 1, -1);
        for (int i = 0, j = n - 1; i < n; j = i++)
            area += (a[j][0] * a[i][1] - a[i][0] * a[j][1]) / 2;
    }
    return fabs(area);
}

/* A star around a place; turns counter-clockwise, or the other way for a hole. */
static void add_star(struct poly *p, uint64_t *seed, double x, double y, double radius,
                     int n, bool hole)
{
    poly_ring(p);
    for (int i = 0; i < n; i++) {
        double angle = 2 * pi * (hole ? n - i : i) / n;
        double r = radius * (0.4 + 0.6 * random_of(seed));
        poly_point(p, x + r * cos(angle), y + r * sin(angle));
    }
}

static void compare(const struct poly *p, double tolerance)
{
    double w[ROWS][COLUMNS], worst = 0;
    weights(p, ZONE_FRACTION, w);
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            worst = fmax(worst, fabs(w[r][c] - share(p, c, r)));
    CHECK_NEAR(worst, 0, tolerance);
}

TEST(stars_against_clipping)
{
    uint64_t seed = 1;
    for (int round = 0; round < 300; round++) {
        struct poly p = {0};
        double x = random_of(&seed) * 36 - 3, y = random_of(&seed) * 26 - 3;
        double radius = pow(10, random_of(&seed) * 3.5 - 2); /* 0.01 to 30 pixels */
        add_star(&p, &seed, x, y, radius, 3 + (int)(random_of(&seed) * 60), false);
        if (round % 3 == 0)
            add_star(&p, &seed, x, y, radius * 0.2, 5, true);
        compare(&p, 1.5e-10);
        /* The other way round it is the same area. */
        struct poly q = {0};
        for (size_t r = 0; r < p.nrings; r++) {
            poly_ring(&q);
            for (size_t i = p.ring[r + 1]; i-- > p.ring[r];)
                poly_point(&q, p.x[i], p.y[i]);
        }
        compare(&q, 1.5e-10);
        poly_free(&p);
        poly_free(&q);
    }
}

/* Corners on pixel sides, edges along them, whole pixels: where rounding would show. */
TEST(aligned)
{
    uint64_t seed = 2;
    for (int round = 0; round < 300; round++) {
        struct poly p = {0};
        double half = round % 2 ? 1 : 0.5;
        poly_ring(&p);
        int x0 = (int)(random_of(&seed) * 40) - 5, y0 = (int)(random_of(&seed) * 30) - 5;
        int x1 = x0 + 1 + (int)(random_of(&seed) * 40),
            y1 = y0 + 1 + (int)(random_of(&seed) * 30);
        poly_point(&p, x0 * half, y0 * half);
        poly_point(&p, x1 * half, y0 * half);
        poly_point(&p, x1 * half, y1 * half);
        if (round % 3)
            poly_point(&p, x0 * half, y1 * half);
        double w[ROWS][COLUMNS];
        weights(&p, ZONE_FRACTION, w);
        int bad = 0;
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++)
                bad += round % 3 ? w[r][c] != share(&p, c, r)
                                 : fabs(w[r][c] - share(&p, c, r)) > 1e-14;
        CHECK(bad == 0);
        poly_free(&p);
    }
}

TEST(supersampling)
{
    uint64_t seed = 3;
    for (int round = 0; round < 10; round++) {
        struct poly p = {0};
        add_star(&p, &seed, 15, 10, 9, 24, false);
        add_star(&p, &seed, 15, 10, 2, 9, true);
        struct poly_index *index = poly_index_open(&p);
        double w[ROWS][COLUMNS];
        weights(&p, ZONE_FRACTION, w);
        int bad = 0;
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++) {
                int in = 0;
                for (int k = 0; k < 64 * 64; k++)
                    in += poly_index_contains(index, c + (k % 64 + 0.5) / 64,
                                              r + (k / 64 + 0.5) / 64.0);
                /* An edge of length up to 1.5 passes through some 1.5 x 64 x 2 samples. */
                bad += fabs(w[r][c] - in / 4096.0) > 0.02;
                bad += in == 0 && w[r][c] > 0.02;
            }
        CHECK(bad == 0);
        poly_index_close(index);
        poly_free(&p);
    }
}

static double total(double w[ROWS][COLUMNS])
{
    double sum = 0;
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            sum += w[r][c];
    return sum;
}

TEST(closed_form)
{
    double w[ROWS][COLUMNS];
    /* A regular polygon of n corners, with one of half the size for a hole. */
    struct poly p = {0};
    int n = 1000;
    for (int hole = 0; hole < 2; hole++) {
        poly_ring(&p);
        for (int i = 0; i < n; i++) {
            double angle = 2 * pi * (hole ? -i : i) / n;
            poly_point(&p, 15 + 9 / (1 + hole) * cos(angle),
                       10 + 9 / (1 + hole) * sin(angle));
        }
    }
    weights(&p, ZONE_FRACTION, w);
    CHECK_NEAR(total(w), n * sin(2 * pi / n) / 2 * (81 - 16), 1e-10);
    CHECK(w[10][15] == 0 && w[10][8] == 1);
    poly_free(&p);
    /* A sliver a thousandth of a pixel wide across many. */
    poly_ring(&p);
    poly_point(&p, 2.25, 3.5);
    poly_point(&p, 27.75, 16.5);
    poly_point(&p, 27.75, 16.501);
    poly_point(&p, 2.25, 3.501);
    weights(&p, ZONE_FRACTION, w);
    CHECK_NEAR(total(w), 25.5 * 0.001, 1e-9);
    poly_free(&p);
    /* A triangle inside of one pixel. */
    poly_ring(&p);
    poly_point(&p, 5.1, 7.1);
    poly_point(&p, 5.2, 7.1);
    poly_point(&p, 5.1, 7.3);
    weights(&p, ZONE_FRACTION, w);
    CHECK_NEAR(w[7][5], 0.01, 1e-15);
    CHECK(total(w) == w[7][5]);
    poly_free(&p);
}

/* Triangles that share all edges: no pixel may be lost or counted twice. */
TEST(partition)
{
    uint64_t seed = 4;
    enum { NX = 9, NY = 7 };
    double x[NY][NX], y[NY][NX], sum[ROWS][COLUMNS] = {{0}}, centers[ROWS][COLUMNS] = {{0}};
    for (int j = 0; j < NY; j++)
        for (int i = 0; i < NX; i++) {
            bool inner = i > 0 && j > 0 && i < NX - 1 && j < NY - 1;
            x[j][i] = -2 + 34.0 * i / (NX - 1) + (inner ? random_of(&seed) * 2 : 0);
            y[j][i] = -2 + 24.0 * j / (NY - 1) + (inner ? random_of(&seed) * 2 : 0);
        }
    for (int k = 0; k < 2 * (NX - 1) * (NY - 1); k++) {
        int i = k / 2 % (NX - 1), j = k / 2 / (NX - 1);
        struct poly p = {0};
        poly_ring(&p);
        poly_point(&p, x[j][i], y[j][i]);
        if (k % 2 == 0)
            poly_point(&p, x[j][i + 1], y[j][i + 1]);
        poly_point(&p, x[j + 1][i + 1], y[j + 1][i + 1]);
        if (k % 2)
            poly_point(&p, x[j + 1][i], y[j + 1][i]);
        double w[ROWS][COLUMNS], at[ROWS][COLUMNS];
        weights(&p, ZONE_FRACTION, w);
        weights(&p, ZONE_CENTER, at);
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++) {
                sum[r][c] += w[r][c];
                centers[r][c] += at[r][c];
            }
        poly_free(&p);
    }
    double worst = 0;
    int bad = 0;
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) {
            worst = fmax(worst, fabs(sum[r][c] - 1));
            bad += centers[r][c] != 1;
        }
    CHECK_NEAR(worst, 0, 1e-9);
    CHECK(bad == 0);
}

TEST(centers_and_all)
{
    uint64_t seed = 6;
    int bad = 0;
    for (int round = 0; round < 100; round++) {
        struct poly p = {0};
        double x = random_of(&seed) * 36 - 3, y = random_of(&seed) * 26 - 3;
        add_star(&p, &seed, x, y, 12, 20, false);
        add_star(&p, &seed, x, y, 2, 5, true);
        struct poly_index *index = poly_index_open(&p);
        double w[ROWS][COLUMNS], at[ROWS][COLUMNS], all[ROWS][COLUMNS];
        weights(&p, ZONE_FRACTION, w);
        weights(&p, ZONE_CENTER, at);
        weights(&p, ZONE_ALL, all);
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++) {
                bad += at[r][c] != poly_index_contains(index, c + 0.5, r + 0.5);
                bad += all[r][c] != (w[r][c] > 0);
            }
        poly_index_close(index);
        poly_free(&p);
    }
    CHECK(bad == 0);
    /* Centres on edges: a square's own are those of its left and upper edge. */
    struct poly p = {0};
    double w[ROWS][COLUMNS];
    poly_ring(&p);
    poly_point(&p, 3.5, 3.5);
    poly_point(&p, 5.5, 3.5);
    poly_point(&p, 5.5, 5.5);
    poly_point(&p, 3.5, 5.5);
    weights(&p, ZONE_CENTER, w);
    CHECK(total(w) == 4 && w[3][3] == 1 && w[4][4] == 1 && w[5][5] == 0);
    poly_free(&p);
}

TEST(nothing)
{
    struct poly p = {0};
    double w[ROWS][COLUMNS];
    for (int touch = ZONE_FRACTION; touch <= ZONE_ALL; touch++) {
        weights(&p, (enum zone_touch)touch, w);
        CHECK(total(w) == 0);
    }
    poly_ring(&p);
    poly_point(&p, 100, 100);
    poly_point(&p, 101, 100);
    poly_point(&p, 101, 101);
    weights(&p, ZONE_FRACTION, w);
    CHECK(total(w) == 0);
    poly_free(&p);
}

int main(void)
{
    RUN(stars_against_clipping);
    RUN(aligned);
    RUN(supersampling);
    RUN(closed_form);
    RUN(partition);
    RUN(centers_and_all);
    RUN(nothing);
    return unit_end();
}
