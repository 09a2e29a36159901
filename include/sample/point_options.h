/* point_options: which points are taken, and what of a raster at each. */
#ifndef ECO_SAMPLE_POINT_OPTIONS_H
#define ECO_SAMPLE_POINT_OPTIONS_H

#include "base/stats.h"
#include "mask/masked_reader.h"
#include "record/form.h"
#include <stdbool.h>

struct point_table_options {
    const char *path;    /* of the table; "-" is stdin */
    const char *crs;     /* or NULL */
    const char *columns; /* "x,y" by name or number, or NULL */
    struct rec_form form;
    bool csv_out;
    bool keep_going; /* passes over malformed records, which are told */
};

struct point_sampler_options {
    bool bilinear;
    int window; /* pixels to a side: odd, 1 for the pixel alone */
    const struct stat_list *stats;
};

struct points_options {
    struct point_table_options places;
    struct point_sampler_options probe;
    const struct mask_options *mask; /* which pixels count */
    struct scene_ask ask;            /* which rasters, and which band */
    const char *prefix;              /* before the names of new columns, or "" */
    const char *command;             /* for ##cmd=, or NULL */
    bool csv, wide;
    bool pixel; /* columns row, column and view_zenith of the pixel (not with wide) */
};

#endif
