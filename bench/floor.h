/* floor: what the floors share: whole rasters by libtiff, one after the other.
 *
 * A floor is the least work that a task can be done with. It trusts its input, knows one
 * form of it, checks what it must to fail rather than mislead, and is written to be read.
 */
#ifndef ECO_FLOOR_H
#define ECO_FLOOR_H

#include <stddef.h>

struct floor_raster {
    int columns, rows, bytes; /* bytes: of a sample */
    double x0, dx, y0, dy;    /* the first pixel's corner and its size, with signs */
    void *v;                  /* all pixels; reused by the next */
    size_t cap;
};

/* Decodes all of a file's first image into r->v, or ends the program. */
void floor_decode(struct floor_raster *r, const char *path);

/* Ends the program. */
void floor_die(const char *what, const char *name);

#endif
