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
    {"vertical_perspective",
     "nsper",
     {{"latitude_of_projection_origin", "lat_0"},
      {"longitude_of_projection_origin", "lon_0"},
      {"perspective_point_height", "h"}}},
    {"geostationary",
     "geos",
     {{"longitude_of_projection_origin", "lon_0"}, {"perspective_point_height", "h"}}},
    {"rotated_latitude_longitude",
     "ob_tran +o_proj=longlat",
     {{"grid_north_pole_latitude", "o_lat_p"}}},
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

/* Which of the two angles of a scan turns the other's plane: one is fixed, one sweeps. */
static const char *sweep_of(const struct hdf5_dataset *mapping)
{
    const char *sweep = hdf5_text(mapping, "sweep_angle_axis"),
               *fixed = hdf5_text(mapping, "fixed_angle_axis");
    if (!sweep && fixed)
        return strcmp(fixed, "y") == 0 ? "x" : strcmp(fixed, "x") == 0 ? "y" : NULL;
    return sweep && (strcmp(sweep, "x") == 0 || strcmp(sweep, "y") == 0) ? sweep : NULL;
}

/* What a geostationary satellite's and a rotated pole's mapping have besides, and what
 * their coordinates are. The name of what they lack, or NULL. */
static const char *add_special(struct buf *b, const struct hdf5_dataset *mapping,
                               const char *name, struct cf_plane *plane)
{
    double v = 0, pole;
    if (strcmp(name, "geostationary") == 0) {
        const char *sweep = sweep_of(mapping);
        if (!hdf5_number(mapping, "perspective_point_height", &plane->height) ||
            !(plane->height > 0))
            return "perspective_point_height";
        if (hdf5_number(mapping, "latitude_of_projection_origin", &v) && v != 0)
            return "latitude_of_projection_origin of 0";
        if (!sweep)
            return "sweep_angle_axis of x or y";
        buf_printf(b, " +sweep=%s", sweep);
    } else if (strcmp(name, "rotated_latitude_longitude") == 0) {
        plane->angles = true;
        if (!hdf5_number(mapping, "grid_north_pole_longitude", &pole))
            return "grid_north_pole_longitude";
        if (!hdf5_attribute(mapping, "grid_north_pole_latitude"))
            return "grid_north_pole_latitude";
        hdf5_number(mapping, "north_pole_grid_longitude", &v);
        add_key(b, "o_lon_p", v);
        add_key(b, "lon_0", remainder(pole + 180, 360));
    } else if (strcmp(name, "vertical_perspective") == 0 &&
               !hdf5_attribute(mapping, "perspective_point_height")) {
        return "perspective_point_height";
    }
    return NULL;
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

static const struct mapping *mapping_named(const char *name)
{
    for (size_t i = 0; name && i < sizeof mappings / sizeof *mappings; i++)
        if (strcmp(mappings[i].name, name) == 0)
            return &mappings[i];
    return NULL;
}

char *cf_crs_text(const struct hdf5_dataset *mapping, struct cf_plane *plane,
                  struct buf *why)
{
    static const char *const wkts[] = {"crs_wkt", "spatial_ref"};
    const char *name = hdf5_text(mapping, "grid_mapping_name");
    const struct mapping *m = mapping_named(name);
    struct buf b = {0};
    double v;
    *plane = (struct cf_plane){.angles = m && strcmp(m->proj, "longlat") == 0};
    buf_printf(&b, "+proj=%s", m ? m->proj : "");
    const char *lacks = m ? add_special(&b, mapping, m->name, plane) : NULL;
    for (size_t i = 0; i < sizeof wkts / sizeof *wkts; i++) {
        const char *wkt = hdf5_text(mapping, wkts[i]);
        if (wkt && *wkt) {
            buf_free(&b);
            plane->metres = plane->height > 0;
            return mem_text(wkt);
        }
    }
    if (!m || lacks) {
        buf_printf(why, "its grid mapping %s is \"%s\", ", mapping->name, name ? name : "");
        if (lacks)
            buf_printf(why, "but has no %s", lacks);
        else
            buf_puts(why, "which eco knows no CRS for; give it a crs_wkt");
        buf_free(&b);
        return NULL;
    }
    add_parameters(&b, m, mapping);
    if (hdf5_number(mapping, "false_easting", &v))
        add_key(&b, "x_0", v);
    if (hdf5_number(mapping, "false_northing", &v))
        add_key(&b, "y_0", v);
    if (hdf5_number(mapping, "longitude_of_prime_meridian", &v) && v != 0)
        add_key(&b, "pm", v);
    bool wgs84 = add_ellipsoid(&b, mapping), geographic = strcmp(m->proj, "longlat") == 0;
    if (geographic && wgs84 && !strstr(b.s, "+pm=")) {
        buf_reset(&b);
        buf_puts(&b, "EPSG:4326");
        return b.s;
    }
    plane->metres = !plane->angles;
    buf_puts(&b, plane->metres ? " +units=m +no_defs +type=crs" : " +no_defs +type=crs");
    return b.s;
}
