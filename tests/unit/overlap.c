/* Overlaps against exact fractions, line integrals and counted points. */
#include "overlap.h"
#include "dice.h"
#include "green.h"
#include "unit.h"
#include <stdlib.h>

/* ---- along an axis ---- */

enum { UNIT = 64, CELLS = 12, TRIALS = 20000 };

/* How many sixty-fourths of a cell pixel i and cell j share. */
static long long shared(long long origin, long long step, long long i, long long j)
{
    long long a = origin + i * step, b = a + step;
    long long low = a < b ? a : b, high = a < b ? b : a;
    low = low > j * UNIT ? low : j * UNIT;
    high = high < (j + 1) * UNIT ? high : (j + 1) * UNIT;
    return high > low ? high - low : 0;
}

/* Pixels and cells whose edges are whole sixty-fourths: all results are exact. */
TEST(axis_in_fractions)
{
    int wrong = 0, runs = 0, whole = 0;
    for (int t = 0; t < TRIALS; t++) {
        long long step = dice(1, dice(0, 1) ? UNIT : 5 * UNIT) * (dice(0, 1) ? 1 : -1);
        long long origin = dice(-20 * UNIT, 20 * UNIT);
        int from = (int)dice(0, 10), to = from + (int)dice(0, 60);
        int cells = (int)dice(1, CELLS);
        struct overlap_run run[CELLS];
        overlap_axis((double)origin / UNIT, (double)step / UNIT, from, to, cells, run);
        for (int j = 0; j < cells; j++) {
            const struct overlap_run *r = &run[j];
            int first = -1, last = -2;
            for (int i = from; i < to; i++)
                if (shared(origin, step, i, j) > 0) {
                    first = first < 0 ? i : first;
                    last = i;
                }
            wrong += r->count != last - first + 1;
            if (r->count <= 0)
                continue;
            double size = (double)llabs(step);
            wrong += r->first != first;
            wrong += r->head != (double)shared(origin, step, first, j) / size;
            if (r->count > 1)
                wrong += r->tail != (double)shared(origin, step, last, j) / size;
            for (int i = first + 1; i < last; i++, whole++)
                wrong += shared(origin, step, i, j) != llabs(step);
            runs++;
        }
    }
    CHECK(wrong == 0);
    CHECK(runs > TRIALS / 2 && whole > TRIALS / 2);
}

/* The share of a pixel in a run. */
static double share(const struct overlap_run *r, int i)
{
    int k = i - r->first;
    if (k < 0 || k >= r->count)
        return 0;
    return k == 0 ? r->head : k == r->count - 1 ? r->tail : 1;
}

/* 70 m pixels in 2200 m and 1660 m cells at any offset, whose edges no double holds: each
 * pixel inside of the cells is handed out once, and each covered cell is full. */
TEST(axis_keeps_the_sum)
{
    static const double size[] = {2200, 1660, 1000 / 3.0, 70, 7, 0.1};
    double worst = 0;
    int inside = 0;
    for (int t = 0; t < 2000; t++) {
        double cell = size[t % 6];
        double step = 70 / cell * (dice(0, 1) ? 1 : -1);
        double origin = step > 0 ? dice_real(-3, 3) : 40 + dice_real(-3, 3);
        enum { MANY = 40, PIXELS = 1200 };
        static struct overlap_run run[MANY];
        overlap_axis(origin, step, 0, PIXELS, MANY, run);
        for (int i = 0; i < PIXELS; i++) {
            double a = origin + i * step, b = origin + (i + 1) * step, sum = 0;
            if (fmin(a, b) < 0 || fmax(a, b) > MANY)
                continue;
            for (int j = 0; j < MANY; j++)
                sum += share(&run[j], i);
            worst = fmax(worst, fabs(sum - 1));
            inside++;
        }
        for (int j = 0; j < MANY; j++) {
            double low = fmin(origin, origin + PIXELS * step);
            double high = fmax(origin, origin + PIXELS * step), sum = 0;
            if (low > j || high < j + 1)
                continue;
            for (int i = run[j].first; i < run[j].first + run[j].count; i++)
                sum += share(&run[j], i);
            worst = fmax(worst, fabs(sum * fabs(step) - 1));
        }
    }
    CHECK(inside > 100000);
    CHECK_NEAR(worst, 0, 1e-12);
}

/* ---- quadrilaterals ---- */

enum { SIDE = 6 };

struct sheet {
    double area[SIDE][SIDE];
    int times[SIDE][SIDE];
    int columns, rows, bad;
};

