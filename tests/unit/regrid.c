/* Area-weighted statistics against exact whole-number arithmetic (source and grid in one
 * CRS) and against quadrilaterals and points transformed one by one (other CRSs). */
#include "regrid.h"
#include "buf.h"
#include "dice.h"
#include "green.h"
#include "mem.h"
#include "ras_write.h"
#include "unit.h"
#include <proj.h>
#include <stdlib.h>
#include <unistd.h>

/* The averages of a whole grid at once. */
struct regrid_result {
    double *mean, *coverage, *n, *stddev; /* stddev: NULL unless wanted */
    bool touches;
    long cells;
    double pixels, overall_mean, overall_coverage;
};

static int regrid_average(struct ras *source, struct select *select,
                          struct regrid_spec *spec, struct regrid_result *r)
{
    struct regrid *job;
    size_t cells = (size_t)spec->grid->columns * (size_t)spec->grid->rows;
    const struct grid_rect all = {0, 0, spec->grid->columns, spec->grid->rows};
    double *band[REGRID_STATS] = {NULL};
    *r = (struct regrid_result){0};
    spec->want[REGRID_MEAN] = spec->want[REGRID_COVERAGE] = spec->want[REGRID_N] = true;
    spec->memory = (size_t)1 << 30;
    for (int b = 0; b < REGRID_STATS; b++)
        band[b] = spec->want[b] ? mem_alloc(cells, sizeof(double)) : NULL;
    int status = regrid_open(&job, source, select, spec);
    if (status == MSG_OK)
        status = regrid_rect(job, &all, band, (size_t)spec->grid->columns);
    const struct regrid_summary *s = regrid_summary(job);
    r->mean = band[REGRID_MEAN];
    r->coverage = band[REGRID_COVERAGE];
    r->n = band[REGRID_N];
    r->stddev = band[REGRID_STDDEV];
    r->touches = s->touches;
    r->cells = s->cells;
    r->pixels = s->pixels;
    r->overall_mean = s->pixels > 0 ? s->sum / s->pixels : NAN;
    r->overall_coverage = s->inside > 0 ? s->covered / s->inside : NAN;
    regrid_close(job);
    return status;
}

static void regrid_free(struct regrid_result *r)
{
    free(r->mean);
    free(r->coverage);
    free(r->n);
    free(r->stddev);
}

static char folder[] = "/tmp/eco-regrid-XXXXXX";

/* A path in the test's folder. */
static const char *in_folder(const char *name)
{
    static struct buf b;
    buf_reset(&b);
    buf_printf(&b, "%s/%s", folder, name);
    return b.s;
}

/* Writes a raster of doubles and opens it. */
static void make(struct ras *r, const char *name, const char *crs, const double gt[6],
                 int columns, int rows, const double *v)
{
    struct ras_spec spec = {.columns = columns,
                            .rows = rows,
                            .nbands = 1,
                            .type = RAS_F64,
                            .crs = crs,
                            .has_nodata = true,
                            .nodata = NAN};
    memcpy(spec.gt, gt, sizeof spec.gt);
    struct ras_writer w;
    if (ras_create(&w, in_folder(name), &spec) != MSG_OK)
        exit(3);
    for (int row = 0; row < rows; row += w.block_rows)
        if (ras_put_rows(&w, 0, row, v + (size_t)row * (size_t)columns) != MSG_OK)
            exit(3);
    if (ras_commit(&w) != MSG_OK || ras_open(r, in_folder(name)) != MSG_OK)
        exit(3);
}

/* ---- one CRS, all in whole metres ---- */

enum { MOST = 60, MOST_CELLS = 12, CORNERS = 9 };

/* Rows and columns of squares in whole, even metres: centres are whole, too. */
struct sheet {
    long long x, y, dx, dy; /* of the first corner; sizes, with their signs */
    int columns, rows;
};

struct trial {
    struct sheet pixel, map, cell;
    double v[MOST * MOST], class[MOST * MOST];
    long long px[2 * CORNERS], py[2 * CORNERS]; /* an outer ring and a hole */
    bool has_map, has_clip, has_hole;
};

static long long even(long long least, long long most)
{
    return 2 * dice(least / 2, most / 2);
}

static long long sign(void)
{
    return dice(0, 1) ? 1 : -1;
}

/* A star around a place: angles grow, so that its edges do not cross; a hole is the same
 * star, smaller. */
