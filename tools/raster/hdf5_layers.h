/* hdf5_layers: which datasets of a file are rasters, and what their bands are. */
#ifndef ECO_HDF5_LAYERS_H
#define ECO_HDF5_LAYERS_H

#include "base/buf.h"
#include "hdf5_place.h"
#include "raster/hdf5_file.h"

/* The rasters among the datasets: those in HDF-EOS5 grids, where there are any, or else
 * those that CF's coordinates lay (along axes, or pixel by pixel), or else all of two
 * dimensions or more. To be freed. */
const struct hdf5_dataset **hdf5_layers(const struct hdf5_file *f, size_t *n);

/* A layer's shortest name: the dataset's, or its path where several have that name. */
const char *hdf5_layer_name(const struct hdf5_dataset *const *layer, size_t n, size_t i);

/* Adds "LST, QC, ..." */
void hdf5_layers_add_names(const struct hdf5_dataset *const *layer, size_t n,
                           struct buf *b);

/* How many pictures a dataset has along its other dimensions, and where the k-th begins. */
size_t hdf5_pictures(const struct hdf5_dataset *d, const struct hdf5_place *p);
void hdf5_picture_start(const struct hdf5_dataset *d, const struct hdf5_place *p, size_t k,
                        size_t start[HDF5_DIMS]);

/* What sets picture k apart, for all of them: "20190101T000000,depth=5", and its time as
 * records have it (NULL: none is known; *untold: though there are times, which is told).
 * Both to be freed, as the arrays. MSG_INPUT, told. */
int hdf5_picture_names(struct hdf5_file *f, const struct hdf5_dataset *d,
                       const struct hdf5_place *p, char ***name, char ***time,
                       bool *untold);

#endif
