/* Overlaps against exact fractions, line integrals and counted points. */
#include "geo/area_weights.h"
#include "dice.h"
#include "green.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

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
        struct area_weights_run run[CELLS];
        area_weights_axis((double)origin / UNIT, (double)step / UNIT, from, to, cells, run);
        for (int j = 0; j < cells; j++) {
            const struct area_weights_run *r = &run[j];
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
static double share(const struct area_weights_run *r, int i)
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
        static struct area_weights_run run[MANY];
        area_weights_axis(origin, step, 0, PIXELS, MANY, run);
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
            area_weights_quad(q, &(struct grid_rect){0, 0, s.columns, s.rows}, take, &s);
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
        struct area_weights_few f;
        double q[8], sum = 0;
        pick_quad(q, size[t % 5]);
        if (!area_weights_quad_few(q, &f))
            continue;
        few++;
        double whole =
            area_weights_quad(q, &(struct grid_rect){0, 0, SIDE, SIDE}, take, &s);
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

/* Corners of a row of pixels: some size, turned and bent a little, and at times on edges.
 */
struct row_of_corners {
    double x[2][AREA_WEIGHTS_BATCH + 1 + AREA_WEIGHTS_PAD],
        y[2][AREA_WEIGHTS_BATCH + 1 + AREA_WEIGHTS_PAD];
};

static void pick_row(struct row_of_corners *c, double size, double turn, double bend,
                     double fraction)
{
    double x0 = dice_real(-6, 2), y0 = dice_real(-2, SIDE);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < AREA_WEIGHTS_BATCH + 1 + AREA_WEIGHTS_PAD; i++) {
            double x = x0 + size * (i - turn * k), y = y0 + size * (k + turn * i);
            x += bend * size * dice_real(-1, 1);
            y += bend * size * dice_real(-1, 1);
            c->x[k][i] = fraction > 0 ? round(x / fraction) * fraction : x;
            c->y[k][i] = fraction > 0 ? round(y / fraction) * fraction : y;
        }
}

static void corners_of(const struct row_of_corners *c, int i, double q[8])
{
    const double all[8] = {c->x[0][i],     c->y[0][i],     c->x[0][i + 1], c->y[0][i + 1],
                           c->x[1][i + 1], c->y[1][i + 1], c->x[1][i],     c->y[1][i]};
    memcpy(q, all, sizeof all);
}

/* Whether a cell of a pixel's 2 x 2 is one of the rectangle's. */
static bool has_cell(const struct grid_rect *r, double column, double row)
{
    return column >= r->column && row >= r->row && column < r->column + r->columns &&
           row < r->row + r->rows;
}

/* Rows at once give the areas that the general way has, and say of few pixels of ordinary
 * shape that they are not plain. */
TEST(rows_at_once)
{
    static const double size[] = {0.01, 0.1, 0.5, 0.9, 1};
    static const struct grid_rect all = {-100, -100, 300, 300}, rect = {1, 2, 5, 3};
    double worst = 0;
    int plain = 0, wrong = 0, inside = 0, four = 0;
    for (int t = 0; t < 4000; t++) {
        struct row_of_corners c;
        struct area_weights_row b;
        int n = (int)dice(1, AREA_WEIGHTS_BATCH);
        pick_row(&c, size[t % 5], dice_real(-0.03, 0.03), t % 3 ? 0 : 0.02,
                 t % 7 ? 0 : 0.125);
        area_weights_row(c.x[0], c.y[0], c.x[1], c.y[1], n, &rect, &b);
        for (int i = 0; i < n; i++) {
            struct area_weights_few f;
            double q[8], sum = 0;
            if (!b.plain[i]) {
                wrong += b.inside[i] != 0;
                continue;
            }
            plain++;
            corners_of(&c, i, q);
            if (!area_weights_quad_few(q, &f) || f.columns > 2 || f.rows > 2) {
                wrong++;
                continue;
            }
            wrong += f.column != b.column[i] || f.row != b.row[i];
            wrong += (f.columns * f.rows == 1) != (b.single[i] != 0);
            four += f.columns * f.rows == 4;
            worst = fmax(worst, fabs(b.whole[i] - f.whole));
            bool in = true;
            for (int k = 0; k < 4; k++) {
                double area =
                    k / 2 < f.rows && k % 2 < f.columns ? f.area[k / 2][k % 2] : 0;
                worst = fmax(worst, fabs(b.area[k][i] - area));
                sum += b.area[k][i];
                in = in && has_cell(&rect, b.column[i] + k % 2, b.row[i] + k / 2);
                wrong += b.area[k][i] < 0;
                /* Rounding must not put anything where a pixel does not reach. */
                wrong += (k / 2 >= f.rows || k % 2 >= f.columns) && b.area[k][i] != 0;
            }
            worst = fmax(worst, fabs(sum - b.whole[i]));
            wrong += in != (b.inside[i] != 0);
            inside += in;
        }
        area_weights_row(c.x[0], c.y[0], c.x[1], c.y[1], n, &all, &b);
        for (int i = 0; i < n; i++)
            wrong += (b.plain[i] != 0) != (b.inside[i] != 0);
    }
    printf("# %d plain, %d of them inside, %d in four cells; worst %g\n", plain, inside,
           four, worst);
    CHECK(wrong == 0);
    CHECK(plain > 4000 * AREA_WEIGHTS_BATCH / 2 * 8 / 10 && inside > 1000 && four > 1000);
    CHECK_NEAR(worst, 0, 1e-13);
}

