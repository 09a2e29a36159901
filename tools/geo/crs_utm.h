/* crs_utm: WGS 84 and its UTM zones, by their EPSG codes. */
#ifndef ECO_GEO_CRS_UTM_H
#define ECO_GEO_CRS_UTM_H

enum {
    CRS_UTM_DEGREES = 4326,
    CRS_UTM_NORTH = 32600,
    CRS_UTM_SOUTH = 32700,
    CRS_UTM_ZONES = 60
};

/* The code that a text names, or 0. */
int crs_utm_code(const char *text);

#endif
