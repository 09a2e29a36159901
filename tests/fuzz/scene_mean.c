/* A scene through averaging: whatever a plain GeoTIFF says, cells have means of its pixels.
 */
#include "base/mem.h"
#include "base/msg.h"
#include "fuzz.h"
#include "raster/lon_wrap.h"
#include "regrid/area_stats.h"
#include <math.h>

enum { SIDE = 6, CELLS = SIDE * SIDE };

/* A grid about 60 W, 3 S, with a triangle for a clip, in degrees or in UTM. */
static void make_grid(struct grid *g, bool degrees)
{
    double cell = degrees ? 0.01 : 1100;
    *g = (struct grid){
        .crs = crs_of_epsg(degrees ? 4326 : 32721), .columns = SIDE, .rows = SIDE};
    g->dx = g->dy = cell;
    g->x0 = degrees ? -59.03 : 274000;
    g->y0 = degrees ? -2.97 : 9671500;
    poly_ring(&g->clip);
    poly_point(&g->clip, g->x0 + 0.1 * cell, g->y0 - 5.9 * cell);
    poly_point(&g->clip, g->x0 + 5.9 * cell, g->y0 - 5.9 * cell);
    poly_point(&g->clip, g->x0 + 3 * cell, g->y0 - 0.1 * cell);
}

/* By their items. */
enum { MEAN, COVERAGE, N, STDDEV, RMS, SUM, MIN, MAX, P90, STATS };
static const char names[] = "mean,coverage,n,stddev,rms,sum,min,max,p90";

static void check_cells(double *const *band)
{
    for (int i = 0; i < CELLS; i++) {
        double mean = band[MEAN][i], coverage = band[COVERAGE][i];
        double least = band[MIN][i], most = band[MAX][i];
        double slack = 1e-9 * (fabs(least) + fabs(most));
        FUZZ_CHECK(isnan(coverage) || (coverage >= 0 && coverage <= 1 + 1e-6));
        FUZZ_CHECK(!(band[N][i] < 0));
        if (isfinite(mean) && isfinite(least) && isfinite(most))
            FUZZ_CHECK(mean >= least - slack && mean <= most + slack);
    }
}

static void average(struct ras *r, bool degrees)
{
    struct grid g;
    make_grid(&g, degrees);
    struct area_stats_spec spec = {.grid = &g, .memory = 1 << 24, .tolerance = 0.01};
    struct stat_list stats;
    double v[STATS][CELLS], *band[STATS];
    FUZZ_CHECK(stats_parse(&stats, "", names, stats_of_values | stats_coverage) == MSG_OK);
    spec.stats = &stats;
    for (int k = 0; k < STATS; k++)
        band[k] = v[k];
    struct masked_reader from = {.grid = &g};
    struct area_stats *job = NULL;
    const struct grid_rect all = {0, 0, SIDE, SIDE};
    if (masked_reader_open(&from, r, 0, 1 << 20) == MSG_OK &&
        area_stats_open(&job, &from, &spec) == MSG_OK &&
        area_stats_rect(job, &all, band, SIDE) == MSG_OK)
        check_cells(band);
    area_stats_close(job);
    stats_free(&stats);
    masked_reader_close(&from);
    masked_reader_free(&from);
    grid_free(&g);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    for (int degrees = 0; degrees < 2; degrees++) {
        char path[32];
        int fd = fuzz_file(data, n, path);
        struct ras r = {.path = mem_text(path),
                        .file = mem_text(path),
                        .driver = &ras_tiff_driver,
                        .grid.gt = {0, 1, 0, 0, 0, -1},
                        .cache_bytes = 1 << 20};
        char *crs = NULL;
        if (r.driver->open(&r, &crs) != MSG_OK) {
            r.driver = NULL;
        } else {
            r.grid.crs = crs_of(crs);
            r.file_columns = r.grid.columns;
            /* See fuzz/tiff.c about blocks; more pixels take more time, and that is all. */
            if (!raster_grid_absurd(&r.grid) &&
                (double)r.block_columns * r.block_rows < 1e5 &&
                (double)r.grid.columns * r.grid.rows < 1e6)
                average(&r, degrees);
        }
        ras_close(&r);
        free(crs);
        close(fd);
    }
    return 0;
}
