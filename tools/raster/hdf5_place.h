/* hdf5_place: where the pixels of a dataset lie, and along which of its dimensions: by
 * StructMetadata.0 of an HDF-EOS5 grid, by CF's coordinates and grid mapping; or pixel by
 * pixel in arrays (hdf5_places.h), or nowhere. */
#ifndef ECO_HDF5_PLACE_H
#define ECO_HDF5_PLACE_H

#include "raster/hdf5_file.h"

struct hdf5_place {
    int ix, iy;   /* dimensions of columns and rows */
    bool upwards; /* rows are stored from the south: row 0 of the raster is the last one */
    bool has_gt;
    double gt[6];
    char *crs;      /* NULL: none is named */
    char *unplaced; /* what there is instead of a geotransform; NULL: nothing */
    /* Where each pixel's place is listed instead, or NULL. */
    const struct hdf5_dataset *latitude, *longitude;
};

/* Of a dataset of two dimensions or more: the dimensions alone, or all. MSG_INPUT, told,
 * where what lays it is damaged or cannot be a raster's. */
void hdf5_place_dimensions(struct hdf5_place *p, const struct hdf5_file *f,
                           const struct hdf5_dataset *d);
int hdf5_place_find(struct hdf5_place *p, struct hdf5_file *f,
                    const struct hdf5_dataset *d);
void hdf5_place_free(struct hdf5_place *p);

#endif
