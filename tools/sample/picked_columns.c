/* picked_columns: some columns of a table. */
#include "picked_columns.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "record/reader.h"
#include <stdlib.h>
#include <string.h>

/* The end of a field; quoted ones hold delimiters, and quotes twice. */
static const char *end_of(const char *s, const char *end, char delimiter)
{
    bool quoted = delimiter == REC_COMMA && s < end && *s == '"', inside = false;
    for (; s < end && (inside || *s != delimiter); s++)
        inside = quoted && *s == '"' ? !inside : inside;
    return s;
}

/* Cuts a line into fields, of which there are no more than there is room for. */
static size_t cut(const struct picked_columns *p, const char *line, size_t n)
{
    const char *end = line + n;
    size_t k = 0;
    for (;; line++) {
        const char *stop = end_of(line, end, p->delimiter);
        p->field[k++] = (struct slice){line, (size_t)(stop - line)};
        line = stop;
        if (line == end || k == p->fields)
            return k;
    }
}

/* The number of a column that was not picked before; told when there is none. */
static int find(const struct picked_columns *p, const char *option, struct slice item,
                const char *legend, size_t n, size_t *column)
{
    for (size_t k = 0; k < p->fields; k++) {
        if (p->field[k].n != item.n || memcmp(p->field[k].s, item.s, item.n) != 0)
            continue;
        for (size_t i = 0; i < p->n; i++)
            if (p->column[i] == k)
                return msg_usage("%s: \"%.*s\" is there twice", option, (int)item.n,
                                 item.s);
        *column = k;
        return MSG_OK;
    }
    char *all = mem_slice(legend, n);
    for (char *c = all; *c; c++)
        *c = *c == '\t' ? ',' : *c;
    int status = msg_usage("%s: no column is named \"%.*s\"; there are %s", option,
                           (int)item.n, item.s, all);
    free(all);
    return status;
}

int picked_columns_open(struct picked_columns *p, const char *option, const char *list,
                        char delimiter, const char *legend, size_t n, struct out *o)
{
    struct slice item;
    size_t items = 1;
    bool marked = n && *legend == '#';
    legend += marked;
    n -= marked;
    *p = (struct picked_columns){.delimiter = delimiter, .fields = 1};
    for (size_t i = 0; i < n; i++)
        p->fields += legend[i] == delimiter;
    for (const char *s = list; *s; s++)
        items += *s == ',';
    p->field = mem_alloc(p->fields, sizeof *p->field);
    p->column = mem_alloc(items, sizeof *p->column);
    p->fields = cut(p, legend, n);
    int status = MSG_OK;
    for (const char *rest = list; status == MSG_OK && list_next(&rest, &item);) {
        status = find(p, option, item, legend, n, &p->column[p->n]);
        p->n += status == MSG_OK;
    }
    if (status != MSG_OK)
        return status;
    if (marked)
        out_char(o, '#');
    picked_columns_put(p, legend, n, o);
    return MSG_OK;
}

void picked_columns_free(struct picked_columns *p)
{
    free(p->column);
    free(p->field);
    *p = (struct picked_columns){0};
}

void picked_columns_put(struct picked_columns *p, const char *line, size_t n, struct out *o)
{
    cut(p, line, n);
    for (size_t i = 0; i < p->n; i++) {
        if (i)
            out_char(o, p->delimiter);
        out_write(o, p->field[p->column[i]].s, p->field[p->column[i]].n);
    }
    out_char(o, '\n');
}
