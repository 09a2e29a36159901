/* Area-weighted statistics against exact whole-number arithmetic (source and grid in one
 * CRS) and against quadrilaterals and points transformed one by one (other CRSs). */
#include "regrid/area_stats.h"
#include "base/buf.h"
#include "base/mem.h"
#include "dice.h"
#include "green.h"
#include "raster/geotiff_write.h"
#include "unit.h"
#include <proj.h>
#include <stdlib.h>
#include <unistd.h>

/* Statistics by their items in these lists. */
enum {
    MEAN,
    COVERAGE,
    COUNT,
    STDDEV,
    VARIANCE,
    SUM,
    MIN,
    MAX,
    RANGE,
    MEDIAN,
    Q1,
    Q3,
    P99_5,
    MODE,
    STATS
};
static struct stat_list few, everything;

static void list_stats(void)
{
    const unsigned any = stats_of_values | stats_coverage;
    CHECK(stats_parse(&few, "few", "mean,coverage,n", any) == MSG_OK);
    CHECK(
        stats_parse(&everything, "everything",
                    "mean,coverage,n,stddev,variance,sum,min,max,range,median,q1,q3,p99.5,"
                    "mode",
                    any) == MSG_OK &&
        everything.n == STATS);
}

/* The statistics of a whole grid. */
struct regrid_result {
    double *band[STATS]; /* NULL unless wanted */
    struct area_stats_summary sum;
    double mean, coverage; /* of all */
};

/* Works out a rectangle, or, for some depth, its parts one after the other. */
static int in_parts(struct area_stats *job, struct grid_rect rect, double *const *band,
                    size_t stride, int depth)
{
    struct grid_rect a = rect, b = rect;
    double *second[STATS] = {NULL};
    bool across = dice(0, 1);
    int *size = across ? &rect.columns : &rect.rows;
    if (depth == 0 || *size < 2)
        return area_stats_rect(job, &rect, band, stride);
    int cut = (int)dice(1, *size - 1);
    if (across) {
        a.columns = cut;
        b.column += cut;
        b.columns -= cut;
    } else {
        a.rows = cut;
        b.row += cut;
        b.rows -= cut;
    }
    for (int k = 0; k < STATS; k++)
        if (band[k])
            second[k] = band[k] + (size_t)cut * (across ? 1 : stride);
    int status = in_parts(job, a, band, stride, depth - 1);
    return status == MSG_OK ? in_parts(job, b, second, stride, depth - 1) : status;
}

static int regrid_whole(struct ras *source, struct pixel_mask *select,
                        struct area_stats_spec *spec, int depth, struct regrid_result *r)
{
    struct area_stats *job;
    size_t cells = (size_t)spec->grid->columns * (size_t)spec->grid->rows;
    const struct grid_rect all = {0, 0, spec->grid->columns, spec->grid->rows};
    *r = (struct regrid_result){0};
    spec->stats = spec->stats ? spec->stats : &few;
    spec->memory = spec->memory ? spec->memory : (size_t)1 << 30;
    for (size_t b = 0; b < spec->stats->n; b++)
        r->band[b] = mem_alloc(cells, sizeof(double));
    struct masked_part part = {.lies = {.ras = source}};
    struct masked_reader from = {
        .grid = spec->grid, .ras = source, .mask = select, .part = &part, .nparts = 1};
    int status = area_stats_open(&job, &from, spec);
    if (status == MSG_OK)
        status = in_parts(job, all, r->band, (size_t)spec->grid->columns, depth);
    r->sum = *area_stats_summary(job);
    r->mean = r->sum.pixels > 0 ? r->sum.sum / r->sum.pixels : NAN;
    r->coverage = r->sum.inside > 0 ? r->sum.covered / r->sum.inside : NAN;
    area_stats_close(job);
    return status;
}

