/* denominator: what the coverage of a cell is a share of. */
#ifndef ECO_REGRID_DENOMINATOR_H
#define ECO_REGRID_DENOMINATOR_H

/* The cell's area, that of all source pixels under the clip's bounding box, or that of the
 * pixels that clip and class maps let through. */
enum area_denominator { AREA_CELL, AREA_SOURCE, AREA_MASK };

/* Their names, NULL-terminated. */
extern const char *const denominator_names[];

#endif
