/* GeoJSON through the plug-in to the pixels that its polygons cover. */
#include "base/msg.h"
#include "fuzz.h"
#include "geo/polygon_coverage.h"
#include "raster/gdal_plugin.h"

enum { COLUMNS = 40, ROWS = 30 };

static void check_area(const struct poly *area)
{
    struct polygon_coverage zone = {0};
    for (size_t k = 0; k < area->nrings; k++)
        FUZZ_CHECK(area->ring[k] <= area->ring[k + 1] &&
                   area->ring[k + 1] <= area->npoints);
    polygon_coverage_make(&zone, area, COLUMNS, ROWS, ZONE_CENTER);
    for (size_t i = 0; i < zone.n; i++)
        FUZZ_CHECK(zone.run[i].row >= 0 && zone.run[i].row < ROWS &&
                   zone.run[i].column >= 0 && zone.run[i].count > 0 &&
                   zone.run[i].column + zone.run[i].count <= COLUMNS);
    polygon_coverage_free(&zone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const struct gdal_plugin *module = gdal_plugin_load();
    if (!module || !n || data[0] != '{')
        return 0;
    char path[32];
    int fd = fuzz_file(data, n, path);
    struct gdal_plugin_features f;
    if (module->features(path, NULL, NULL, "all", &f) == MSG_OK) {
        for (size_t i = 0; i < f.n; i++)
            check_area(&f.feature[i].area);
        gdal_plugin_features_free(&f);
    }
    struct poly area;
    char *crs = NULL;
    size_t nfeatures;
    if (module->area(path, NULL, &area, &nfeatures, &crs) == MSG_OK) {
        check_area(&area);
        poly_free(&area);
        free(crs);
    }
    close(fd);
    return 0;
}
