/* hdf5_places: the arrays in which the places of a dataset's pixels stand, one by one.
 *
 * They are those that its attribute `coordinates` names, after CF: of two dimensions or
 * more, of which the last two are rows and columns and are the dataset's as well, by name,
 * wherever among its own; which of them are latitudes and which longitudes is told by
 * units, standard_name or name. Else, and in a file that is there for the places of
 * another's pixels, they are those named latitude and longitude, lat and lon, or Latitude
 * and Longitude: of the size that is asked for, or else the first. */
#ifndef ECO_RASTER_HDF5_PLACES_H
#define ECO_RASTER_HDF5_PLACES_H

#include "raster/hdf5_file.h"

struct hdf5_places {
    const struct hdf5_dataset *latitude, *longitude;
    int ix, iy; /* the dimensions of the dataset that are columns and rows */
};

/* By `coordinates`. False for none. */
bool hdf5_places_named(struct hdf5_places *p, const struct hdf5_file *f,
                       const struct hdf5_dataset *d);

/* By the arrays' own names; ix and iy are left alone. */
bool hdf5_places_of_file(struct hdf5_places *p, const struct hdf5_file *f, size_t rows,
                         size_t columns);

/* The first array of one of these names, NULL at the end, that has that size, or else the
 * first; NULL for none. */
const struct hdf5_dataset *hdf5_places_array(const struct hdf5_file *f,
                                             const char *const *names, size_t rows,
                                             size_t columns);

#endif
