/* scan_rows: how many rows of a swath were seen at once, as their places show it.
 *
 * Where a scan of several rows ends, the next begins a good way back: near the edges of the
 * swath what two scans see overlaps (the bow tie of VIIRS, MODIS and ECOSTRESS). Rows that
 * go on in one direction everywhere have neighbours on both sides, as those of an
 * instrument whose scans are rows (ASCAT), and of grids that only have their places listed:
 * they are one mesh, whose footprints a scan of all rows gives. */
#ifndef ECO_SCAN_ROWS_H
#define ECO_SCAN_ROWS_H

#include "raster/raster.h"

/* The rows of a scan: all of r's, or so many that each scan but the first begins with a
 * step back and no other row does. MSG_INPUT, told, where some rows step back but not at
 * every scan's beginning, or the places cannot be read. */
int scan_rows_find(struct geolocation_array *places, const struct ras *r, int *rows);

#endif
