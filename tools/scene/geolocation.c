/* geolocation: places for swaths. */
#include "scene/geolocation.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geolocation_file.h"
#include "raster/hdf5_places.h"
#include "raster/swath.h"
#include "scene/scene_name.h"
#include <stdlib.h>
#include <string.h>

/* A scene is kept when this item of its metadata is one of these values. */
struct geolocation_rule {
    char *name;
    const char *values; /* a slice of the option */
};

static const char *const zeniths[] = {"view_zenith", "satellite_zenith_angle",
                                      "sensor_zenith_angle", "SensorZenith", NULL};

/* ---- options ---- */

static int take_rule(void *to, const char *option, const char *text)
{
    struct geolocation_options *g = to;
    size_t n = strcspn(text, "=");
    if (n == 0 || !text[n] || !text[n + 1])
        return msg_usage("%s: not NAME=VALUE[,VALUE]...: \"%s\"", option, text);
    g->rule = mem_resize(g->rule, g->nrules + 1, sizeof *g->rule);
    g->rule[g->nrules++] = (struct geolocation_rule){mem_slice(text, n), text + n + 1};
    return MSG_OK;
}

void geolocation_options_add(struct geolocation_options *g, struct options *o,
                             unsigned modes)
{
    const struct option_row seldom[] = {
        OPTION_FILE("geolocation", "FILE", ENDINGS_RASTER, &g->file,
                    "where a swath's latitudes are (found by name)"),
        OPTION_COUNT("rows-per-scan", "N", &g->rows_per_scan, 2, 1000000,
                     "that a swath has: VIIRS 16, MODIS 10 (as its places show)"),
        OPTION_CALL("geolocation-rule", "NAME=V,...", take_rule, g,
                    "only swaths whose metadata say so"),
        OPTION_END,
    };
    options_add_seldom(o, seldom, modes);
}

void geolocation_options_free(struct geolocation_options *g)
{
    for (size_t i = 0; i < g->nrules; i++)
        free(g->rule[i].name);
    free(g->rule);
    *g = (struct geolocation_options){0};
}

/* ---- the file ---- */

/* What opens a dataset of a file as a raster. */
static char *path_of(const char *file, const struct hdf5_dataset *d)
{
    struct buf b = {0};
    if (!d)
        return NULL;
    buf_printf(&b, "%s:%s", file, d->path);
    return b.s;
}

/* The places of a raster's pixels: in its own file those that it says are its. */
static bool find_places(const struct ras *r, const struct hdf5_file *f,
                        struct hdf5_places *p)
{
    if (r->latitudes && strcmp(f->path, r->disk) == 0) {
        p->latitude = hdf5_find(f, r->latitudes);
        p->longitude = hdf5_find(f, r->longitudes);
        return p->latitude && p->longitude;
    }
    return hdf5_places_of_file(p, f, (size_t)r->grid.rows, (size_t)r->grid.columns);
}

/* An array beside the places of r, by one of these names. */
static const struct hdf5_dataset *beside(const struct hdf5_file *f, const struct ras *r,
                                         const char *const *names)
{
    return hdf5_places_array(f, names, (size_t)r->grid.rows, (size_t)r->grid.columns);
}

/* The text of an item of the metadata: the first dataset of that name which has one. */
static const char *metadata(const struct hdf5_file *f, const char *name)
{
    for (size_t i = 0; i < f->catalogue->ndatasets; i++) {
        const struct hdf5_dataset *d = &f->catalogue->dataset[i];
        if (strcmp(d->name, name) == 0 && d->text)
            return d->text;
    }
    return NULL;
}

/* What a rule that a file breaks says of it, or NULL. */
static char *broken_rule(const struct hdf5_file *f, const struct geolocation_options *g)
{
    for (size_t i = 0; i < g->nrules; i++) {
        const char *text = metadata(f, g->rule[i].name);
        struct slice item;
        bool kept = false;
        for (const char *rest = g->rule[i].values; text && list_next(&rest, &item);)
            kept = kept || slice_is(item, text);
        struct buf b = {0};
        if (!text)
            buf_printf(&b, "%s: it has no %s", f->path, g->rule[i].name);
        else if (!kept)
            buf_printf(&b, "%s: its %s is %s", f->path, g->rule[i].name, text);
        if (!kept)
            return b.s;
    }
    return NULL;
}

