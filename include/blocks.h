/* blocks: pixels of a raster here and there, each block read as seldom as memory allows.
 *
 * Keeps the blocks used last. Whoever asks for pixels in the order of blocks_index reads
 * each block once, even if one is kept. */
#ifndef ECO_BLOCKS_H
#define ECO_BLOCKS_H

#include "ras.h"

enum { BLOCKS_BYTES = 48 << 20 };

struct blocks;

/* The raster is borrowed; flags as for ras_read. Keeps up to so many bytes of values,
 * but one block at least. */
struct blocks *blocks_open(struct ras *r, int band, unsigned flags, size_t bytes);
void blocks_close(struct blocks *b);

/* The number of the block that holds a pixel, in the order of the file, and how many
 * there are. */
size_t blocks_index(const struct blocks *b, int column, int row);
size_t blocks_count(const struct blocks *b);

/* A run of pixels of one row, within one block: from `column` on, *n of them at most
 * (set to how many there are). NULL, told, when the file is damaged. Good until the
 * next call. */
const double *blocks_run(struct blocks *b, int column, int row, int *n);

/* How many blocks were read from the file so far. */
size_t blocks_reads(const struct blocks *b);

#endif
