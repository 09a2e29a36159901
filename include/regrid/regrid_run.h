/* job: what eco-regrid is asked to do, and doing it for one input after the other.
 *
 * For each input it finds the class maps of the scene's year and the companions, makes the
 * raster, and writes one record of what became of it. */
#ifndef ECO_JOB_H
#define ECO_JOB_H

#include "regrid/bands.h"
#include "mask/classmap.h"
#include "geo/grid.h"
#include "base/names.h"
#include "base/out.h"
#include "mask/quality.h"
#include "mask/pixel_mask.h"

enum { JOB_FALLBACKS = 64, JOB_MASKS = 8 };

/* The names of enum regrid_denominator, NULL-terminated. */
extern const char *const job_denominators[];

struct job_fallback {
    int missing, instead; /* years */
};

/* A class map as the user named it: {year} in its name is the scene's year. */
struct job_mask {
    const char *pattern;
    struct classmap_classes classes;
};

struct job {
    struct out *o; /* where records go */
    struct grid grid;
    struct bands_spec spec;
    struct job_mask *mask;
    int nmasks;
    bool by_area; /* the masks count by the share of a pixel's area */
    struct quality_rules *rules;
    bool lenient; /* a missing companion is a warning */
    const char *grid_path, *output, *out_dir, *prefix;
    struct job_fallback fallback[JOB_FALLBACKS];
    int nfallbacks;

    /* private */
    struct select *select; /* of the last source, for the next with the same pixels */
    struct names written;  /* outputs and their inputs */
};

bool job_has_year(const struct job_mask *m);

/* The legend of the records. */
void job_legend(const struct job *j);

/* One input and its record. MSG_SYSTEM when there is no point in going on. */
int job_make(struct job *j, const char *path);
void job_free(struct job *j);

#endif
