/* floor_warp: the least that putting a raster onto a grid in another CRS takes: decode it
 * whole, find where each cell's centre lies by an exact transform each 64 cells and
 * bilinear between, take the value there, write plain strips.
 *
 *     floor_warp near|bilinear|cubic GRID RASTER OUT
 *
 * The raster is float32 in EPSG:32721, the grid in EPSG:4326. OUT's coordinates are a bare
 * scale and tie point. */
#include "floor.h"
#include "geo/grid.h"
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

enum { STEP = 64, TAPS = 4 };

/* Places of cell centres, in the raster's columns and rows, for one band of STEP rows. */
struct approx_transform {
    PJ *operation;
    const struct grid *grid;
    const struct floor_raster *source;
    int nodes;
    double *x, *y; /* two rows of nodes: above and below the band */
};

static void place_nodes(struct approx_transform *l, int row, double *x, double *y)
{
    const struct grid *g = l->grid;
    const struct floor_raster *r = l->source;
    size_t n = (size_t)l->nodes;
    for (int i = 0; i < l->nodes; i++) {
        x[i] = g->x0 + (i * STEP + 0.5) * g->dx;
        y[i] = g->y0 - (row + 0.5) * g->dy;
    }
    proj_trans_generic(l->operation, PJ_FWD, x, sizeof *x, n, y, sizeof *y, n, NULL, 0, 0,
                       NULL, 0, 0);
    for (int i = 0; i < l->nodes; i++) {
        x[i] = (x[i] - r->x0) / r->dx;
        y[i] = (y[i] - r->y0) / r->dy;
    }
}

/* Where the cells of a row lie. */
static void place_row(struct approx_transform *l, int row, double *x, double *y)
{
    size_t n = (size_t)l->nodes;
    if (row % STEP == 0) {
        place_nodes(l, row, l->x, l->y);
        place_nodes(l, row + STEP, l->x + n, l->y + n);
    }
    double w = row % STEP / (double)STEP;
    for (int i = 0; i + 1 < l->nodes; i++) {
        double x0 = l->x[i] + w * (l->x[n + (size_t)i] - l->x[i]);
        double y0 = l->y[i] + w * (l->y[n + (size_t)i] - l->y[i]);
        double x1 = l->x[i + 1] + w * (l->x[n + (size_t)i + 1] - l->x[i + 1]);
        double y1 = l->y[i + 1] + w * (l->y[n + (size_t)i + 1] - l->y[i + 1]);
        for (int k = 0; k < STEP; k++) {
            x[i * STEP + k] = x0 + k * (x1 - x0) / STEP;
            y[i * STEP + k] = y0 + k * (y1 - y0) / STEP;
        }
    }
}

static float nearest(const struct floor_raster *r, double x, double y)
{
    if (!(x >= 0 && y >= 0 && x < r->columns && y < r->rows))
        return NAN;
    return ((const float *)r->v)[(size_t)y * (size_t)r->columns + (size_t)x];
}

/* The sum of taps x taps pixels from column c and row k on, by weights; NaN when one of
 * them has no value or lies outside. */
static float weigh(const struct floor_raster *r, int c, int k, int taps, const float *wx,
                   const float *wy)
{
    if (c < 0 || k < 0 || c + taps > r->columns || k + taps > r->rows)
        return NAN;
    const float *v = (const float *)r->v + (size_t)k * (size_t)r->columns + c;
    float sum = 0;
    for (int j = 0; j < taps; j++, v += r->columns) {
        float line = 0;
        for (int i = 0; i < taps; i++)
            line += wx[i] * v[i];
        sum += wy[j] * line;
    }
    return sum;
}

/* Bilinear by those of the four that have a value. */
static float by_some(const struct floor_raster *r, int c, int k, const float *wx,
                     const float *wy)
{
    float sum = 0, weight = 0;
    for (int t = 0; t < 4; t++) {
        int column = c + t % 2, row = k + t / 2;
        if (column < 0 || row < 0 || column >= r->columns || row >= r->rows)
            continue;
        float v = ((const float *)r->v)[(size_t)row * (size_t)r->columns + (size_t)column];
        float w = v == v ? wx[t % 2] * wy[t / 2] : 0;
        weight += w;
        sum += v == v ? w * v : 0;
    }
    return sum / weight;
}