static void take(void *user, int column, int row, double area)
{
    struct sheet *s = user;
    if (column < 0 || row < 0 || column >= s->columns || row >= s->rows || !(area > 0)) {
        s->bad++;
        return;
    }
    s->area[row][column] += area;
    s->times[row][column]++;
}

static double cross(const double *o, const double *a, const double *b)
{
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/* Whether the edges a-b and c-d cross. */
static bool crosses(const double *a, const double *b, const double *c, const double *d)
{
    return cross(a, b, c) * cross(a, b, d) <= 0 && cross(c, d, a) * cross(c, d, b) <= 0;
}

/* A simple quadrilateral, convex or not, of about that size, somewhere at the cells. */
static void pick_quad(double q[8], double size)
{
    do {
        double x = dice_real(-1, SIDE + 1), y = dice_real(-1, SIDE + 1);
        for (int i = 0; i < 4; i++) {
            q[2 * i] = x + size * dice_real(-1, 1);
            q[2 * i + 1] = y + size * dice_real(-1, 1);
        }
    } while (crosses(q, q + 2, q + 4, q + 6) || crosses(q + 2, q + 4, q + 6, q));
}

TEST(quads_by_line_integrals)
{
    static const double size[] = {0.02, 0.3, 1, 3, 20};
    double worst = 0, leaked = 0;
    int bad = 0, twice = 0, inside = 0, cut = 0;
    for (int t = 0; t < 20000; t++) {
        struct sheet s = {.columns = (int)dice(1, SIDE), .rows = (int)dice(1, SIDE)};
        double q[8], sum = 0;
        pick_quad(q, size[t % 5]);
        double whole =
            overlap_quad(q, &(struct grid_rect){0, 0, s.columns, s.rows}, take, &s);
        double scale = fmax(1, whole);
        worst = fmax(worst, fabs(whole - green_whole(q)) / scale);
        for (int r = 0; r < s.rows; r++)
            for (int c = 0; c < s.columns; c++) {
                worst = fmax(worst, fabs(s.area[r][c] - green_area(q, c, r)) / scale);
                twice += s.times[r][c] > 1;
                cut += s.times[r][c];
                sum += s.area[r][c];
            }
        bool within = true;
        for (int i = 0; i < 4; i++)
            within = within && q[2 * i] >= 0 && q[2 * i] <= s.columns &&
                     q[2 * i + 1] >= 0 && q[2 * i + 1] <= s.rows;
        if (within)
            leaked = fmax(leaked, fabs(sum - whole) / whole);
        inside += within;
        bad += s.bad;
    }
    CHECK(bad == 0);
    CHECK(twice == 0);
    CHECK(inside > 1000 && cut > 20000);
    CHECK_NEAR(worst, 0, 1e-13);
    CHECK_NEAR(leaked, 0, 1e-12);
}

/* The fast way for few cells gives the same areas as the general one. */
TEST(few_cells)
{
    static const double size[] = {0.02, 0.1, 0.3, 0.6, 1};
    double worst = 0;
    int few = 0, taken = 0;
    for (int t = 0; t < 20000; t++) {
        struct sheet s = {.columns = SIDE, .rows = SIDE};
        struct overlap_few f;
        double q[8], sum = 0;
        pick_quad(q, size[t % 5]);
        if (!overlap_quad_few(q, &f))
            continue;
        few++;
        double whole = overlap_quad(q, &(struct grid_rect){0, 0, SIDE, SIDE}, take, &s);
        worst = fmax(worst, fabs(f.whole - whole));
        for (int r = 0; r < f.rows; r++)
            for (int c = 0; c < f.columns; c++) {
                int column = f.column + c, row = f.row + r;
                sum += f.area[r][c];
                if (column < 0 || row < 0 || column >= SIDE || row >= SIDE)
                    continue;
                taken++;
                worst = fmax(worst, fabs(f.area[r][c] - s.area[row][column]));
            }
        worst = fmax(worst, fabs(sum - whole));
    }
    printf("# %d in few cells, %d areas\n", few, taken);
    CHECK(few > 10000 && taken > 20000);
    CHECK_NEAR(worst, 0, 1e-13);
}

/* Rectangles whose areas anybody can check, by both ways round. */
TEST(quads_by_hand)
{
    static const double diamond[8] = {2, 1, 3, 2, 2, 3, 1, 2};
    static const double back[8] = {2, 1, 1, 2, 2, 3, 3, 2};
    static const double box[8] = {0.5, 0.25, 2.5, 0.25, 2.5, 1.5, 0.5, 1.5};
    static const double dart[8] = {0, 0, 2, 1, 0, 2, 1, 1}; /* not convex */
    struct sheet s = {.columns = 4, .rows = 4};
    CHECK(overlap_quad(diamond, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 2);
    CHECK(s.area[1][1] == 0.5 && s.area[1][2] == 0.5 && s.area[2][1] == 0.5 &&
          s.area[2][2] == 0.5);
    s = (struct sheet){.columns = 4, .rows = 4};
    CHECK(overlap_quad(back, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 2);
    CHECK(s.area[1][1] == 0.5 && s.area[2][2] == 0.5);
    s = (struct sheet){.columns = 4, .rows = 4};
    CHECK(overlap_quad(box, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 2.5);
    CHECK(s.area[0][0] == 0.375 && s.area[0][1] == 0.75 && s.area[0][2] == 0.375);
    CHECK(s.area[1][0] == 0.25 && s.area[1][1] == 0.5 && s.area[1][2] == 0.25);
    s = (struct sheet){.columns = 4, .rows = 4};
    CHECK(overlap_quad(dart, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 1);
    CHECK(s.area[0][0] == 0.25 && s.area[0][1] == 0.25 && s.area[1][0] == 0.25 &&
          s.area[1][1] == 0.25);
    /* A part of it, and nothing of it, in the cells. */
    s = (struct sheet){.columns = 2, .rows = 1};
    CHECK(overlap_quad(diamond, &(struct grid_rect){0, 0, 2, 1}, take, &s) == 2);
    CHECK(s.area[0][0] == 0 && s.area[0][1] == 0 && s.bad == 0);
    s = (struct sheet){.columns = 2, .rows = 2};
    CHECK(overlap_quad(diamond, &(struct grid_rect){0, 0, 2, 2}, take, &s) == 2);
    CHECK(s.area[1][1] == 0.5 && s.area[0][0] == 0 && s.bad == 0);
}

/* Points counted on a fine raster, for those who trust neither algebra. */
TEST(quads_by_counting)
{
    enum { FINE = 200 };
    double worst = 0;
    for (int t = 0; t < 40; t++) {
        struct sheet s = {.columns = 3, .rows = 3};
        double q[8];
        pick_quad(q, 2);
        overlap_quad(q, &(struct grid_rect){0, 0, 3, 3}, take, &s);
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++) {
                int count = 0;
                for (int k = 0; k < FINE * FINE; k++) {
                    double x = c + (k % FINE + 0.5) / FINE, y = r + (k / FINE + 0.5) / FINE;
                    bool in = false;
                    for (int i = 0, j = 3; i < 4; j = i++)
                        if ((q[2 * i + 1] > y) != (q[2 * j + 1] > y) &&
                            x < q[2 * i] + (y - q[2 * i + 1]) * (q[2 * j] - q[2 * i]) /
                                               (q[2 * j + 1] - q[2 * i + 1]))
                            in = !in;
                    count += in;
                }
                worst = fmax(worst, fabs(s.area[r][c] - count / (double)(FINE * FINE)));
            }
    }
    CHECK_NEAR(worst, 0, 4.0 / FINE);
}

TEST(quads_that_are_none)
{
    struct sheet s = {.columns = 4, .rows = 4};
    static const double line[8] = {0, 0, 1, 1, 2, 2, 3, 3};
    static const double point[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    const double lost[8] = {0, 0, NAN, NAN, 1, 1, 0, 1};
    const double far[8] = {0, 0, HUGE_VAL, 0, HUGE_VAL, 1, 0, 1};
    struct overlap_few f;
    for (int i = 0; i < 8; i++) {
        double q[8] = {0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9};
        CHECK(overlap_quad_few(q, &f));
        q[i] = NAN;
        CHECK(!overlap_quad_few(q, &f));
        q[i] = HUGE_VAL;
        CHECK(!overlap_quad_few(q, &f));
    }
    CHECK(overlap_quad(line, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    CHECK(overlap_quad(point, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    CHECK(overlap_quad(lost, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    CHECK(overlap_quad(far, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    double sum = 0;
    for (int k = 0; k < 16; k++)
        sum += s.times[k / 4][k % 4];
    CHECK(sum == 0 && s.bad == 0);
}

int main(void)
{
    RUN(axis_in_fractions);
    RUN(axis_keeps_the_sum);
    RUN(quads_by_line_integrals);
    RUN(few_cells);
    RUN(quads_by_hand);
    RUN(quads_by_counting);
    RUN(quads_that_are_none);
    return unit_end();
}
