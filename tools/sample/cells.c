/* cells: rasters to records of their cells. */
#include "sample/cells.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "cell_places.h"
#include "picked_columns.h"
#include "record/csv.h"
#include "record/writer.h"
#include "scene/band_choice.h"
#include "scene/overpass.h"
#include "scene/raster_list.h"
#include "scene/solar_time.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct cells {
    struct out *to; /* the table */
    struct out *o;  /* where lines are put: that, or the text that columns are picked of */
    struct out text;
    struct picked_columns picked;
    struct solar solar; /* of the present raster */
    struct cells_options options;
    char delimiter;
    bool headed;
    /* of the first raster: what the others must agree with */
    char *name, *others;
    const struct crs *crs;
    struct raster_list sources;
    struct masked_reader pixels;
    struct overpasses overpasses;

    struct cell_places places;

    /* rows of blocks: the value's, the companions', those of the other values */
    double **v;
    size_t *v_cap, nv;
    struct buf date; /* what opens all records of a raster */
};

/* The column of a raster's values in CSV, or of a band beside them. */
static void put_name(struct cells *c, const struct scene_raster *s, int band)
{
    bool named = s && strcmp(s->name, "NA") != 0;
    if (band < 0) {
        csv_put(c->o, REC_COMMA,
                c->options.name ? c->options.name
                : named         ? s->name
                                : "value");
        return;
    }
    const char *layer = c->options.name ? c->options.name : s->layer;
    char *name = band_choice_layer(&s->ras, band, layer);
    csv_put(c->o, REC_COMMA, name);
    free(name);
}

/* The band of an array of values; -1 for one that the raster has not. */
static int band_of(const struct scene_raster *s, size_t i)
{
    return i == 0                         ? s->value
           : i <= SCENE_RASTER_COMPANIONS ? s->companion[i - 1]
                                          : s->other[i - 1 - SCENE_RASTER_COMPANIONS];
}

/* Whether tables have a column for it: records always for companions, CSV for stddev where
 * there is one. */
static bool has_column(const struct cells *c, size_t i, int band)
{
    return band >= 0 || i != 1 + SCENE_RASTER_STDDEV || !c->options.csv;
}

/* A line is there; of its columns those that are wanted. */
static void end_line(struct cells *c)
{
    if (c->o == c->to) {
        out_char(c->o, '\n');
        return;
    }
    picked_columns_put(&c->picked, c->text.s, c->text.n, c->to);
    c->text.n = 0;
}

/* The same for the legend. Where there is no raster it has what is asked for. */
static int end_legend(struct cells *c, bool any)
{
    const char *list = c->options.columns;
    int status = MSG_OK;
    if (list && any)
        status = picked_columns_open(&c->picked, "--columns", list, c->delimiter, c->text.s,
                                     c->text.n, c->to);
    else if (list)
        for (out_puts(c->to, c->options.csv ? "" : "#"); *list; list++)
            out_char(c->to, *list == ',' ? c->delimiter : *list);
    if (!list || !any)
        out_char(c->to, '\n');
    c->text.n = 0;
    return status;
}

static void put_metadata(struct cells *c)
{
    if (c->crs && !c->options.crs_column)
        rec_put_pair(c->to, "crs", crs_text(c->crs));
    rec_put_pair(c->to, "crs.longitude", "EPSG:4326");
    rec_put_pair(c->to, "crs.latitude", "EPSG:4326");
    raster_list_put_units(&c->sources, c->to);
    rec_put_meta(c->to, NULL, NULL, c->options.command);
}

