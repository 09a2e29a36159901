/* mask_cache: which pixels of a raster count, kept in a folder for the next process.
 *
 * What clip and class maps give depends on the raster's pixels alone, not on their values,
 * and scenes by the thousand have the same pixels. An entry is a GeoTIFF: one byte a pixel,
 * its PIXEL_MASK_ bits; or, for maps that count by area, a band of these and one of the
 * weights, both float32. Its tag ECO_MASK_OF says all that it depends on, line by line:
 *
 *     the version of eco, and size and time of the program's file
 *     the pixels: columns, rows, geotransform, CRS
 *     the clip: its CRS and a sum of its corners
 *     each class map: its classes, size, time and path; whether it counts by area
 *
 * The entry's name is a sum of that text. An entry is used only when its tag is that text,
 * letter by letter, and its pixels amount to its tag ECO_MASK_SUM. So one that was made for
 * anything else, or is damaged, is as one that is not there: it is made again, in silence,
 * and one that cannot be written is done without.
 * Entries appear by rename, and any may be removed at any time.
 *
 * The folder has MASK_CACHE_SHARES folders of MASK_CACHE_SHARE bytes: 1 GiB in all. An
 * entry that makes one larger has the oldest go; one that is used is young again. */
#ifndef ECO_MASK_MASK_CACHE_H
#define ECO_MASK_MASK_CACHE_H

#include "geo/grid.h"
#include "mask/classmap.h"

enum { MASK_CACHE_SHARES = 16, MASK_CACHE_SHARE = 64 << 20 };

struct mask_cache_entry {
    char *text; /* what it depends on */
    char *path;
};

/* What is kept of a raster's pixels. */
struct mask_cache_pixels {
    unsigned char *bits;
    float *weight;  /* NULL: none has any */
    double *covers; /* of each map: classmap_covers */
};

/* The entry for a source, clip and maps, in a folder; false when there can be none: a map
 * that is a list of other files (VRT) does not tell when they change. */
bool mask_cache_find(struct mask_cache_entry *e, const char *folder,
                     const struct raster_grid *source, const struct grid *grid,
                     const struct classmap_use *map, int nmaps);
void mask_cache_free(struct mask_cache_entry *e);

/* Reads it, into arrays for all pixels and maps; without weights, `weight` is NULL. False,
 * in silence, when it is not there or not whole. */
bool mask_cache_read(const struct mask_cache_entry *e, const struct raster_grid *source,
                     int nmaps, const struct mask_cache_pixels *p);

/* Keeps it, and of those in its folder no more than `most` bytes. */
void mask_cache_write(const struct mask_cache_entry *e, const struct raster_grid *source,
                      int nmaps, const struct mask_cache_pixels *p, long long most);

#endif
