/* join: which rasters are one input.
 *
 * Each by itself, or all, or those of one overpass (scene/overpass_key.h) that are of one
 * product, version and layer, changed likewise, and of one band. Those whose names do not
 * tell their overpass stay by themselves. Overpasses come in the order of their names, and
 * rasters of one in the order of theirs, without their folders first, so that nothing
 * depends on the order in which they were given. */
#ifndef ECO_REGRID_JOIN_H
#define ECO_REGRID_JOIN_H

#include <stddef.h>

struct regrid_input {
    char **path; /* n of them, in the order of their names */
    size_t n;
    const char *name; /* of the output, without prefix and ending; NULL: as the raster's */
};

struct join {
    struct joined *raster;
    size_t n, cap;
    struct regrid_input *input; /* ninputs of them; `path` and `name` are of this struct */
    size_t ninputs;
    char **path;
};

/* Adds a raster to a zeroed struct; once all are there, makes inputs of them: overpasses,
 * or a single one. */
void join_add(struct join *j, const char *path);
void join_overpasses(struct join *j);
void join_all(struct join *j);
void join_free(struct join *j);

#endif
