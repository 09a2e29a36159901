/* regrid_run: what eco-regrid is asked to do, and doing it for one input after the other.
 *
 * An input is a raster, or the rasters of an overpass, which are taken as one
 * (regrid/join.h). For each input it finds the class maps of the scene's year and the
 * companions, makes the raster, and writes one record of what became of it: to `o`, and
 * beside the raster if so asked. */
#ifndef ECO_REGRID_REGRID_RUN_H
#define ECO_REGRID_REGRID_RUN_H

#include "base/names.h"
#include "base/out.h"
#include "geo/grid.h"
#include "mask/masked_reader.h"
#include "regrid/bands_spec.h"
#include "regrid/join.h"
#include "scene/geolocation.h"
#include "scene/scene_raster.h"

struct sources;

struct regrid_run {
    struct out *o; /* where records go */
    struct grid grid;
    struct bands_spec spec;
    struct mask_options mask;               /* which pixels count */
    struct geolocation_options geolocation; /* of swaths */
    const char *grid_path, *output, *out_dir, *prefix;
    bool csv;                /* records on `o` are CSV with a plain header */
    bool records;            /* each also as a file beside the raster */
    bool quiet;              /* with records: these alone tell what became of an input, and
                                one that failed is no failure of the run */
    const char *joblog_path; /* where what it took is written; NULL: nowhere */
    struct scene_ask ask;    /* the band of rasters of several; layers and times of files
                                that have several */
    int join;                /* 0 or more: inputs are overpasses, and records say how many
                                rasters each has */
    bool single;             /* there is one input, so nothing is kept for the next */

    /* private */
    struct sources *sources;
    struct names written; /* outputs and their inputs */
    struct joblog *joblog;
};

/* Opens the joblog, and writes the legend of the records. */
int regrid_run_start(struct regrid_run *j);

/* One input and its record. MSG_SYSTEM when there is no point in going on. */
int regrid_run_make(struct regrid_run *j, const struct regrid_input *in);
void regrid_run_free(struct regrid_run *j);

#endif