/* Takes the arrays of an open file for a raster's places. */
static int take_places(struct ras *r, const struct hdf5_file *f, int rows_per_scan)
{
    struct hdf5_places p;
    if (!find_places(r, f, &p)) {
        msg_error("%s: its geolocation, %s, has no latitudes and longitudes", r->path,
                  f->path);
        return MSG_INPUT;
    }
    char *latitude = path_of(f->path, p.latitude);
    char *longitude = path_of(f->path, p.longitude);
    char *zenith = path_of(f->path, beside(f, r, zeniths));
    const struct swath_files files = {latitude, longitude, zenith};
    int status = swath_attach(r, &files, rows_per_scan);
    free(latitude);
    free(longitude);
    free(zenith);
    return status;
}

/* ---- pairing ---- */

static int tell_none(const struct ras *r, const struct scene *scene, const char *other)
{
    if (other)
        msg_error("%s: no geolocation file of its start: %s is of another; --geolocation "
                  "says which it is",
                  r->path, other);
    else if (*scene->orbit)
        msg_error("%s: no geolocation file: there is no L1B_GEO of orbit %s, scene %s in "
                  "its folder or one in or beside it; --geolocation says where it lies",
                  r->path, scene->orbit, scene->scene);
    else
        msg_error("%s: no geolocation file: it has no latitudes and longitudes itself, and "
                  "its name tells no orbit and scene; --geolocation says where they are",
                  r->path);
    return MSG_INPUT;
}

/* The file that has a swath's places, opened. */
static int open_places(const struct ras *r, const struct scene *scene,
                       const struct geolocation_options *g, struct hdf5_file *f)
{
    struct scene named;
    char *other = NULL, *found = NULL;
    if (g->file) {
        int status = hdf5_open(f, g->file);
        if (status == MSG_OK && scene_parse(&named, g->file) &&
            !geolocation_file_same(scene, &named)) {
            msg_error("%s: %s is the geolocation of another scene", r->path, g->file);
            hdf5_close(f);
            status = MSG_INPUT;
        }
        return status;
    }
    int status = hdf5_open(f, r->disk);
    struct hdf5_places p;
    if (status == MSG_OK && !find_places(r, f, &p)) {
        hdf5_close(f);
        found = geolocation_file_find(r->disk, scene, &other);
        status = found ? hdf5_open(f, found) : tell_none(r, scene, other);
    }
    free(found);
    free(other);
    return status;
}

/* Tells of a rule that the swath's scene breaks. */
static void apply_rules(struct ras *r, const struct hdf5_file *f,
                        const struct geolocation_options *g)
{
    char *broken = broken_rule(f, g);
    if (broken)
        msg_warn("%s: none of its pixels counts: %s", r->path, broken);
    swath_of(&r->grid)->rejected = broken != NULL;
    free(broken);
}

int geolocation_attach(struct ras *r, const struct scene *scene,
                       const struct geolocation_options *g)
{
    struct hdf5_file f;
    if (r->has_gt || !hdf5_is(r->disk))
        return MSG_OK;
    int rows = g->rows_per_scan ? g->rows_per_scan
               : *scene->orbit  ? GEOLOCATION_ECOSTRESS_ROWS
                                : 0;
    int status = open_places(r, scene, g, &f);
    if (status != MSG_OK)
        return status;
    status = take_places(r, &f, rows);
    if (status == MSG_OK)
        apply_rules(r, &f, g);
    hdf5_close(&f);
    return status;
}

char *geolocation_layer(const struct ras *r, const char *layer)
{
    const struct swath *s = swath_of(&r->grid);
    struct hdf5_file f;
    if (!s)
        return NULL;
    const char *const names[] = {layer, NULL};
    bool zenith = strcmp(layer, zeniths[0]) == 0;
    const char *file = s->latitude.disk;
    char *path = NULL;
    if (hdf5_open(&f, file) == MSG_OK) {
        path = path_of(file, beside(&f, r, zenith ? zeniths : names));
        hdf5_close(&f);
    }
    return path;
}
