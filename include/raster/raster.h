/* raster: rasters to read.
 *
 * A raster is bands of columns x rows pixels in a plane, where its geotransform lays
 * them. AREA_OR_POINT=Point is already accounted for.
 *
 * Values are finite doubles: every pixel type up to 32 bits and float64 fits exactly, and a
 * 64-bit integer that does not is an error. A pixel without a value (nodata, NaN, infinite,
 * masked out by the file's own mask) reads as NaN. Scale and offset are applied unless
 * asked for raw values; they come from the band, or else from the file's scale_factor and
 * add_offset.
 *
 * Plain GeoTIFF is read directly; HDF5 and netCDF by hdf5_file.h, what remains by GDAL:
 * both are modules that are loaded when they are first needed. A dataset of an HDF5 or
 * netCDF file is a layer, named FILE:LAYER, or as GDAL does. */
#ifndef ECO_RASTER_RASTER_H
#define ECO_RASTER_RASTER_H

#include "base/buf.h"
#include "base/file_stamp.h"
#include "geo/raster_grid.h"
#include "raster/pixel_type.h"
#include <stdbool.h>
#include <stddef.h>

struct ras_band {
    enum ras_type type;
    bool has_nodata;
    double nodata; /* as the tag has it; compared in the band's own type */
    double scale, offset;
    char *description, *unit; /* NULL when there is none */
    char *time;               /* of its values, as records have it, where the file tells */
    bool alpha;               /* its numbers are opacities */
};

struct ras_tag {
    char *key, *value;
};

struct ras_driver;

struct ras {
    char *path;              /* as it was given */
    char *file;              /* the same without a band */
    char *disk;              /* the file that it is in */
    char *layer;             /* the dataset of an HDF5 or netCDF file; NULL in others */
    char *part;              /* the band that the path names, or NULL */
    int chosen;              /* its number, or -1 */
    struct file_stamp stamp; /* of its file, before it was opened */
    struct raster_grid grid; /* its CRS is NULL when the file names none; owns its places */
    bool has_gt;
    char *unplaced; /* what it has instead of a place, and what to do; NULL: nothing */
    char *latitudes, *longitudes; /* the layers of its file that list its pixels' places
                                     instead; NULL: none */
    int file_columns;             /* as the file has them, wound or not */
    int first, period;            /* of ras_wind; period 0: not wound */
    int nbands;
    struct ras_band *band;
    int block_columns, block_rows; /* reading is cheapest along these */
    struct ras_tag *tag;
    size_t ntags;
    unsigned short *colors; /* palette of an 8-bit band: 256 reds, greens, blues; or NULL */
    bool masked;            /* the file has a mask of its own */
    const struct ras_driver *driver;
    void *handle;
    struct block_cache *cache; /* decoded blocks */
    size_t cache_bytes;
};

/* Opens a raster. A path that is no file, but one up to a colon, is FILE:BAND, or of HDF5
 * and netCDF FILE:LAYER or FILE:LAYER:BAND. Tells what is wrong and returns MSG_INPUT when
 * it cannot be read, has a pixel type that this cannot hold (complex), or has no such band.
 */
int ras_open(struct ras *r, const char *path);
void ras_close(struct ras *r);

/* Whether its name still stands for the file that was opened, and that was not changed:
 * MSG_INPUT, told, when what was read may be of two files. */
int ras_check_unchanged(const struct ras *r);

/* The window of columns and rows, row after row, into v. band counts from 0. The
 * window must lie inside. MSG_INPUT when the file is damaged. */
int ras_read(struct ras *r, int band, int column, int row, int columns, int rows, double *v,
             unsigned flags);

/* The same, looked up: table[value] for raw values that are whole numbers from 0 to 65535,
 * and 0 for all others and for pixels without a value. For maps of classes. */
int ras_read_table(struct ras *r, int band, int column, int row, int columns, int rows,
                   const unsigned char table[65536], unsigned char *v);

