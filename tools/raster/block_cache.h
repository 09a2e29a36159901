/* block_cache: decoded blocks of one raster, the last used of them, within a limit. */
#ifndef ECO_RASTER_BLOCK_CACHE_H
#define ECO_RASTER_BLOCK_CACHE_H

#include "raster/raster.h"

enum { RAS_CACHE_BYTES = 2 << 20 }; /* for rasters that ask for nothing else */

struct ras_block {
    void *samples;        /* in the band's own type */
    unsigned char *valid; /* of masked rasters; else NULL */
};

struct block_cache *block_cache_open(const struct ras *r, size_t bytes);
void block_cache_close(struct block_cache *c);

/* The block, decoded now or before; good until the next call. */
int block_cache_block(struct block_cache *c, struct ras *r, int band, int bx, int by,
                      const struct ras_block **block);

#endif
