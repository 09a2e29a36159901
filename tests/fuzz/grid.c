/* Grid files: what is accepted is written back as the same grid. */
#include "geo/grid.h"
#include "base/msg.h"
#include "fuzz.h"
#include "geo/polygon_index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[32], copy_path[32];
    struct grid g, h;
    int fd = fuzz_file(data, n, path);
    if (grid_read(&g, path) == MSG_OK) {
        FUZZ_CHECK(g.dx > 0 && g.dy > 0 && g.columns > 0 && g.rows > 0 && g.crs);
        int copy = fuzz_file(NULL, 0, copy_path);
        struct out o;
        out_init(&o, dup(copy), "copy");
        grid_write(&g, &o, "command");
        FUZZ_CHECK(out_close(&o) == MSG_OK);
        FUZZ_CHECK(grid_read(&h, copy_path) == MSG_OK);
        FUZZ_CHECK(h.x0 == g.x0 && h.y0 == g.y0 && h.dx == g.dx && h.dy == g.dy &&
                   h.columns == g.columns && h.rows == g.rows && h.crs == g.crs);
        FUZZ_CHECK(h.clip.npoints == g.clip.npoints && h.clip.nrings == g.clip.nrings);
        struct poly_index *index = poly_index_open(&g.clip);
        poly_index_contains(index, grid_x(&g, 0), grid_y(&g, 0));
        poly_index_close(index);
        poly_orient(&h.clip);
        grid_free(&h);
        close(copy);
    }
    grid_free(&g);
    close(fd);
    return 0;
}
