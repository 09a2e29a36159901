/* raster_name: the parts of a raster's name. */
#include "raster_name.h"
#include "base/mem.h"
#include "raster/hdf5_file.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_there(const char *file)
{
    struct stat st;
    return stat(file, &st) == 0;
}

/* The longest part up to a colon that is a file; NULL for none. *rest: behind the colon. */
static char *file_before_colon(const char *s, const char **rest)
{
    for (size_t n = strlen(s); n-- > 1;) {
        if (s[n] != ':' || !s[n + 1])
            continue;
        char *file = mem_slice(s, n);
        if (is_there(file)) {
            *rest = s + n + 1;
            return file;
        }
        free(file);
    }
    return NULL;
}

/* FILE of HDF5:"FILE"://PATH; NULL for other names, and where it is not there. */
static char *file_of_gdal(const char *path, const char **rest)
{
    static const char *const drivers[] = {"HDF5:", "NETCDF:"};
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        size_t n = strlen(drivers[i]);
        if (strncmp(path, drivers[i], n) != 0)
            continue;
        if (path[n] != '"')
            return file_before_colon(path + n, rest);
        const char *end = strchr(path + n + 1, '"');
        if (!end || end[1] != ':' || !end[2])
            return NULL;
        char *file = mem_slice(path + n + 1, (size_t)(end - path) - n - 1);
        if (is_there(file)) {
            *rest = end + 2;
            return file;
        }
        free(file);
    }
    return NULL;
}

void raster_name_parse(struct raster_name *n, const char *path)
{
    const char *rest = NULL;
    *n = (struct raster_name){0};
    bool whole = !strchr(path, ':') || is_there(path);
    if (!whole)
        n->disk = file_of_gdal(path, &rest);
    if (!whole && !n->disk)
        n->disk = file_before_colon(path, &rest);
    if (!n->disk || !rest) {
        n->disk = mem_text(path);
        n->file = mem_text(path);
        return;
    }
    n->container = hdf5_is(n->disk);
    const char *band = rest;
    if (n->container) {
        size_t layer = strcspn(rest, ":");
        n->layer = mem_slice(rest, layer);
        band = rest[layer] && rest[layer + 1] ? rest + layer + 1 : NULL;
    }
    n->band = mem_text(band);
    n->file = mem_slice(path, band ? (size_t)(band - 1 - path) : strlen(path));
}

void raster_name_no_layer(struct raster_name *n, const char *path)
{
    size_t length = strlen(n->disk);
    bool whole = strncmp(path, n->disk, length) != 0;
    if (!n->layer)
        return;
    free(n->file);
    free(n->band);
    n->file = mem_text(whole ? path : n->disk);
    n->band = mem_text(whole ? NULL : path + length + 1);
}

void raster_name_free(struct raster_name *n)
{
    free(n->disk);
    free(n->file);
    free(n->layer);
    free(n->band);
    *n = (struct raster_name){0};
}
