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

/* The value of ##PREFIX.NAME= for a column's name, or NULL. */
static const char *column_meta(const struct rec_reader *r, const char *prefix, int column)
{
    if (column < 0 || (size_t)column >= r->nlegend)
        return NULL;
    struct buf key = {0};
    buf_printf(&key, "%s.%s", prefix, r->legend[column]);
    const char *value = rec_meta(r, key.s);
    buf_free(&key);
    return value;
}

static int find_columns(struct reproject_layout *p, const struct reproject_options *o,
                        const struct rec_reader *r)
{
    int n = 0;
    for (int axis = 0; axis < 4; axis++)
        p->column[axis] = -1;
    if (o->columns)
        return columns_find(r, "--columns", o->columns, 2, 4, p->column, &n);
    return columns_find_xy(r, "say --columns X,Y", p->column);
}

/* Where the CRS of the coordinates is said. */
static int find_from(struct reproject_layout *p, const struct reproject_options *o,
                     const struct rec_reader *r)
{
    const char *own = column_meta(r, "crs", p->column[0]);
    int crs_column = rec_column(r, "crs");
    p->own_key = own != NULL;
    p->crs_column = -1;
    if (o->from || own)
        p->from = mem_text(o->from ? crs_text(o->from) : own);
    else if (crs_column >= 0)
        p->crs_column = crs_column;
    else if (rec_meta(r, "crs"))
        p->from = mem_text(rec_meta(r, "crs"));
    else {
        msg_error("%s: nothing says which CRS the coordinates are in: say --from CRS",
                  r->name);
        return MSG_INPUT;
    }
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
    struct list_item item;
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
    if (p->nappended == 3 && p->column[2] < 0)
        return msg_usage("--append: three names, but --columns names no heights");
    return MSG_OK;
}

/* A text as a field of the output. */
static char *as_field(char delimiter, const char *text)
{
    struct buf b = {0};
    if (delimiter == REC_COMMA)
        csv_add(&b, text, strlen(text));
    else
        buf_puts(&b, text);
    return b.s;
}

int reproject_layout(struct reproject_layout *p, const struct reproject_options *o,
                     const struct rec_reader *r)
{
    *p = (struct reproject_layout){0};
    int status = find_columns(p, o, r);
    if (status == MSG_OK)
        status = find_from(p, o, r);
    if (status == MSG_OK && o->append)
        status = parse_append(p, o, r);
    if (status != MSG_OK)
        return status;
    const struct crs *to = crs_named(o->to, "--to");
    if (!to)
        return MSG_INPUT;
    p->to = crs_text(to);
    p->to_field = as_field(o->delimiter, p->to);
    for (int axis = 0; axis < 3 && !o->append; axis++)
        if (p->column[axis] >= 0)
            add_hole(p, p->column[axis], axis);
    int crs_column = rec_column(r, "crs");
    if (!o->append && !p->own_key && crs_column >= 0)
        add_hole(p, crs_column, -1);
    return MSG_OK;
}

void reproject_layout_free(struct reproject_layout *p)
{
    for (int i = 0; i < p->nappended; i++)
        free(p->append[i]);
    free(p->from);
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
        return !p->own_key;
    for (int axis = 0; axis < 3; axis++) {
        int column = p->column[axis];
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

/* The lines that say CRSs. */
static void put_crs(const struct reproject_layout *p, const struct reproject_options *o,
                    const struct rec_reader *r, struct out *out)
{
    if (p->nappended) {
        if (o->from && !p->own_key && !rec_meta(r, "crs"))
            rec_put_pair(out, "crs", crs_text(o->from));
        for (int i = 0; i < p->nappended; i++)
            put_column_crs(out, p->append[i], p->to);
    } else if (!p->own_key) {
        rec_put_pair(out, "crs", p->to);
    } else {
        for (int axis = 0; axis < 3; axis++)
            if (p->column[axis] >= 0)
                put_column_crs(out, r->legend[p->column[axis]], p->to);
    }
}

void reproject_put_head(const struct reproject_layout *p, const struct reproject_options *o,
                        const struct rec_reader *r, const struct buf *comments,
                        struct out *out)
{
    bool csv = o->delimiter == REC_COMMA;
    if (r->nmeta || (r->nlegend && !csv)) {
        for (size_t i = 0; i < r->nmeta; i++)
            if (!is_stale(p, r, r->meta[i].key))
                rec_put_pair(out, r->meta[i].key, r->meta[i].value);
        put_crs(p, o, r, out);
        if (o->command && !csv)
            rec_put_pair(out, "cmd", o->command);
    }
    if (r->nlegend) {
        if (!csv)
            out_char(out, '#');
        out_puts(out, r->legend_line);
        for (int i = 0; i < p->nappended; i++) {
            out_char(out, o->delimiter);
            if (csv)
                csv_put(out, p->append[i]);
            else
                out_puts(out, p->append[i]);
        }
        out_char(out, '\n');
    }
    if (comments->n)
        out_write(out, comments->s, comments->n);
}
