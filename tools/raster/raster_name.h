/* raster_name: the parts of a raster's name.
 *
 *   FILE                      the only layer and band that it has, or those that are chosen
 *   FILE:BAND                 see ras_band_named
 *   FILE.h5:LAYER[:BAND]      a dataset of an HDF5 or netCDF file, by its name or its path
 *   HDF5:"FILE"://PATH[:BAND] the same, as GDAL names it
 *   NETCDF:"FILE":NAME[:BAND] so, too; either without quotes where FILE is there
 *
 * A FILE may have colons in it: the longest one that is there is taken. Of what is no file
 * all is FILE: GDAL has other names. */
#ifndef ECO_RASTER_NAME_H
#define ECO_RASTER_NAME_H

#include <stdbool.h>

struct raster_name {
    char *disk;  /* FILE */
    char *file;  /* all but the band */
    char *layer; /* NULL: none is named */
    char *band;  /* NULL: none is named */
    bool
        container; /* FILE is HDF5 or netCDF; not looked at where FILE is all of the name */
};

void raster_name_parse(struct raster_name *n, const char *path);
/* The same name for a file that GDAL reads after all: nothing in it is a layer. */
void raster_name_no_layer(struct raster_name *n, const char *path);
void raster_name_free(struct raster_name *n);

#endif
