/* point_table: a table's records in, coordinates and the records' text out. */
#include "point_table.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/columns.h"
#include "record/csv.h"
#include "record/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int any_case(const struct point_table *p, const char *name)
{
    for (size_t i = 0; i < p->reader.nlegend; i++)
        if (strcasecmp(p->reader.legend[i], name) == 0)
            return (int)i;
    return -1;
}

/* The columns by their names, and the CRS. */
static int take_known(struct point_table *p, const struct crs *crs)
{
    static const char *const pairs[][2] = {
        {"lon", "lat"}, {"longitude", "latitude"}, {"long", "lat"}};
    int x = any_case(p, "x"), y = any_case(p, "y"), lon = -1, lat = -1;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && (lon < 0 || lat < 0); i++) {
        lon = any_case(p, pairs[i][0]);
        lat = any_case(p, pairs[i][1]);
    }
    bool plane = x >= 0 && y >= 0, degrees = lon >= 0 && lat >= 0;
    bool angles = crs && crs_is_geographic(crs);
    if (plane && degrees)
        plane = crs && !angles;
    if (!plane && !degrees) {
        msg_error("%s: no columns x and y, or lon and lat; name them by --columns%s",
                  p->reader.name,
                  p->options.csv_in || p->nfields > 1 ? "" : " (or is it CSV: --csv-in)");
        return MSG_INPUT;
    }
    p->column[0] = plane ? x : lon;
    p->column[1] = plane ? y : lat;
    if (!plane && !angles && !p->options.crs)
        crs = crs_of_epsg(4326);
    p->crs = crs;
    return MSG_OK;
}

static int take_columns(struct point_table *p)
{
    const char *text = p->options.crs ? p->options.crs : rec_meta(&p->reader, "crs");
    const struct crs *crs = text ? crs_of(text) : NULL;
    p->nfields = p->reader.nlegend ? p->reader.nlegend : p->reader.nfields;
    int status;
    if (p->options.columns) {
        int n;
        status =
            columns_find(&p->reader, "--columns", p->options.columns, 2, 2, p->column, &n);
        p->crs = crs;
    } else if (!p->reader.nlegend) {
        msg_error("%s: it has no legend; name its coordinates by --columns 1,2%s",
                  p->reader.name, p->options.csv_in ? "" : " (or is it CSV: --csv-in)");
        return MSG_INPUT;
    } else {
        status = take_known(p, crs);
    }
    if (status == MSG_OK && !p->crs) {
        msg_error("%s: nothing says the CRS of its coordinates; name it by --points-crs",
                  p->reader.name);
        status = MSG_INPUT;
    }
    return status;
}

int point_table_open(struct point_table *p, const struct point_table_options *options)
{
    *p = (struct point_table){.options = *options};
    p->inputs[0] = (char *)options->path;
    rec_open(&p->reader, p->inputs, 1, options->csv_in ? REC_COMMA : REC_TAB);
    int status = rec_head(&p->reader);
    if (status == MSG_OK)
        status = take_columns(p);
    if (status == MSG_OK)
        status = crs_transform_open(&p->to_degrees, p->crs, crs_of_epsg(4326), NULL,
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
    buf_free(&p->scratch);
    free(p->at);
    free(p->x);
    free(p->y);
    free(p->longitude);
    free(p->latitude);
    *p = (struct point_table){0};
    p->reader.fd = -1;
}

/* The present record in the form of the output. */
static void add_text(struct point_table *p)
{
    const struct rec_reader *r = &p->reader;
    bool csv = p->options.csv_out;
    if (csv == p->options.csv_in) {
        buf_add(&p->text, r->text.s, r->text.n);
        return;
    }
    for (size_t i = 0; i < r->nfields; i++) {
        if (i)
            buf_putc(&p->text, csv ? ',' : '\t');
        if (csv) {
            buf_reset(&p->scratch);
            rec_unescape(&p->scratch, r->field[i].s, r->field[i].n);
            rec_add_text(&p->text, REC_COMMA, p->scratch.s, p->scratch.n);
        } else {
            rec_add_text(&p->text, REC_TAB, r->field[i].s, r->field[i].n);
        }
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
    if (!rec_number(r, p->column[0], &p->x[p->n]) ||
        !rec_number(r, p->column[1], &p->y[p->n]))
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
    bool csv = p->options.csv_out;
    for (size_t i = 0; i < p->nfields; i++) {
        if (i)
            out_char(o, csv ? ',' : '\t');
        if (!p->reader.nlegend) {
            out_char(o, 'c');
            out_long(o, (long long)i + 1);
        } else if (csv) {
            csv_put(o, p->reader.legend[i]);
        } else {
            rec_put_text(o, REC_TAB, p->reader.legend[i]);
        }
    }
}
