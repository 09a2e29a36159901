/* mask_options: what a tool was told of the pixels that count. */
#include "mask/mask_options.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include "map_years.h"
#include "raster/raster.h"
#include "scene/scene_name.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool has_year(const struct mask_map *map)
{
    return strstr(map->pattern, "{year}") != NULL;
}

/* ---- the command line ---- */

static int take_mask(void *to, const char *option, const char *value)
{
    struct mask_options *o = to;
    if (o->nmaps == MASK_MAPS)
        return msg_usage("%s: at most %d", option, MASK_MAPS);
    o->map[o->nmaps].years = mem_alloc(1, sizeof(struct map_years));
    o->map[o->nmaps++].pattern = value;
    return MSG_OK;
}

/* Of the map before. */
static int take_classes(void *to, const char *option, const char *value)
{
    struct mask_options *o = to;
    if (!o->nmaps)
        return msg_usage("%s: name the --mask before its classes", option);
    struct mask_map *map = &o->map[o->nmaps - 1];
    if (map->classes)
        return msg_usage("%s: given twice for %s", option, map->pattern);
    map->classes = mem_alloc(1, sizeof *map->classes);
    return classmap_parse(map->classes, option, value) ? MSG_OK : MSG_USAGE;
}

static bool parse_year(struct slice item, int *year)
{
    long long v;
    if (!num_parse_long(item.s, item.n, &v) || v < 0 || v > 9999)
        return false;
    *year = (int)v;
    return true;
}

/* "2025=2024,2026=2024" */
static int take_fallback(void *to, const char *option, const char *value)
{
    struct mask_options *o = to;
    struct slice item, missing, instead;
    for (const char *rest = value; list_next(&rest, &item);) {
        struct mask_fallback f;
        if (!list_part(item, '=', &missing, &instead) || !parse_year(missing, &f.missing) ||
            !parse_year(instead, &f.instead))
            return msg_usage("%s: not a list of years such as 2025=2024: \"%s\"", option,
                             value);
        o->fallback =
            mem_grow(o->fallback, &o->fallback_cap, o->nfallbacks + 1, sizeof *o->fallback);
        o->fallback[o->nfallbacks++] = f;
    }
    return MSG_OK;
}

static int take_keep(void *to, const char *option, const char *value)
{
    struct mask_options *o = to;
    return quality_add(&o->quality, option, value);
}

static int take_companion(void *to, const char *option, const char *value)
{
    struct mask_options *o = to;
    return quality_file(&o->quality, option, value);
}

void mask_options_add(struct mask_options *m, struct options *o, bool weighs)
{
    static const char *const missing[] = {"error", "warn", NULL};
    const struct option_row maps[] = {
        OPTION_CALL_FILE("mask", "MAP", ENDINGS_RASTER, take_mask, m,
                         "class map, {year} the scene's; repeatable, with --classes each"),
        OPTION_CALL("classes", "LIST", take_classes, m,
                    "classes of the map before that count: 3,4,10-15"),
        OPTION_CALL("fallback", "Y=Z,...", take_fallback, m,
                    "use the map of year Z where that of year Y is missing"),
        OPTION_END,
    };
    const struct option_row weight[] = {
        OPTION_FLAG("mask-weight", &m->by_area,
                    "a pixel counts by its share of area, not by its centre"),
        OPTION_FOLDER("mask-cache", "DIR", &m->cache,
                      "keep there which pixels count, for rasters alike"),
        OPTION_END,
    };
    const struct option_row rules[] = {
        OPTION_CALL("keep", "RULE", take_keep, m,
                    "only pixels that pass: QC:mandatory<=1, cloud=0; repeatable"),
        OPTION_END,
    };
    const struct option_row seldom[] = {
        OPTION_CALL_FILE("companion", "L=FILE", ENDINGS_RASTER, take_companion, m,
                         "where layer L lies, instead of a search by name"),
        OPTION_WORD("missing-companion", "error|warn", &m->lenient, missing,
                    "what a missing one is (default: error)"),
        OPTION_END,
    };
    options_add(o, maps, 0);
    if (weighs)
        options_add(o, weight, 0);
    options_add(o, rules, 0);
    options_add_seldom(o, seldom, 0);
}