static void pick_clip(struct trial *t, long long x, long long y, long long radius)
{
    for (int i = 0; i < CORNERS; i++) {
        double a = (i + dice_real(0, 0.8)) * 2 * 3.14159265358979 / CORNERS;
        double r = (double)radius * dice_real(0.4, 1);
        t->px[i] = x + (long long)(r * cos(a));
        t->py[i] = y + (long long)(r * sin(a));
        t->px[CORNERS + i] = x + (long long)(0.3 * r * cos(a));
        t->py[CORNERS + i] = y + (long long)(0.3 * r * sin(a));
    }
}

static struct sheet pick_sheet(long long least, long long most, bool turned, int most_n)
{
    struct sheet s = {.x = even(-200, 200), .y = even(-200, 200)};
    s.dx = even(least, most);
    s.dy = even(least, most);
    s.columns = (int)dice(1, most_n);
    s.rows = (int)dice(1, most_n);
    long long sx = turned ? sign() : 1, sy = turned ? sign() : -1;
    s.x -= sx * s.dx * s.columns / 4 * 2;
    s.y -= sy * s.dy * s.rows / 4 * 2;
    s.dx *= sx;
    s.dy *= sy;
    return s;
}

static void pick_trial(struct trial *t)
{
    *t = (struct trial){0};
    bool coarse = dice(0, 3) == 0; /* pixels larger than the cells */
    t->pixel = pick_sheet(coarse ? 100 : 8, coarse ? 400 : 40, true, coarse ? 12 : MOST);
    t->cell = pick_sheet(coarse ? 20 : 60, coarse ? 120 : 300, false, MOST_CELLS);
    t->map = pick_sheet(10, 60, true, MOST);
    t->has_map = dice(0, 1);
    t->has_clip = dice(0, 1);
    t->has_hole = dice(0, 1);
    pick_clip(t, dice(-200, 200), dice(-200, 200), dice(100, 900));
    for (int i = 0; i < t->pixel.columns * t->pixel.rows; i++)
        t->v[i] = dice(0, 4) ? (double)dice(-500, 500) : NAN;
    for (int i = 0; i < t->map.columns * t->map.rows; i++)
        t->class[i] = dice(0, 9) ? (double)dice(1, 4) : NAN;
}

/* How much of pixel i along an axis lies in cell j. */
static long long shared(long long at, long long step, int i, long long cell_at,
                        long long cell, int j)
{
    long long a = at + i * step, b = a + step;
    long long c = cell_at + j * cell, d = c + cell;
    long long low = a < b ? a : b, high = a < b ? b : a;
    long long from = c < d ? c : d, to = c < d ? d : c;
    low = low > from ? low : from;
    high = high < to ? high : to;
    return high > low ? high - low : 0;
}

static bool ring_holds(const long long *px, const long long *py, long long x, long long y)
{
    bool in = false;
    for (int i = 0, j = CORNERS - 1; i < CORNERS; j = i++) {
        if ((py[i] > y) == (py[j] > y))
            continue;
        /* x < xi + (xj - xi) (y - yi) / (yj - yi), without dividing */
        long long left = (x - px[i]) * (py[j] - py[i]),
                  right = (px[j] - px[i]) * (y - py[i]);
        if (py[j] > py[i] ? left < right : left > right)
            in = !in;
    }
    return in;
}

static bool in_clip(const struct trial *t, long long x, long long y)
{
    return !t->has_clip ||
           (ring_holds(t->px, t->py, x, y) &&
            !(t->has_hole && ring_holds(t->px + CORNERS, t->py + CORNERS, x, y)));
}

