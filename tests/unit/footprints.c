/* Footprints: corners of pixels from centres, and which pixel holds a point. */
#include "geo/footprints.h"
#include "geo/crs.h"
#include "unit.h"
#include <math.h>
#include <stdint.h>

enum { ROWS = 5, COLUMNS = 9 };

static double random_of(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) * 0x1p-53;
}

/* Centres of a scan, turned and shaken. */
static void place(int r, int c, double *x, double *y)
{
    uint64_t seed = (uint64_t)(r * 100 + c + 7);
    *x = 10 + c + 0.4 * r + 0.2 * random_of(&seed);
    *y = 20 + r - 0.3 * c + 0.2 * random_of(&seed);
}

/* The columns from `first` on, with what is beside them as the frame. */
static void make(struct footprints *f, int first, int columns)
{
    footprints_resize(f, ROWS, columns);
    for (int r = 0; r < ROWS; r++)
        for (int c = -1; c <= columns; c++)
            if (first + c >= 0 && first + c < COLUMNS) {
                size_t at = footprints_centre(f, r, c);
                place(r, first + c, &f->x[at], &f->y[at]);
            }
    footprints_corners(f, first == 0, first + columns == COLUMNS, 0, 0);
}

/* A centre, continued linearly beyond the scan. */
static void continued(int r, int c, double *x, double *y)
{
    int rows[2] = {r < 0 ? 0 : r >= ROWS ? ROWS - 1 : r, r < 0 ? 1 : ROWS - 2};
    int columns[2] = {c < 0 ? 0 : c >= COLUMNS ? COLUMNS - 1 : c, c < 0 ? 1 : COLUMNS - 2};
    double v[2][2][2];
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            place(rows[i], columns[k], &v[i][k][0], &v[i][k][1]);
    double along = c < 0 || c >= COLUMNS, down = r < 0 || r >= ROWS;
    for (int k = 0; k < 2; k++) {
        double at[2];
        for (int i = 0; i < 2; i++)
            at[i] = v[i][0][k] + along * (v[i][0][k] - v[i][1][k]);
        *(k ? y : x) = at[0] + down * (at[0] - at[1]);
    }
}

TEST(corners)
{
    struct footprints f = {0};
    make(&f, 0, COLUMNS);
    for (int r = 0; r <= ROWS; r++)
        for (int c = 0; c <= COLUMNS; c++) {
            double x = 0, y = 0;
            for (int k = 0; k < 4; k++) {
                double px, py;
                continued(r - 1 + k / 2, c - 1 + k % 2, &px, &py);
                x += px / 4;
                y += py / 4;
            }
            CHECK(fabs(f.corner_x[r * (COLUMNS + 1) + c] - x) < 1e-12);
            CHECK(fabs(f.corner_y[r * (COLUMNS + 1) + c] - y) < 1e-12);
        }
    footprints_free(&f);
}

TEST(the_same_of_any_columns)
{
    struct footprints all = {0}, some = {0};
    make(&all, 0, COLUMNS);
    for (int first = 0; first < COLUMNS; first++)
        for (int n = 1; first + n <= COLUMNS; n++) {
            make(&some, first, n);
            for (int r = 0; r < ROWS; r++)
                for (int c = 0; c < n; c++) {
                    double a[8], b[8];
                    footprints_quad(&all, r, first + c, a);
                    footprints_quad(&some, r, c, b);
                    for (int i = 0; i < 8; i++)
                        CHECK(a[i] == b[i]);
                }
        }
    footprints_free(&all);
    footprints_free(&some);
}

TEST(missing)
{
    struct footprints f = {0};
    make(&f, 0, COLUMNS);
    size_t at = footprints_centre(&f, 1, 4);
    f.x[at] = f.y[at] = NAN;
    footprints_corners(&f, true, true, 0, 0);
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            CHECK(footprints_whole(&f, r, c, 0) == (r > 2 || c < 3 || c > 5));
    footprints_free(&f);
}

TEST(gap)
{
    /* Nine steps are not yet a gap, eleven are. */
    for (int steps = 8; steps <= 12; steps += 4) {
        struct footprints f = {0};
        footprints_resize(&f, 2, 6);
        for (int r = 0; r < 2; r++)
            for (int c = 0; c < 6; c++) {
                f.x[footprints_centre(&f, r, c)] = c + (c > 2 ? steps - 1 : 0);
                f.y[footprints_centre(&f, r, c)] = r;
            }
        footprints_corners(&f, true, true, 0, 0);
        for (int c = 0; c < 6; c++)
            CHECK(footprints_whole(&f, 0, c, 0) == (steps < 10 || (c != 2 && c != 3)));
        footprints_free(&f);
    }
}

/* Each point of the scan is in a pixel; in two only on their edge. */
TEST(holds)
{
    struct footprints f = {0};
    uint64_t seed = 1;
    make(&f, 0, COLUMNS);
    for (int i = 0; i < 20000; i++) {
        double u = random_of(&seed) * (COLUMNS - 1), w = random_of(&seed) * (ROWS - 1);
        /* Some on a corner, some on an edge. */
        int row = (int)w, column = (int)u, held = 0;
        double c[8], x, y;
        footprints_quad(&f, row, column, c);
        if (i % 3 == 0) {
            x = c[4];
            y = c[5];
        } else if (i % 3 == 1) {
            double t = random_of(&seed);
            x = c[2] + t * (c[4] - c[2]);
            y = c[3] + t * (c[5] - c[3]);
        } else {
            place(row, column, &x, &y);
            x += 0.5 * (u - column);
            y += 0.5 * (w - row);
        }
        for (int r = 0; r < ROWS; r++)
            for (int k = 0; k < COLUMNS; k++) {
                footprints_quad(&f, r, k, c);
                held += footprints_holds(c, x, y);
            }
        CHECK(held >= 1);
        CHECK(i % 3 != 2 || held == 1);
    }
    footprints_free(&f);
}

TEST(turns)
{
    /* Across 180 degrees corners are where they are elsewhere, moved along. */
    struct footprints f = {0}, g = {0};
    make(&f, 0, COLUMNS);
    footprints_resize(&g, ROWS, COLUMNS);
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) {
            size_t at = footprints_centre(&f, r, c);
            g.x[at] = crs_unwind(f.x[at] + 165, 360, 0);
            g.y[at] = f.y[at];
        }
    footprints_corners(&g, true, true, 360, 0);
    for (int i = 0; i < (ROWS + 1) * (COLUMNS + 1); i++) {
        CHECK(fabs(g.corner_x[i]) <= 180);
        CHECK(fabs(crs_unwind(g.corner_x[i] - f.corner_x[i] - 165, 360, 0)) < 1e-9);
    }
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            CHECK(footprints_whole(&g, r, c, 360));
    /* Around a pole there is no corner. */
    footprints_resize(&g, 2, 2);
    static const double around[] = {0, 90, -90, 180};
    for (int k = 0; k < 4; k++) {
        size_t at = footprints_centre(&g, k / 2, k % 2);
        g.x[at] = around[k];
        g.y[at] = 89;
    }
    footprints_corners(&g, true, true, 360, 0);
    CHECK(isnan(g.corner_x[4]));
    footprints_free(&f);
    footprints_free(&g);
}

int main(void)
{
    RUN(corners);
    RUN(the_same_of_any_columns);
    RUN(missing);
    RUN(gap);
    RUN(holds);
    RUN(turns);
    return unit_end();
}
