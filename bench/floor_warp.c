/* floor_warp: the least that putting a raster onto a grid in another CRS takes: decode it
 * whole, find where each cell's centre lies by an exact transform each 64 cells and
 * bilinear between, take the value there, write plain strips.
 *
 *     floor_warp near|bilinear|cubic GRID RASTER OUT
 *
 * The raster is float32 in EPSG:32721, the grid in EPSG:4326. Missing neighbours are left
 * out and the others weigh more. OUT has no coordinates. */
#include "floor.h"
#include "grid.h"
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

enum { STEP = 64, TAPS = 4 };

/* Places of cell centres, in the raster's columns and rows, for one band of STEP rows. */
struct lattice {
    PJ *operation;
    const struct grid *grid;
    const struct floor_raster *source;
    int nodes;
    double *x, *y; /* two rows of nodes: above and below the band */
};

static void place_nodes(struct lattice *l, int row, double *x, double *y)
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
static void place_row(struct lattice *l, int row, double *x, double *y)
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

/* The sum of taps x taps pixels from column c and row k on, by weights; renormalised when
 * some are missing. */
static float weigh(const struct floor_raster *r, int c, int k, int taps, const float *wx,
                   const float *wy)
{
    float sum = 0, weight = 0;
    if (c >= 0 && k >= 0 && c + taps <= r->columns && k + taps <= r->rows) {
        const float *v = (const float *)r->v + (size_t)k * (size_t)r->columns + c;
        for (int j = 0; j < taps; j++, v += r->columns) {
            float line = 0;
            for (int i = 0; i < taps; i++)
                line += wx[i] * v[i];
            sum += wy[j] * line;
        }
        if (sum == sum)
            return sum;
        sum = 0;
    }
    for (int j = 0; j < taps; j++)
        for (int i = 0; i < taps; i++) {
            if (c + i < 0 || k + j < 0 || c + i >= r->columns || k + j >= r->rows)
                continue;
            float v = ((const float *)
                           r->v)[(size_t)(k + j) * (size_t)r->columns + (size_t)(c + i)];
            float w = v == v ? wx[i] * wy[j] : 0;
            weight += w;
            sum += v == v ? w * v : 0;
        }
    return weight > 0 ? sum / weight : NAN;
}

static float bilinear(const struct floor_raster *r, double x, double y)
{
    double fx = floor(x - 0.5), fy = floor(y - 0.5);
    float u = (float)(x - 0.5 - fx), w = (float)(y - 0.5 - fy);
    const float wx[] = {1 - u, u}, wy[] = {1 - w, w};
    return weigh(r, (int)fx, (int)fy, 2, wx, wy);
}

/* Cubic convolution, a = -1/2. */
static void cubic_weights(float t, float w[TAPS])
{
    w[0] = t * (-0.5f + t * (1 - 0.5f * t));
    w[1] = 1 + t * t * (-2.5f + 1.5f * t);
    w[2] = t * (0.5f + t * (2 - 1.5f * t));
    w[3] = t * t * (-0.5f + 0.5f * t);
}

static float cubic(const struct floor_raster *r, double x, double y)
{
    double fx = floor(x - 0.5), fy = floor(y - 0.5);
    float wx[TAPS], wy[TAPS];
    cubic_weights((float)(x - 0.5 - fx), wx);
    cubic_weights((float)(y - 0.5 - fy), wy);
    return weigh(r, (int)fx - 1, (int)fy - 1, TAPS, wx, wy);
}

static void warp(struct lattice *l, TIFF *out, char method)
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
                to[i] = bilinear(l->source, x[i], y[i]);
        else
            for (int i = 0; i < columns; i++)
                to[i] = cubic(l->source, x[i], y[i]);
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
    TIFFSetField(out, TIFFTAG_IMAGEWIDTH, g.columns);
    TIFFSetField(out, TIFFTAG_IMAGELENGTH, g.rows);
    TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 32);
    TIFFSetField(out, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
    TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, STEP);
    struct lattice l = {.operation = proj_normalize_for_visualization(NULL, raw),
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
