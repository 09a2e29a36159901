/* StructMetadata.0: any text gives grids with pixels that have an area, within the earth
 * where they are degrees, or a reason. */
#include "raster/struct_metadata.h"
#include "base/buf.h"
#include "base/mem.h"
#include "fuzz.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct struct_metadata m;
    struct buf why = {0};
    double degrees;
    char *text = mem_slice((const char *)data, n);
    if (struct_metadata_read(&m, text, &why)) {
        FUZZ_CHECK(m.n > 0 && why.n == 0);
        for (size_t i = 0; i < m.n; i++) {
            const struct struct_grid *g = &m.grid[i];
            FUZZ_CHECK(g->columns > 0 && g->rows > 0 && g->name && g->crs);
            FUZZ_CHECK(isfinite(g->gt[0]) && isfinite(g->gt[3]));
            FUZZ_CHECK(isfinite(g->gt[1]) && isfinite(g->gt[5]) && g->gt[2] == 0 &&
                       g->gt[4] == 0);
            if (strcmp(g->crs, "EPSG:4326") == 0)
                FUZZ_CHECK(fabs(g->gt[3]) <= 90.001 && fabs(g->gt[0]) <= 362);
        }
    } else {
        FUZZ_CHECK(m.n == 0 && why.n > 0);
    }
    struct_metadata_free(&m);
    if (struct_metadata_degrees(text, strlen(text), &degrees))
        FUZZ_CHECK(fabs(degrees) <= 362);
    buf_free(&why);
    free(text);
    return 0;
}