int mask_options_check(const struct mask_options *o)
{
    bool years = false;
    for (int i = 0; i < o->nmaps; i++) {
        if (!o->map[i].classes)
            return msg_usage("--mask %s: its --classes are needed", o->map[i].pattern);
        years = years || has_year(&o->map[i]);
    }
    if (o->nfallbacks && !years)
        return msg_usage("--fallback needs a --mask with {year} in its name");
    if (o->by_area && !o->nmaps)
        return msg_usage("--mask-weight needs a --mask");
    struct stat st;
    if (o->cache && stat(o->cache, &st) == 0 && !S_ISDIR(st.st_mode))
        return msg_usage("--mask-cache: not a folder: \"%s\"", o->cache);
    return MSG_OK;
}

void mask_options_free(struct mask_options *o)
{
    quality_free(o->quality);
    for (int i = 0; i < o->nmaps; i++) {
        if (o->map[i].classes)
            free(o->map[i].classes->text);
        free(o->map[i].classes);
        map_years_free(o->map[i].years);
        free(o->map[i].years);
    }
    free(o->fallback);
    *o = (struct mask_options){0};
}

/* ---- the class maps of a scene ---- */

/* The map of the year that stands in for a missing one; told when there is none. */
static int find_fallback(const struct mask_options *o, const struct mask_map *map,
                         const char *path, const struct date *date,
                         struct mask_found_map *found)
{
    size_t i = 0;
    while (i < o->nfallbacks && o->fallback[i].missing != date->year)
        i++;
    if (i == o->nfallbacks) {
        msg_error("%s: no class map for %d: %s", path, date->year, found->path);
        return MSG_INPUT;
    }
    struct date other = *date;
    other.year = o->fallback[i].instead;
    char *own = found->path;
    found->path = scene_pattern(map->pattern, &other);
    found->year = other.year;
    found->missing = date->year;
    bool there = ras_exists(found->path);
    if (!there)
        msg_error("%s: no class map for %d: neither %s nor its fallback %s", path,
                  date->year, own, found->path);
    free(own);
    return there ? MSG_OK : MSG_INPUT;
}

/* Of a map with a band a year, that of the scene's. */
static int find_band(const struct mask_map *map, const char *path, const struct date *date,
                     struct mask_found_map *found)
{
    int status = map_years_look(map->years, map->pattern);
    if (status != MSG_OK || !map->years->n)
        return status;
    if (!date->has_date) {
        msg_error("%s: its name tells no year to choose a band of %s by", path,
                  map->pattern);
        return MSG_INPUT;
    }
    if (!map_years_has(map->years, date->year)) {
        msg_error("%s: no class map for %d: %s has no band of that year; see --fallback, "
                  "with --mask %s:{year}",
                  path, date->year, map->pattern, map->pattern);
        return MSG_INPUT;
    }
    struct buf b = {0};
    buf_printf(&b, "%s:%d", map->pattern, date->year);
    free(found->path);
    found->path = b.s;
    found->year = date->year;
    return MSG_OK;
}

static int find_map(const struct mask_options *o, const struct mask_map *map,
                    const char *path, const struct date *date, struct mask_found_map *found)
{
    *found = (struct mask_found_map){.path = scene_pattern(map->pattern, date)};
    if (!found->path) {
        msg_error("%s: its name tells no year to choose a class map by", path);
        return MSG_INPUT;
    }
    if (!has_year(map))
        return find_band(map, path, date, found);
    found->year = date->year;
    return ras_exists(found->path) ? MSG_OK : find_fallback(o, map, path, date, found);
}

int mask_options_find_maps(const struct mask_options *o, const char *path,
                           const struct date *date, struct mask_found *found)
{
    *found = (struct mask_found){0};
    int status = MSG_OK;
    while (found->n < o->nmaps && status == MSG_OK) {
        int i = found->n++;
        status = find_map(o, &o->map[i], path, date, &found->map[i]);
    }
    return status;
}

void mask_found_free(struct mask_found *found)
{
    for (int i = 0; i < found->n; i++)
        free(found->map[i].path);
    *found = (struct mask_found){0};
}
