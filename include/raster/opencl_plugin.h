/* opencl_plugin: work for an accelerator, by OpenCL 1.2, loaded when a device is asked for.
 *
 * All that calls OpenCL is one shared object, eco-opencl.so, which lies beside eco-gdal.so
 * and opens libOpenCL itself: no other file knows of it. What is computed is the same, bit
 * for bit, as on the processor: doubles, +, -, *, / and comparisons alone, nothing
 * contracted, sums in the source's order by one work item a cell; the texts of that
 * arithmetic are those that the library is compiled from. A device must have doubles that
 * round as IEEE 754 says (full profile and denormals: OpenCL 1.2, table 4.3,
 * CL_DEVICE_DOUBLE_FP_CONFIG). */
#ifndef ECO_RASTER_OPENCL_PLUGIN_H
#define ECO_RASTER_OPENCL_PLUGIN_H

#include "base/msg.h"
#include "geo/grid.h"
#include <stdbool.h>
#include <stddef.h>

struct opencl_device; /* one that is in use */
struct opencl_areas;  /* sums of pixels over cells, on a device */
struct opencl_places; /* values at the centres of cells, on a device */

/* A device that there is. */
struct opencl_found {
    const char *name, *platform;
    bool gpu;
    unsigned long long memory; /* bytes */
    const char *lacks;         /* why it cannot be used, or NULL */
};

/* What the sums are of; see regrid's area_stats. */
struct opencl_areas_spec {
    bool moments, range; /* are wanted */
    bool counts_all;     /* the denominator counts the pixels of the box, */
    bool counts_weight;  /* or those that take part, by their weights */
    int box[4];          /* column, row, columns, rows */
    unsigned char all;   /* the bits of a pixel that takes part */
    double sliver;       /* a share so small that rounding may have made it */
    double turn;         /* columns of cells in 360 degrees, or 0 */
};

/* Rows of pixels. */
struct opencl_rows {
    int column, row, columns, rows;
    const double *v;           /* NaN: no value */
    const unsigned char *bits; /* what a pixel takes part in */
    const float *weight;       /* NULL: 1 each */
    const double *patches;     /* of approx_patches, or NULL: */
    const double *x, *y;       /* the corners, columns + 1 by rows + 1 */
    /* Hands out a pixel that is no quadrilateral in few cells: calls take for each cell. Is
     * called for such pixels row after row, after areas_take has returned too. */
    void (*odd)(void *user, int column, int row,
                void (*take)(void *parts, unsigned cell, double area, double share),
                void *parts);
    void *user;
};

/* What there is of a rectangle of cells. */
struct opencl_sums {
    double *sum;  /* of each cell: of u a, of u a / a_i, of u a v, of u v a / a_i */
    double *more; /* of each cell: denominator, mean, moment, least, most; or NULL */
    bool touches; /* some pixel lies in a cell */
};

/* Where the centres of a rectangle of cells lie in a source of so many columns and rows. */
struct opencl_bounds {
    double least[2], most[2]; /* x and y of those less than a pixel beyond the source */
    bool touches;             /* some lie in the source */
    double widest;            /* the square of the widest cell, in pixels */
};

/* What values are made of: a window of the source. */
struct opencl_window {
    int method; /* of regrid's enum warp_method; all but lanczos */
    bool strict;
    int column, row, columns, rows; /* of the pixels */
    int source_columns, source_rows;
    const double *v; /* NaN: no value; one more behind the last is NaN */
    /* How wide kernels are made for the cells: of each, or, where scale is NULL, of all. */
    const double *scale[2];
    double width[2];
};

struct opencl_plugin {
    int version; /* OPENCL_PLUGIN_VERSION of the headers it was built with */

    /* Tells it where its messages go, and where the programs lie (PREFIX/share/eco/opencl).
     */
    void (*start)(struct msg_channel *channel);

    /* Calls take for each device there is. */
    int (*list)(void (*take)(void *user, const struct opencl_found *found), void *user);

    /* The first usable device that is a GPU (name "gpu"), or whose name or platform has the
     * name in it, in any case. *device is NULL where there is none; that is not told. */
    int (*open)(const char *name, size_t memory, struct opencl_device **device);
    void (*close)(struct opencl_device *device);

    struct opencl_areas *(*areas_open)(struct opencl_device *device,
                                       const struct opencl_areas_spec *spec);
    void (*areas_close)(struct opencl_areas *areas);

    /* How many pixels areas_take may be given at once. */
    size_t (*areas_pixels)(const struct opencl_areas *areas);

    /* Sums of a rectangle: begin, rows in the source's order, end. */
    int (*areas_begin)(struct opencl_areas *areas, const struct grid_rect *rect);
    int (*areas_take)(struct opencl_areas *areas, const struct opencl_rows *rows);
    int (*areas_end)(struct opencl_areas *areas, struct opencl_sums *sums);

    struct opencl_places *(*places_open)(struct opencl_device *device);
    void (*places_close)(struct opencl_places *places);

    /* Whether there is room for so many cells and pixels. */
    bool (*places_fit)(const struct opencl_places *places, size_t cells, size_t pixels);

    /* Values at the centres of a rectangle's cells, row after row: where they lie, by
     * patches (of approx_patches), or as the processor has found them (x and y of each);
     * then what is there. measured: the widest cell is wanted, too. */
    int (*places_find)(struct opencl_places *places, const struct grid_rect *rect,
                       const double *patches, const int source[2], bool measured,
                       struct opencl_bounds *bounds);
    int (*places_put)(struct opencl_places *places, size_t cells, const double *x,
                      const double *y);
    int (*places_take)(struct opencl_places *places, size_t cells,
                       const struct opencl_window *window, double *values);
};
enum { OPENCL_PLUGIN_VERSION = 2 };

/* NULL, and told, when the module is missing or does not load. */
const struct opencl_plugin *opencl_plugin_load(void);

#endif
