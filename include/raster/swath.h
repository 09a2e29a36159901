/* swath: rasters whose pixels' places stand in two others, latitudes and longitudes.
 *
 * A raster that was given places (swath_attach) has them in its grid, with EPSG:4326 for
 * its CRS, and owns them: ras_close lets go of them. It stays without a geotransform.
 *
 * A place is missing where the file says so, and where a latitude is beyond 90 degrees or a
 * longitude beyond 360: ECOSTRESS has -9999 (bad or missing), -9998 (stripe) and -9997 (not
 * seen) there and no fill value (ECOSTRESS_L1 lib/ecostress_dqi.h). */
#ifndef ECO_RASTER_SWATH_H
#define ECO_RASTER_SWATH_H

#include "geo/geolocation_array.h"
#include "raster/raster.h"

struct swath {
    struct geolocation_array array; /* the first: an array that is a swath's is the swath */
    struct ras latitude, longitude;
    struct ras zenith; /* of the view; without a path where there is none */
    int scans;
    bool any;      /* some pixel that was asked for had a place */
    bool rejected; /* none of its pixels counts: of its owner's rules */
};

/* Opens the three (zenith may be NULL), and gives them to a raster as its places.
 * rows_per_scan: 2 or more, or 0: as the places show it (scan_rows.h). MSG_INPUT, told,
 * where they do not fit: other sizes, rows that are no whole number of scans. */
struct swath_files {
    const char *latitude, *longitude, *zenith;
};
int swath_attach(struct ras *r, const struct swath_files *files, int rows_per_scan);

/* A raster's swath, or NULL. */
struct swath *swath_of(const struct raster_grid *g);

/* View zeniths of a window, row after row, without their sign; NaN where there are none. */
int swath_zeniths(struct swath *s, int column, int row, int columns, int rows, double *v);

/* Bytes of decoded blocks that a scan at a time needs. */
size_t swath_bytes(const struct swath *s);

/* Once all of it was gone through: MSG_OK, what the first failure to read was, or
 * MSG_INPUT, told, where no pixel has a place. */
int swath_check(const struct swath *s);

#endif
