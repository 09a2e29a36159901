/* crs: coordinate reference systems and operations between them, by PROJ.
 *
 * A CRS is text: whatever PROJ takes (EPSG:32721, WKT, PROJ strings). Coordinates
 * are always x y, longitude latitude in degrees, east and north, whatever order the
 * authority has. Failed points become NaN; nothing here depends on the locale. */
#ifndef ECO_CRS_H
#define ECO_CRS_H

#include "msg.h"
#include <stdbool.h>
#include <stddef.h>

struct crs_map; /* a coordinate operation from one CRS to another */

/* Opens the operation. area is W, S, E, N in degrees, where the coordinates lie, or
 * NULL: it lets PROJ choose among operations. what names the CRS's owner in messages
 * ("scene.tif"). Equal CRSs make an identity, without a look into PROJ's database
 * when the texts are equal. */
int crs_map_open(struct crs_map **map, const char *from, const char *to, const double *area,
                 const char *what);
void crs_map_close(struct crs_map *map);
bool crs_map_identity(const struct crs_map *map);

/* In place, n points, `stride` doubles apart (1 for plain arrays). NaN in, NaN out. */
void crs_forward(struct crs_map *map, double *x, double *y, size_t stride, size_t n);
void crs_inverse(struct crs_map *map, double *x, double *y, size_t stride, size_t n);

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

/* The EPSG code of the WGS 84 UTM zone that holds a place, by the plain 6-degree
 * rule, or 0 beyond 84 N and 80 S. Degrees. */
int crs_utm(double longitude, double latitude);

#endif
