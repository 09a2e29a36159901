/* geolocation: where the pixels of a swath lie: which file says it, and of which quality.
 *
 * A swath's latitudes and longitudes stand in its own file (as most netCDF has them), or in
 * another of the same scene: ECOSTRESS has L2_LSTE and L1B_GEO. That one is found by
 * orbit, scene and start in its name, in the swath's folder, or else in one in or beside
 * it; its build and iteration may be others, and of several the last name is taken
 * (so do JPL's programs: ECOSTRESS-Collection-2 ECOSTRESS/L1B_GEO.py, by orbit and scene).
 *
 * The arrays are those that the layer's own attributes name, or that are called latitude
 * and longitude (raster/hdf5_places.h); the view zenith is view_zenith,
 * satellite_zenith_angle, sensor_zenith_angle or SensorZenith. */
#ifndef ECO_SCENE_GEOLOCATION_H
#define ECO_SCENE_GEOLOCATION_H

#include "base/options.h"
#include "raster/raster.h"
#include "scene/scene_name.h"

/* Zeroed: found by name, scans by the product (ECOSTRESS: 128 rows) or else as the places
 * show them (raster/swath.h). */
struct geolocation_options {
    const char *file; /* instead of the one that is found */
    int rows_per_scan;
    struct geolocation_rule *rule;
    size_t nrules;
};

/* Adds --geolocation, --rows-per-scan and --geolocation-rule. */
void geolocation_options_add(struct geolocation_options *g, struct options *o,
                             unsigned modes);
void geolocation_options_free(struct geolocation_options *g);

enum { GEOLOCATION_ECOSTRESS_ROWS = 128 };

/* Gives a raster of that scene that is a swath its places; one that is none stays as it is.
 * MSG_INPUT, told, where there is no geolocation file, it is that of another scene, it does
 * not fit, or nothing says how many rows a scan has. A rule that the scene breaks is a
 * warning, and makes it `rejected` (raster/swath.h). */
int geolocation_attach(struct ras *r, const struct scene *scene,
                       const struct geolocation_options *options);

/* A layer of the file that has a swath's latitudes, as a path to open; NULL for none. */
char *geolocation_layer(const struct ras *r, const char *layer);

#endif