/* For a raster whose columns go around the earth, `period` of them in a turn: from now on
 * it is as one with so many columns, each being that of the file which lies a whole number
 * of periods away, and its first the file's column `first`, which may be none of 0, 1, ...
 * gt is moved along. The file must have at least `period` columns. */
void ras_wind(struct ras *r, int first, int columns, int period);

/* How many of the columns from `column` on lie side by side in the file, `columns` at most;
 * *from: which of the file's columns is the first of them. */
int ras_stretch(const struct ras *r, int column, int columns, int *from);

/* How many bytes of decoded blocks are kept for later reads (at least one block is);
 * the blocks that were used last stay. Another number lets go of those kept so far. */
void ras_keep(struct ras *r, size_t bytes);

/* For who needs a CRS and a geotransform, with pixels that have an area, or listed places:
 * MSG_INPUT, told with what the file has instead, where it has none. */
int ras_need_place(const struct ras *r);

/* A metadata item of the file, or NULL. */
const char *ras_tag(const struct ras *r, const char *key);

/* The first band whose description is that name, or -1. */
int ras_find_band(const struct ras *r, const char *name);

/* The band of that number from 1 or of that description, or else the only one in whose
 * description that year stands; -1 for none. */
enum { RAS_BAND_AMBIGUOUS = -2 };
int ras_band_named(const struct ras *r, const char *name);

/* The same, or MSG_INPUT, told, with all that there are. */
int ras_name_band(const struct ras *r, const char *name, int *band);

/* Adds "1 2019, 2 2020, 3": numbers and descriptions. */
void ras_list_bands(const struct ras *r, struct buf *b);

/* The only number of four digits in a text that may be a year, or 0. */
int ras_year_in(const char *text);

/* The path without its band, to be freed; *band, unless NULL: the rest of the path, or
 * NULL. And the file on disk alone. */
char *ras_file_of(const char *path, const char **band);
char *ras_disk_of(const char *path);

/* Whether there is such a file, with such a band. */
bool ras_exists(const char *path);

/* The unit of the values: the band's, or the file's `units`; NULL when none. */
const char *ras_unit(const struct ras *r, int band);

/* For drivers: how one kind of file is read. A driver fills struct ras in open and
 * gives whole blocks as they are; all the rest is done once, in raster.c. */
struct ras_driver {
    /* MSG_OK; MSG_INPUT when the file is bad (told); RAS_NOT_MINE to leave it to the
     * next driver. In both of these what was filled in is freed by the caller, but for
     * the handle. *crs: the text of its CRS, to be freed, or NULL. */
    int (*open)(struct ras *r, char **crs);
    /* Block bx, by of a band in the band's own type, with a stride of block_columns; what
     * lies beyond the raster's edges may be left as it is. In a masked raster, valid gets
     * one byte a pixel, 0 where the mask takes its value away. */
    int (*read)(struct ras *r, int band, int bx, int by, void *samples,
                unsigned char *valid);
    void (*close)(struct ras *r);
};
enum { RAS_NOT_MINE = -1 };

extern const struct ras_driver ras_tiff_driver, ras_hdf5_driver;

/* The layers of an HDF5 or netCDF file, by their shortest names. */
struct ras_layer {
    char *name;
    int nbands;
    char **band, **time; /* of each band: what sets it apart, and its time or NULL */
    bool untold;         /* times stand in the file, but in no calendar like ours */
};
struct ras_layers {
    struct ras_layer *layer;
    size_t n;
};

/* Whether a path names such a file, or a layer of one; a band that it names, and what is
 * no such file, leaves nothing to choose. */
enum ras_layers_named { RAS_LAYERS_NONE, RAS_LAYERS_ALL, RAS_LAYERS_ONE };
enum ras_layers_named ras_layers_named(const char *path);

/* Those of the file, or the one that the path names; none where it names none after all.
 * MSG_INPUT, told. */
int ras_layers_read(struct ras_layers *l, const char *path);
void ras_layers_free(struct ras_layers *l);

#endif
