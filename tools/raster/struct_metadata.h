/* struct_metadata: where the grids of an HDF-EOS5 file lie, by its StructMetadata.0.
 *
 * The text is ODL: GROUP=... and OBJECT=... down to their END_, NAME=VALUE in them. Read of
 * it are the GRID_n of GridStructure. Corners are the outer edges of the grid, whatever
 * PixelRegistration says (HDF-EOS has it decide where in a pixel its coordinate lies, and
 * divides the same corners by the same sizes), in packed degrees, minutes and seconds of
 * geographic grids (-118012000 is -118 degrees 12 minutes) or in metres. GridOrigin,
 * SphereCode and PixelRegistration may be missing: the upper left and WGS 84.
 *
 * Sources: HDF-EOS5 library users' guide (NASA 175-EEB-001); ECOSTRESS L1 hdfeos_grid.cc.
 */
#ifndef ECO_STRUCT_METADATA_H
#define ECO_STRUCT_METADATA_H

#include "base/buf.h"
#include <stdbool.h>
#include <stddef.h>

struct struct_grid {
    char *name;
    long long columns, rows;
    double gt[6];
    char *crs;
};

struct struct_metadata {
    struct struct_grid *grid;
    size_t n;
};

/* False, with a reason added to `why`, for a text that is damaged or that lays a grid
 * nowhere. */
bool struct_metadata_read(struct struct_metadata *m, const char *text, struct buf *why);
void struct_metadata_free(struct struct_metadata *m);

/* Degrees of the n bytes of packed degrees, minutes, seconds, to the last digit of their
 * text; false for what is none. */
bool struct_metadata_degrees(const char *packed, size_t n, double *degrees);

#endif
