/* cells: rasters to records of their cells. */
#include "sample/cells.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "geo/crs_transform.h"
#include "record/csv.h"
#include "record/writer.h"
#include "scene/raster_list.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Grids up to so many cells keep the text of all their rows, at some 100 bytes a cell. */
enum { CELLS_KEPT = 1 << 18 };

/* The part of a row's records that its place decides. Record i has text from at[2 i] to
 * at[2 i + 1] before its value and from there to at[2 i + 2] behind it. */
struct row_text {
    struct buf text;
    size_t *at;
    bool made;
};

struct cells {
    struct out *o;
    struct cells_options options;
    char delimiter;
    bool headed;
    /* of the first raster: what the others must agree with */
    char *layer;
    const struct crs *crs;
    struct raster_list sources;
    struct masked_reader pixels;

    /* the grid of the last raster */
    struct raster_grid grid;
    struct crs_transform *map;
    struct row_text *row;
    int nrows; /* entries of row: all rows, or 1 when they are too many */
    double *x, *y, *longitude, *latitude;

    double
        *v[1 + SCENE_RASTER_COMPANIONS]; /* rows of blocks: the value's, the companions' */
    size_t v_cap[1 + SCENE_RASTER_COMPANIONS];
    struct buf date; /* what opens all records of a raster */
};

static void free_grid(struct cells *c)
{
    for (int i = 0; i < c->nrows; i++) {
        buf_free(&c->row[i].text);
        free(c->row[i].at);
    }
    free(c->row);
    c->row = NULL;
    c->nrows = 0;
    crs_transform_close(c->map);
    c->map = NULL;
    free(c->x);
    c->x = c->y = c->longitude = c->latitude = NULL;
}

/* Makes the grid of r the present one. */
static int take_grid(struct cells *c, const struct ras *r)
{
    if (c->row && raster_grid_equal(&c->grid, &r->grid))
        return MSG_OK;
    free_grid(c);
    int status = crs_transform_open(&c->map, r->grid.crs, crs_of_epsg(4326), NULL, r->path);
    if (status != MSG_OK)
        return status;
    c->grid = r->grid;
    c->nrows = (long long)r->grid.columns * r->grid.rows <= CELLS_KEPT ? r->grid.rows : 1;
    c->row = mem_alloc((size_t)c->nrows, sizeof *c->row);
    size_t columns = (size_t)r->grid.columns;
    c->x = mem_alloc(4 * columns, sizeof *c->x);
    c->y = c->x + columns;
    c->longitude = c->y + columns;
    c->latitude = c->longitude + columns;
    return MSG_OK;
}

static void add_double(struct buf *b, double v)
{
    b->n += num_double(buf_room(b, NUM_MAX), v);
}

/* Truncated toward zero. */
static void add_whole(struct buf *b, double v)
{
    v = trunc(v) + 0.0; /* no -0 */
    if (fabs(v) < 1e15)
        b->n += num_long(buf_room(b, NUM_MAX), (long long)v);
    else
        b->n += num_fixed(buf_room(b, NUM_FIXED_MAX), v, 0);
}

static void add_pair(struct buf *b, double u, char delimiter, double v)
{
    add_double(b, u);
    buf_putc(b, delimiter);
    add_double(b, v);
}

static void add_id(struct buf *b, double x, double y)
{
    add_whole(b, x);
    buf_putc(b, '_');
    add_whole(b, y);
}

static const struct row_text *text_of(struct cells *c, int row)
{
    struct row_text *t = &c->row[c->nrows > 1 ? row : 0];
    if (t->made)
        return t;
    int columns = c->grid.columns;
    for (int i = 0; i < columns; i++) {
        gt_place(c->grid.gt, i + 0.5, row + 0.5, &c->x[i], &c->y[i]);
        c->longitude[i] = c->x[i];
        c->latitude[i] = c->y[i];
    }
    crs_forward(c->map, c->longitude, c->latitude, 1, (size_t)columns);
    if (!t->at)
        t->at = mem_alloc(2 * (size_t)columns + 1, sizeof *t->at);
    struct buf *b = &t->text;
    buf_reset(b);
    for (int i = 0; i < columns; i++) {
        t->at[2 * i] = b->n;
        if (c->options.csv) {
            add_pair(b, c->latitude[i], ',', c->longitude[i]);
            t->at[2 * i + 1] = b->n;
            add_id(b, c->x[i], c->y[i]);
            buf_putc(b, ',');
            add_pair(b, c->x[i], ',', c->y[i]);
        } else {
            add_pair(b, c->x[i], '\t', c->y[i]);
            buf_putc(b, '\t');
            add_pair(b, c->longitude[i], '\t', c->latitude[i]);
            t->at[2 * i + 1] = b->n;
            add_id(b, c->x[i], c->y[i]);
        }
    }
    t->at[2 * columns] = b->n;
    t->made = c->nrows > 1;
    return t;
}

/* first: the first raster, or NULL when there is none. */
static void put_head(struct cells *c, const struct scene_raster *first)
{
    struct out *o = c->o;
    c->headed = true;
    if (c->options.csv) {
        bool named = first && strcmp(first->layer, "NA") != 0;
        out_puts(o, "date,year,doy,latitude,longitude,");
        csv_put(o, c->options.name ? c->options.name : named ? first->layer : "value");
        out_puts(o, ",pixel_id,x,y,filename,time");
    } else {
        if (c->crs && !c->options.crs_column)
            rec_put_pair(o, "crs", crs_text(c->crs));
        rec_put_pair(o, "crs.longitude", "EPSG:4326");
        rec_put_pair(o, "crs.latitude", "EPSG:4326");
        raster_list_put_units(&c->sources, o);
        rec_put_meta(o, NULL, NULL, c->options.command);
        out_puts(o, "#time\tx\ty\tlongitude\tlatitude\tlayer\tvalue");
    }
    for (int i = 0; i < SCENE_RASTER_COMPANIONS; i++) {
        out_char(o, c->delimiter);
        out_puts(o, scene_raster_companions[i]);
    }
    if (!c->options.csv)
        out_puts(o, "\tpixel_id");
    if (c->options.crs_column)
        out_puts(o, c->options.csv ? ",crs" : "\tcrs");
    out_puts(o, c->options.csv ? "\n" : "\tpath\n");
}