/* first: the first raster, or NULL when there is none. */
static int put_head(struct cells *c, const struct scene_raster *first)
{
    struct out *o = c->o;
    c->headed = true;
    if (c->options.csv) {
        out_puts(o, "date,year,doy,latitude,longitude,");
        put_name(c, first, -1);
        out_puts(o, ",pixel_id,x,y,filename,time");
    } else {
        put_metadata(c);
        out_puts(o, "#time\tx\ty\tlongitude\tlatitude\tlayer\tvalue");
    }
    for (size_t i = 1;
         i < 1 + SCENE_RASTER_COMPANIONS + (size_t)(first ? first->nothers : 0); i++) {
        int band = first ? band_of(first, i) : -1;
        if (!has_column(c, i, band))
            continue;
        out_char(o, c->delimiter);
        if (c->options.csv && i >= SCENE_RASTER_COMPANIONS)
            put_name(c, first, band);
        else
            out_puts(o, i <= SCENE_RASTER_COMPANIONS ? scene_raster_companions[i - 1]
                                                     : first->ras.band[band].description);
    }
    if (!c->options.csv)
        out_puts(o, "\tpixel_id");
    if (c->options.crs_column)
        out_puts(o, c->options.csv ? ",crs" : "\tcrs");
    out_puts(o, c->options.csv ? "" : "\tpath");
    if (c->options.local_time)
        out_puts(o, c->options.csv ? ",solar_time,local_date" : "\tsolar_time\tlocal_date");
    return end_legend(c, first);
}

/* The bands of other values that make columns, by their names. Free it. */
static char *others_of(const struct cells *c, const struct scene_raster *s)
{
    struct buf b = {0};
    bool stddev = c->options.csv && s->companion[SCENE_RASTER_STDDEV] >= 0;
    buf_puts(&b, stddev ? "stddev" : "");
    for (int i = 0; i < s->nothers; i++)
        buf_printf(&b, "%s%s", b.n ? "," : "", s->ras.band[s->other[i]].description);
    return b.s;
}

/* Other values have columns, of which there is one set. */
static int check_others(const struct cells *c, const struct scene_raster *s)
{
    char *others = others_of(c, s);
    bool same = !c->others || strcmp(c->others, others) == 0;
    if (!same)
        msg_error("%s: beside %s it has %s, where rasters before it have %s: one table "
                  "takes one set of bands; see --band",
                  s->ras.path, s->name, *others ? others : "nothing",
                  *c->others ? c->others : "nothing");
    free(others);
    return same ? MSG_OK : MSG_INPUT;
}

/* The same coordinates in one stream, and in CSV, where the layer is the name of a
 * column, the same layer. */
static int check(struct cells *c, const struct scene_raster *s)
{
    const char *path = s->ras.path;
    if (c->name && c->options.csv && strcmp(c->name, s->name) != 0) {
        msg_error(
            "%s: its layer is %s, where rasters before it have %s: one table takes one",
            path, s->name, c->name);
        return MSG_INPUT;
    }
    if (c->crs && !c->options.crs_column && !crs_same(c->crs, s->ras.grid.crs)) {
        msg_error("%s: its CRS is another than that of rasters before it; see --crs-column",
                  path);
        return MSG_INPUT;
    }
    return check_others(c, s);
}

static int take_first(struct cells *c, const struct scene_raster *s)
{
    if (c->headed)
        return MSG_OK;
    const struct crs *crs = s->ras.grid.crs;
    bool coded = strncmp(crs_text(crs), "EPSG:", 5) == 0;
    c->crs = coded ? crs : crs_named_plane(crs, s->ras.path);
    if (!c->crs)
        return MSG_INPUT;
    c->name = mem_text(s->name);
    c->others = others_of(c, s);
    return put_head(c, s);
}

/* Rows of blocks of all bands. */
static int read_rows(struct cells *c, struct scene_raster *s, int row, int rows)
{
    int columns = s->ras.grid.columns, status = MSG_OK;
    size_t pixels = (size_t)columns * (size_t)rows;
    for (size_t i = 0; i < c->nv && status == MSG_OK; i++) {
        int band = band_of(s, i);
        if (band < 0)
            continue;
        c->v[i] = mem_grow(c->v[i], &c->v_cap[i], pixels, sizeof *c->v[i]);
        c->pixels.band = band;
        if (i >= 1 && i <= SCENE_RASTER_COMPANIONS)
            status = ras_read(&s->ras, band, 0, row, columns, rows, c->v[i], s->flags);
        else
            status = masked_reader_read(&c->pixels, 0, row, columns, rows, c->v[i]);
    }
    return status;
}

