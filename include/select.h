/* select: which pixels of a source take part.
 *
 * A pixel takes part by its centre: SELECT_CLIP when it lies inside the grid's clip
 * area (or the grid has none), SELECT_CLASS when the class map has a wanted class
 * there (or there is no class map). The class is that of the map's pixel that holds
 * the centre: nearest neighbour, by the exact transform (centres so close to the edge
 * of a map pixel that interpolation could err are transformed one by one). A centre on
 * an edge of the map's pixels, as near as doubles can tell, is in the later column or
 * row. Outside of the map, and where the map has nodata, no class is wanted.
 *
 * Work done for one source is kept for the next with the same pixels, up to
 * SELECT_KEPT of them. */
#ifndef ECO_SELECT_H
#define ECO_SELECT_H

#include "grid.h"
#include "ras.h"

enum { SELECT_CLIP = 1, SELECT_CLASS = 2, SELECT_ALL = 3 };
enum { SELECT_KEPT = 8 << 20 };

/* The wanted classes: whole numbers from 0 to 65535. */
struct select_classes {
    unsigned char wanted[65536];
    char *text; /* as the user gave it */
};

/* "3,4,10-15"; told when it is none, with the name of the option. Free text. */
bool select_parse_classes(struct select_classes *c, const char *option, const char *text);

struct select;

/* The grid and the classes are borrowed; mask is the path of a class map or NULL. */
int select_open(struct select **s, const struct ras *source, const struct grid *grid,
                const char *mask, const struct select_classes *classes);
void select_close(struct select *s);

/* Whether it serves this source and mask too. */
bool select_serves(const struct select *s, const struct ras *source, const char *mask);

/* Whether all pixels take part: no clip, no class map. */
bool select_takes_all(const struct select *s);

/* The operation from the source's CRS to the grid's, for others to use. */
struct crs_map *select_map(struct select *s);

/* SELECT_ bits of a window of pixels, row after row. */
int select_window(struct select *s, int column, int row, int columns, int rows,
                  unsigned char *bits);

/* The pixels under the bounding box of the clip area in the source's rows and columns:
 * box = first column, first row, columns, rows. Without a clip, all. False when there
 * are none. */
bool select_box(const struct select *s, int box[4]);

/* The share of the pixels asked for so far, inside the clip, that lie on the map. */
double select_on_map(const struct select *s);

#endif
