/* classmap: which of a source's pixels lie on wanted classes of a map, or what share of
 * each does.
 *
 * By centre: the class is that of the map's pixel that holds the pixel's centre: nearest
 * neighbour, by the exact transform (centres so close to the edge of a map pixel that
 * interpolation could err are transformed one by one). By area: the share of the pixel's
 * area, a quadrilateral in the map's plane, that lies on map pixels of wanted classes; one
 * so small (1e-9) that rounding may have made it is none.
 * Outside of the map, and where the map has nodata, no class is wanted. Longitudes of the
 * source and the map may lie turns apart, and the ends of one run through the other. */
#ifndef ECO_MASK_CLASSMAP_H
#define ECO_MASK_CLASSMAP_H

#include "geo/raster_grid.h"

/* The wanted classes: whole numbers from 0 to 65535. */
struct classmap_classes {
    unsigned char wanted[65536];
    char *text; /* as the user gave it */
};

/* "3,4,10-15"; told when it is none, with the name of the option. Free text. */
bool classmap_parse(struct classmap_classes *c, const char *option, const char *text);

/* A map to be laid under a source. */
struct classmap_use {
    const char *path;
    const struct classmap_classes *classes;
    bool by_area; /* it counts by area, else by centre */
};

struct classmap;

/* For the pixels of a source. The classes are borrowed. */
int classmap_open(struct classmap **m, const char *path,
                  const struct classmap_classes *classes, const struct raster_grid *source);
void classmap_close(struct classmap *m);

/* For a window of pixels, row after row. Both look at pixels with bits only: classmap_keep
 * clears the bits of those whose centre is on no wanted class; classmap_weigh multiplies
 * the weights by the shares. */
int classmap_keep(struct classmap *m, int column, int row, int columns, int rows,
                  unsigned char *bits);
int classmap_weigh(struct classmap *m, int column, int row, int columns, int rows,
                   const unsigned char *bits, float *weight);

/* The share of the pixels looked at so far whose centre lies on the map. */
double classmap_covers(const struct classmap *m);

#endif
