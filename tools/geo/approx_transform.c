/* approx_transform: an interpolated transform with a measured error. */
#include "geo/approx_transform.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* HELD: more rows of patches than a window of a tile's height goes through. */
enum { PATCH = APPROX_PATCH, NODES = 3, CHECKS = 4, HELD = 8 };

/* Of listed places: points that make up a degree of the lattice, patches that do, and how
 * many pixels a patch has in a row, at the least, where it is worth its 25 points. */
enum { DEGREE = 256, DEGREE_PATCHES = DEGREE / PATCH, DENSE = 16 };

struct patch {
    bool ready, exact;
    /* Coefficients: x = sum of cx[i][j] u^i w^j, u and w from 0 to 1 across the patch. */
    double cx[NODES][NODES], cy[NODES][NODES];
};

struct approx_transform {
    double gt[6], target[6];
    bool to_pixels, affine, exact;
    double tolerance, error;
    struct crs_transform *map;
    struct geolocation_array *places; /* of pixels that are listed, or NULL */
    int across, down;
    struct patch **patch; /* a ring of rows of patches, NULL until used: `held` rows */
    int *row_of;          /* which row of patches each of these is */
    int held;
    /* Of approx_open_rows: the row that was worked out last, at one offset. */
    double *row_x, *row_y, row, row_offset;
    int columns;
};

/* Transforms n places, in place. */
static void to_target(struct approx_transform *l, double *x, double *y, int n)
{
    crs_forward(l->map, x, y, 1, (size_t)n);
    if (l->to_pixels)
        gt_places(l->target, x, y, (size_t)n);
}

/* The same for points given as columns and rows. */
static void exactly(struct approx_transform *l, double *x, double *y, int n)
{
    gt_places(l->gt, x, y, (size_t)n);
    to_target(l, x, y, n);
}

/* ---- listed places ---- */

/* The patch that a place is in, its north and west sides with it; and these sides. Degrees
 * by whole patches are exact. */
static void listed_patch(double longitude, double latitude, int *px, int *py, double *west,
                         double *north)
{
    double x = floor(longitude * DEGREE_PATCHES), y = ceil(latitude * DEGREE_PATCHES);
    *px = (int)x + 180 * DEGREE_PATCHES;
    *py = 90 * DEGREE_PATCHES - (int)y;
    *west = x / DEGREE_PATCHES;
    *north = y / DEGREE_PATCHES;
}

/* How many of n places from the first on lie in the patch of these sides. */
static int in_patch(const double *longitude, const double *latitude, int n, double west,
                    double north)
{
    const double size = 1.0 / DEGREE_PATCHES;
    int k = 0;
    while (k < n && longitude[k] >= west && longitude[k] < west + size &&
           latitude[k] <= north && latitude[k] > north - size)
        k++;
    return k;
}

/* Two rows in the middle of the first scan in which neighbours have places, one row after
 * the other: longitudes, then latitudes, to be freed. NULL where there are none. */
static double *find_rows(const struct raster_grid *from)
{
    struct geolocation_array *g = from->places;
    size_t n = 2 * (size_t)from->columns;
    double *x = mem_alloc(2 * n, sizeof *x);
    for (int row = g->rows_per_scan / 2; row < from->rows; row += g->rows_per_scan) {
        g->places(g, 0, row - 1, from->columns, 2, x, x + n);
        for (int i = 1; i < from->columns; i++)
            if (!isnan(x[i]) && !isnan(x[i - 1]) && !isnan(x[i - 1 + from->columns]))
                return x;
    }
    free(x);
    return NULL;
}

/* Whether patches of listed places have many pixels each, as one row of these shows. */
static bool is_dense(const struct raster_grid *from)
{
    double *x = find_rows(from);
    int placed = 0, patches = 0;
    for (int i = 0, n; x && i < from->columns; i += n) {
        const double *y = x + 2 * (size_t)from->columns;
        int px, py;
        double west, north;
        n = 1;
        if (isnan(x[i]))
            continue;
        listed_patch(x[i], y[i], &px, &py, &west, &north);
        n = in_patch(x + i, y + i, from->columns - i, west, north);
        placed += n;
        patches++;
    }
    free(x);
    return placed >= DENSE * patches;
}

