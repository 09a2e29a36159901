/* record_table: the columns of records that a picture shows. */
#include "record_table.h"
#include "base/date.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include "geo/table_crs.h"
#include "record/columns.h"
#include "scene/solar_time.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void record_table_free(struct record_table *t)
{
    for (int i = 0; i < PLOT_COLUMNS; i++) {
        free(t->column[i].v);
        free(t->column[i].name);
        free(t->column[i].unit);
    }
    for (int i = 0; i < t->ngroups; i++)
        free(t->group_name[i]);
    free(t->group_name);
    free(t->seconds);
    free(t->hour);
    free(t->group);
    options_free(&t->o);
    *t = (struct record_table){0};
}

void record_table_label(const struct plot_column *c, struct buf *b)
{
    plot_text(b, c->name);
    if (!c->unit)
        return;
    buf_puts(b, " (");
    plot_unit(b, c->unit);
    buf_putc(b, ')');
}

const char *record_table_unit(const struct record_table *t, int from)
{
    const char *first = t->column[from].unit;
    for (int i = from + 1; i < t->ncolumns; i++)
        if (!first || !t->column[i].unit || strcmp(t->column[i].unit, first) != 0)
            return NULL;
    return first;
}

void record_table_pairs(const struct record_table *t, int column, struct pairs *p)
{
    const double *x = t->column[0].v, *y = t->column[column].v;
    for (size_t i = 0; i < t->n; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        pairs_grow(p, false, false);
        p->o[p->n] = x[i];
        p->s[p->n++] = y[i];
    }
}

/* The number of a group's name, which is added when it is new; -1 when it is one too
 * many. */
static int group_of(struct record_table *t, struct slice f)
{
    for (int i = 0; i < t->ngroups; i++)
        if (strlen(t->group_name[i]) == f.n && memcmp(t->group_name[i], f.s, f.n) == 0)
            return i;
    if (t->ngroups == PLOT_GROUPS)
        return -1;
    t->group_name = mem_grow(t->group_name, &t->cap[PLOT_COLUMNS + 2],
                             (size_t)t->ngroups + 1, sizeof *t->group_name);
    t->group_name[t->ngroups] = mem_slice(f.s, f.n);
    return t->ngroups++;
}

/* Where things stand in a record; -1 for what was not asked for. */
struct places {
    int time, end, by, layer, solar, longitude;
    char *layer_name; /* of all records so far, or "" when they differ */
};

static int find_one(const struct rec_reader *r, const char *option, const char *name,
                    int *at)
{
    int n;
    *at = -1;
    return name ? columns_find(r, option, name, 1, 1, at, &n) : MSG_OK;
}

static int find_time(const struct record_table *t, const struct rec_reader *r,
                     struct places *p)
{
    if (!t->times && !t->hours)
        return MSG_OK;
    p->solar = rec_column(r, "solar_time");
    p->longitude = columns_coordinate(r, COLUMNS_LONGITUDE);
    if (!t->times && p->solar >= 0)
        return MSG_OK;
    if (!t->times && p->longitude < 0) {
        msg_error("%s: nothing tells the hour of the sun: no column solar_time, nor "
                  "longitude beside the time",
                  r->name);
        return MSG_INPUT;
    }
    if (!t->time && rec_column(r, "time") < 0)
        p->end = rec_column(r, "end");
    if (p->end >= 0)
        return find_one(r, "--time", "start", &p->time);
    return find_one(r, "--time", t->time ? t->time : "time", &p->time);
}

static int find_coordinates(struct record_table *t, const struct rec_reader *r)
{
    const struct table_crs_query query = {.columns = t->coordinates,
                                          .most = 2,
                                          .crs = t->crs_name ? crs_of(t->crs_name) : NULL,
                                          .columns_option = "--coordinates",
                                          .crs_option = "--crs"};
    struct table_crs found;
    int status = table_crs_find(&found, &query, r);
    if (status != MSG_OK)
        return status;
    t->column[0].at = found.column[0];
    t->column[1].at = found.column[1];
    t->crs = crs_named(found.crs, r->name);
    return t->crs ? MSG_OK : MSG_INPUT;
}

/* How many columns come before y. */
static int before_y(const struct record_table *t)
{
    return t->places ? 2 : t->x != NULL;
}