static void put_companions(struct cells *c, const struct scene_raster *s, size_t at)
{
    for (size_t i = 1; i < c->nv; i++) {
        int band = band_of(s, i);
        if (!has_column(c, i, band))
            continue;
        out_char(c->o, c->delimiter);
        if (band < 0)
            out_puts(c->o, "NaN");
        else
            scene_put_value(c->o, scene_raster_form(s, band), c->v[i][at]);
    }
}

/* By the sun at the longitude that a cell's text has: last in CSV, and in records. */
static void put_local_time(struct cells *c, struct slice head)
{
    char time[SOLAR_TEXT];
    size_t n = 0;
    double longitude = NAN;
    for (int skip = c->options.csv ? 1 : 2; skip; n++)
        skip -= head.s[n] == c->delimiter;
    size_t end = n;
    while (end < head.n && head.s[end] != c->delimiter)
        end++;
    num_parse(head.s + n, end - n, &longitude);
    solar_text(&c->solar, longitude, time);
    out_char(c->o, c->delimiter);
    out_puts(c->o, time);
    out_char(c->o, c->delimiter);
    out_write(c->o, time, strcspn(time, "T"));
}

/* One record; head and tail are what the place decides. */
static void put_cell(struct cells *c, const struct scene_raster *s, struct slice head,
                     struct slice tail, size_t at)
{
    struct out *o = c->o;
    out_write(o, c->date.s, c->date.n);
    out_write(o, head.s, head.n);
    out_char(o, c->delimiter);
    if (!c->options.csv) {
        rec_put_text(o, c->delimiter, s->name);
        out_char(o, c->delimiter);
    }
    scene_put_value(o, scene_raster_form(s, s->value), c->v[0][at]);
    if (c->options.csv) {
        out_char(o, ',');
        out_write(o, tail.s, tail.n);
        out_char(o, ',');
        rec_put_text(o, c->delimiter, scene_base(s->ras.path));
        out_char(o, ',');
        out_puts(o, s->time);
    }
    put_companions(c, s, at);
    if (!c->options.csv) {
        out_char(o, '\t');
        out_write(o, tail.s, tail.n);
    }
    if (c->options.crs_column) {
        out_char(o, c->delimiter);
        rec_put_text(o, c->delimiter, crs_text(s->ras.grid.crs));
    }
    if (!c->options.csv) {
        out_char(o, '\t');
        rec_put_text(o, c->delimiter, s->ras.path);
    }
    if (c->options.local_time)
        put_local_time(c, head);
    end_line(c);
}

/* Whether a cell has a value, or one of the others. */
static bool has_value(const struct cells *c, size_t at)
{
    bool has = !isnan(c->v[0][at]);
    for (size_t i = 1 + SCENE_RASTER_COMPANIONS; i < c->nv; i++)
        has = has || !isnan(c->v[i][at]);
    return has;
}

static void put_row(struct cells *c, const struct scene_raster *s, int row, size_t at)
{
    const struct row_text *t = NULL;
    for (int i = 0; i < s->ras.grid.columns; i++) {
        if (!has_value(c, at + (size_t)i))
            continue;
        if (!t)
            t = cell_places_row(&c->places, row);
        const size_t *cut = &t->at[2 * i];
        overpasses_set(&c->overpasses,
                       (size_t)row * (size_t)s->ras.grid.columns + (size_t)i);
        put_cell(c, s, (struct slice){t->text.s + cut[0], cut[1] - cut[0]},
                 (struct slice){t->text.s + cut[1], cut[2] - cut[1]}, at + (size_t)i);
    }
}