double approx_listed_area(const struct raster_grid *from, struct crs_transform *map,
                          const struct raster_grid *to, double turn)
{
    double *x = find_rows(from), inverse[6], sum = 0;
    size_t columns = (size_t)from->columns;
    int pixels = 0;
    if (!x)
        return 0;
    double *y = x + 2 * columns;
    crs_forward(map, x, y, 1, 2 * columns);
    if (to && gt_invert(to->gt, inverse))
        gt_places(inverse, x, y, 2 * columns);
    for (size_t i = 1; i < columns; i++) {
        size_t last = i - 1, below = last + columns;
        double along = crs_unwind(x[i] - x[last], turn, 0);
        double down = crs_unwind(x[below] - x[last], turn, 0);
        double area = along * (y[below] - y[last]) - down * (y[i] - y[last]);
        if (isnan(area))
            continue;
        sum += area;
        pixels++;
    }
    free(x);
    return pixels ? sum / pixels : 0;
}

struct approx_transform *approx_open(const struct raster_grid *from,
                                     struct crs_transform *map,
                                     const struct raster_grid *to, double tolerance)
{
    struct approx_transform *l = mem_alloc(1, sizeof *l);
    const double degrees[6] = {-180, 1.0 / DEGREE, 0, 90, 0, -1.0 / DEGREE};
    memcpy(l->gt, from->places ? degrees : from->gt, sizeof l->gt);
    l->to_pixels = to != NULL;
    if (to)
        gt_invert(to->gt, l->target);
    l->affine = crs_transform_identity(map);
    l->exact = tolerance <= 0 || (from->places && !l->affine && !is_dense(from));
    l->tolerance = tolerance;
    l->map = map;
    l->places = from->places;
    l->columns = from->columns;
    l->across = (from->places ? 360 * DEGREE : from->columns) / PATCH + 1;
    l->down = (from->places ? 180 * DEGREE : from->rows) / PATCH + 1;
    l->held = l->down < HELD || from->places ? l->down : HELD;
    l->patch = mem_alloc((size_t)l->held, sizeof *l->patch);
    l->row_of = mem_alloc((size_t)l->held, sizeof *l->row_of);
    return l;
}

void approx_close(struct approx_transform *l)
{
    if (!l)
        return;
    for (int i = 0; i < l->held; i++)
        free(l->patch[i]);
    free(l->patch);
    free(l->row_x);
    free(l->row_y);
    free(l->row_of);
    free(l);
}

struct approx_transform *approx_open_rows(const struct raster_grid *from,
                                          struct crs_transform *map,
                                          const struct raster_grid *to, double tolerance)
{
    struct approx_transform *l = approx_open(from, map, to, tolerance);
    size_t corners = (size_t)from->columns + 1;
    l->row_x = mem_resize(NULL, corners, sizeof *l->row_x);
    l->row_y = mem_resize(NULL, corners, sizeof *l->row_y);
    l->row = NAN;
    return l;
}

double approx_error(const struct approx_transform *l)
{
    return l->error;
}

/* The quadratic through f at 0, 1/2, 1. */
static void quadratic(const double f[NODES], double c[NODES])
{
    c[0] = f[0];
    c[1] = -3 * f[0] + 4 * f[1] - f[2];
    c[2] = 2 * f[0] - 4 * f[1] + 2 * f[2];
}

/* c[i][j] from f[j][i]: nodes row by row (j down, i across). */
static void biquadratic(double f[NODES][NODES], double c[NODES][NODES])
{
    double along[NODES][NODES];
    for (int j = 0; j < NODES; j++)
        quadratic(f[j], along[j]);
    for (int i = 0; i < NODES; i++) {
        double column[NODES] = {along[0][i], along[1][i], along[2][i]};
        quadratic(column, c[i]);
    }
}

/* The polynomial in u that a row of a patch has. */
static void at_row(double c[NODES][NODES], double w, double row[NODES])
{
    for (int i = 0; i < NODES; i++)
        row[i] = c[i][0] + w * (c[i][1] + w * c[i][2]);
}

