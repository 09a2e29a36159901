/* record_table: the columns of records that a picture shows. */
#include "record_table.h"
#include "base/date.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/columns.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool record_table_columns(struct record_table *t, const char *option, const char *names)
{
    struct list_item name;
    for (const char *rest = names; list_next(&rest, &name);) {
        if (t->ncolumns == PLOT_COLUMNS) {
            msg_error("%s: more than %d columns", option, PLOT_COLUMNS);
            return false;
        }
        t->column[t->ncolumns++].column = mem_slice(name.s, name.n);
    }
    return true;
}

int record_table_check(const struct record_table *t)
{
    struct list_item unit;
    int units = 0;
    for (const char *rest = t->units; list_next(&rest, &unit);)
        units++;
    if (units <= t->ncolumns)
        return MSG_OK;
    return msg_usage("--unit: %d units for %d columns: \"%s\"", units, t->ncolumns,
                     t->units);
}

void record_table_free(struct record_table *t)
{
    for (int i = 0; i < t->ncolumns; i++) {
        free(t->column[i].column);
        free(t->column[i].v);
        free(t->column[i].name);
        free(t->column[i].unit);
    }
    for (int i = 0; i < t->ngroups; i++)
        free(t->group_name[i]);
    free(t->group_name);
    free(t->seconds);
    free(t->night);
    free(t->group);
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

/* The number of a group's name, which is added when it is new; -1 when it is one too
 * many. */
static int group_of(struct record_table *t, struct rec_field f)
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
struct point_table {
    int number[PLOT_COLUMNS], time, by, layer, solar, longitude;
    char *layer_name; /* of all records so far, or "" when they differ */
};

static bool place(const struct rec_reader *r, const char *name, int *at)
{
    *at = name ? rec_column(r, name) : -1;
    if (name && *at < 0)
        msg_error("%s: no column \"%s\"", r->name, name);
    return !name || *at >= 0;
}

static bool find_places(const struct record_table *t, const struct rec_reader *r,
                        struct point_table *p)
{
    bool good = place(r, t->time, &p->time) && place(r, t->by, &p->by);
    p->layer = rec_column(r, "layer");
    p->solar = rec_column(r, "solar_time");
    p->longitude = columns_coordinate(r, COLUMNS_LONGITUDE);
    for (int i = 0; good && i < t->ncolumns; i++)
        good = place(r, t->column[i].column, &p->number[i]);
    return good;
}

static void note_layer(struct point_table *p, struct rec_field f)
{
    if (!p->layer_name)
        p->layer_name = mem_slice(f.s, f.n);
    else if (strlen(p->layer_name) != f.n || memcmp(p->layer_name, f.s, f.n) != 0)
        *p->layer_name = '\0';
}

/* The hour of the local solar time; NaN when it is not known. */
static double solar_hour(const struct rec_reader *r, const struct point_table *p,
                         const struct date *utc)
{
    struct date solar;
    double longitude;
    if (p->solar >= 0) {
        struct rec_field f = r->field[p->solar];
        return date_parse(&solar, f.s, f.n) && solar.has_time
                   ? solar.hour + solar.minute / 60.0
                   : NAN;
    }
    if (p->longitude < 0 || !utc->has_time)
        return NAN;
    struct rec_field f = r->field[p->longitude];
    double hour = num_parse(f.s, f.n, &longitude)
                      ? fmod(utc->hour + utc->minute / 60.0 + longitude / 15, 24)
                      : NAN;
    return hour < 0 ? hour + 24 : hour;
}

static bool take_time(struct record_table *t, const struct rec_reader *r,
                      const struct point_table *p)
{
    size_t n = t->n;
    t->seconds = mem_grow(t->seconds, &t->cap[PLOT_COLUMNS], n + 1, sizeof *t->seconds);
    t->night = mem_grow(t->night, &t->cap[PLOT_COLUMNS + 3], n + 1, sizeof *t->night);
    t->seconds[n] = NAN;
    t->night[n] = false;
    if (p->time < 0)
        return true;
    struct date date;
    struct rec_field f = r->field[p->time];
    if (!date_parse(&date, f.s, f.n) && !rec_is_missing(f)) {
        rec_complain(r, p->time, "not a time such as 2020-08-08T09:46:21Z");
        return false;
    }
    double hour = solar_hour(r, p, &date);
    t->seconds[n] = date_seconds(&date);
    t->night[n] = hour < 6 || hour >= 18;
    return true;
}

static bool take_record(struct record_table *t, const struct rec_reader *r,
                        struct point_table *p)
{
    size_t n = t->n;
    for (int i = 0; i < t->ncolumns; i++) {
        struct plot_column *c = &t->column[i];
        c->v = mem_grow(c->v, &t->cap[i], n + 1, sizeof *c->v);
        if (!rec_value(r, p->number[i], &c->v[n]))
            return false;
        c->beyond += fabs(c->v[n]) > PLOT_MOST;
        if (!(fabs(c->v[n]) <= PLOT_MOST))
            c->v[n] = NAN;
    }
    if (!take_time(t, r, p))
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
    struct list_item unit = {0};
    if (!t->units)
        return mem_text(said);
    const char *rest = t->units;
    for (int i = 0; list_next(&rest, &unit) && i < column;)
        i++;
    return unit.n ? mem_slice(unit.s, unit.n) : NULL;
}

/* The texts as they are meant, once they need not be compared with fields any more. */
static void name_groups(struct record_table *t)
{
    for (int i = 0; i < t->ngroups; i++) {
        struct buf b = {0};
        rec_unescape(&b, t->group_name[i], strlen(t->group_name[i]));
        free(t->group_name[i]);
        t->group_name[i] = b.s ? b.s : mem_text("");
    }
}

/* Names and units, once all layers are known. */
static void name_columns(struct record_table *t, const struct rec_reader *r,
                         const char *layer)
{
    for (int i = 0; i < t->ncolumns; i++) {
        struct plot_column *c = &t->column[i];
        struct buf key = {0};
        bool by_layer = layer && *layer && strcmp(c->column, "value") == 0;
        c->name = mem_text(by_layer ? layer : c->column);
        if (c->beyond)
            msg_warn(
                "%s: column \"%s\": %ld of its values are infinite or beyond 1e100, and "
                "not shown",
                r->name, c->column, c->beyond);
        buf_printf(&key, "unit.%s", c->name);
        c->unit = unit_of(t, i, rec_meta(r, key.s));
        buf_free(&key);
    }
}

int record_table_read(struct record_table *t, char **inputs, int ninputs, bool csv)
{
    struct rec_reader r;
    struct point_table p = {0};
    rec_open(&r, inputs, ninputs, csv ? REC_COMMA : REC_TAB);
    int status = rec_head(&r);
    if (status == MSG_OK && !r.nlegend) {
        msg_error("%s: no legend names its columns", r.name);
        status = MSG_INPUT;
    }
    if (status == MSG_OK && !find_places(t, &r, &p))
        status = MSG_INPUT;
    for (int got; status == MSG_OK && (got = rec_next(&r)) != 0;)
        if (got < 0 || !take_record(t, &r, &p))
            status = MSG_INPUT;
    if (status == MSG_OK)
        name_columns(t, &r, p.layer_name);
    if (!csv)
        name_groups(t);
    if (!t->by)
        t->ngroups = 0;
    free(p.layer_name);
    rec_close(&r);
    return status;
}
