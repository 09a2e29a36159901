/* cf_crs: the CRS of a CF grid mapping. */
#ifndef ECO_CF_CRS_H
#define ECO_CF_CRS_H

#include "base/buf.h"
#include "raster/hdf5_file.h"

/* What coordinates are to be for a CRS. */
struct cf_plane {
    bool metres;   /* of other units of length they are to become metres */
    double height; /* metres of a radian of what a satellite sees; 0: it is none */
    bool angles;   /* they are longitudes and latitudes, of a pole of its own maybe */
};

/* A CRS's text of the attributes of a grid mapping: its WKT where it has one, else what its
 * parameters say. To be freed. NULL, with the reason added to `why`, for a mapping
 * that PROJ lacks or that lacks a parameter. */
char *cf_crs_text(const struct hdf5_dataset *mapping, struct cf_plane *plane,
                  struct buf *why);

#endif
