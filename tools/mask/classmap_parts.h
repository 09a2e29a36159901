/* classmap_parts: what classmap.c and classmap_area.c share: the map, and going over a
 * window of pixels in groups whose map pixels are held. */
#ifndef ECO_MASK_CLASSMAP_PARTS_H
#define ECO_MASK_CLASSMAP_PARTS_H

#include "geo/approx_transform.h"
#include "geo/geotransform.h"
#include "raster/raster.h"
#include <stddef.h>

/* Pixels are looked up in groups whose map pixels stay in the processor's cache, also where
 * the map is much finer, or turned against the source. */
enum { CLASSMAP_GROUP = 1 << 15 };

/* A group under which more pixels of the map lie than this is taken in halves. */
enum { CLASSMAP_MOST_UNDER = 1 << 22 };

struct classmap {
    const struct classmap_classes *classes;
    struct ras map;
    int band;
    struct crs_transform *to_map;
    struct approx_transform *lattice; /* from the source's pixels to the map's */
    /* the map's columns in 360 degrees, where its ends may run through pixels; or 0 */
    double turn;
    bool winds; /* pixels may lie in other turns than the map */
    bool cut;   /* of the present group: its pixels are to be looked for in each turn */
    int group_columns;
    double looked, on_map;

    /* the part of the map that was read: whether each pixel's class is wanted */
    unsigned char *wanted;
    int c0, r0;
    size_t width;
};

/* Some pixels of the map: the first and the last column and row, both included. */
struct classmap_part {
    int c0, r0, c1, r1;
};

static inline bool classmap_too_large(const struct classmap_part *p)
{
    return ((double)p->c1 - p->c0 + 1) * ((double)p->r1 - p->r0 + 1) > CLASSMAP_MOST_UNDER;
}

/* Reads which pixels of a part are wanted; it is then the part that is held. */
int classmap_read(struct classmap *m, const struct classmap_part *p);

/* Moves columns of the map to the turn that it lies in. */
static inline void classmap_unwind(const struct classmap *m, double *x, int n)
{
    for (int i = 0; m->winds && i < n; i++)
        x[i] = crs_unwind(x[i], m->turn, m->map.grid.columns / 2.0);
}

/* Of a pixel of the part that is held. */
static inline bool classmap_is_wanted(const struct classmap *m, int column, int row)
{
    return m->wanted[(size_t)(row - m->r0) * m->width + (size_t)(column - m->c0)];
}

/* A group of pixels: column, row, columns, rows; in the window's arrays they begin at `at`
 * and have its width. */
struct classmap_group {
    int column, row, columns, rows;
    size_t at, width;
};

/* Calls work for all groups of a window. */
int classmap_in_groups(struct classmap *m, int column, int row, int columns, int rows,
                       int (*work)(struct classmap *m, const struct classmap_group *g,
                                   void *user),
                       void *user);

/* Works on two halves of a group, cut across its longer side. */
int classmap_in_halves(struct classmap *m, const struct classmap_group *g,
                       int (*work)(struct classmap *m, const struct classmap_group *g,
                                   void *user),
                       void *user);

#endif
