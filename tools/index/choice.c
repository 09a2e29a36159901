/* choice: which rasters are wanted. */
#include "index/choice.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "footprint.h"
#include "raster/grid_layout.h"
#include "record/reader.h"
#include "rule.h"
#include "scene/solar_time.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

static int take_date(void *to, const char *option, const char *text)
{
    struct date *d = to;
    return date_parse(d, text, strlen(text))
               ? MSG_OK
               : msg_usage("%s: not a day such as 2020-06-01, nor a time: \"%s\"", option,
                           text);
}

static bool take_month(struct slice item, long long *v)
{
    return num_parse_long(item.s, item.n, v) && *v >= 1 && *v <= 12;
}

/* "6,7,8" and "11-2" */
static int take_months(void *to, const char *option, const char *text)
{
    bool *month = to;
    struct slice item, first, second;
    for (const char *rest = text; list_next(&rest, &item);) {
        long long from, last;
        bool range = list_part(item, '-', &first, &second);
        if (!take_month(first, &from) || !take_month(range ? second : first, &last))
            return msg_usage("%s: not months such as 6-8,12: \"%s\"", option, text);
        for (long long m = from; m != last; m = m % 12 + 1)
            month[m] = true;
        month[last] = month[0] = true;
    }
    return MSG_OK;
}

static int take_rule(void *to, const char *option, const char *text)
{
    struct choice *c = to;
    c->rule = mem_grow(c->rule, &c->rules_cap, c->nrules + 1, sizeof *c->rule);
    int status = rule_parse(&c->rule[c->nrules], option, text);
    c->nrules += status == MSG_OK;
    return status;
}

void choice_add(struct choice *c, struct options *o)
{
    const struct option_row rows[] = {
        OPTION_CALL("from", "DAY", take_date, &c->from,
                    "only rasters from that day, or time (UTC), on"),
        OPTION_CALL("to", "DAY", take_date, &c->to, "to the end of that day"),
        OPTION_CALL("months", "M,...", take_months, c->month,
                    "of these months: 6-8,12; 11-2"),
        OPTION_NUMBERS("solar-hours", "FROM,TO", c->hours, 2, 2, &c->nhours,
                       "when the sun shows these hours: 10,14; 22,4"),
        OPTION_NUMBERS("bbox", "W,S,E,N", c->box, 4, 4, &c->nbox,
                       "that touch this box, in degrees"),
        OPTION_FILE("area", "LAYER", ENDINGS_VECTOR, &c->area,
                    "that touch the box around these polygons"),
        OPTION_TEXT("area-layer", "NAME", &c->layer, "layer in the file of --area"),
        OPTION_TEXT("area-crs", "CRS", &c->layer_crs, "CRS of one that names none"),
        OPTION_CALL("where", "RULE", take_rule, c,
                    "whose metadata fulfil a rule such as QAPercentCloudCover<20, "
                    "GeolocationAccuracyQA=Best,Good; may be repeated"),
        OPTION_FILE("exclude", "FILE", ENDINGS_TABLE, &c->exclude,
                    "but those whose paths or names are on this list"),
        OPTION_END,
    };
    options_add(o, rows, 0);
}

/* ---- before the first raster ---- */

static int check(const struct choice *c)
{
    if (c->nbox && c->area)
        return msg_usage("--bbox and --area are two ways to say one thing");
    if ((c->layer || c->layer_crs) && !c->area)
        return msg_usage("--area-layer and --area-crs are for --area");
    const double *b = c->box;
    if (c->nbox && !(fabs(b[0]) <= 360 && fabs(b[2]) <= 360 && b[1] >= -90 && b[3] <= 90 &&
                     b[1] < b[3] && b[0] != b[2]))
        return msg_usage("--bbox: not west, south, east, north in degrees");
    for (int i = 0; i < c->nhours; i++)
        if (!(c->hours[i] >= 0 && c->hours[i] <= 24))
            return msg_usage("--solar-hours: not hours from 0 to 24");
    if (c->nhours && c->hours[0] == c->hours[1])
        return msg_usage("--solar-hours: no time is between these");
    if (c->from.has_date && c->to.has_date && date_seconds(&c->from) > date_seconds(&c->to))
        return msg_usage("--from is after --to");
    return MSG_OK;
}

static void lay_box(struct choice *c)
{
    const double *b = c->box, east = b[2] < b[0] ? b[2] + 360 : b[2];
    poly_ring(&c->place.clip);
    poly_point(&c->place.clip, b[0], b[1]);
    poly_point(&c->place.clip, east, b[1]);
    poly_point(&c->place.clip, east, b[3]);
    poly_point(&c->place.clip, b[0], b[3]);
}

