/* floor_regrid: the least that the masked mean of many scenes takes: decode the scene,
 * decode its class map once, look each pixel's class up, clip, add up by cell.
 *
 *     floor_regrid GRID (-m MAP SCENE...)...
 *
 * Scenes are float32 in the grid's CRS, EPSG:32721; maps are bytes in EPSG:4326; classes
 * 3 to 6 count. For each scene: its path, the number of cells that half of their area was
 * seen of, the pixels in them and their mean. Nothing is written to files. */
#include "floor.h"
#include "geo/grid.h"
#include "geo/polygon.h"
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 64, EDGES = 64 };

struct cell {
    double weight, sum;
};

/* The first pixel of a grid column and the shares of the first and last. */
struct span {
    int first, last;
    double head, tail;
};

/* The columns or rows of pixels in cell k: edges at origin + k size, in pixels. */
static struct span span_of(double origin, double size, int k, int pixels)
{
    double from = fmax(0, origin + k * size), to = fmin(pixels, origin + (k + 1) * size);
    struct span s = {.first = (int)floor(from), .last = (int)ceil(to) - 1};
    s.head = fmin(s.first + 1, to) - from;
    s.tail = to - s.last;
    return s;
}

static double share(const struct span *s, int i)
{
    return i == s->first ? s->head : i == s->last ? s->tail : 1;
}

/* Clears `use` outside of the clip: crossings of each row of centres, even-odd. */
static void clip(const struct poly *p, const struct floor_raster *r, unsigned char *use)
{
    for (int row = 0; row < r->rows; row++) {
        double y = r->y0 + (row + 0.5) * r->dy, x[EDGES];
        unsigned char *line = use + (size_t)row * (size_t)r->columns;
        int n = 0;
        for (size_t ring = 0; ring < p->nrings; ring++)
            for (size_t i = p->ring[ring], j = p->ring[ring + 1] - 1; i < p->ring[ring + 1];
                 j = i++)
                if ((p->y[i] > y) != (p->y[j] > y) && n < EDGES)
                    x[n++] =
                        p->x[i] + (y - p->y[i]) * (p->x[j] - p->x[i]) / (p->y[j] - p->y[i]);
        for (int column = 0; column < r->columns; column++) {
            double at = r->x0 + (column + 0.5) * r->dx;
            int right = 0;
            for (int k = 0; k < n; k++)
                right += x[k] > at;
            if (right % 2 == 0)
                line[column] = 0;
        }
    }
}

/* Where the centre of each pixel lies in the map: exact each 64 pixels, between these
 * bilinear. */
static void look_up(const struct floor_raster *r, const struct floor_raster *map,
                    unsigned char *use)
{
    PJ *raw = proj_create_crs_to_crs(NULL, "EPSG:32721", "EPSG:4326", NULL);
    PJ *operation = proj_normalize_for_visualization(NULL, raw);
    int across = (r->columns - 1) / STEP + 2, down = (r->rows - 1) / STEP + 2;
    size_t nodes = (size_t)across * (size_t)down;
    double *x = malloc(2 * nodes * sizeof *x), *y = x + nodes;
    for (int j = 0; j < down; j++)
        for (int i = 0; i < across; i++) {
            x[j * across + i] = r->x0 + (i * STEP + 0.5) * r->dx;
            y[j * across + i] = r->y0 + (j * STEP + 0.5) * r->dy;
        }
    proj_trans_generic(operation, PJ_FWD, x, sizeof *x, nodes, y, sizeof *y, nodes, NULL, 0,
                       0, NULL, 0, 0);
    for (size_t k = 0; k < nodes; k++) {
        x[k] = (x[k] - map->x0) / map->dx;
        y[k] = (y[k] - map->y0) / map->dy;
    }
    const unsigned char *class = map->v;
    for (int row = 0; row < r->rows; row++)
        for (int column = 0; column < r->columns; column++) {
            int k = row / STEP * across + column / STEP;
            double u = column % STEP / (double)STEP, w = row % STEP / (double)STEP;
            double a = (1 - u) * (1 - w), b = u * (1 - w), c = (1 - u) * w, d = u * w;
            double mx = a * x[k] + b * x[k + 1] + c * x[k + across] + d * x[k + across + 1];
            double my = a * y[k] + b * y[k + 1] + c * y[k + across] + d * y[k + across + 1];
            unsigned char found = 0;
            if (mx >= 0 && mx < map->columns && my >= 0 && my < map->rows)
                found = class[(size_t)my * (size_t)map->columns + (size_t)mx];
            use[(size_t)row * (size_t)r->columns + (size_t)column] =
                found >= 3 && found <= 6;
        }
    free(x);
    proj_destroy(operation);
    proj_destroy(raw);
}

static void add_up(const struct floor_raster *r, const unsigned char *use,
                   const struct grid *g, const struct span *across, struct cell *cell)
{
    memset(cell, 0, (size_t)g->columns * (size_t)g->rows * sizeof *cell);
    for (int i = 0; i < g->rows; i++) {
        struct span down = span_of((g->y0 - r->y0) / r->dy, -g->dy / r->dy, i, r->rows);
        for (int row = down.first; row <= down.last; row++) {
            const float *v = (const float *)r->v + (size_t)row * (size_t)r->columns;
            const unsigned char *u = use + (size_t)row * (size_t)r->columns;
            for (int j = 0; j < g->columns; j++) {
                double weight = 0, sum = 0;
                for (int k = across[j].first; k <= across[j].last; k++) {
                    bool good = u[k] && v[k] == v[k];
                    double w = good ? share(&across[j], k) : 0;
                    weight += w;
                    sum += good ? w * (double)v[k] : 0;
                }
                struct cell *c = &cell[(size_t)i * (size_t)g->columns + (size_t)j];
                c->weight += weight * share(&down, row);
                c->sum += sum * share(&down, row);
            }
        }
    }
}

static void tell(const char *path, const struct floor_raster *r, const struct grid *g,
                 const struct cell *cell)
{
    double full = g->dx * g->dy / fabs(r->dx * r->dy), n = 0, sum = 0;
    int cells = 0;
    for (int k = 0; k < g->columns * g->rows; k++)
        if (cell[k].weight >= 0.5 * full - 1e-9) {
            cells++;
            n += cell[k].weight;
            sum += cell[k].sum;
        }
    printf("%s\t%d\t%.9g\t%.9g\n", path, cells, n, sum / n);
}

int main(int argc, char **argv)
{
    struct grid g;
    struct floor_raster scene = {0}, map = {0};
    unsigned char *use = NULL;
    bool ready = false;
    if (argc < 5 || grid_read(&g, argv[1]) != 0)
        return 2;
    struct cell *cell = malloc((size_t)g.columns * (size_t)g.rows * sizeof *cell);
    struct span *across = malloc((size_t)g.columns * sizeof *across);
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "-m") == 0 && i + 1 < argc) {
            floor_decode(&map, argv[++i]);
            ready = false;
            continue;
        }
        floor_decode(&scene, argv[i]);
        if (!ready) {
            use = realloc(use, (size_t)scene.columns * (size_t)scene.rows);
            look_up(&scene, &map, use);
            clip(&g.clip, &scene, use);
            for (int j = 0; j < g.columns; j++)
                across[j] = span_of((g.x0 - scene.x0) / scene.dx, g.dx / scene.dx, j,
                                    scene.columns);
            ready = true;
        }
        add_up(&scene, use, &g, across, cell);
        tell(argv[i], &scene, &g, cell);
    }
    free(use);
    free(cell);
    free(across);
    free(scene.v);
    free(map.v);
    grid_free(&g);
    return 0;
}
