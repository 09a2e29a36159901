/* geolocation_array: pixels whose places are listed, one by one, instead of laid by a
 * geotransform: those of a swath.
 *
 * What lists them is a room above; here is what rooms below may ask of it. Places are
 * those of the pixels' centres, longitude and latitude on WGS 84 in degrees; longitudes are
 * within 180. A pixel whose place is not known has NaN.
 *
 * The rows come in scans of `rows_per_scan` (2 or more), each seen at once: rows on either
 * side of a scan's end are no neighbours, and the ground under them may be the same. */
#ifndef ECO_GEO_GEOLOCATION_ARRAY_H
#define ECO_GEO_GEOLOCATION_ARRAY_H

struct geolocation_array {
    int rows_per_scan;
    /* The window of columns and rows, row after row. What cannot be read is NaN, told
     * once, and is in `status` from then on. */
    void (*places)(struct geolocation_array *g, int column, int row, int columns, int rows,
                   double *longitude, double *latitude);
    void (*close)(struct geolocation_array *g); /* for its owner */
    int status; /* MSG_OK, or what the first failure to read was */
};

#endif