static int find_numbers(struct record_table *t, const struct rec_reader *r)
{
    int first = before_y(t), at[PLOT_COLUMNS], n = 0;
    int most = t->most_y ? t->most_y : PLOT_COLUMNS - first;
    int status =
        t->places ? find_coordinates(t, r) : find_one(r, "--x", t->x, &t->column[0].at);
    if (status == MSG_OK)
        status = columns_find(r, t->y_name, t->y, 1, most, at, &n);
    for (int i = 0; i < n; i++) {
        if (at[i] < 0)
            return msg_usage("%s: an empty name: \"%s\"", t->y_name, t->y);
        t->column[first + i].at = at[i];
    }
    t->ncolumns = first + n;
    struct slice unit;
    int units = 0, room = t->places ? n : t->ncolumns;
    for (const char *rest = t->options.unit; list_next(&rest, &unit);)
        units++;
    if (status == MSG_OK && units > room)
        status = msg_usage("--unit: %d units for %d columns: \"%s\"", units, room,
                           t->options.unit);
    return status;
}

static int find_places(struct record_table *t, const struct rec_reader *r, struct places *p)
{
    p->layer = rec_column(r, "layer");
    t->y_name = t->y_name ? t->y_name : "--y";
    int status = rec_form_check_legend(r);
    if (status == MSG_OK)
        status = find_numbers(t, r);
    if (status == MSG_OK)
        status = find_one(r, "--by", t->by, &p->by);
    return status == MSG_OK ? find_time(t, r, p) : status;
}

static void note_layer(struct places *p, struct slice f)
{
    if (!p->layer_name)
        p->layer_name = mem_slice(f.s, f.n);
    else if (strlen(p->layer_name) != f.n || memcmp(p->layer_name, f.s, f.n) != 0)
        *p->layer_name = '\0';
}

/* The hour of the local solar time; NaN when it is not known. */
static double solar_hour(const struct rec_reader *r, const struct places *p,
                         const struct date *utc)
{
    struct date date;
    double longitude;
    if (p->solar >= 0) {
        struct slice f = r->field[p->solar];
        return date_parse(&date, f.s, f.n) && date.has_time
                   ? date.hour + date.minute / 60.0 + date.second / 3600.0
                   : NAN;
    }
    if (p->longitude < 0 || !utc->has_time)
        return NAN;
    struct slice f = r->field[p->longitude];
    if (!num_parse(f.s, f.n, &longitude))
        return NAN;
    struct solar solar;
    solar_init(&solar, utc);
    double hour = fmod(solar.seconds / 3600 + longitude / 15, 24);
    return hour < 0 ? hour + 24 : hour;
}

static bool read_time(const struct rec_reader *r, int at, struct date *date)
{
    struct slice f = r->field[at];
    if (date_parse(date, f.s, f.n) || rec_is_missing(f))
        return true;
    rec_complain(r, at, "not a time such as 2020-08-08T09:46:21Z");
    return false;
}

static bool take_time(struct record_table *t, const struct rec_reader *r,
                      const struct places *p)
{
    size_t n = t->n;
    struct date date = {0}, end = {0};
    t->seconds = mem_grow(t->seconds, &t->cap[PLOT_COLUMNS], n + 1, sizeof *t->seconds);
    t->hour = mem_grow(t->hour, &t->cap[PLOT_COLUMNS + 3], n + 1, sizeof *t->hour);
    if ((p->time >= 0 && !read_time(r, p->time, &date)) ||
        (p->end >= 0 && !read_time(r, p->end, &end)))
        return false;
    t->seconds[n] = date_seconds(&date);
    t->hour[n] = solar_hour(r, p, &date);
    double half = p->end >= 0 ? (date_seconds(&end) - t->seconds[n]) / 2 : 0;
    t->seconds[n] += half;
    t->hour[n] = fmod(t->hour[n] + (p->solar < 0 ? half / 3600 : 0), 24);
    return true;
}

