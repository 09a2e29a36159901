/* area_sums: the part of area_projected that most pixels go through, where nothing but sums
 * are wanted.
 *
 * Both add the pixels of a batch from `from` on that lie inside, without asking what a
 * pixel has in which cell: where it has nothing it adds 0. They stop at the first good
 * pixel that they are not for, since cells take them in order, and return it, or n. */
#ifndef ECO_REGRID_AREA_SUMS_H
#define ECO_REGRID_AREA_SUMS_H

#include "area_kept.h"
#include "area_work.h"

int area_sums_batch(const struct area_weights_row *b, int from, int n, const double *v,
                    const unsigned char *bits, const struct grid_rect *rect,
                    struct sums *cell);

/* The same of a batch that begins at pixel `batch` of a row of which it was kept. */
int area_sums_kept(const struct area_kept_row *r, int batch, int from, int n,
                   const double *v, const unsigned char *bits, const struct grid_rect *rect,
                   struct sums *cell);

#endif
