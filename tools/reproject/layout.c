/* layout: columns, CRSs and the head of the output. */
#include "layout.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/crs.h"
#include "record/columns.h"
#include "record/csv.h"
#include "record/writer.h"
#include <stdlib.h>
#include <string.h>

static int find_coordinates(struct reproject_layout *p, const struct reproject_options *o,
                            const struct rec_reader *r)
{
    const struct table_crs_query query = {
        .columns = o->columns,
        .most = 4,
        .crs = o->from,
        .columns_option = "--columns",
        .crs_option = "--from",
        .by_record = true,
        .no_default = o->authority_order,
    };
    int status = table_crs_find(&p->in, &query, r);
    if (status != MSG_OK)
        return status;
    /* x and y beside longitude and latitude stay what they are. */
    bool beside = columns_coordinate(r, COLUMNS_X) >= 0 &&
                  columns_coordinate(r, COLUMNS_Y) >= 0 &&
                  columns_are_degrees(r, p->in.column);
    p->alone = p->in.own || beside;
    return MSG_OK;
}

/* Puts a hole in where its column belongs. */
static void add_hole(struct reproject_layout *p, int column, int axis)
{
    int i = p->nholes++;
    for (; i > 0 && p->hole[i - 1].column > column; i--)
        p->hole[i] = p->hole[i - 1];
    p->hole[i] = (struct reproject_hole){column, axis};
}

/* The names of new columns. */
static int parse_append(struct reproject_layout *p, const struct reproject_options *o,
                        const struct rec_reader *r)
{
    struct slice item;
    for (const char *rest = o->append; list_next(&rest, &item);) {
        if (!item.n || strcspn(item.s, "\t\r\n") < item.n ||
            p->nappended == REPROJECT_APPENDED)
            return msg_usage("--append: not two or three names of columns: \"%s\"",
                             o->append);
        char *name = mem_slice(item.s, item.n);
        bool known = rec_column(r, name) >= 0;
        for (int i = 0; i < p->nappended; i++)
            known = known || strcmp(p->append[i], name) == 0;
        p->append[p->nappended++] = name;
        if (known)
            return msg_usage("--append: there is a column \"%s\" already", name);
    }
    if (p->nappended < 2)
        return msg_usage("--append: needs two names: \"%s\"", o->append);
    if (p->nappended == 3 && p->in.column[2] < 0)
        return msg_usage("--append: three names, but --columns names no heights");
    return MSG_OK;
}

/* A text as a field of the output. */
static char *as_field(char delimiter, const char *text)
{
    struct buf b = {0};
    if (rec_is_csv(delimiter))
        csv_add(&b, delimiter, text, strlen(text));
    else
        buf_puts(&b, text);
    return b.s;
}

int reproject_layout(struct reproject_layout *p, const struct reproject_options *o,
                     const struct rec_reader *r)
{
    *p = (struct reproject_layout){0};
    int status = find_coordinates(p, o, r);
    if (status == MSG_OK && o->append)
        status = parse_append(p, o, r);
    if (status != MSG_OK)
        return status;
    const struct crs *to = crs_named(o->to, "--to");
    if (!to)
        return MSG_INPUT;
    p->to = crs_text(to);
    p->to_field = as_field(r->delimiter, p->to);
    for (int axis = 0; axis < 3 && !o->append; axis++)
        if (p->in.column[axis] >= 0)
            add_hole(p, p->in.column[axis], axis);
    int crs_column = rec_column(r, "crs");
    if (!o->append && !p->alone && crs_column >= 0)
        add_hole(p, crs_column, -1);
    return MSG_OK;
}

void reproject_layout_free(struct reproject_layout *p)
{
    for (int i = 0; i < p->nappended; i++)
        free(p->append[i]);
    free(p->to_field);
    *p = (struct reproject_layout){0};
}

/* Whether a line of metadata is about coordinates that are not what they were. */
static bool is_stale(const struct reproject_layout *p, const struct rec_reader *r,
                     const char *key)
{
    if (p->nappended)
        return false;
    if (strcmp(key, "crs") == 0)
        return !p->alone;
    for (int axis = 0; axis < 3; axis++) {
        int column = p->in.column[axis];
        const char *dot = strchr(key, '.');
        if (column < 0 || (size_t)column >= r->nlegend || !dot ||
            strcmp(dot + 1, r->legend[column]) != 0)
            continue;
        if (strncmp(key, "crs.", 4) == 0 || strncmp(key, "unit.", 5) == 0)
            return true;
    }
    return false;
}

static void put_column_crs(struct out *out, const char *name, const char *crs)
{
    struct buf key = {0};
    buf_printf(&key, "crs.%s", name);
    rec_put_pair(out, key.s, crs);
    buf_free(&key);
}

/* Says what the coordinates' own columns are in. */
static void put_own_crs(const struct reproject_layout *p, const struct rec_reader *r,
                        const char *crs, struct out *out)
{
    if (!p->alone)
        rec_put_pair(out, "crs", crs);
    for (int axis = 0; axis < 3 && p->alone; axis++)
        if (p->in.column[axis] >= 0)
            put_column_crs(out, r->legend[p->in.column[axis]], crs);
}

/* The lines that say CRSs. */
static void put_crs(const struct reproject_layout *p, const struct rec_reader *r,
                    struct out *out)
{
    if (!p->nappended)
        put_own_crs(p, r, p->to, out);
    else if (p->in.crs && !p->in.own && !rec_meta(r, "crs"))
        put_own_crs(p, r, crs_text(p->in.crs), out);
    for (int i = 0; i < p->nappended; i++)
        put_column_crs(out, p->append[i], p->to);
}

void reproject_put_head(const struct reproject_layout *p, const struct reproject_options *o,
                        const struct rec_reader *r, const struct buf *comments,
                        struct out *out)
{
    bool csv = rec_is_csv(r->delimiter);
    if (r->nmeta || r->marked) {
        for (size_t i = 0; i < r->nmeta; i++)
            if (!is_stale(p, r, r->meta[i].key))
                rec_put_pair(out, r->meta[i].key, r->meta[i].value);
        put_crs(p, r, out);
        if (o->command && !csv)
            rec_put_pair(out, "cmd", o->command);
    }
    if (r->nlegend) {
        if (r->marked)
            out_char(out, '#');
        out_puts(out, r->legend_line);
        for (int i = 0; i < p->nappended; i++) {
            out_char(out, r->delimiter);
            if (csv)
                csv_put(out, r->delimiter, p->append[i]);
            else
                out_puts(out, p->append[i]);
        }
        out_char(out, '\n');
    }
    if (comments->n)
        out_write(out, comments->s, comments->n);
}