/* Cubic convolution, a = -1/2. */
static void cubic_weights(float t, float w[TAPS])
{
    w[0] = t * (-0.5f + t * (1 - 0.5f * t));
    w[1] = 1 + t * t * (-2.5f + 1.5f * t);
    w[2] = t * (0.5f + t * (2 - 1.5f * t));
    w[3] = t * t * (-0.5f + 0.5f * t);
}

/* Bilinear or cubic; nothing where the pixel at the place itself has no value, and
 * bilinear by what there is where a neighbour has none. */
static float smooth(const struct floor_raster *r, double x, double y, int taps)
{
    float v = nearest(r, x, y);
    if (v != v)
        return v;
    int c = (int)floor(x - 0.5), k = (int)floor(y - 0.5);
    float u = (float)(x - 0.5 - c), w = (float)(y - 0.5 - k);
    const float wx[] = {1 - u, u}, wy[] = {1 - w, w};
    if (taps == 2) {
        v = weigh(r, c, k, 2, wx, wy);
    } else {
        float cx[TAPS], cy[TAPS];
        cubic_weights(u, cx);
        cubic_weights(w, cy);
        v = weigh(r, c - 1, k - 1, TAPS, cx, cy);
    }
    return v == v ? v : by_some(r, c, k, wx, wy);
}

static void warp(struct approx_transform *l, TIFF *out, char method)
{
    int columns = l->grid->columns;
    size_t room = (size_t)(l->nodes - 1) * STEP;
    double *x = malloc(2 * room * sizeof *x), *y = x + room;
    float *v = malloc((size_t)columns * STEP * sizeof *v);
    for (int row = 0; row < l->grid->rows; row++) {
        place_row(l, row, x, y);
        float *to = v + (size_t)(row % STEP) * (size_t)columns;
        if (method == 'n')
            for (int i = 0; i < columns; i++)
                to[i] = nearest(l->source, x[i], y[i]);
        else if (method == 'b')
            for (int i = 0; i < columns; i++)
                to[i] = smooth(l->source, x[i], y[i], 2);
        else
            for (int i = 0; i < columns; i++)
                to[i] = smooth(l->source, x[i], y[i], TAPS);
        int rows = row % STEP + 1;
        if ((rows == STEP || row + 1 == l->grid->rows) &&
            TIFFWriteEncodedStrip(out, (uint32_t)(row / STEP), v,
                                  (tmsize_t)((size_t)rows * (size_t)columns * sizeof *v)) <
                0)
            floor_die("cannot write", TIFFFileName(out));
    }
    free(x);
    free(v);
}

int main(int argc, char **argv)
{
    struct floor_raster source = {0};
    struct grid g;
    if (argc != 5 || grid_read(&g, argv[2]) != 0)
        return 2;
    floor_decode(&source, argv[3]);
    TIFF *out = TIFFOpen(argv[4], "w");
    PJ *raw = proj_create_crs_to_crs(NULL, "EPSG:4326", "EPSG:32721", NULL);
    if (!out || !raw)
        floor_die("cannot begin", argv[4]);
    static const TIFFFieldInfo place[] = {
        {33550, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, (char *)"PixelScale"},
        {33922, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, (char *)"Tiepoint"}};
    TIFFMergeFieldInfo(out, place, 2);
    TIFFSetField(out, 33550, 3, (double[]){g.dx, g.dy, 0});
    TIFFSetField(out, 33922, 6, (double[]){0, 0, 0, g.x0, g.y0, 0});
    TIFFSetField(out, TIFFTAG_IMAGEWIDTH, g.columns);
    TIFFSetField(out, TIFFTAG_IMAGELENGTH, g.rows);
    TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 32);
    TIFFSetField(out, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
    TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, STEP);
    struct approx_transform l = {.operation = proj_normalize_for_visualization(NULL, raw),
                                 .grid = &g,
                                 .source = &source,
                                 .nodes = (g.columns - 1) / STEP + 2};
    l.x = malloc(4 * (size_t)l.nodes * sizeof *l.x);
    l.y = l.x + 2 * (size_t)l.nodes;
    warp(&l, out, argv[1][0]);
    TIFFClose(out);
    proj_destroy(l.operation);
    proj_destroy(raw);
    free(l.x);
    free(source.v);
    grid_free(&g);
    return 0;
}