/* The same coordinates in one stream, and in CSV, where the layer is the name of a
 * column, the same layer. */
static int check(struct cells *c, const struct scene_raster *s)
{
    const char *path = s->ras.path;
    if (c->layer && c->options.csv && strcmp(c->layer, s->layer) != 0) {
        msg_error(
            "%s: its layer is %s, where rasters before it have %s: one table takes one",
            path, s->layer, c->layer);
        return MSG_INPUT;
    }
    if (c->crs && !c->options.crs_column && !crs_same(c->crs, s->ras.grid.crs)) {
        msg_error("%s: its CRS is another than that of rasters before it; see --crs-column",
                  path);
        return MSG_INPUT;
    }
    return MSG_OK;
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
    c->layer = mem_text(s->layer);
    put_head(c, s);
    return MSG_OK;
}

/* Rows of blocks of all bands that are wanted: band -1 leaves its array unread. */
static int read_rows(struct cells *c, struct scene_raster *s, int row, int rows)
{
    size_t pixels = (size_t)s->ras.grid.columns * (size_t)rows;
    for (int i = 0; i < 1 + SCENE_RASTER_COMPANIONS; i++) {
        int band = i ? s->companion[i - 1] : s->value;
        if (band < 0)
            continue;
        c->v[i] = mem_grow(c->v[i], &c->v_cap[i], pixels, sizeof *c->v[i]);
        int status =
            i ? ras_read(&s->ras, band, 0, row, s->ras.grid.columns, rows, c->v[i], 0)
              : masked_reader_read(&c->pixels, 0, row, s->ras.grid.columns, rows, c->v[i]);
        if (status != MSG_OK)
            return status;
    }
    return MSG_OK;
}

static void put_companions(struct cells *c, const struct scene_raster *s, size_t at)
{
    for (int i = 0; i < SCENE_RASTER_COMPANIONS; i++) {
        out_char(c->o, c->delimiter);
        if (s->companion[i] < 0)
            out_puts(c->o, "NaN");
        else
            scene_raster_put_value(s, s->companion[i], c->o, c->v[1 + i][at]);
    }
}

/* One record; head and tail are what the place decides. */
static void put_cell(struct cells *c, const struct scene_raster *s, struct rec_field head,
                     struct rec_field tail, size_t at)
{
    struct out *o = c->o;
    out_write(o, c->date.s, c->date.n);
    out_write(o, head.s, head.n);
    out_char(o, c->delimiter);
    if (!c->options.csv) {
        rec_put_text(o, c->delimiter, s->layer);
        out_char(o, c->delimiter);
    }
    scene_raster_put_value(s, s->value, o, c->v[0][at]);
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
    out_char(o, '\n');
}

static void put_row(struct cells *c, const struct scene_raster *s, int row, const double *v,
                    size_t at)
{
    const struct row_text *t = NULL;
    for (int i = 0; i < s->ras.grid.columns; i++) {
        if (isnan(v[i]))
            continue;
        if (!t)
            t = text_of(c, row);
        const size_t *cut = &t->at[2 * i];
        put_cell(c, s, (struct rec_field){t->text.s + cut[0], cut[1] - cut[0]},
                 (struct rec_field){t->text.s + cut[1], cut[2] - cut[1]}, at + (size_t)i);
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
            put_row(c, s, first + k, c->v[0] + at, at);
        }
    }
    return MSG_OK;
}

static int put_raster(struct cells *c, struct scene_raster *s)
{
    if (!scene_raster_among(c->options.layers, s->layer))
        return MSG_OK;
    int status = take_grid(c, &s->ras);
    if (status == MSG_OK)
        status = take_first(c, s);
    if (status == MSG_OK)
        status = check(c, s);
    if (status == MSG_OK)
        status = raster_list_unit(&c->sources, s);
    if (status != MSG_OK)
        return status;
    take_date(c, s);
    status = masked_reader_open_scene(&c->pixels, s, s->ras.cache_bytes);
    if (status == MSG_OK)
        status = put_rows(c, s);
    masked_reader_close(&c->pixels);
    return status;
}

int cells_run(struct out *o, const struct cells_options *options,
              struct raster_inputs *paths)
{
    struct cells c = {.o = o,
                      .options = *options,
                      .delimiter = options->csv ? REC_COMMA : REC_TAB,
                      .pixels.options = options->mask};
    int status = raster_list_read(&c.sources, paths);
    if (!options->csv)
        status = msg_worse(status, raster_list_survey(&c.sources));
    for (size_t i = 0; i < c.sources.n; i++) {
        struct scene_raster s;
        int done = scene_raster_open(&s, c.sources.path[i]);
        if (done == MSG_OK) {
            done = put_raster(&c, &s);
            scene_raster_close(&s);
        }
        status = msg_worse(status, done);
    }
    if (!c.headed)
        put_head(&c, NULL);
    free_grid(&c);
    for (int i = 0; i < 1 + SCENE_RASTER_COMPANIONS; i++)
        free(c.v[i]);
    buf_free(&c.date);
    masked_reader_free(&c.pixels);
    raster_list_free(&c.sources);
    free(c.layer);
    return status;
}
