/* demo: what the parts of the generator share.
 *
 * All writing functions tell what fails and return a status. */
#ifndef ECO_DEMO_H
#define ECO_DEMO_H

#include "base/date.h"
#include "geo/crs_transform.h"
#include "raster/geotiff_write.h"
#include <stdint.h>

enum { DEMO_PIXEL = 70 }; /* m */

enum demo_layer { DEMO_LST, DEMO_NDVI, DEMO_NDVI_UQ, DEMO_LAYERS };

struct demo_site {
    char *name;
    double longitude, latitude;
};

struct demo {
    const char *dir;
    struct demo_site *sites;
    size_t nsites, sites_cap;
    bool layer[DEMO_LAYERS];
    int scenes, size, first_year, last_year, tile, seed;
};

/* The landscape around a site. */
struct demo_land {
    const struct demo *demo;
    const struct demo_site *site;
    uint32_t seed;
    double km_east, km_north; /* of a degree */
};

/* DIR/kind/rest; free it. */
char *demo_path(const struct demo *d, const char *kind, const char *rest);

/* Writes a raster of one band whose values are all in memory, and the folders above. */
int demo_raster(const char *path, const struct ras_spec *spec, const double *v);

/* From a UTM zone, by its EPSG code, to longitude and latitude. */
int demo_zone(struct crs_transform **map, int code, const struct demo_site *site);

int demo_scenes(const struct demo_land *land);
int demo_classes(const struct demo_land *land);
int demo_polygon(const struct demo_land *land);

/* A tower's file: the surface at the site by its half hours, which is DEMO_BIAS below what
 * scenes show there. */
int demo_tower(const struct demo_land *land);
enum { DEMO_BIAS_HUNDREDTHS = 150 }; /* K / 100 */

/* The surface at the site in K, under a clear sky and without the grain of pixels: at the
 * time of a scene of temperature, or at another time (a day by its number, the hour in
 * UTC).
 */
double demo_at_tower(const struct demo_land *land, int index, struct date *when);
double demo_at_hour(const struct demo_land *land, long day, double utc_hour, int year);

#endif
