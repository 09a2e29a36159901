/* geotiff_write: GeoTIFF out.
 *
 * A file appears under its name only when it is whole (see out.h). Its bytes depend on
 * nothing but what was put into it. Metadata, nodata, band names, scale and CRS stand
 * where GDAL reads them. Bands lie apart; blocks are whole rows, or tiles. */
#ifndef ECO_RASTER_GEOTIFF_WRITE_H
#define ECO_RASTER_GEOTIFF_WRITE_H

#include "base/atomic_file.h"
#include "raster/raster.h"

struct ras_spec {
    struct raster_grid grid; /* its CRS may be NULL */
    int nbands;
    enum ras_type type; /* of all bands */
    bool has_nodata;
    double nodata;                  /* stands for NaN in integer bands */
    const char *const *description; /* of each band, or NULL */
    const char *unit;               /* of the first band, or NULL */
    const struct ras_tag *tag;
    size_t ntags;
    int tile;                     /* side of its tiles (a multiple of 16); 0: rows */
    int compress;                 /* a libtiff COMPRESSION_ value; 0: deflate */
    bool smooth;                  /* real numbers that vary little from pixel to pixel */
    const unsigned short *colors; /* 3 x 256 of a palette (8-bit, one band), or NULL */
};

struct ras_writer {
    struct atomic_file file;
    struct ras_spec spec;
    void *tif;
    char error[256];
    void *block; /* one block of samples */
    int block_columns, block_rows;
    int bytes; /* of a sample */
    /* Values so far that became nodata, since rounded they are it; that did since they are
     * beyond the type's reals; and NaN that integers without nodata have nothing for, and
     * which stands as 0. */
    double lost, beyond, lacking;
};

int ras_create(struct ras_writer *w, const char *path, const struct ras_spec *spec);

/* The block of a band whose first pixel is column, row (multiples of block_columns and
 * block_rows), cut off at the raster's edges, from rows that are `stride` apart. NaN
 * becomes nodata; integers are rounded and kept in range; reals beyond it are NaN. */
int ras_put_block(struct ras_writer *w, int band, int column, int row, const double *v,
                  size_t stride);

/* All blocks of a band that begin at `row` (a multiple of block_rows), from whole rows. */
int ras_put_rows(struct ras_writer *w, int band, int row, const double *v);

/* Finishes the file and puts it in place; or says why not and leaves nothing. */
int ras_commit(struct ras_writer *w);
void ras_abort(struct ras_writer *w);

#endif
