/* The GeoTIFF reader that needs no GDAL: headings, then some pixels. */
#include "base/mem.h"
#include "base/msg.h"
#include "fuzz.h"
#include "raster/raster.h"

static void read_pixels(struct ras *r)
{
    int columns = r->grid.columns < 64 ? r->grid.columns : 64,
        rows = r->grid.rows < 64 ? r->grid.rows : 64;
    double *v = mem_alloc((size_t)columns * (size_t)rows, sizeof *v);
    for (int band = 0; band < r->nbands && band < 3; band++) {
        ras_read(r, band, 0, 0, columns, rows, v, 0);
        ras_read(r, band, r->grid.columns - columns, r->grid.rows - rows, columns, rows, v,
                 RAS_RAW);
    }
    free(v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[32];
    int fd = fuzz_file(data, n, path);
    struct ras r = {.path = mem_text(path),
                    .file = mem_text(path),
                    .driver = &ras_tiff_driver,
                    .grid.gt = {0, 1, 0, 0, 0, -1}};
    char *crs = NULL;
    if (r.driver->open(&r, &crs) == MSG_OK) {
        FUZZ_CHECK(r.grid.columns > 0 && r.grid.rows > 0 && r.nbands > 0 &&
                   r.block_columns > 0 && r.block_rows > 0 && r.has_gt && crs);
        ras_unit(&r, 0);
        /* A block of a few bytes may say that it is a gigabyte: true or not, it takes
         * that much to see. */
        r.file_columns = r.grid.columns;
        if ((double)r.block_columns * r.block_rows < 1e6)
            read_pixels(&r);
    } else {
        FUZZ_CHECK(!r.handle);
        r.driver = NULL;
    }
    ras_close(&r);
    free(crs);
    close(fd);
    return 0;
}
