/* files: what the demo's files are called, where they lie on earth, and writing rasters. */
#include "base/buf.h"
#include "demo.h"
#include <stdio.h>

char *demo_path(const struct demo *d, const char *kind, const char *rest)
{
    struct buf b = {0};
    buf_printf(&b, "%s/%s/%s", d->dir, kind, rest);
    return b.s;
}

int demo_zone(struct crs_transform **map, int code, const struct demo_site *site)
{
    return crs_transform_open(map, crs_of_epsg(code), crs_of_epsg(4326), NULL, site->name);
}

int demo_raster(const char *path, const struct ras_spec *spec, const double *v)
{
    struct ras_writer w;
    int status = atomic_file_make_parents(path);
    if (status == MSG_OK)
        status = ras_create(&w, path, spec);
    if (status != MSG_OK)
        return status;
    for (int row = 0; row < spec->grid.rows && status == MSG_OK; row += w.block_rows)
        status = ras_put_rows(&w, 0, row, v + (size_t)row * (size_t)spec->grid.columns);
    if (status == MSG_OK)
        return ras_commit(&w);
    ras_abort(&w);
    return status;
}
