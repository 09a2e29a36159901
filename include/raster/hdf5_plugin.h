/* hdf5_plugin: what calls libnetcdf, loaded when it is first needed.
 *
 * libnetcdf reads every file of this kind that there is: HDF5 as NASA's programs write it
 * (swaths, HDF-EOS5 grids), netCDF-4, which is HDF5, and the classic netCDF that libhdf5
 * alone does not read; in HDF5 it finds dimensions and fill values by itself. It loads in
 * 6 ms (libhdf5 alone in 4, libgdal in 50). All that calls it is one shared object,
 * eco-hdf5.so, which lies beside eco-gdal.so.
 *
 * These functions run in a process of their own (see hdf5_file.h), so they tell nothing:
 * they return what is wrong as text. */
#ifndef ECO_RASTER_HDF5_PLUGIN_H
#define ECO_RASTER_HDF5_PLUGIN_H

#include "raster/pixel_type.h"
#include <stdbool.h>
#include <stddef.h>

enum {
    HDF5_DIMS = 8,     /* datasets of more are left out */
    HDF5_NUMBERS = 64, /* of an attribute; more are left out */
    HDF5_DATASETS = 4096,
};

struct hdf5_attribute {
    const char *name;
    const char *text; /* NULL: numbers */
    const double *number;
    size_t n;          /* numbers */
    bool real, single; /* their type is one of real numbers; float32 */
};

struct hdf5_dataset {
    const char *path;   /* "/SDS/LST" */
    const char *name;   /* the last part of it */
    bool numbers;       /* it is of numbers, whether they can be read or not */
    enum ras_type type; /* of its samples; those of 64-bit integers are doubles */
    bool recast;        /* by _Unsigned: its attributes may have the type of other sign */
    bool has_fill;      /* what is there where nobody wrote is netCDF's own fill value */
    double fill;
    int ndims; /* 0: one value */
    size_t dim[HDF5_DIMS];
    const char *dim_name[HDF5_DIMS]; /* "" where it has none */
    size_t chunk[HDF5_DIMS];         /* as it is compressed; 0: it is not in chunks */
    const char *text;                /* of one text, else NULL */
    const double *number;            /* the first of its numbers: 16 at most */
    size_t nnumbers;                 /* 0 where there are more than 16 */
    const char *problem;             /* why it cannot be read, or NULL */
    const struct hdf5_attribute *attribute;
    size_t nattributes;
    int group, id; /* as libnetcdf knows it */
};

/* What is in a file: lies in memory that both processes have at the same address. */
struct hdf5_catalogue {
    struct hdf5_dataset *dataset;
    size_t ndatasets;
    const struct hdf5_attribute *attribute; /* of the file */
    size_t nattributes;
    char *memory; /* for all this */
    size_t used, size;
};

enum { HDF5_PROBLEM = 256 };

struct hdf5_plugin {
    int version; /* HDF5_PLUGIN_VERSION of the headers it was built with */

    /* Opens a file and fills in the catalogue. False with a problem. */
    bool (*open)(const char *path, int *file, struct hdf5_catalogue *catalogue,
                 char problem[HDF5_PROBLEM]);

    /* A window of a dataset, the last dimension fastest. */
    bool (*read)(const struct hdf5_dataset *d, const size_t *start, const size_t *count,
                 void *samples, char problem[HDF5_PROBLEM]);
};
enum { HDF5_PLUGIN_VERSION = 2 };

/* NULL, and told, when the module is missing or does not load. */
const struct hdf5_plugin *hdf5_plugin_load(void);

#endif
