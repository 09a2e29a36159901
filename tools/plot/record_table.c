/* record_table: the columns of records that a picture shows. */
#include "record_table.h"
#include "base/date.h"
#include "base/list.h"
#include "base/mem.h"
#include "record/reader.h"
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

/* Seconds since 1970 of a time as records have it; NaN for one that is missing;
 * false for none. */
static bool parse_time(struct rec_field f, double *seconds)
{
    struct date date;
    bool good = date_parse(&date, f.s, f.n);
    *seconds = date_seconds(&date);
    return good || rec_is_missing(f);
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
    int number[PLOT_COLUMNS], time, by, layer;
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

static bool take_record(struct record_table *t, const struct rec_reader *r,
                        struct point_table *p)
{
    size_t n = t->n;
    for (int i = 0; i < t->ncolumns; i++) {
        struct plot_column *c = &t->column[i];
        c->v = mem_grow(c->v, &t->cap[i], n + 1, sizeof *c->v);
        if (!rec_number(r, p->number[i], &c->v[n]))
            return false;
        if (!isfinite(c->v[n]))
            c->v[n] = NAN;
    }
    t->seconds = mem_grow(t->seconds, &t->cap[PLOT_COLUMNS], n + 1, sizeof *t->seconds);
    t->group = mem_grow(t->group, &t->cap[PLOT_COLUMNS + 1], n + 1, sizeof *t->group);
    t->seconds[n] = NAN;
    if (p->time >= 0 && !parse_time(r->field[p->time], &t->seconds[n])) {
        rec_complain(r, p->time, "not a time such as 2020-08-08T09:46:21Z");
        return false;
    }
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

/* Names and units, once all layers are known. */
static void name_columns(struct record_table *t, const struct rec_reader *r,
                         const char *layer)
{
    for (int i = 0; i < t->ncolumns; i++) {
        struct plot_column *c = &t->column[i];
        struct buf key = {0};
        bool by_layer = layer && *layer && strcmp(c->column, "value") == 0;
        c->name = mem_text(by_layer ? layer : c->column);
        buf_printf(&key, "unit.%s", c->name);
        c->unit = mem_text(rec_meta(r, key.s));
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
    if (!t->by)
        t->ngroups = 0;
    free(p.layer_name);
    rec_close(&r);
    return status;
}
