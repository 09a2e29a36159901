/* tiff_directory: the directories of a TIFF, and whether the file holds what they name.
 *
 * libtiff and GDAL pass over a tag whose value lies beyond the end of the file: what is
 * left of such a file reads as another one, without its scale, say, or its CRS. Here all
 * directories are looked through first, at the cost of a read or two. The pixels are not:
 * what reads them sees when they are missing. */
#ifndef ECO_RASTER_TIFF_DIRECTORY_H
#define ECO_RASTER_TIFF_DIRECTORY_H

/* Of a file that begins as a TIFF does. MSG_INPUT, told, when it ends before what one of
 * its directories names, or its directories never end; MSG_OK, too, when it cannot be
 * opened. */
int tiff_directory_check(const char *path);

#endif
