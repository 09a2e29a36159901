/* What the long and the wide form of points share. */
#ifndef ECO_SAMPLE_POINT_ROWS_H
#define ECO_SAMPLE_POINT_ROWS_H

#include "sample/points.h"
#include "scene/raster_list.h"
#include "scene/solar_time.h"

struct points {
    struct out *o;
    struct points_options options;
    struct point_table places;
    struct point_sampler probe;
    struct masked_reader pixels;
    struct raster_list sources;
    char delimiter;
    char **name; /* of the new columns */
    size_t nnames;
    bool headed;

    /* the present points in the plane of the CRS that was asked for last */
    char *crs;
    double *x, *y;
    size_t xy_cap[2];

    double *result; /* of one raster */
    size_t result_cap;
};

/* The statistics of one raster at the present points: places.n times stats.n. */
int points_values(struct points *p, struct scene_raster *s, double *result);

/* New coordinates: what was transformed is void. */
void points_forget(struct points *p);

/* A column of ours, behind the points' own: prefix, name and, when more is not NULL,
 * _more. MSG_INPUT, told, when the points have a column of that name themselves. */
int points_add_name(struct points *p, const char *name, const char *more);

/* Metadata and legend. */
void points_put_head(struct points *p);

/* Opens a record: the point's own fields, time, solar time. */
void points_put_point(struct points *p, size_t i, const char *time,
                      const struct solar *solar);

/* The values of one raster at one point, a field each. */
void points_put_values(struct points *p, bool single, const double *value);

/* The wide form. */
int points_wide(struct points *p);

#endif
