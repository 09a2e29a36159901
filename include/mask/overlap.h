/* overlap: places that rasters of different lattices of pixels both show.
 *
 * Tiles of neighbouring UTM zones, and tiles whose edges do not fall onto each other's
 * pixels, show some of the ground twice. A place is a pixel's centre; another raster shows
 * it with the pixel that holds it. Where several have a value that counts there,
 *
 *   OVERLAP_FIRST   that of the first in their order is taken
 *   OVERLAP_MEAN    each is taken with the weight 1 / how many they are
 *
 * and where none has one, the place is the first's that shows it, so that no place is
 * missed or counted twice by what a coverage is a share of. Pixels of places that are
 * another's have PIXEL_MASK_ELSEWHERE besides their bits. Along the line where two rasters
 * part, a place is right to half a pixel.
 *
 * What rasters show is read once, in squares as they are asked for, and kept as a bit a
 * pixel. */
#ifndef ECO_MASK_OVERLAP_H
#define ECO_MASK_OVERLAP_H

#include "mask/masked_reader.h"

enum overlap_rule { OVERLAP_FIRST, OVERLAP_MEAN };

/* Their names, NULL-terminated. */
extern const char *const overlap_rules[];

struct overlap;

/* For readers that are open, from the first to the last; they are borrowed, and have this
 * for a filter until it is closed. MSG_INPUT, told, when there is no way from one's CRS to
 * another's. */
int overlap_open(struct overlap **o, struct masked_reader *from, size_t n,
                 enum overlap_rule rule);
void overlap_close(struct overlap *o);

#endif