static long long floor_div(long long a, long long b)
{
    long long q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static bool wanted_class(const struct trial *t, long long x, long long y)
{
    if (!t->has_map)
        return true;
    long long c = floor_div(x - t->map.x, t->map.dx),
              r = floor_div(y - t->map.y, t->map.dy);
    if (c < 0 || r < 0 || c >= t->map.columns || r >= t->map.rows)
        return false;
    double class = t->class[r * t->map.columns + c];
    return class == 2 || class == 3;
}

/* What a cell holds, in square metres (times metres of value). */
struct exact {
    long long weight, sum, squares, denominator;
};

/* The pixels under the clip's bounds: from, to (excluded). */
static void clip_box(const struct trial *t, int from[2], int to[2])
{
    const struct sheet *p = &t->pixel;
    from[0] = from[1] = 0;
    to[0] = p->columns;
    to[1] = p->rows;
    if (!t->has_clip)
        return;
    long long least[2] = {1 << 30, 1 << 30}, most[2] = {-(1 << 30), -(1 << 30)};
    for (int i = 0; i < CORNERS; i++) {
        long long low[2] = {floor_div(t->px[i] - p->x, p->dx),
                            floor_div(t->py[i] - p->y, p->dy)};
        long long high[2] = {-floor_div(p->x - t->px[i], p->dx),
                             -floor_div(p->y - t->py[i], p->dy)};
        for (int k = 0; k < 2; k++) {
            least[k] = low[k] < least[k] ? low[k] : least[k];
            most[k] = high[k] > most[k] ? high[k] : most[k];
        }
    }
    for (int k = 0; k < 2; k++) {
        from[k] = least[k] > 0 ? (int)least[k] : 0;
        to[k] = most[k] < to[k] ? (int)most[k] : to[k];
    }
}

static bool sum_exactly(const struct trial *t, enum regrid_denominator d,
                        struct exact cell[MOST_CELLS * MOST_CELLS])
{
    const struct sheet *p = &t->pixel, *g = &t->cell;
    int from[2], to[2];
    bool touches = false;
    memset(cell, 0, MOST_CELLS * MOST_CELLS * sizeof *cell);
    clip_box(t, from, to);
    for (int r = from[1]; r < to[1]; r++)
        for (int c = from[0]; c < to[0]; c++) {
            long long x = p->x + c * p->dx + p->dx / 2, y = p->y + r * p->dy + p->dy / 2;
            bool selected = in_clip(t, x, y) && wanted_class(t, x, y);
            double v = t->v[r * p->columns + c];
            for (int i = 0; i < g->rows; i++)
                for (int j = 0; j < g->columns; j++) {
                    struct exact *e = &cell[i * g->columns + j];
                    long long a = shared(p->x, p->dx, c, g->x, g->dx, j) *
                                  shared(p->y, p->dy, r, g->y, g->dy, i);
                    touches = touches || a > 0;
                    if (d == REGRID_SOURCE || (d == REGRID_MASK && selected))
                        e->denominator += a;
                    if (!selected || isnan(v))
                        continue;
                    e->weight += a;
                    e->sum += a * (long long)v;
                    e->squares += a * (long long)v * (long long)v;
                }
        }
    for (int k = 0; d == REGRID_CELL && k < g->rows * g->columns; k++)
        cell[k].denominator = llabs(g->dx * g->dy);
    return touches;
}

struct tally {
    double mean, stddev, coverage, n, overall; /* the worst differences */
    int cells, wrong, whole_misses;
};

static void worsen(double *worst, double a, double b)
{
    if (isnan(a) != isnan(b))
        *worst = HUGE_VAL;
    else if (!isnan(a))
        *worst = fmax(*worst, fabs(a - b));
}

static void compare(const struct trial *t, const struct exact *cell, double least,
                    const struct regrid_result *r, struct tally *tally)
{
    const struct sheet *p = &t->pixel, *g = &t->cell;
    double pixel = (double)llabs(p->dx * p->dy), n = 0, sum = 0, covered = 0;
    long cells = 0;
    int centres = 0;
    for (int k = 0; k < g->rows * g->columns; k++) {
        const struct exact *e = &cell[k];
        bool in = in_clip(t, g->x + k % g->columns * g->dx + g->dx / 2,
                          g->y + k / g->columns * g->dy + g->dy / 2);
        long double w = e->weight, s = e->sum;
        double coverage = e->denominator ? (double)(w / e->denominator) : 0;
        bool kept = in && e->weight > 0 && e->weight >= least * e->denominator;
        double mean = kept ? (double)(s / w) : NAN;
        long double variance = (e->squares * w - s * s) / (w * w);
        worsen(&tally->mean, r->mean[k], mean);
        worsen(&tally->stddev, r->stddev[k] * r->stddev[k],
               kept ? (double)(variance > 0 ? variance : 0) : NAN);
        worsen(&tally->coverage, r->coverage[k], in ? coverage : NAN);
        worsen(&tally->n, r->n[k], in ? (double)(w / pixel) : NAN);
        centres += in;
        covered += in ? coverage : 0;
        if (kept) {
            cells++;
            n += (double)(w / pixel);
            sum += (double)(s / pixel);
        }
    }
    tally->cells += (int)cells;
    tally->wrong += r->cells != cells;
    worsen(&tally->overall, r->pixels, n);
    worsen(&tally->overall, r->overall_mean, n > 0 ? sum / n : NAN);
    worsen(&tally->overall, r->overall_coverage, centres ? covered / centres : NAN);
}

/* The grid as the library has it. */
static void make_grid(struct grid *g, const struct trial *t)
{
    const struct sheet *s = &t->cell;
    *g = (struct grid){.crs = (char *)"EPSG:32721",
                       .x0 = (double)s->x,
                       .y0 = (double)s->y,
                       .dx = (double)s->dx,
                       .dy = (double)-s->dy,
                       .columns = s->columns,
                       .rows = s->rows};
    for (int ring = 0; t->has_clip && ring < 1 + t->has_hole; ring++) {
        poly_ring(&g->clip);
        for (int i = 0; i < CORNERS; i++)
            poly_point(&g->clip, (double)t->px[ring * CORNERS + i],
                       (double)t->py[ring * CORNERS + i]);
    }
}

static void gt_of(const struct sheet *s, double gt[6])
{
    const double v[6] = {(double)s->x, (double)s->dx, 0, (double)s->y, 0, (double)s->dy};
    memcpy(gt, v, sizeof v);
}

static void try_one(struct tally *tally)
{
    static struct trial t;
    static struct exact cell[MOST_CELLS * MOST_CELLS];
    struct ras source;
    struct grid g;
    struct classmap_classes classes;
    struct select *select;
    double gt[6];
    pick_trial(&t);
    make_grid(&g, &t);
    gt_of(&t.pixel, gt);
    make(&source, "source.tif", "EPSG:32721", gt, t.pixel.columns, t.pixel.rows, t.v);
    if (t.has_map) {
        struct ras map;
        gt_of(&t.map, gt);
        make(&map, "map.tif", "EPSG:32721", gt, t.map.columns, t.map.rows, t.class);
        ras_close(&map);
    }
    classmap_parse(&classes, "--classes", "2,3");
    int status = select_open(&select, &source, &g,
                             &(struct select_mask){in_folder("map.tif"), &classes, false},
                             t.has_map);
    for (int d = 0; status == MSG_OK && d < 3; d++) {
        struct regrid_result r;
        struct regrid_spec spec = {.grid = &g,
                                   .denominator = (enum regrid_denominator)d,
                                   .min_coverage = (double)dice(0, 4) / 4,
                                   .want = {[REGRID_STDDEV] = true}};
        bool touches = sum_exactly(&t, spec.denominator, cell);
        status = regrid_average(&source, select, &spec, &r);
        tally->wrong += r.touches != touches;
        if (r.touches && touches)
            compare(&t, cell, spec.min_coverage, &r, tally);
        else
            tally->whole_misses++;
        regrid_free(&r);
    }
    tally->wrong += status != MSG_OK;
    select_close(select);
    free(classes.text);
    poly_free(&g.clip);
    ras_close(&source);
}

/* Pixels of any size and direction, with and without holes in the data, a class map and a
 * clip with a hole, cells beyond the source on all sides: mean, stddev, coverage by each
 * denominator, n, what is kept, and the totals. */
TEST(one_crs_in_whole_numbers)
{
    struct tally tally = {0};
    for (int i = 0; i < 400; i++)
        try_one(&tally);
    CHECK(tally.wrong == 0);
    CHECK(tally.cells > 5000 && tally.whole_misses > 0);
    CHECK_NEAR(tally.mean, 0, 1e-10); /* of values up to 500 */
    CHECK_NEAR(tally.stddev, 0, 1e-7);
    CHECK_NEAR(tally.coverage, 0, 1e-12);
    CHECK_NEAR(tally.n, 0, 1e-9); /* of up to a few thousand */
    CHECK_NEAR(tally.overall, 0, 1e-9);
}

/* ---- regridding without clip or map ---- */

static struct regrid_result average(struct ras *source, const struct grid *g, bool stddev)
{
    struct select *select;
    struct regrid_result r = {0};
    struct regrid_spec spec = {.grid = g, .want[REGRID_STDDEV] = stddev};
    if (select_open(&select, source, g, NULL, 0) == MSG_OK)
        regrid_average(source, select, &spec, &r);
    select_close(select);
    return r;
}

/* Values of which one row tells nothing about the next. */
static double *noise(int n, double holes)
{
    double *v = malloc((size_t)n * sizeof *v);
    for (int i = 0; v && i < n; i++)
        v[i] = dice_real(0, 1) < holes ? NAN : dice_real(250, 350);
    return v;
}

/* 70 m pixels in 2200 m by 1660 m cells that hold them all: nothing is lost or gained. */
TEST(one_crs_keeps_the_sum)
{
    enum { N = 300 };
    static const double gt[6] = {245480, 70, 0, 9794220, 0, -70};
    struct ras source;
    double *v = noise(N * N, 0.3), sum = 0, count = 0;
    make(&source, "source.tif", "EPSG:32721", gt, N, N, v);
    for (int i = 0; i < N * N; i++)
        if (!isnan(v[i])) {
            sum += v[i];
            count++;
        }
    for (int k = 0; k < 5; k++) {
        struct grid g = {.crs = (char *)"EPSG:32721", .columns = 14, .rows = 18};
        g.dx = 2200;
        g.dy = 1660;
        g.x0 = 245480 - dice_real(0, 2200);
        g.y0 = 9794220 + dice_real(0, 1660);
        struct regrid_result r = average(&source, &g, false);
        double got = 0, n = 0;
        for (int i = 0; i < g.columns * g.rows; i++)
            if (r.n[i] > 0) {
                n += r.n[i];
                got += r.mean[i] * r.coverage[i] * g.dx * g.dy;
            }
        CHECK_NEAR(n / count, 1, 1e-12);
        CHECK_NEAR(got / (sum * 4900), 1, 1e-12);
        CHECK_NEAR(r.overall_mean / (sum / count), 1, 1e-12);
        regrid_free(&r);
    }
    free(v);
    ras_close(&source);
}

/* ---- other CRSs ---- */

/* From pixels to cells, by PROJ alone. */
struct way {
    PJ_CONTEXT *context;
    PJ *pj;
    const double *gt;
    const struct grid *grid;
};

static void way_open(struct way *w, const char *from, const double gt[6],
                     const struct grid *g)
{
    *w = (struct way){.context = proj_context_create(), .gt = gt, .grid = g};
    PJ *pj = proj_create_crs_to_crs(w->context, from, g->crs, NULL);
    w->pj = proj_normalize_for_visualization(w->context, pj);
    proj_destroy(pj);
}

static void way_close(struct way *w)
{
    proj_destroy(w->pj);
    proj_context_destroy(w->context);
}

static void go(const struct way *w, double column, double row, double *x, double *y)
{
    const double *gt = w->gt;
    PJ_COORD c = proj_coord(gt[0] + column * gt[1] + row * gt[2],
                            gt[3] + column * gt[4] + row * gt[5], 0, 0);
    c = proj_trans(w->pj, PJ_FWD, c);
    *x = (c.xy.x - w->grid->x0) / w->grid->dx;
    *y = (w->grid->y0 - c.xy.y) / w->grid->dy;
}

struct totals {
    double weight, sum, count, moment;
};

/* Quadrilaterals of exact corners, by line integrals; then a second pass for the spread. */
static void by_quads(const struct way *w, const struct ras *s, const double *v,
                     struct totals *cell)
{
    const struct grid *g = w->grid;
    for (int pass = 0; pass < 2; pass++)
        for (int r = 0; r < s->rows; r++)
            for (int c = 0; c < s->columns; c++) {
                double q[8], value = v[r * s->columns + c];
                if (isnan(value))
                    continue;
                go(w, c, r, &q[0], &q[1]);
                go(w, c + 1, r, &q[2], &q[3]);
                go(w, c + 1, r + 1, &q[4], &q[5]);
                go(w, c, r + 1, &q[6], &q[7]);
                double whole = green_whole(q);
                int from[2] = {0, 0}, to[2] = {g->columns - 1, g->rows - 1};
                for (int k = 0; k < 2; k++) {
                    double low = fmin(fmin(q[k], q[2 + k]), fmin(q[4 + k], q[6 + k]));
                    double high = fmax(fmax(q[k], q[2 + k]), fmax(q[4 + k], q[6 + k]));
                    from[k] = low > from[k] ? (int)floor(low) : from[k];
                    to[k] = high < to[k] ? (int)floor(high) : to[k];
                }
                for (int i = from[1]; i <= to[1]; i++)
                    for (int j = from[0]; j <= to[0]; j++) {
                        struct totals *t = &cell[i * g->columns + j];
                        double a = green_area(q, j, i);
                        double off = value - (pass ? t->sum / t->weight : 0);
                        if (pass) {
                            t->moment += a * off * off;
                            continue;
                        }
                        t->weight += a;
                        t->sum += a * value;
                        t->count += a / whole;
                    }
            }
}

/* Each pixel as SUB x SUB points, each with the area of its parallelogram. */
static void by_points(const struct way *w, const struct ras *s, const double *v,
                      struct totals *cell)
{
    enum { SUB = 64 };
    const struct grid *g = w->grid;
    for (int r = 0; r < s->rows; r++)
        for (int c = 0; c < s->columns; c++) {
            double value = v[r * s->columns + c];
            if (isnan(value))
                continue;
            double x[4], y[4];
            for (int k = 0; k < 4; k++)
                go(w,
                   c + 0.5 +
                       (k == 0   ? -0.5
                        : k == 1 ? 0.5
                                 : 0),
                   r + 0.5 +
                       (k == 2   ? -0.5
                        : k == 3 ? 0.5
                                 : 0),
                   &x[k], &y[k]);
            double area =
                fabs((x[1] - x[0]) * (y[3] - y[2]) - (x[3] - x[2]) * (y[1] - y[0]));
            for (int k = 0; k < SUB * SUB; k++) {
                double px, py;
                go(w, c + (k % SUB + 0.5) / SUB, r + (k / SUB + 0.5) / SUB, &px, &py);
                if (px < 0 || py < 0 || px >= g->columns || py >= g->rows)
                    continue;
                struct totals *t = &cell[(int)py * g->columns + (int)px];
                t->weight += area / (SUB * SUB);
                t->sum += value * area / (SUB * SUB);
            }
        }
}

/* The grid whose cells of dx by dy lie around what a place goes to, `dx` and `dy` in the
 * units of its CRS. */
static struct grid grid_around(const char *crs, const char *from, double x, double y,
                               double dx, double dy, int columns, int rows)
{
    struct grid g = {.crs = (char *)crs, .columns = columns, .rows = rows};
    const double here[6] = {x, 1, 0, y, 0, 1};
    struct way w;
    g.dx = dx;
    g.dy = dy;
    struct grid unit = {.crs = (char *)crs};
    unit.dx = 1;
    unit.dy = 1;
    way_open(&w, from, here, &unit);
    double ox, oy;
    go(&w, 0, 0, &ox, &oy);
    way_close(&w);
    g.x0 = ox - dx * columns / 2 + dx * dice_real(-0.5, 0.5);
    g.y0 = -oy + dy * rows / 2 + dy * dice_real(-0.5, 0.5);
    return g;
}

struct place {
    const char *from, *to;
    double gt[6];
    double dx, dy;
    int columns, rows; /* of the grid */
};

enum { SIDE = 90 }; /* of the source, in pixels: more than one patch of any lattice */

static const struct place places[] = {
    /* a tower's neighbouring zone, as the Amazon's K34 */
    {"EPSG:32720", "EPSG:32721", {797480, 70, 0, 9714220, 0, -70}, 2200, 1660, 5, 6},
    /* longitude, latitude; rows from the south */
    {"EPSG:4326", "EPSG:32613", {-106.85, .00063, 0, 34.4, 0, .00063}, 1000, 1000, 9, 11},
    /* into degrees */
    {"EPSG:32632", "EPSG:4326", {399960, 70, 0, 5800000, 0, -70}, 0.015, 0.008, 8, 10},
    /* a turned raster, in the same CRS and in another */
    {"EPSG:32721", "EPSG:32721", {245480, 60, 30, 9794220, 35, -55}, 900, 700, 8, 10},
    {"EPSG:32721", "EPSG:5880", {245480, -60, 30, 9794220, 35, 55}, 900, 700, 8, 10},
    /* pixels larger than the cells, far north */
    {"EPSG:4326", "EPSG:3413", {10, .2, 0, 85, 0, -.05}, 1000, 1200, 180, 120},
};
enum { PLACES = sizeof places / sizeof *places };

static void open_place(const struct place *p, struct ras *s, double **v, struct grid *g,
                       struct way *w)
{
    double x, y;
    *v = noise(SIDE * SIDE, 0.2);
    make(s, "source.tif", p->from, p->gt, SIDE, SIDE, *v);
    ras_place(p->gt, SIDE / 2.0, SIDE / 2.0, &x, &y);
    *g = grid_around(p->to, p->from, x, y, p->dx, p->dy, p->columns, p->rows);
    way_open(w, p->from, s->gt, g);
}

TEST(other_crs_by_quadrilaterals)
{
    for (int k = 0; k < PLACES; k++) {
        struct ras s;
        struct grid g;
        struct way w;
        double *v, mean = 0, coverage = 0, n = 0, stddev = 0;
        open_place(&places[k], &s, &v, &g, &w);
        struct totals *cell = calloc((size_t)(g.columns * g.rows), sizeof *cell);
        by_quads(&w, &s, v, cell);
        struct regrid_result r = average(&s, &g, true);
        int full = 0, edge = 0;
        CHECK(r.touches);
        for (int i = 0; r.touches && i < g.columns * g.rows; i++) {
            const struct totals *t = &cell[i];
            worsen(&coverage, r.coverage[i], t->weight);
            full += t->weight > 0.7;
            edge += t->weight > 0 && t->weight < 0.5;
            if (t->weight < 1e-3)
                continue;
            worsen(&n, r.n[i] / t->count, 1);
            worsen(&mean, r.mean[i], t->sum / t->weight);
            worsen(&stddev, r.stddev[i], sqrt(t->moment / t->weight));
        }
        CHECK(full > 4 && edge > 2);
        CHECK_NEAR(coverage, 0, 1e-6);
        CHECK_NEAR(mean, 0, 2e-4); /* of values from 250 to 350 */
        CHECK_NEAR(stddev, 0, 2e-4);
        CHECK_NEAR(n, 0, 1e-4);
        printf("# %s onto %s: coverage %.1e, mean %.1e, stddev %.1e, n %.1e\n",
               places[k].from, places[k].to, coverage, mean, stddev, n);
        regrid_free(&r);
        free(cell);
        free(v);
        way_close(&w);
        ras_close(&s);
    }
}

/* The same by counting points, each transformed: here a pixel's edges may be curved. */
TEST(other_crs_by_points)
{
    for (int k = 0; k < 2; k++) {
        struct ras s;
        struct grid g;
        struct way w;
        double *v, mean = 0, coverage = 0;
        open_place(&places[k], &s, &v, &g, &w);
        for (int i = 0; i < SIDE * SIDE; i++) /* a corner of it: points are many */
            if (i / SIDE > 40 || i % SIDE < 40)
                v[i] = NAN;
        ras_close(&s);
        make(&s, "source.tif", places[k].from, places[k].gt, SIDE, SIDE, v);
        struct totals *cell = calloc((size_t)(g.columns * g.rows), sizeof *cell);
        by_points(&w, &s, v, cell);
        struct regrid_result r = average(&s, &g, false);
        for (int i = 0; r.touches && i < g.columns * g.rows; i++) {
            worsen(&coverage, r.coverage[i], cell[i].weight);
            if (cell[i].weight > 0.3)
                worsen(&mean, r.mean[i], cell[i].sum / cell[i].weight);
        }
        CHECK_NEAR(coverage, 0, 2e-4);
        CHECK_NEAR(mean, 0, 5e-3);
        printf("# %s onto %s: coverage %.1e, mean %.1e\n", places[k].from, places[k].to,
               coverage, mean);
        regrid_free(&r);
        free(cell);
        free(v);
        way_close(&w);
        ras_close(&s);
    }
}

/* Cells that hold the whole source: the parts are the whole, however it is cut, and n
 * counts each pixel once. */
TEST(other_crs_keeps_the_sum)
{
    for (int k = 0; k < PLACES; k++) {
        struct ras s;
        struct grid g;
        struct way w;
        double *v, count = 0, sums[3] = {0};
        open_place(&places[k], &s, &v, &g, &w);
        for (int i = 0; i < SIDE * SIDE; i++)
            count += !isnan(v[i]);
        double width = g.dx * g.columns * 4, height = g.dy * g.rows * 4;
        double x0 = g.x0 - width * 3 / 8, y0 = g.y0 + height * 3 / 8;
        for (int cut = 0; cut < 3; cut++) {
            struct grid all = g;
            all.columns = cut == 0 ? 1 : cut == 1 ? 7 : 40;
            all.rows = cut == 0 ? 1 : cut == 1 ? 11 : 60;
            all.dx = width / all.columns;
            all.dy = height / all.rows;
            all.x0 = x0;
            all.y0 = y0;
            struct regrid_result r = average(&s, &all, false);
            double n = 0;
            CHECK(r.touches);
            for (int i = 0; r.touches && i < all.columns * all.rows; i++)
                if (r.n[i] > 0) {
                    n += r.n[i];
                    sums[cut] += r.mean[i] * r.coverage[i] * all.dx * all.dy;
                }
            CHECK_NEAR(n / count, 1, 1e-12);
            regrid_free(&r);
        }
        CHECK_NEAR(sums[1] / sums[0], 1, 1e-12);
        CHECK_NEAR(sums[2] / sums[0], 1, 1e-12);
        free(v);
        way_close(&w);
        ras_close(&s);
    }
}

/* Whether a source touches the grid, and if so, whether any cell has a value. */
static int touch(struct ras *source, const struct grid *g)
{
    struct regrid_result r = average(source, g, false);
    int found = r.touches ? r.cells > 0 ? 2 : 1 : 0;
    regrid_free(&r);
    return found;
}

/* Sources that lie beside the grid, share an edge with it, reach into it by half a
 * pixel, and do so without any value. */
TEST(neighbours)
{
    enum { N = 20 };
    static const double none[N * N];
    double v[N * N];
    memcpy(v, none, sizeof v);
    for (int k = 0; k < 60; k++) {
        /* Edges that no double holds. */
        double pixel = 20 / 3.0 + dice_real(0, 60), cell = pixel * (double)dice(2, 40) / 7;
        int side = (int)dice(0, 3), shift = (int)dice(-1, 3);
        struct grid g = {.crs = (char *)"EPSG:32721", .columns = 9, .rows = 9};
        g.x0 = 245480.1;
        g.y0 = 9794220.7;
        g.dx = g.dy = cell;
        /* As far in as shift halves of a pixel; 0 is a shared edge. */
        double in = shift * pixel / 2, size = pixel * N, width = cell * 9;
        double gt[6] = {g.x0, pixel, 0, g.y0, 0, -pixel};
        gt[0] += side == 0 ? in - size : side == 1 ? width - in : 0;
        gt[3] += side == 2 ? size - in : side == 3 ? in - width : 0;
        struct ras source;
        make(&source, "source.tif", "EPSG:32721", gt, N, N, v);
        CHECK(touch(&source, &g) == (shift > 0 ? 2 : 0));
        ras_close(&source);
    }
    for (int shift = -6; shift <= 6; shift++) {
        const double gt[6] = {797480, 70, 0, 9714220, 0, -70};
        struct grid g = {.crs = (char *)"EPSG:32721", .columns = 9, .rows = 9};
        struct way w;
        struct ras source;
        double x, y, least = HUGE_VAL;
        g.dx = g.dy = 1000;
        way_open(&w, "EPSG:32720", gt, &g);
        /* The westernmost point of the source, in cells from x0 = 0. */
        for (int i = 0; i <= N; i++)
            for (int j = 0; j <= N; j++) {
                go(&w, i, j, &x, &y);
                least = fmin(least, x);
            }
        go(&w, 0, N / 2, &x, &y);
        way_close(&w);
        g.y0 = -y * 1000 + 4500;
        g.x0 = least * 1000 - 9000 + 70 * (shift - 0.5) / 2;
        for (int i = 0; i < N * N; i++)
            v[i] = shift % 2 ? 7 : NAN;
        make(&source, "source.tif", "EPSG:32720", gt, N, N, v);
        CHECK(touch(&source, &g) == (shift <= 0 ? 0 : shift % 2 ? 2 : 1));
        ras_close(&source);
    }
}

int main(void)
{
    if (!mkdtemp(folder))
        return 3;
    RUN(one_crs_in_whole_numbers);
    RUN(one_crs_keeps_the_sum);
    RUN(other_crs_by_quadrilaterals);
    RUN(other_crs_by_points);
    RUN(other_crs_keeps_the_sum);
    RUN(neighbours);
    static const char *const names[] = {"source.tif", "map.tif", ""};
    for (int i = 0; i < 2; i++)
        unlink(in_folder(names[i]));
    rmdir(folder);
    return unit_end();
}