static void regrid_free(struct regrid_result *r)
{
    for (int b = 0; b < STATS; b++)
        free(r->band[b]);
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
    struct ras_spec spec = {.grid.columns = columns,
                            .grid.rows = rows,
                            .nbands = 1,
                            .type = RAS_F64,
                            .grid.crs = crs_of(crs),
                            .has_nodata = true,
                            .nodata = NAN};
    memcpy(spec.grid.gt, gt, sizeof spec.grid.gt);
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
    bool has_map, by_area, has_clip, has_hole;
    /* what a pixel weighs: square metres of it, all or none unless by_area */
    long long weight[MOST * MOST];
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
    t->has_map = dice(0, 2) > 0;
    t->by_area = t->has_map && dice(0, 1);
    t->has_clip = dice(0, 1);
    t->has_hole = dice(0, 1);
    long long x = dice(-200, 200), y = dice(-200, 200);
    pick_clip(t, x, y, dice(100, 900));
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

static bool wanted_class(const struct trial *t, long long c, long long r)
{
    if (c < 0 || r < 0 || c >= t->map.columns || r >= t->map.rows)
        return false;
    double class = t->class[r * t->map.columns + c];
    return class == 2 || class == 3;
}

/* The range of a sheet's columns (or rows) that reach into low to high. */
static void range_of(long long at, long long step, int count, long long low, long long high,
                     int *from, int *to)
{
    long long a = floor_div(low - at, step), b = floor_div(high - at, step);
    long long first = a < b ? a : b, last = a < b ? b : a;
    *from = first < 0 ? 0 : first > count ? count : (int)first;
    *to = last < 0 ? 0 : last >= count ? count : (int)last + 1;
}

/* How many square metres of a pixel lie on wanted classes. */
static long long area_on_map(const struct trial *t, int column, int row)
{
    const struct sheet *p = &t->pixel, *m = &t->map;
    long long x = p->x + column * p->dx, y = p->y + row * p->dy, sum = 0;
    int c0, c1, r0, r1;
    range_of(m->x, m->dx, m->columns, p->dx < 0 ? x + p->dx : x, p->dx < 0 ? x : x + p->dx,
             &c0, &c1);
    range_of(m->y, m->dy, m->rows, p->dy < 0 ? y + p->dy : y, p->dy < 0 ? y : y + p->dy,
             &r0, &r1);
    for (int r = r0; r < r1; r++)
        for (int c = c0; c < c1; c++)
            if (wanted_class(t, c, r))
                sum += shared(p->x, p->dx, column, m->x, m->dx, c) *
                       shared(p->y, p->dy, row, m->y, m->dy, r);
    return sum;
}

static void weigh(struct trial *t)
{
    const struct sheet *p = &t->pixel, *m = &t->map;
    for (int r = 0; r < p->rows; r++)
        for (int c = 0; c < p->columns; c++) {
            long long x = p->x + c * p->dx + p->dx / 2, y = p->y + r * p->dy + p->dy / 2;
            long long *weight = &t->weight[r * p->columns + c];
            *weight = llabs(p->dx * p->dy);
            if (!in_clip(t, x, y))
                *weight = 0;
            else if (t->by_area)
                *weight = area_on_map(t, c, r);
            else if (t->has_map && !wanted_class(t, floor_div(x - m->x, m->dx),
                                                 floor_div(y - m->y, m->dy)))
                *weight = 0;
        }
}

/* A value and its weight in a cell. */
struct item {
    long long v, weight;
};

/* What a cell holds: square metres by square metres of weight (times metres of value). */
struct exact {
    long long weight, sum, squares, denominator;
    struct item item[MOST * MOST]; /* in ascending order */
    int n;
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

static int by_value(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->v != y->v)
        return x->v < y->v ? -1 : 1;
    return (x->weight > y->weight) - (x->weight < y->weight);
}

/* Fills a cell; false when no pixel of the box lies under it. */
static bool sum_exactly(const struct trial *t, enum area_denominator d, const int from[2],
                        const int to[2], int column, int row, struct exact *e)
{
    const struct sheet *p = &t->pixel, *g = &t->cell;
    long long pixel = llabs(p->dx * p->dy), x = g->x + column * g->dx,
              y = g->y + row * g->dy;
    int c0, c1, r0, r1;
    bool touches = false;
    e->weight = e->sum = e->squares = e->denominator = e->n = 0;
    range_of(p->x, p->dx, p->columns, x, x + g->dx, &c0, &c1);
    range_of(p->y, p->dy, p->rows, y + g->dy, y, &r0, &r1);
    for (int r = r0 > from[1] ? r0 : from[1]; r < r1 && r < to[1]; r++)
        for (int c = c0 > from[0] ? c0 : from[0]; c < c1 && c < to[0]; c++) {
            long long a = shared(p->x, p->dx, c, g->x, g->dx, column) *
                          shared(p->y, p->dy, r, g->y, g->dy, row);
            long long w = a * t->weight[r * p->columns + c];
            double v = t->v[r * p->columns + c];
            touches = touches || a > 0;
            e->denominator += d == AREA_SOURCE ? a * pixel : d == AREA_MASK ? w : 0;
            if (w == 0 || isnan(v))
                continue;
            e->weight += w;
            e->sum += w * (long long)v;
            e->squares += w * (long long)v * (long long)v;
            e->item[e->n++] = (struct item){(long long)v, w};
        }
    if (d == AREA_CELL)
        e->denominator = llabs(g->dx * g->dy) * pixel;
    qsort(e->item, (size_t)e->n, sizeof *e->item, by_value);
    return touches;
}

/* A weighted quantile: each value at the middle of its weight, the first at 0, the last at
 * 1, a straight line between. */
static double quantile(const struct exact *e, double q)
{
    long double first = e->item[0].weight / 2.0L, before = 0, last_place = 0, last_v = 0;
    long double span = e->weight - first - e->item[e->n - 1].weight / 2.0L;
    for (int i = 0; i < e->n; i++) {
        long double place =
            e->n > 1 ? (before + e->item[i].weight / 2.0L - first) / span : 0;
        long double v = e->item[i].v;
        if (place >= q)
            return (double)(i == 0 || place == q
                                ? v
                                : last_v + (v - last_v) * (q - last_place) /
                                               (place - last_place));
        before += e->item[i].weight;
        last_place = place;
        last_v = v;
    }
    return (double)last_v;
}

/* Whether a value has the largest weight, and of several that do about is the smallest. */
static bool is_mode(const struct exact *e, double mode)
{
    long long most = 0, of_mode = 0, of_smaller = 0;
    for (int i = 0; i < e->n;) {
        long long v = e->item[i].v, sum = 0;
        for (; i < e->n && e->item[i].v == v; i++)
            sum += e->item[i].weight;
        most = sum > most ? sum : most;
        of_mode = (double)v == mode ? sum : of_mode;
        of_smaller = (double)v < mode && sum > of_smaller ? sum : of_smaller;
    }
    double slack = 1e-6 * (double)most;
    return (double)of_mode >= (double)most - slack &&
           (double)of_smaller <= (double)most + slack && of_smaller <= of_mode;
}

/* The worst differences. */
struct tally {
    double mean, stddev, coverage, n, sum, quantile, overall;
    int cells, modes, ends, wrong, misses;
};

static void worsen(double *worst, double a, double b)
{
    if (isnan(a) != isnan(b))
        *worst = HUGE_VAL;
    else if (!isnan(a))
        *worst = fmax(*worst, fabs(a - b));
}

/* What a cell has, against what it ought to have. */
static void compare_cell(const struct trial *t, const struct exact *e, bool in, bool kept,
                         double *const *band, int k, struct tally *tally)
{
    double pixel = (double)llabs(t->pixel.dx * t->pixel.dy);
    long double w = e->weight, s = e->sum, variance = (e->squares * w - s * s) / (w * w);
    double coverage = e->denominator ? (double)(w / e->denominator) : 0;
    worsen(&tally->coverage, band[COVERAGE][k], in ? coverage : NAN);
    worsen(&tally->n, band[COUNT][k], in ? (double)(w / (pixel * pixel)) : NAN);
    worsen(&tally->mean, band[MEAN][k], kept ? (double)(s / w) : NAN);
    worsen(&tally->stddev, band[STDDEV][k] * band[STDDEV][k],
           kept ? (double)(variance > 0 ? variance : 0) : NAN);
    worsen(&tally->stddev, band[VARIANCE][k],
           kept ? (double)(variance > 0 ? variance : 0) : NAN);
    worsen(&tally->sum, band[SUM][k], kept ? (double)(s / (pixel * pixel)) : NAN);
    worsen(&tally->quantile, band[MEDIAN][k], kept ? quantile(e, 0.5) : NAN);
    worsen(&tally->quantile, band[Q1][k], kept ? quantile(e, 0.25) : NAN);
    worsen(&tally->quantile, band[Q3][k], kept ? quantile(e, 0.75) : NAN);
    worsen(&tally->quantile, band[P99_5][k], kept ? quantile(e, 0.995) : NAN);
    if (!kept) {
        tally->ends += !isnan(band[MIN][k]) || !isnan(band[MAX][k]) ||
                       !isnan(band[RANGE][k]) || !isnan(band[MODE][k]);
        return;
    }
    double least = (double)e->item[0].v, most = (double)e->item[e->n - 1].v;
    tally->ends +=
        band[MIN][k] != least || band[MAX][k] != most || band[RANGE][k] != most - least;
    tally->modes += !is_mode(e, band[MODE][k]);
}

static void compare(const struct trial *t, enum area_denominator d, double least,
                    const struct regrid_result *r, struct tally *tally)
{
    static struct exact e;
    const struct sheet *p = &t->pixel, *g = &t->cell;
    double pixel = (double)llabs(p->dx * p->dy), n = 0, sum = 0, covered = 0;
    long cells = 0;
    int centres = 0, from[2], to[2];
    bool touches = false;
    clip_box(t, from, to);
    for (int k = 0; k < g->rows * g->columns; k++) {
        int column = k % g->columns, row = k / g->columns;
        if (sum_exactly(t, d, from, to, column, row, &e))
            touches = true;
        bool in =
            in_clip(t, g->x + column * g->dx + g->dx / 2, g->y + row * g->dy + g->dy / 2);
        bool kept = in && e.weight > 0 &&
                    (double)e.weight >= (least - 1e-7) * (double)e.denominator;
        compare_cell(t, &e, in, kept, r->band, k, tally);
        centres += in;
        covered += in && e.denominator ? (double)e.weight / (double)e.denominator : 0;
        if (kept) {
            cells++;
            n += (double)e.weight / (pixel * pixel);
            sum += (double)e.sum / (pixel * pixel);
        }
    }
    tally->cells += (int)cells;
    tally->misses += !touches;
    tally->wrong += r->sum.cells != cells || r->sum.touches != touches;
    worsen(&tally->overall, r->sum.pixels, n);
    worsen(&tally->overall, r->mean, n > 0 ? sum / n : NAN);
    worsen(&tally->overall, r->coverage, centres ? covered / centres : NAN);
}

/* The grid as the library has it. */
static void make_grid(struct grid *g, const struct trial *t)
{
    const struct sheet *s = &t->cell;
    *g = (struct grid){.crs = crs_of("EPSG:32721"),
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

/* Whether two results are the same, bit for bit. */
static bool same(const struct regrid_result *a, const struct regrid_result *b,
                 const struct grid *g)
{
    bool good = a->sum.cells == b->sum.cells && a->sum.touches == b->sum.touches;
    for (int k = 0; k < STATS; k++)
        good = good && !a->band[k] == !b->band[k] &&
               (!a->band[k] ||
                memcmp(a->band[k], b->band[k],
                       (size_t)g->columns * (size_t)g->rows * sizeof(double)) == 0);
    return good;
}

/* The trial's source as a raster; `turned`: its columns run from south to north (or back),
 * so that a pixel is the same place under another column and row. */
static void make_source(struct ras *source, const struct trial *t, bool turned)
{
    static double v[MOST * MOST];
    const struct sheet *p = &t->pixel;
    double gt[6];
    gt_of(p, gt);
    if (!turned) {
        make(source, "source.tif", "EPSG:32721", gt, p->columns, p->rows, t->v);
        return;
    }
    const double at[6] = {gt[0], 0, gt[1], gt[3], gt[5], 0};
    for (int r = 0; r < p->rows; r++)
        for (int c = 0; c < p->columns; c++)
            v[c * p->rows + r] = t->v[r * p->columns + c];
    make(source, "source.tif", "EPSG:32721", at, p->rows, p->columns, v);
}

static void try_one(bool by_area, bool turned, struct tally *tally)
{
    static struct trial t;
    struct ras source;
    struct grid g;
    struct classmap_classes classes;
    struct pixel_mask *select;
    double gt[6];
    do
        pick_trial(&t);
    while (t.by_area != by_area);
    weigh(&t);
    make_grid(&g, &t);
    make_source(&source, &t, turned);
    if (t.has_map) {
        struct ras map;
        gt_of(&t.map, gt);
        make(&map, "map.tif", "EPSG:32721", gt, t.map.columns, t.map.rows, t.class);
        ras_close(&map);
    }
    classmap_parse(&classes, "--classes", "2,3");
    int status = pixel_mask_open(
        &select, &source, &g,
        &(struct classmap_use){in_folder("map.tif"), &classes, by_area}, t.has_map, NULL);
    for (int d = 0; status == MSG_OK && d < 3; d++) {
        struct regrid_result whole, parts;
        struct area_stats_spec spec = {.stats = &everything};
        spec.grid = &g;
        spec.denominator = (enum area_denominator)d;
        spec.min_coverage = (double)dice(0, 4) / 4;
        status = regrid_whole(&source, select, &spec, 0, &whole);
        compare(&t, spec.denominator, spec.min_coverage, &whole, tally);
        spec.memory = (size_t)dice(100, 400) * 1000;
        status = msg_worse(status, regrid_whole(&source, select, &spec, 3, &parts));
        tally->wrong += !same(&whole, &parts, &g);
        regrid_free(&whole);
        regrid_free(&parts);
    }
    tally->wrong += status != MSG_OK;
    pixel_mask_close(select);
    free(classes.text);
    poly_free(&g.clip);
    ras_close(&source);
}

/* Pixels of any size and direction, with and without holes in the data, a class map and a
 * clip with a hole, cells beyond the source on all sides: every statistic, coverage by each
 * denominator, what is kept, and the totals; at once and in parts. */
TEST(one_crs_in_whole_numbers)
{
    struct tally tally = {0};
    for (int i = 0; i < 300; i++)
        try_one(false, false, &tally);
    CHECK(tally.wrong == 0);
    CHECK(tally.ends == 0);
    CHECK(tally.modes == 0);

    CHECK(tally.cells > 4000 && tally.misses > 0);
    CHECK_NEAR(tally.mean, 0, 1e-10); /* of values up to 500 */
    CHECK_NEAR(tally.stddev, 0, 1e-7);
    CHECK_NEAR(tally.coverage, 0, 1e-12);
    CHECK_NEAR(tally.n, 0, 1e-9); /* of up to a few thousand */
    CHECK_NEAR(tally.sum, 0, 1e-8);
    CHECK_NEAR(tally.quantile, 0, 1e-8);
    CHECK_NEAR(tally.overall, 0, 1e-9);
}

/* The same as quadrilaterals: a raster that lies on its side. */
TEST(one_crs_lying_on_its_side)
{
    struct tally tally = {0};
    for (int i = 0; i < 150; i++)
        try_one(false, true, &tally);
    CHECK(tally.wrong == 0);
    CHECK(tally.ends == 0);
    CHECK(tally.modes == 0);
    CHECK(tally.cells > 2000 && tally.misses > 0);
    CHECK_NEAR(tally.mean, 0, 1e-8);
    CHECK_NEAR(tally.stddev, 0, 1e-6);
    CHECK_NEAR(tally.coverage, 0, 1e-10);
    CHECK_NEAR(tally.n, 0, 1e-8);
    CHECK_NEAR(tally.sum, 0, 1e-6);
    CHECK_NEAR(tally.quantile, 0, 1e-6);
    CHECK_NEAR(tally.overall, 0, 1e-8);
}

/* The same where a pixel weighs by its area on wanted classes: weights are floats. */
TEST(one_crs_weighed_by_area)
{
    struct tally tally = {0};
    for (int i = 0; i < 150; i++)
        try_one(true, false, &tally);
    CHECK(tally.wrong == 0);
    CHECK(tally.ends == 0);
    CHECK(tally.modes == 0);

    CHECK(tally.cells > 1000 && tally.misses > 0);
    CHECK_NEAR(tally.mean, 0, 2e-4);
    CHECK_NEAR(tally.stddev, 0, 0.1);
    CHECK_NEAR(tally.coverage, 0, 1e-6);
    CHECK_NEAR(tally.n, 0, 1e-4);
    CHECK_NEAR(tally.sum, 0, 1e-2);
    CHECK_NEAR(tally.quantile, 0, 1e-2);
    CHECK_NEAR(tally.overall, 0, 1e-3);
    printf("# mean %.1e, variance %.1e, coverage %.1e, n %.1e, sum %.1e, quantile %.1e\n",
           tally.mean, tally.stddev, tally.coverage, tally.n, tally.sum, tally.quantile);
}

/* ---- regridding without clip or map ---- */

static struct regrid_result average(struct ras *source, const struct grid *g,
                                    double tolerance)
{
    struct pixel_mask *select;
    struct regrid_result r = {0};
    struct area_stats_spec spec = {.stats = &everything};
    spec.grid = g;
    spec.tolerance = tolerance;
    if (pixel_mask_open(&select, source, g, NULL, 0, NULL) == MSG_OK)
        regrid_whole(source, select, &spec, 0, &r);
    pixel_mask_close(select);
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
        struct grid g = {.crs = crs_of("EPSG:32721"), .columns = 14, .rows = 18};
        g.dx = 2200;
        g.dy = 1660;
        g.x0 = 245480 - dice_real(0, 2200);
        g.y0 = 9794220 + dice_real(0, 1660);
        struct regrid_result r = average(&source, &g, 0);
        double got = 0, n = 0;
        for (int i = 0; i < g.columns * g.rows; i++)
            if (r.band[COUNT][i] > 0) {
                n += r.band[COUNT][i];
                got += r.band[MEAN][i] * r.band[COVERAGE][i] * g.dx * g.dy;
            }
        CHECK_NEAR(n / count, 1, 1e-12);
        CHECK_NEAR(got / (sum * 4900), 1, 1e-12);
        CHECK_NEAR(r.mean / (sum / count), 1, 1e-12);
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
    PJ *pj = proj_create_crs_to_crs(w->context, from, crs_text(g->crs), NULL);
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
        for (int r = 0; r < s->grid.rows; r++)
            for (int c = 0; c < s->grid.columns; c++) {
                double q[8], value = v[r * s->grid.columns + c];
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
    for (int r = 0; r < s->grid.rows; r++)
        for (int c = 0; c < s->grid.columns; c++) {
            double value = v[r * s->grid.columns + c];
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
    struct grid g = {.crs = crs_of(crs), .columns = columns, .rows = rows};
    const double here[6] = {x, 1, 0, y, 0, 1};
    struct way w;
    g.dx = dx;
    g.dy = dy;
    struct grid unit = {.crs = crs_of(crs)};
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
    gt_place(p->gt, SIDE / 2.0, SIDE / 2.0, &x, &y);
    *g = grid_around(p->to, p->from, x, y, p->dx, p->dy, p->columns, p->rows);
    way_open(w, p->from, s->grid.gt, g);
}

struct apart {
    double coverage, mean, stddev, n;
    int full, edge;
};

static struct apart how_far(const struct regrid_result *r, const struct totals *cell,
                            int cells)
{
    struct apart a = {0};
    for (int i = 0; r->sum.touches && i < cells; i++) {
        const struct totals *t = &cell[i];
        worsen(&a.coverage, r->band[COVERAGE][i], t->weight);
        a.full += t->weight > 0.7;
        a.edge += t->weight > 0 && t->weight < 0.5;
        if (t->weight < 1e-3)
            continue;
        worsen(&a.n, r->band[COUNT][i] / t->count, 1);
        worsen(&a.mean, r->band[MEAN][i], t->sum / t->weight);
        worsen(&a.stddev, r->band[STDDEV][i], sqrt(t->moment / t->weight));
    }
    return a;
}

/* With corners transformed one by one all digits agree; with a tolerance of a hundredth of
 * a pixel the values, from 250 to 350, are as near as that may make them. In parts they
 * are the same as at once. */
TEST(other_crs_by_quadrilaterals)
{
    static const struct {
        double tolerance, coverage, mean;
    } levels[] = {{0, 1e-9, 1e-8}, {0.01, 1e-3, 0.05}};
    for (int k = 0; k < PLACES; k++) {
        struct ras s;
        struct grid g;
        struct way w;
        double *v;
        open_place(&places[k], &s, &v, &g, &w);
        struct totals *cell = calloc((size_t)(g.columns * g.rows), sizeof *cell);
        by_quads(&w, &s, v, cell);
        for (int level = 0; level < 2; level++) {
            struct regrid_result r = average(&s, &g, levels[level].tolerance), parts;
            struct apart a = how_far(&r, cell, g.columns * g.rows);
            CHECK(a.full > 4 && a.edge > 0);
            CHECK_NEAR(a.coverage, 0, levels[level].coverage);
            CHECK_NEAR(a.mean, 0, levels[level].mean);
            CHECK_NEAR(a.stddev, 0, 1e3 * levels[level].mean);
            CHECK_NEAR(a.n, 0, levels[level].coverage * 10);
            printf("# %s onto %s, %g: coverage %.1e, mean %.1e, stddev %.1e, n %.1e\n",
                   places[k].from, places[k].to, levels[level].tolerance, a.coverage,
                   a.mean, a.stddev, a.n);
            struct pixel_mask *select;
            struct area_stats_spec spec = {.stats = &everything};
            spec.grid = &g;
            spec.tolerance = levels[level].tolerance;
            spec.memory = 400000;
            CHECK(pixel_mask_open(&select, &s, &g, NULL, 0, NULL) == MSG_OK);
            CHECK(regrid_whole(&s, select, &spec, 4, &parts) == MSG_OK);
            CHECK(same(&r, &parts, &g));
            pixel_mask_close(select);
            regrid_free(&parts);
            regrid_free(&r);
        }
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
        struct regrid_result r = average(&s, &g, 0);
        for (int i = 0; r.sum.touches && i < g.columns * g.rows; i++) {
            worsen(&coverage, r.band[COVERAGE][i], cell[i].weight);
            if (cell[i].weight > 0.3)
                worsen(&mean, r.band[MEAN][i], cell[i].sum / cell[i].weight);
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
            struct regrid_result r = average(&s, &all, 0);
            double n = 0;
            CHECK(r.sum.touches);
            for (int i = 0; r.sum.touches && i < all.columns * all.rows; i++)
                if (r.band[COUNT][i] > 0) {
                    n += r.band[COUNT][i];
                    sums[cut] += r.band[MEAN][i] * r.band[COVERAGE][i] * all.dx * all.dy;
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
    struct regrid_result r = average(source, g, 0);
    int found = r.sum.touches ? r.sum.cells > 0 ? 2 : 1 : 0;
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
        struct grid g = {.crs = crs_of("EPSG:32721"), .columns = 9, .rows = 9};
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
        struct grid g = {.crs = crs_of("EPSG:32721"), .columns = 9, .rows = 9};
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
    list_stats();
    RUN(one_crs_in_whole_numbers);
    RUN(one_crs_lying_on_its_side);
    RUN(one_crs_weighed_by_area);
    RUN(one_crs_keeps_the_sum);
    RUN(other_crs_by_quadrilaterals);
    RUN(other_crs_by_points);
    RUN(other_crs_keeps_the_sum);
    RUN(neighbours);
    static const char *const names[] = {"source.tif", "map.tif", ""};
    for (int i = 0; i < 2; i++)
        unlink(in_folder(names[i]));
    rmdir(folder);
    stats_free(&few);
    stats_free(&everything);
    return unit_end();
}