static double along(const double c[NODES], double u)
{
    return c[0] + u * (c[1] + u * c[2]);
}

/* Fits a patch and measures it where the cubic terms that it lacks are largest. */
static void fit(struct approx_transform *l, struct patch *p, int px, int py)
{
    double x[NODES * NODES + CHECKS * CHECKS], y[NODES * NODES + CHECKS * CHECKS];
    double u[NODES * NODES + CHECKS * CHECKS], w[NODES * NODES + CHECKS * CHECKS];
    static const double check[CHECKS] = {0.0, 0.2113248654051871, 0.7886751345948129, 1.0};
    int n = 0;
    for (int j = 0; j < NODES; j++)
        for (int i = 0; i < NODES; i++, n++) {
            u[n] = i / 2.0;
            w[n] = j / 2.0;
        }
    for (int j = 0; j < CHECKS; j++)
        for (int i = 0; i < CHECKS; i++, n++) {
            u[n] = check[i];
            w[n] = check[j];
        }
    for (int i = 0; i < n; i++) {
        x[i] = (px + u[i]) * PATCH;
        y[i] = (py + w[i]) * PATCH;
    }
    exactly(l, x, y, n);
    double fx[NODES][NODES], fy[NODES][NODES];
    for (int k = 0; k < NODES * NODES; k++) {
        fx[k / NODES][k % NODES] = x[k];
        fy[k / NODES][k % NODES] = y[k];
    }
    biquadratic(fx, p->cx);
    biquadratic(fy, p->cy);
    double worst = 0;
    for (int i = NODES * NODES; i < n; i++) {
        double rx[NODES], ry[NODES];
        at_row(p->cx, w[i], rx);
        at_row(p->cy, w[i], ry);
        double error = fmax(fabs(along(rx, u[i]) - x[i]), fabs(along(ry, u[i]) - y[i]));
        if (!(error <= worst)) /* NaN counts as the worst */
            worst = isnan(error) ? HUGE_VAL : error;
    }
    /* The checks stand where the error is largest; the factor is for what they miss. */
    p->exact = !(2 * worst <= l->tolerance);
    if (!p->exact && 2 * worst > l->error)
        l->error = 2 * worst;
    p->ready = true;
}

static struct patch *patch_at(struct approx_transform *l, int px, int py)
{
    int slot = py % l->held;
    struct patch **row = &l->patch[slot];
    if (!*row)
        *row = mem_alloc((size_t)l->across, sizeof **row);
    else if (l->row_of[slot] != py)
        for (int i = 0; i < l->across; i++)
            (*row)[i].ready = false;
    l->row_of[slot] = py;
    if (!(*row)[px].ready)
        fit(l, &(*row)[px], px, py);
    return &(*row)[px];
}

bool approx_patches(struct approx_transform *l, int column, int row, int columns, int rows,
                    double *coefficients)
{
    if (l->affine || l->exact || l->row_x)
        return false;
    for (int py = row / PATCH; py <= (row + rows) / PATCH; py++)
        for (int px = column / PATCH; px <= (column + columns) / PATCH; px++) {
            const struct patch *p = patch_at(l, px, py);
            if (p->exact)
                return false;
            memcpy(coefficients, p->cx, sizeof p->cx);
            memcpy(coefficients + NODES * NODES, p->cy, sizeof p->cy);
            coefficients += APPROX_COEFFICIENTS;
        }
    return true;
}

void approx_exact(struct approx_transform *l, double row, int column, double offset, int n,
                  double *x, double *y)
{
    if (l->places) {
        l->places->places(l->places, column, (int)row, n, 1, x, y);
        to_target(l, x, y, n);
        return;
    }
    for (int i = 0; i < n; i++) {
        x[i] = column + i + offset;
        y[i] = row;
    }
    exactly(l, x, y, n);
}