static void take_date(struct cells *c, const struct scene_raster *s)
{
    struct date day = s->date;
    char text[DATE_TEXT];
    buf_reset(&c->date);
    if (!c->options.csv) {
        buf_printf(&c->date, "%s\t", s->time);
    } else if (day.has_date) {
        day.has_time = false;
        date_text(&day, text);
        buf_printf(&c->date, "%s,%d,%d,", text, day.year, day.doy);
    } else {
        buf_puts(&c->date, "NA,NaN,NaN,");
    }
}

static int put_rows(struct cells *c, struct scene_raster *s)
{
    const struct ras *r = &s->ras;
    bool north_up = r->grid.gt[5] < 0;
    int height = r->block_rows, blocks = (r->grid.rows - 1) / height + 1;
    for (int b = 0; b < blocks; b++) {
        int first = (north_up ? blocks - 1 - b : b) * height;
        int rows = r->grid.rows - first < height ? r->grid.rows - first : height;
        int status = read_rows(c, s, first, rows);
        if (status != MSG_OK)
            return status;
        for (int i = 0; i < rows; i++) {
            int k = north_up ? rows - 1 - i : i;
            size_t at = (size_t)k * (size_t)r->grid.columns;
            put_row(c, s, first + k, at);
        }
    }
    return MSG_OK;
}

static void free_values(struct cells *c)
{
    for (size_t i = 0; i < c->nv; i++)
        free(c->v[i]);
    free(c->v);
    free(c->v_cap);
    c->nv = 0;
}

static int put_raster(struct cells *c, struct scene_raster *s)
{
    if (!s->wanted)
        return MSG_OK;
    int status = cell_places_take(&c->places, &s->ras);
    if (status == MSG_OK)
        status = take_first(c, s);
    if (status == MSG_OK)
        status = check(c, s);
    if (status == MSG_OK)
        status = raster_list_unit(&c->sources, s);
    if (status != MSG_OK)
        return status;
    take_date(c, s);
    solar_init(&c->solar, &s->date);
    size_t nv = 1 + SCENE_RASTER_COMPANIONS + (size_t)s->nothers;
    if (nv != c->nv) { /* but for the first, all rasters have as many */
        free_values(c);
        c->nv = nv;
        c->v = mem_alloc(nv, sizeof *c->v);
        c->v_cap = mem_alloc(nv, sizeof *c->v_cap);
    }
    status = masked_reader_open_scene(&c->pixels, s, s->ras.cache_bytes);
    overpasses_begin(&c->overpasses, s,
                     (size_t)s->ras.grid.columns * (size_t)s->ras.grid.rows);
    if (status == MSG_OK)
        status = put_rows(c, s);
    overpasses_end(&c->overpasses);
    masked_reader_close(&c->pixels);
    return status;
}

int cells_run(struct out *o, const struct cells_options *options,
              struct raster_inputs *paths)
{
    struct cells c = {.to = o,
                      .o = o,
                      .options = *options,
                      .delimiter = options->csv ? REC_COMMA : REC_TAB,
                      .places.csv = options->csv,
                      .pixels.options = options->mask};
    out_init_text(&c.text);
    if (options->columns)
        c.o = &c.text;
    c.sources.ask = options->ask;
    int status = raster_list_read(&c.sources, paths);
    if (!options->csv)
        status = msg_worse(status, raster_list_survey(&c.sources));
    for (size_t i = 0; i < c.sources.n && status < MSG_USAGE; i++) {
        struct scene_raster s;
        int done = scene_raster_open(&s, c.sources.path[i], &options->ask);
        if (done == MSG_OK) {
            done = put_raster(&c, &s);
            scene_raster_close(&s);
        }
        status = msg_worse(status, done);
    }
    if (!c.headed)
        put_head(&c, NULL);
    picked_columns_free(&c.picked);
    out_close(&c.text);
    cell_places_free(&c.places);
    free_values(&c);
    overpasses_tell(&c.overpasses, "cells");
    buf_free(&c.date);
    masked_reader_free(&c.pixels);
    raster_list_free(&c.sources);
    free(c.name);
    free(c.others);
    return status;
}