static bool take_record(struct record_table *t, const struct rec_reader *r,
                        struct places *p)
{
    size_t n = t->n;
    for (int i = 0; i < t->ncolumns; i++) {
        struct plot_column *c = &t->column[i];
        c->v = mem_grow(c->v, &t->cap[i], n + 1, sizeof *c->v);
        if (!missing_value(&t->missing, r, c->at, &c->undeclared, &c->v[n]))
            return false;
        c->beyond += fabs(c->v[n]) > PLOT_MOST;
        if (!(fabs(c->v[n]) <= PLOT_MOST))
            c->v[n] = NAN;
        c->values += !isnan(c->v[n]);
    }
    if ((t->times || t->hours) && !take_time(t, r, p))
        return false;
    t->group = mem_grow(t->group, &t->cap[PLOT_COLUMNS + 1], n + 1, sizeof *t->group);
    t->group[n] = p->by >= 0 ? group_of(t, r->field[p->by]) : 0;
    if (t->group[n] < 0) {
        rec_complain(r, p->by, "too many different texts to tell apart in one picture");
        return false;
    }
    if (p->layer >= 0)
        note_layer(p, r->field[p->layer]);
    t->n++;
    return true;
}

/* The unit of a column, that was given or that the records say. */
static char *unit_of(const struct record_table *t, int column, const char *said)
{
    struct slice unit = {0};
    if (!t->options.unit)
        return mem_text(said);
    const char *rest = t->options.unit;
    if (t->places && column < 2)
        return NULL;
    for (int i = t->places ? 2 : 0; list_next(&rest, &unit) && i < column;)
        i++;
    return unit.n ? mem_slice(unit.s, unit.n) : NULL;
}

/* The texts as they are meant, once they need not be compared with fields any more. */
static void name_groups(struct record_table *t)
{
    for (int i = 0; rec_form_delimiter(&t->form) == REC_TAB && i < t->ngroups; i++) {
        struct buf b = {0};
        rec_unescape(&b, t->group_name[i], strlen(t->group_name[i]));
        free(t->group_name[i]);
        t->group_name[i] = b.s ? b.s : mem_text("");
    }
}

/* Names and units, once all layers are known, and what is odd about the values. */
static void name_columns(struct record_table *t, const struct rec_reader *r,
                         const char *layer)
{
    for (int i = 0; i < t->ncolumns; i++) {
        struct plot_column *c = &t->column[i];
        const char *name = r->legend[c->at];
        struct buf key = {0};
        bool by_layer = layer && *layer && strcmp(name, "value") == 0;
        c->name = mem_text(by_layer ? layer : name);
        if (c->beyond)
            msg_warn("%s: column \"%s\": %zu of its values are infinite or beyond 1e100, "
                     "and not shown",
                     r->name, name, c->beyond);
        else if (t->n && !c->values)
            msg_warn("%s: column \"%s\" has no value in any record", r->name, name);
        missing_warn(name, c->undeclared);
        buf_printf(&key, "unit.%s", c->name);
        c->unit = unit_of(t, i, rec_meta(r, key.s));
        buf_free(&key);
    }
}

int record_table_read(struct record_table *t, char **inputs, int ninputs)
{
    struct rec_reader r;
    struct places p = {-1, -1, -1, -1, -1, -1, NULL};
    rec_form_open(&r, inputs, ninputs, &t->form);
    int status = rec_head(&r);
    if (status == MSG_OK)
        status = find_places(t, &r, &p);
    for (int got; status == MSG_OK && (got = rec_next(&r)) != 0;)
        if (got < 0 || !take_record(t, &r, &p))
            status = MSG_INPUT;
    if (status == MSG_OK)
        name_columns(t, &r, p.layer_name);
    name_groups(t);
    free(p.layer_name);
    rec_close(&r);
    return status;
}

int record_table_parse(struct record_table *t, const struct option_row *rows, int argc,
                       char **argv)
{
    options_init(&t->o, argc, argv, t->usage, t->examples);
    t->o.operands = ENDINGS_TABLE;
    options_add(&t->o, rows, 0);
    missing_options_add(&t->missing, &t->o);
    rec_form_options_add(&t->form, &t->o, 0);
    plot_options_add(&t->options, &t->o);
    return options_parse(&t->o, 2, argc, argv);
}

int record_table_open(struct record_table *t, const struct option_row *rows, int argc,
                      char **argv)
{
    int status = record_table_parse(t, rows, argc, argv);
    for (const struct option_row *row = rows;
         status == MSG_OK && row->kind != OPTION_KIND_END; row++)
        if ((row->to == &t->x && !t->x) || (row->to == &t->y && !t->y))
            status = msg_usage("%s needs --%s", argv[1], row->name);
    return status == MSG_OK ? record_table_read(t, t->o.args, t->o.nargs) : status;
}