/* What is no plain pixel is told from those that are. */
TEST(rows_of_others)
{
    static const struct grid_rect all = {-10, -10, 20, 20};
    static const double nowhere[] = {NAN, HUGE_VAL, -HUGE_VAL, 1e18, -1e18};
    static const double others[][8] = {
        {0.9, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9}, /* mirrored */
        {0.1, 0.1, 2.2, 0.1, 2.2, 0.9, 0.1, 0.9}, /* over three cells */
        {0.5, 0.1, 1.1, 0.5, 0.5, 1.1, 0.1, 0.5}, /* on its corner, across edges */
        {0.1, 0.1, 1.2, 0.1, 0.9, 0.9, 0.1, 0.9}, /* the edge cuts a corner off */
        {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, /* nothing */
        {0.1, 0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1}, /* upside down */
        {1.3, 0.8, 0.5, 0.8, 0.5, 0.2, 1.3, 0.2}, /* turned by half, over two columns */
        {0.8, 1.3, 0.2, 1.3, 0.2, 0.5, 0.8, 0.5}, /* and over two rows */
    };
    for (size_t t = 0; t < sizeof others / sizeof *others; t++) {
        const double *q = others[t];
        double x[2][2 + AREA_WEIGHTS_PAD] = {{q[0], q[2]}, {q[6], q[4]}};
        double y[2][2 + AREA_WEIGHTS_PAD] = {{q[1], q[3]}, {q[7], q[5]}};
        struct area_weights_row b;
        area_weights_row(x[0], y[0], x[1], y[1], 1, &all, &b);
        CHECK(b.plain[0] == 0 && b.inside[0] == 0);
    }
    for (int t = 0; t < 5 * 8; t++) {
        double x[2][2 + AREA_WEIGHTS_PAD] = {{0.1, 0.9}, {0.1, 0.9}};
        double y[2][2 + AREA_WEIGHTS_PAD] = {{0.1, 0.1}, {0.9, 0.9}};
        struct area_weights_row b;
        area_weights_row(x[0], y[0], x[1], y[1], 1, &all, &b);
        CHECK(b.plain[0] && b.single[0] && b.whole[0] == b.area[0][0]);
        (t % 2 ? x : y)[t / 2 % 2][t / 4 % 2] = nowhere[t / 8];
        area_weights_row(x[0], y[0], x[1], y[1], 1, &all, &b);
        CHECK(b.plain[0] == 0 && b.inside[0] == 0);
    }
}

/* Rectangles whose areas anybody can check, by both ways round. */
TEST(quads_by_hand)
{
    static const double diamond[8] = {2, 1, 3, 2, 2, 3, 1, 2};
    static const double back[8] = {2, 1, 1, 2, 2, 3, 3, 2};
    static const double box[8] = {0.5, 0.25, 2.5, 0.25, 2.5, 1.5, 0.5, 1.5};
    static const double dart[8] = {0, 0, 2, 1, 0, 2, 1, 1}; /* not convex */
    struct sheet s = {.columns = 4, .rows = 4};
    CHECK(area_weights_quad(diamond, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 2);
    CHECK(s.area[1][1] == 0.5 && s.area[1][2] == 0.5 && s.area[2][1] == 0.5 &&
          s.area[2][2] == 0.5);
    s = (struct sheet){.columns = 4, .rows = 4};
    CHECK(area_weights_quad(back, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 2);
    CHECK(s.area[1][1] == 0.5 && s.area[2][2] == 0.5);
    s = (struct sheet){.columns = 4, .rows = 4};
    CHECK(area_weights_quad(box, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 2.5);
    CHECK(s.area[0][0] == 0.375 && s.area[0][1] == 0.75 && s.area[0][2] == 0.375);
    CHECK(s.area[1][0] == 0.25 && s.area[1][1] == 0.5 && s.area[1][2] == 0.25);
    s = (struct sheet){.columns = 4, .rows = 4};
    CHECK(area_weights_quad(dart, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 1);
    CHECK(s.area[0][0] == 0.25 && s.area[0][1] == 0.25 && s.area[1][0] == 0.25 &&
          s.area[1][1] == 0.25);
    /* A part of it, and nothing of it, in the cells. */
    s = (struct sheet){.columns = 2, .rows = 1};
    CHECK(area_weights_quad(diamond, &(struct grid_rect){0, 0, 2, 1}, take, &s) == 2);
    CHECK(s.area[0][0] == 0 && s.area[0][1] == 0 && s.bad == 0);
    s = (struct sheet){.columns = 2, .rows = 2};
    CHECK(area_weights_quad(diamond, &(struct grid_rect){0, 0, 2, 2}, take, &s) == 2);
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
        area_weights_quad(q, &(struct grid_rect){0, 0, 3, 3}, take, &s);
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
    struct area_weights_few f;
    for (int i = 0; i < 8; i++) {
        double q[8] = {0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9};
        CHECK(area_weights_quad_few(q, &f));
        q[i] = NAN;
        CHECK(!area_weights_quad_few(q, &f));
        q[i] = HUGE_VAL;
        CHECK(!area_weights_quad_few(q, &f));
    }
    CHECK(area_weights_quad(line, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    CHECK(area_weights_quad(point, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    CHECK(area_weights_quad(lost, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
    CHECK(area_weights_quad(far, &(struct grid_rect){0, 0, 4, 4}, take, &s) == 0);
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
    RUN(rows_at_once);
    RUN(rows_of_others);
    RUN(quads_by_hand);
    RUN(quads_by_counting);
    RUN(quads_that_are_none);
    return unit_end();
}
