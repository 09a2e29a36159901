/* regrid_run: what eco-regrid is asked to do, and doing it for one input after the other.
 *
 * For each input it finds the class maps of the scene's year and the companions, makes the
 * raster, and writes one record of what became of it. */
#ifndef ECO_REGRID_REGRID_RUN_H
#define ECO_REGRID_REGRID_RUN_H

#include "base/names.h"
#include "base/out.h"
#include "geo/grid.h"
#include "mask/classmap.h"
#include "mask/pixel_mask.h"
#include "mask/quality.h"
#include "regrid/bands_spec.h"

enum { REGRID_RUN_FALLBACKS = 64, REGRID_RUN_MASKS = 8 };

struct regrid_run_fallback {
    int missing, instead; /* years */
};

/* A class map as the user named it: {year} in its name is the scene's year. */
struct regrid_run_mask {
    const char *pattern;
    struct classmap_classes classes;
};

struct regrid_run {
    struct out *o; /* where records go */
    struct grid grid;
    struct bands_spec spec;
    struct regrid_run_mask *mask;
    int nmasks;
    bool by_area; /* the masks count by the share of a pixel's area */
    struct quality_rules *rules;
    bool lenient; /* a missing companion is a warning */
    const char *grid_path, *output, *out_dir, *prefix;
    struct regrid_run_fallback fallback[REGRID_RUN_FALLBACKS];
    int nfallbacks;

    /* private */
    struct pixel_mask *select; /* of the last source, for the next with the same pixels */
    struct names written;      /* outputs and their inputs */
};

bool regrid_run_has_year(const struct regrid_run_mask *m);

/* The legend of the records. */
void regrid_run_legend(const struct regrid_run *j);

/* One input and its record. MSG_SYSTEM when there is no point in going on. */
int regrid_run_make(struct regrid_run *j, const char *path);
void regrid_run_free(struct regrid_run *j);

#endif
