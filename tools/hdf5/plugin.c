/* eco-hdf5.so: the one object that calls libnetcdf. See raster/hdf5_plugin.h. */
#include "plugin.h"
#include <fcntl.h>
#include <netcdf.h>
#include <stdio.h>
#include <string.h>

static bool say(char problem[HDF5_PROBLEM], const char *what)
{
    snprintf(problem, HDF5_PROBLEM, "%s", what);
    return false;
}

static bool open_file(const char *path, int *file, struct hdf5_catalogue *c,
                      char problem[HDF5_PROBLEM])
{
    /* libnetcdf takes backslashes in names for slashes. */
    char other[32];
    snprintf(other, sizeof other, "/dev/fd/%d",
             strchr(path, '\\') ? open(path, O_RDONLY) : -1);
    int rc = nc_open(strchr(path, '\\') ? other : path, NC_NOWRITE, file);
    if (rc == NC_EHDFERR)
        return say(problem, "damaged or cut short, as HDF5: get a whole copy of it");
    if (rc != NC_NOERR)
        return say(problem, nc_strerror(rc));
    return hdf5_list(c, *file) || say(problem, "more in it than can be listed, or damaged");
}

static bool read_window(const struct hdf5_dataset *d, const size_t *start,
                        const size_t *count, void *samples, char problem[HDF5_PROBLEM])
{
    bool wide = d->type == RAS_I64 || d->type == RAS_U64;
    int rc = wide ? nc_get_vara_double(d->group, d->id, start, count, samples)
                  : nc_get_vara(d->group, d->id, start, count, samples);
    return rc == NC_NOERR ||
           say(problem,
               rc == NC_EHDFERR ? "what is in it cannot be decoded" : nc_strerror(rc));
}

extern const struct hdf5_plugin eco_module;
const struct hdf5_plugin eco_module = {
    .version = HDF5_PLUGIN_VERSION,
    .open = open_file,
    .read = read_window,
};
