/* cf_crs: the CRS of a CF grid mapping, by the names of CF's appendix F. */
#include "cf_crs.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <string.h>

enum { MOST_PARAMETERS = 6 };

static const struct mapping {
    const char *name, *proj;
    struct {
        const char *attribute, *key;
    } parameter[MOST_PARAMETERS];
} mappings[] = {
    {"transverse_mercator",
     "tmerc",
     {{"latitude_of_projection_origin", "lat_0"},
      {"longitude_of_central_meridian", "lon_0"},
      {"scale_factor_at_central_meridian", "k"}}},
    {"lambert_azimuthal_equal_area",
     "laea",
     {{"latitude_of_projection_origin", "lat_0"},
      {"longitude_of_projection_origin", "lon_0"}}},
    {"azimuthal_equidistant",
     "aeqd",
     {{"latitude_of_projection_origin", "lat_0"},
      {"longitude_of_projection_origin", "lon_0"}}},
    {"lambert_conformal_conic",
     "lcc",
     {{"standard_parallel", "lat_"},
      {"longitude_of_central_meridian", "lon_0"},
      {"latitude_of_projection_origin", "lat_0"}}},
    {"albers_conical_equal_area",
     "aea",
     {{"standard_parallel", "lat_"},
      {"longitude_of_central_meridian", "lon_0"},
      {"latitude_of_projection_origin", "lat_0"}}},
    {"polar_stereographic",
     "stere",
     {{"latitude_of_projection_origin", "lat_0"},
      {"straight_vertical_longitude_from_pole", "lon_0"},
      {"standard_parallel", "lat_ts"},
      {"scale_factor_at_projection_origin", "k"}}},
    {"stereographic",
     "stere",
     {{"latitude_of_projection_origin", "lat_0"},
      {"longitude_of_projection_origin", "lon_0"},
      {"scale_factor_at_projection_origin", "k"}}},
    {"mercator",
     "merc",
     {{"longitude_of_projection_origin", "lon_0"},
      {"standard_parallel", "lat_ts"},
      {"scale_factor_at_projection_origin", "k"}}},
    {"lambert_cylindrical_equal_area",
     "cea",
     {{"longitude_of_central_meridian", "lon_0"}, {"standard_parallel", "lat_ts"}}},
    {"sinusoidal",
     "sinu",
     {{"longitude_of_projection_origin", "lon_0"},
      {"longitude_of_central_meridian", "lon_0"}}},
    {"orthographic",
     "ortho",
     {{"latitude_of_projection_origin", "lat_0"},
      {"longitude_of_projection_origin", "lon_0"}}},
    {"latitude_longitude", "longlat", {{NULL, NULL}}},
};

static void add_key(struct buf *b, const char *key, double v)
{
    char text[NUM_MAX];
    buf_printf(b, " +%s=", key);
    buf_add(b, text, num_double(text, v));
}

static void add_parameters(struct buf *b, const struct mapping *m,
                           const struct hdf5_dataset *mapping)
{
    for (int i = 0; i < MOST_PARAMETERS && m->parameter[i].attribute; i++) {
        const char *key = m->parameter[i].key;
        const struct hdf5_attribute *a = hdf5_attribute(mapping, m->parameter[i].attribute);
        if (!a || a->text || !a->n)
            continue;
        if (strcmp(key, "lat_") != 0) {
            add_key(b, key, a->number[0]);
            continue;
        }
        add_key(b, "lat_1", a->number[0]);
        if (a->n > 1)
            add_key(b, "lat_2", a->number[1]);
        else if (strcmp(m->proj, "aea") == 0)
            add_key(b, "lat_2", a->number[0]);
    }
}

/* Whether an ellipsoid is that of WGS 84, or none is named. */
static bool add_ellipsoid(struct buf *b, const struct hdf5_dataset *mapping)
{
    double a, rf, minor;
    bool has_a = hdf5_number(mapping, "semi_major_axis", &a),
         has_rf = hdf5_number(mapping, "inverse_flattening", &rf),
         has_minor = hdf5_number(mapping, "semi_minor_axis", &minor);
    if (!has_a && hdf5_number(mapping, "earth_radius", &a)) {
        add_key(b, "R", a);
        return false;
    }
    if (!has_a ||
        (a == 6378137 && (has_rf ? fabs(rf - 298.257223563) < 1e-6
                                 : !has_minor || fabs(minor - 6356752.3142) < 1e-3))) {
        buf_puts(b, " +datum=WGS84");
        return true;
    }
    add_key(b, "a", a);
    if (has_rf && rf != 0)
        add_key(b, "rf", rf);
    else
        add_key(b, "b", has_minor ? minor : a);
    return false;
}

char *cf_crs_text(const struct hdf5_dataset *mapping, bool *metres, struct buf *why)
{
    static const char *const wkts[] = {"crs_wkt", "spatial_ref"};
    struct buf b = {0};
    double v;
    *metres = false;
    for (size_t i = 0; i < sizeof wkts / sizeof *wkts; i++) {
        const char *wkt = hdf5_text(mapping, wkts[i]);
        if (wkt && *wkt)
            return mem_text(wkt);
    }
    const char *name = hdf5_text(mapping, "grid_mapping_name");
    const struct mapping *m = NULL;
    for (size_t i = 0; name && i < sizeof mappings / sizeof *mappings; i++)
        if (strcmp(mappings[i].name, name) == 0)
            m = &mappings[i];
    if (!m) {
        buf_printf(why,
                   "its grid mapping %s is \"%s\", which eco knows no CRS for; give it a "
                   "crs_wkt",
                   mapping->name, name ? name : "");
        return NULL;
    }
    buf_printf(&b, "+proj=%s", m->proj);
    add_parameters(&b, m, mapping);
    if (hdf5_number(mapping, "false_easting", &v))
        add_key(&b, "x_0", v);
    if (hdf5_number(mapping, "false_northing", &v))
        add_key(&b, "y_0", v);
    if (hdf5_number(mapping, "longitude_of_prime_meridian", &v) && v != 0)
        add_key(&b, "pm", v);
    bool wgs84 = add_ellipsoid(&b, mapping), angles = strcmp(m->proj, "longlat") == 0;
    if (angles && wgs84 && !strstr(b.s, "+pm=")) {
        buf_reset(&b);
        buf_puts(&b, "EPSG:4326");
        return b.s;
    }
    *metres = !angles;
    buf_puts(&b, angles ? " +no_defs +type=crs" : " +units=m +no_defs +type=crs");
    return b.s;
}
