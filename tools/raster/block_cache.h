/* block_cache: decoded blocks of one raster, the last used of them, within a limit. */
#ifndef ECO_RASTER_BLOCK_CACHE_H
#define ECO_RASTER_BLOCK_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct block {
    void *samples;        /* in the band's own type */
    unsigned char *valid; /* of masked rasters; else NULL */
};

/* The blocks that there are. */
struct block_layout {
    size_t blocks;    /* of all bands together */
    size_t pixels;    /* of a block */
    int sample_bytes; /* of the widest type among the bands */
    bool masked;
};

/* limit: bytes of blocks that are kept; one block is, however large. */
struct block_cache *block_cache_open(const struct block_layout *layout, size_t limit);
void block_cache_close(struct block_cache *c);

/* The block, decoded now, by read, or before; good until the next call. The status of read.
 */
typedef int block_read(void *user, int band, int bx, int by, void *samples,
                       unsigned char *valid);
int block_cache_block(struct block_cache *c, int band, int bx, int by, block_read *read,
                      void *user, const struct block **block);

#endif
