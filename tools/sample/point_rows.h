/* point_rows: what the long and the wide form of points share: sampling rasters at the
 * present points, and writing records of it. */
#ifndef ECO_SAMPLE_POINT_ROWS_H
#define ECO_SAMPLE_POINT_ROWS_H

#include "point_sampler.h"
#include "point_table.h"
#include "sample/point_options.h"
#include "scene/raster_list.h"
#include "scene/solar_time.h"
#include "swath_points.h"

struct point_rows {
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
    const struct crs *crs;
    double *x, *y;
    size_t xy_cap[2];

    double *result; /* of one raster */
    size_t result_cap;
    size_t asked, within;      /* places in rasters that were asked for, and that were */
    struct point_pixel *pixel; /* likewise: where the values of each point stand */
    double *value;
    size_t pixel_cap, value_cap;
};

/* The statistics of one raster at the present points: places.n times stats.n. */
int point_rows_values(struct point_rows *p, struct scene_raster *s, double *result);

/* New coordinates: what was transformed is void. */
void point_rows_forget(struct point_rows *p);

/* A column of ours, behind the points' own: prefix, name and, when more is not NULL,
 * _more. MSG_INPUT, told, when the points have a column of that name themselves. */
int point_rows_add_name(struct point_rows *p, const char *name, const char *more);

/* Metadata and legend. */
void point_rows_put_head(struct point_rows *p);

/* Opens a record: the point's own fields, time, solar time. */
void point_rows_put_point(struct point_rows *p, size_t i, const char *time,
                          const struct solar *solar);

/* The pixel of a point: row, column, view zenith, a field each. */
void point_rows_put_pixel(struct point_rows *p, size_t i);

/* The values of one raster at one point, a field each. */
void point_rows_put_values(struct point_rows *p, int form, const double *value);

#endif