static int read_area(struct choice *c)
{
    struct grid_area a;
    int status = grid_area_read(
        &a, &(struct grid_area_choice){c->area, c->layer, c->layer_crs, "all"});
    if (status == MSG_OK)
        status = grid_set_clip(&c->place, &a);
    grid_area_free(&a);
    return status;
}

static void exclude(struct choice *c, const char *path)
{
    if (*path && !names_owner(&c->without, path))
        names_take(&c->without, path, "");
}

/* Paths, a line each, or records of rasters. */
static int read_list(struct choice *c)
{
    struct rec_reader r;
    struct buf path = {0};
    int got, status = MSG_OK;
    rec_open(&r, (char **)&c->exclude, 1, REC_TAB);
    while ((got = rec_next(&r)) > 0) {
        int column = r.nlegend ? rec_column(&r, "path") : -1;
        if (r.nlegend && column < 0) {
            msg_error("%s: these records have no column \"path\"", c->exclude);
            status = MSG_INPUT;
            break;
        }
        struct slice f = r.nlegend ? r.field[column] : r.text;
        buf_reset(&path);
        rec_unescape(&path, f.s, f.n);
        if (path.n)
            exclude(c, path.s);
    }
    buf_free(&path);
    rec_close(&r);
    return got < 0 ? MSG_INPUT : status;
}

int choice_open(struct choice *c)
{
    int status = check(c);
    c->place.crs = crs_of_epsg(4326);
    if (status == MSG_OK && c->nbox)
        lay_box(c);
    if (status == MSG_OK && c->area)
        status = read_area(c);
    if (status == MSG_OK && c->exclude)
        status = read_list(c);
    return status;
}

void choice_free(struct choice *c)
{
    for (size_t i = 0; i < c->nrules; i++)
        rule_free(&c->rule[i]);
    free(c->rule);
    grid_free(&c->place);
    names_free(&c->without);
    *c = (struct choice){0};
}

/* ---- one raster ---- */

/* A day stands for its beginning where the limit, or what is held against it, has no time.
 */
static double limit(const struct date *limit, const struct date *d)
{
    struct date day = *limit;
    day.has_time = day.has_time && d->has_time;
    return date_seconds(&day);
}

static bool in_time(const struct choice *c, const struct date *d)
{
    double at = date_seconds(d), day = 86400;
    if (c->from.has_date && !(at >= limit(&c->from, d)))
        return false;
    if (c->to.has_date && c->to.has_time && d->has_time)
        return at <= date_seconds(&c->to);
    return !c->to.has_date || at < limit(&c->to, d) - fmod(limit(&c->to, d), day) + day;
}

static bool is_excluded(const struct choice *c, const char *path)
{
    if (!c->without.n)
        return false;
    char *stem = scene_stem(path);
    bool found = names_owner(&c->without, path) ||
                 names_owner(&c->without, scene_base(path)) ||
                 names_owner(&c->without, stem);
    free(stem);
    return found;
}

bool choice_by_name(const struct choice *c, const char *path, const struct scene *s)
{
    const struct date *d = &s->date;
    if (is_excluded(c, path))
        return false;
    if (!c->from.has_date && !c->to.has_date && !c->month[0])
        return true;
    if (!d->has_date) {
        msg_warn("%s: its name has no date: it is left out", path);
        return false;
    }
    return in_time(c, d) && (!c->month[0] || c->month[d->month]);
}

bool choice_asks_file(const struct choice *c)
{
    return c->place.clip.nrings || c->nhours || c->nrules;
}

/* Whether the sun shows one of the hours at a longitude. */
static bool in_hours(const struct choice *c, const struct date *d, double longitude)
{
    struct solar solar;
    solar_init(&solar, d);
    if (!solar.known)
        return false;
    double hour = fmod(fmod((solar.seconds + longitude * 240) / 3600, 24) + 24, 24);
    return c->hours[0] < c->hours[1] ? hour >= c->hours[0] && hour < c->hours[1]
                                     : hour >= c->hours[0] || hour < c->hours[1];
}

int choice_by_file(const struct choice *c, const struct ras *r, const struct scene *s,
                   bool *wanted)
{
    double longitude, box[4];
    int status = MSG_OK;
    *wanted = true;
    for (size_t i = 0; i < c->nrules && *wanted; i++)
        *wanted = rule_holds(&c->rule[i], r);
    if (*wanted && c->place.clip.nrings)
        status = footprint_touches(r, &c->place, wanted);
    if (status != MSG_OK || !*wanted || !c->nhours)
        return status;
    if (c->place.clip.nrings) {
        poly_bounds(&c->place.clip, box);
        longitude = (box[0] + box[2]) / 2;
    } else {
        status = footprint_longitude(r, &longitude);
    }
    *wanted = status != MSG_OK || in_hours(c, &s->date, longitude);
    return status;
}
