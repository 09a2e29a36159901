/* point_table: a table's records in, coordinates and the records' text out. */
#include "point_table.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/csv.h"
#include "record/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int find_coordinates(struct point_table *p)
{
    const struct table_crs_query query = {
        .columns = p->options.columns,
        .most = 2,
        .crs = p->options.crs ? crs_of(p->options.crs) : NULL,
        .columns_option = "--columns",
        .crs_option = "--points-crs",
    };
    p->nfields = p->reader.nlegend ? p->reader.nlegend : p->reader.nfields;
    return table_crs_find(&p->in, &query, &p->reader);
}

int point_table_open(struct point_table *p, const struct point_table_options *options)
{
    *p = (struct point_table){.options = *options};
    p->inputs[0] = (char *)options->path;
    rec_form_open(&p->reader, p->inputs, 1, &options->form);
    int status = rec_head(&p->reader);
    if (status == MSG_OK)
        status = find_coordinates(p);
    if (status == MSG_OK)
        status = crs_transform_open(&p->to_degrees, p->in.crs, crs_of_epsg(4326), NULL,
                                    options->crs ? "--points-crs" : p->reader.name);
    if (status != MSG_OK)
        point_table_close(p);
    return status;
}

void point_table_close(struct point_table *p)
{
    rec_close(&p->reader);
    crs_transform_close(p->to_degrees);
    buf_free(&p->text);
    free(p->at);
    free(p->x);
    free(p->y);
    free(p->longitude);
    free(p->latitude);
    *p = (struct point_table){0};
    p->reader.fd = -1;
}

/* Of the output. */
static char delimiter_of(const struct point_table *p)
{
    return p->options.csv_out ? REC_COMMA : REC_TAB;
}

/* The present record in the form of the output. */
static void add_text(struct point_table *p)
{
    const struct rec_reader *r = &p->reader;
    char delimiter = delimiter_of(p);
    if (delimiter == r->delimiter) {
        buf_add(&p->text, r->text.s, r->text.n);
        return;
    }
    for (size_t i = 0; i < r->nfields; i++) {
        if (i)
            buf_putc(&p->text, delimiter);
        rec_add_field(&p->text, delimiter, r->delimiter, r->field[i]);
    }
}

static bool take_record(struct point_table *p)
{
    struct rec_reader *r = &p->reader;
    if (r->nfields != p->nfields) {
        msg_error("%s:%zu: %zu fields where the first record has %zu", r->name, r->line,
                  r->nfields, p->nfields);
        return false;
    }
    size_t cap = p->cap;
    p->x = mem_grow(p->x, &cap, p->n + 1, sizeof *p->x);
    p->y = mem_grow(p->y, &p->cap, p->n + 1, sizeof *p->y);
    p->at = mem_grow(p->at, &p->at_cap, p->n + 2, sizeof *p->at);
    if (!rec_number(r, p->in.column[0], &p->x[p->n]) ||
        !rec_number(r, p->in.column[1], &p->y[p->n]))
        return false;
    p->at[p->n++] = p->text.n;
    add_text(p);
    return true;
}

int point_table_next(struct point_table *p)
{
    p->n = 0;
    buf_reset(&p->text);
    int got = 1;
    while (p->n < POINT_TABLE_MANY && (got = rec_next(&p->reader)) != 0) {
        if (got > 0 && take_record(p))
            continue;
        if (got == -2 || !p->options.keep_going)
            return -1;
        p->status = MSG_INPUT;
    }
    if (!p->n)
        return 0;
    p->at[p->n] = p->text.n;
    p->placed = false;
    return 1;
}

const double *point_table_longitudes(struct point_table *p)
{
    size_t n = p->n;
    if (p->placed)
        return p->longitude;
    p->longitude = mem_grow(p->longitude, &p->longitude_cap, n, sizeof *p->longitude);
    p->latitude = mem_grow(p->latitude, &p->latitude_cap, n, sizeof *p->latitude);
    memcpy(p->longitude, p->x, n * sizeof *p->x);
    memcpy(p->latitude, p->y, n * sizeof *p->y);
    crs_forward(p->to_degrees, p->longitude, p->latitude, 1, n);
    p->placed = true;
    return p->longitude;
}

bool point_table_has(const struct point_table *p, const char *name)
{
    return rec_column(&p->reader, name) >= 0;
}

void point_table_put_legend(const struct point_table *p, struct out *o)
{
    char delimiter = delimiter_of(p);
    for (size_t i = 0; i < p->nfields; i++) {
        if (i)
            out_char(o, delimiter);
        if (!p->reader.nlegend) {
            out_char(o, 'c');
            out_long(o, (long long)i + 1);
        } else if (rec_is_csv(delimiter)) {
            csv_put(o, delimiter, p->reader.legend[i]);
        } else {
            rec_put_text(o, delimiter, p->reader.legend[i]);
        }
    }
}
