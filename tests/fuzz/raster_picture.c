/* A line of text, then the pixels of a raster: panels or a map of it, by the first byte,
 * with the text as title, unit and layer; gnuplot must draw each script without a word. */
#include "base/mem.h"
#include "geo/grid.h"
#include "picture.h"
#include "raster/geotiff_write.h"

enum { SIDE = 6, PIXELS = SIDE * SIDE };

static const double cell = 1100, west = 274000, north = 9671500;

/* A raster of float32, the bytes as they are, that says of itself what the text says. */
static void make_raster(const char *path, const uint8_t *data, size_t n, char *text)
{
    float pixel[PIXELS] = {0};
    double v[PIXELS];
    char key[] = "ECO_LAYER";
    const struct ras_tag tag = {key, text};
    const struct ras_spec spec = {.grid = {.columns = SIDE,
                                           .rows = SIDE,
                                           .gt = {west, cell, 0, north, 0, -cell},
                                           .crs = crs_of_epsg(32721)},
                                  .nbands = 1,
                                  .type = RAS_F32,
                                  .unit = text,
                                  .tag = &tag,
                                  .ntags = 1};
    struct ras_writer w;
    memcpy(pixel, data, n < sizeof pixel ? n : sizeof pixel);
    for (int i = 0; i < PIXELS; i++)
        v[i] = (double)pixel[i];
    FUZZ_CHECK(ras_create(&w, path, &spec) == MSG_OK);
    for (int row = 0; row < SIDE; row += w.block_rows)
        FUZZ_CHECK(ras_put_rows(&w, 0, row, v + row * SIDE) == MSG_OK);
    FUZZ_CHECK(ras_commit(&w) == MSG_OK);
}

/* The file lives until the output is closed. */
static void make_grid(struct out *o, char path[32])
{
    struct grid g = {.crs = crs_of_epsg(32721),
                     .x0 = west,
                     .y0 = north,
                     .dx = cell,
                     .dy = cell,
                     .columns = SIDE,
                     .rows = SIDE};
    out_init(o, fuzz_file(NULL, 0, path), path);
    grid_write(&g, o, NULL);
    FUZZ_CHECK(out_flush(o) == MSG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const uint8_t *end = n ? memchr(data, '\n', n) : NULL;
    if (!end)
        return 0;
    char raster[64], grid[32];
    snprintf(raster, sizeof raster, "/tmp/eco-fuzz-%ld.tif", (long)getpid());
    char *text =
        mem_slice((const char *)data + 1, end > data ? (size_t)(end - data) - 1 : 0);
    make_raster(raster, end + 1, n - (size_t)(end - data) - 1, text);
    struct out grid_file;
    make_grid(&grid_file, grid);
    char *map[] = {"eco-plotspec", "map", "--raster", raster, NULL};
    char *panels[] = {"eco-plotspec", "panels", "--source", raster, "--result",
                      raster,         "--grid", grid,       NULL};
    if (data[0] & 1)
        fuzz_picture(plot_map, map, text, NULL, NULL);
    else
        fuzz_picture(plot_panels, panels, text, NULL, NULL);
    unlink(raster);
    FUZZ_CHECK(out_close(&grid_file) == MSG_OK);
    free(text);
    return 0;
}
