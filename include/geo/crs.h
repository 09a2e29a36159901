/* crs: coordinate reference systems, by PROJ.
 *
 * A CRS is named by text, whatever PROJ takes: EPSG:32721, WKT, PROJ strings. From then on
 * it is an object. crs_of gives one object for one text, as long as the process lives, so
 * what PROJ makes of a text is worked out once, and equal pointers mean equal texts. It
 * never fails: a text is not looked at before something is asked of it, and then a CRS that
 * is none is told where that must be told (crs_named, crs_transform_open) and has no
 * properties elsewhere.
 *
 * The table of these objects, with the PROJ context that they share, is the one thing in
 * this library that outlives its users and changes: a process would otherwise have to carry
 * it through everything that opens a file. It cannot be seen: what it answers depends on
 * the text alone. It is not freed; it is reachable to the end, so no leak, and taking PROJ
 * down takes time.
 *
 * Coordinates are always x y, longitude latitude in degrees, east and north, whatever order
 * and whatever angular unit the authority has; longitudes count from the CRS's own prime
 * meridian. Nothing here depends on the locale. What concerns WGS 84 and its UTM
 * zones by their EPSG codes, and CRSs of equal texts, never needs PROJ's database, which
 * takes 5 ms to open. */
#ifndef ECO_GEO_CRS_H
#define ECO_GEO_CRS_H

#include "base/msg.h"
#include <stdbool.h>

struct crs;

const struct crs *crs_of(const char *text);
const struct crs *crs_of_epsg(int code);

/* One of its own, for streams that may name more of them than there is memory for. */
struct crs *crs_new(const char *text);
void crs_free(struct crs *crs);

/* The CRS that an option names: by the text in the file of that name (.prj, .wkt), or, when
 * there is none, by the name itself. NULL, and told, when the file holds no text. */
const struct crs *crs_read(const char *name, const char *what);

/* The text that it was made from. */
const char *crs_text(const struct crs *crs);

/* The same by its shortest text: AUTHORITY:CODE where PROJ identifies it beyond doubt, else
 * WKT2 on one line. NULL, and told, when it is no CRS; what names its owner in the message.
 */
const struct crs *crs_named(const struct crs *crs, const char *what);

/* The same of its horizontal part: of a compound CRS without the heights, of one with three
 * axes as one with two. Rasters, grids and polygons lie in that. */
const struct crs *crs_named_plane(const struct crs *crs, const char *what);

/* Whether both mean the same coordinates (axis order and heights aside). */
bool crs_same(const struct crs *a, const struct crs *b);

/* Whether its coordinates are angles (longitude, latitude in degrees). */
bool crs_is_geographic(const struct crs *crs);

/* How many degrees a unit of its coordinates is, as files have them: 0.9 for grads, and
 * then a raster's geotransform is to be turned into degrees; 0 where they are no angles. */
double crs_degrees(const struct crs *crs);

/* How many metres a unit of its coordinates is (0.3048 for feet); 0 for angles and for
 * what is no CRS. */
double crs_metres(const struct crs *crs);

/* A full turn of its x: 360 where coordinates are angles, else 0. */
double crs_turn(const struct crs *crs);

/* v moved by whole turns to within half a turn of `middle`; as it is when turn is 0. */
double crs_unwind(double v, double turn, double middle);

/* The EPSG code of WGS 84 or of one of its UTM zones, where the text names it by that
 * (EPSG:4326, EPSG:326.., EPSG:327..), else 0. */
int crs_wgs84_utm(const struct crs *crs);

/* The EPSG code that says all of a CRS: its text is EPSG:CODE, and that is a geographic CRS
 * in degrees or a projected one in metres, without heights, and in force; else 0. */
int crs_plain_code(const struct crs *crs);

/* Whether its ellipsoid has such a semi-major axis (m) and inverse flattening. */
bool crs_has_ellipsoid(const struct crs *crs, double axis, double flattening);

/* The EPSG code of the WGS 84 UTM zone that holds a place, by the plain 6-degree
 * rule, or 0 beyond 84 N and 80 S. Degrees. */
int crs_utm(double longitude, double latitude);

#endif
