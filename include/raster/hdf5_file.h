/* hdf5_file: HDF5 and netCDF files to read: their datasets, and what these hold.
 *
 * A file is read by a process of its own, so that one which makes the HDF5 library crash,
 * or read for ever, is a file that cannot be read and nothing worse: the process ends where
 * one step, to open the file or to read a window, takes longer than 300 seconds, or than
 * the environment's ECO_READ_SECONDS. What is in the file is
 * known once it is open; hdf5_open, hdf5_read and hdf5_read_rows tell what is wrong and
 * return MSG_INPUT.
 *
 * Scale, offset, fill value, valid range and unit come from a dataset's attributes, by the
 * names that CF and the writers of ECOSTRESS use: scale_factor, add_offset; _FillValue,
 * _Fillvalue, fill, missing_value (raw values); valid_range, valid_min and valid_max (raw
 * values as well, but where a real range stands for packed integers); actual_range says
 * nothing of single values. A range of nothing but one value is none: prelim_cloud_mask
 * says 0 to 0 of its 0 and 1. Beside them what nobody wrote has no value: netCDF's own fill
 * value of all types but bytes, whether an attribute names it or not. Where these
 * attributes are float32 and the samples integers, they stand for the decimals that they
 * were written as: 0.1f for 0.1. */
#ifndef ECO_RASTER_HDF5_FILE_H
#define ECO_RASTER_HDF5_FILE_H

#include "raster/hdf5_plugin.h"
#include <sys/types.h>

struct hdf5_file {
    char *path;
    const struct hdf5_catalogue *catalogue; /* good until the file is closed */

    /* private */
    struct hdf5_shared *shared;
    pid_t child;
    unsigned seconds; /* that a step may take */
    int socket;
};

/* Whether a file is HDF5 or netCDF, by its first bytes (HDF5 may begin behind 512 of them,
 * or 1024, or 2048). */
bool hdf5_is(const char *path);

int hdf5_open(struct hdf5_file *f, const char *path);
void hdf5_close(struct hdf5_file *f);

/* A dataset by its path ("/SDS/LST", "//SDS/LST", "SDS/LST"), else the only one with that
 * last name; NULL for none, and for several. */
const struct hdf5_dataset *hdf5_find(const struct hdf5_file *f, const char *name);

/* A window of a dataset in its own type (the 64-bit integers as doubles). */
int hdf5_read(struct hdf5_file *f, const struct hdf5_dataset *d, const size_t *start,
              const size_t *count, void *samples);

/* `rows` rows from `row` on, of a dataset whose last two dimensions are rows and columns;
 * of those before them, the first. NaN for what has no value. flags: 0 or RAS_RAW. */
int hdf5_read_rows(struct hdf5_file *f, const struct hdf5_dataset *d, size_t row,
                   size_t rows, double *v, unsigned flags);

/* An attribute, NULL for none; its text, NULL for none; its only number, false for none. */
const struct hdf5_attribute *hdf5_attribute(const struct hdf5_dataset *d, const char *name);
const char *hdf5_text(const struct hdf5_dataset *d, const char *name);
bool hdf5_number(const struct hdf5_dataset *d, const char *name, double *v);

/* The unit of the values, by `units` or `Units`; NULL for none and for what means none. */
const char *hdf5_unit(const struct hdf5_dataset *d);

/* How raw values become values, and which have none. */
struct hdf5_packing {
    double scale, offset;
    bool has_fill, has_range;
    double fill, least, most; /* raw */
    double missing[HDF5_NUMBERS + 1];
    size_t nmissing; /* besides the fill value */
};
void hdf5_packing_of(struct hdf5_packing *p, const struct hdf5_dataset *d);

/* n samples of a dataset as values. */
void hdf5_unpack(const struct hdf5_packing *p, const struct hdf5_dataset *d,
                 const void *samples, size_t n, double *restrict v, unsigned flags);

#endif
