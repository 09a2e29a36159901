/* crs: coordinate reference systems and operations between them, by PROJ.
 *
 * A CRS is text: whatever PROJ takes (EPSG:32721, WKT, PROJ strings). Coordinates
 * are always x y, longitude latitude in degrees, east and north, whatever order the
 * authority has. Failed points become NaN; nothing here depends on the locale. */
#ifndef ECO_GEO_CRS_H
#define ECO_GEO_CRS_H

#include "base/msg.h"
#include <stdbool.h>
#include <stddef.h>

struct crs_transform; /* a coordinate operation from one CRS to another */

/* Opens the operation. area is W, S, E, N in degrees, where the coordinates lie, or
 * NULL: it lets PROJ choose among operations. what names the CRS's owner in messages
 * ("scene.tif"). Equal CRSs make an identity, without a look into PROJ's database
 * when the texts are equal. */
int crs_transform_open(struct crs_transform **map, const char *from, const char *to,
                       const double *area, const char *what);

/* The same, opened in other ways. */
enum {
    CRS_AUTHORITY_ORDER = 1, /* coordinates in the axis order of each CRS's authority */
    CRS_BOUNDS = 2, /* remembers where points lay: crs_transform_operations asks for it */
    CRS_TALLY = 4,  /* counts the points of each operation; slower */
};
int crs_transform_open_as(struct crs_transform **map, const char *from, const char *to,
                          const double *area, unsigned flags, const char *what);

void crs_transform_close(struct crs_transform *map);
bool crs_transform_identity(const struct crs_transform *map);

/* In place, n points, `stride` doubles apart (1 for plain arrays). NaN in, NaN out. */
void crs_forward(struct crs_transform *map, double *x, double *y, size_t stride, size_t n);
void crs_inverse(struct crs_transform *map, double *x, double *y, size_t stride, size_t n);

/* Forward with heights z and times t (decimal years); either may be NULL: heights are
 * then 0, times unknown. A height that is NaN counts as 0 and stays NaN, a time that is
 * NaN is unknown. When x or y fails, all three are NaN; t is left in any state. */
void crs_forward_zt(struct crs_transform *map, double *x, double *y, double *z, double *t,
                    size_t n);

/* One of the operations that lead from one CRS to another: PROJ chooses among them point
 * by point. */
struct crs_operation {
    char *name;
    double accuracy; /* m; NaN: unknown, as where a datum shift is left out (ballpark) */
    char *missing;   /* the grids that it needs and that are not installed, or NULL */
    size_t points;   /* that went through it */
};
struct crs_operations {
    struct crs_operation *way;
    size_t n, cap;
};

/* The operations that points went through, of a map opened with CRS_TALLY. */
const struct crs_operations *crs_transform_tally(const struct crs_transform *map);

/* The operations that there are where the points lay, of a map opened with CRS_BOUNDS,
 * as PROJ would rank them if no grid were missing; none for a map that has no error.
 * Free them. */
void crs_transform_operations(struct crs_transform *map, struct crs_operations *ways);
void crs_operations_free(struct crs_operations *ways);

/* Says which grids are missing where the points lay, and how good the operation is
 * without them: the best of them as a warning, or, with `all`, each, after the operations
 * that points went through. Of a map opened with CRS_BOUNDS, and CRS_TALLY for all. */
void crs_transform_report(struct crs_transform *map, bool all);

/* The CRS that an option names: the text in the file of that name (.prj, .wkt), or, when
 * there is none, the name itself. NULL, and told, when the file holds no text. Free it. */
char *crs_text(const char *name, const char *what);

/* The shortest text for a CRS: AUTHORITY:CODE where PROJ identifies it beyond
 * doubt, else WKT2 on one line. NULL, and told, when it is no CRS. Free it. */
char *crs_name(const char *crs, const char *what);

/* Whether both mean the same coordinates (axis order aside). */
bool crs_same(const char *a, const char *b);

/* Whether its coordinates are angles (longitude, latitude in degrees). */
bool crs_is_geographic(const char *crs);

/* How many metres a unit of its coordinates is (0.3048 for feet); 0 for angles and for
 * what is no CRS. */
double crs_metres(const char *crs);

/* Columns in a full turn, for a raster or grid whose columns are `step` wide: 0 when the
 * CRS is not geographic. */
double crs_turn(const char *crs, double step);

/* v moved by whole turns to within half a turn of `middle`; as it is when turn is 0. */
double crs_unwind(double v, double turn, double middle);

/* The EPSG code of a text that names WGS 84 or one of its UTM zones by it (EPSG:4326,
 * EPSG:326.., EPSG:327..), else 0. What concerns these alone never needs PROJ's database,
 * which takes 5 ms to open. */
int crs_wgs84_utm(const char *crs);

/* The EPSG code of the WGS 84 UTM zone that holds a place, by the plain 6-degree
 * rule, or 0 beyond 84 N and 80 S. Degrees. */
int crs_utm(double longitude, double latitude);

#endif
