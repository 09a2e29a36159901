/* sources: the rasters of one input, by their lattices of pixels.
 *
 * One raster, or all of an overpass, which are taken as one: those of one lattice
 * (raster/mosaic.h) by one reader, those of others by others, which know what of a place
 * they share (mask/overlap.h). Rasters, and so readers, come in the order of names. One of
 * several that cannot be read is left out, once that shows. */
#ifndef ECO_REGRID_SOURCES_H
#define ECO_REGRID_SOURCES_H

#include "mask/masked_reader.h"
#include "regrid/join.h"
#include "scene/geolocation.h"
#include "scene/scene_name.h"

struct source {
    const char *path; /* borrowed of the input */
    struct ras ras;
    bool is_open;
    struct mosaic_part part;
};

/* How they are opened: the band of that name (NULL: see scene/band_choice.h), and where the
 * places of a swath are. */
struct sources_ask {
    const char *band;
    const struct geolocation_options *geolocation;
};

/* Zeroed, it has none; it may be used again and again, which keeps what masks there are. */
struct sources {
    struct source *source;
    size_t n, nopen;
    struct scene scene;           /* of the first in time of those that are open */
    struct masked_reader *reader; /* of each lattice */
    size_t nreaders, cap;
};

/* Opens them. MSG_OK
 * when at least one is open; what is wrong with others has been told. */
int sources_open(struct sources *s, const struct regrid_input *in,
                 const struct sources_ask *ask);

/* Turns to those that are open, and makes ready to read. memory: in bytes, for what passes
 * the rules. Afterwards nreaders is how many there are. */
int sources_turn(struct sources *s, const struct mask_options *options,
                 const struct grid *grid, unsigned flags, size_t memory);

/* When reading ended with MSG_INPUT: leaves out the raster that it was for. False when it
 * was for none, or when no other is open; else they are to be turned to again. */
bool sources_leave_out(struct sources *s, const struct sources_ask *ask);

/* How many of an input's are not open, and the names of those that are, or are not,
 * without their folders, as "A, B"; what was read of a file of layers as x.h5:LST. */
size_t sources_missing(const struct sources *s);
void sources_names(const struct sources *s, bool open, struct buf *b);

/* Lets go of the readers' rasters; of the rasters; of everything. */
void sources_turn_away(struct sources *s);
void sources_close(struct sources *s);
void sources_free(struct sources *s);

#endif