/* The places of a patch, each by the polynomial. */
static void in_place(const struct patch *p, double west, double north, size_t n,
                     double *restrict x, double *restrict y)
{
    double cx[NODES][NODES], cy[NODES][NODES];
    memcpy(cx, p->cx, sizeof cx);
    memcpy(cy, p->cy, sizeof cy);
    for (size_t i = 0; i < n; i++) {
        double rx[NODES], ry[NODES], u = (x[i] - west) * DEGREE_PATCHES;
        double w = (north - y[i]) * DEGREE_PATCHES;
        at_row(cx, w, rx);
        at_row(cy, w, ry);
        x[i] = along(rx, u);
        y[i] = along(ry, u);
    }
}

/* A row of listed places. */
static void listed_row(struct approx_transform *l, int row, int column, int n, double *x,
                       double *y)
{
    l->places->places(l->places, column, row, n, 1, x, y);
    for (int i = 0, k; i < n; i += k) {
        int px, py;
        double west, north;
        k = 1;
        if (isnan(x[i]))
            continue;
        listed_patch(x[i], y[i], &px, &py, &west, &north);
        k = in_patch(x + i, y + i, n - i, west, north);
        const struct patch *p = patch_at(l, px, py);
        if (p->exact)
            to_target(l, x + i, y + i, k);
        else
            in_place(p, west, north, (size_t)k, x + i, y + i);
    }
}

/* Straight lines between the ends of n points, or of their halves. */
static void straight(struct approx_transform *l, int from, int n, double *x, double *y)
{
    int middle = (n - 1) / 2;
    if (n <= 5) {
        approx_exact(l, l->row, from, l->row_offset, n, x, y);
        return;
    }
    double ex[3], ey[3];
    const int at[3] = {0, middle, n - 1};
    for (int k = 0; k < 3; k++)
        approx_exact(l, l->row, from + at[k], l->row_offset, 1, &ex[k], &ey[k]);
    double dx = (ex[2] - ex[0]) / (n - 1), dy = (ey[2] - ey[0]) / (n - 1);
    double error = fabs(ex[0] + dx * middle - ex[1]) + fabs(ey[0] + dy * middle - ey[1]);
    if (!(error <= l->tolerance)) {
        straight(l, from, middle, x, y);
        straight(l, from + middle, n - middle, x + middle, y + middle);
        return;
    }
    for (int i = 0; i < n; i++) {
        x[i] = ex[0] + dx * i;
        y[i] = ey[0] + dy * i;
    }
}

/* Works a whole row out, once, and gives a part of it. */
static void straight_row(struct approx_transform *l, double row, int column, double offset,
                         int n, double *x, double *y)
{
    if (l->row != row || l->row_offset != offset) {
        l->row = row;
        l->row_offset = offset;
        straight(l, 0, l->columns + (offset == 0), l->row_x, l->row_y);
    }
    memcpy(x, l->row_x + column, (size_t)n * sizeof *x);
    memcpy(y, l->row_y + column, (size_t)n * sizeof *y);
}

void approx_row(struct approx_transform *l, double row, int column, double offset, int n,
                double *x, double *y)
{
    if (l->affine || l->exact) {
        approx_exact(l, row, column, offset, n, x, y);
        return;
    }
    if (l->places) {
        listed_row(l, (int)row, column, n, x, y);
        return;
    }
    if (l->row_x) {
        straight_row(l, row, column, offset, n, x, y);
        return;
    }
    int py = (int)row / PATCH;
    double w = (row - py * PATCH) / PATCH;
    for (int i = 0; i < n;) {
        int px = (column + i) / PATCH;
        int end = (px + 1) * PATCH - column < n ? (px + 1) * PATCH - column : n;
        struct patch *p = patch_at(l, px, py);
        if (p->exact) {
            approx_exact(l, row, column + i, offset, end - i, x + i, y + i);
        } else {
            double rx[NODES], ry[NODES];
            at_row(p->cx, w, rx);
            at_row(p->cy, w, ry);
            int from = column - px * PATCH;
            for (int k = i; k < end; k++) {
                double u = (from + k + offset) / PATCH;
                x[k] = along(rx, u);
                y[k] = along(ry, u);
            }
        }
        i = end;
    }
}
