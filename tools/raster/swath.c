/* swath: places that stand in files. */
#include "raster/swath.h"
#include "base/mem.h"
#include "base/msg.h"
#include "scan_rows.h"
#include <math.h>
#include <stdlib.h>

static struct swath *swath_from(struct geolocation_array *g)
{
    return (struct swath *)g;
}

struct swath *swath_of(const struct raster_grid *g)
{
    return g->places ? swath_from(g->places) : NULL;
}

static void places(struct geolocation_array *g, int column, int row, int columns, int rows,
                   double *longitude, double *latitude)
{
    struct swath *s = swath_from(g);
    size_t n = (size_t)columns * (size_t)rows;
    int status = g->status;
    if (status == MSG_OK)
        status = ras_read(&s->latitude, 0, column, row, columns, rows, latitude, 0);
    if (status == MSG_OK)
        status = ras_read(&s->longitude, 0, column, row, columns, rows, longitude, 0);
    g->status = status;
    bool any = s->any;
    for (size_t i = 0; i < n; i++) {
        double x = longitude[i], y = latitude[i];
        bool there = status == MSG_OK && fabs(x) <= 360 && fabs(y) <= 90;
        x = x > 180 ? x - 360 : x < -180 ? x + 360 : x;
        longitude[i] = there ? x : NAN;
        latitude[i] = there ? y : NAN;
        any |= there;
    }
    s->any = any;
}

static void close_swath(struct geolocation_array *g)
{
    struct swath *s = swath_from(g);
    ras_close(&s->latitude);
    ras_close(&s->longitude);
    ras_close(&s->zenith);
    free(s);
}

/* What a scan at a time needs of its blocks, so that none is decoded twice. */
static size_t bytes_of(const struct swath *s, const struct ras *r)
{
    if (!r->path)
        return 0;
    size_t down = (size_t)((s->array.rows_per_scan - 2) / r->block_rows) + 2;
    size_t across = (size_t)((r->grid.columns - 1) / r->block_columns) + 1;
    return down * across * (size_t)r->block_rows * (size_t)r->block_columns *
           (size_t)ras_type_bytes(r->band[0].type);
}

size_t swath_bytes(const struct swath *s)
{
    return bytes_of(s, &s->latitude) + bytes_of(s, &s->longitude) + bytes_of(s, &s->zenith);
}

static int open_part(struct ras *part, const char *path, const struct ras *of)
{
    int status = path ? ras_open(part, path) : MSG_OK;
    if (status != MSG_OK || !path)
        return status;
    if (part->grid.columns != of->grid.columns || part->grid.rows != of->grid.rows) {
        msg_error("%s: its geolocation, %s, has %d x %d pixels, not its %d x %d", of->path,
                  part->path, part->grid.columns, part->grid.rows, of->grid.columns,
                  of->grid.rows);
        return MSG_INPUT;
    }
    return MSG_OK;
}

static void keep_scans(struct swath *s)
{
    struct ras *part[] = {&s->latitude, &s->longitude, &s->zenith};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (part[i]->path)
            ras_keep(part[i], bytes_of(s, part[i]));
}

int swath_attach(struct ras *r, const struct swath_files *files, int rows_per_scan)
{
    int rows = rows_per_scan ? rows_per_scan : r->grid.rows;
    if (r->grid.columns < 2 || rows < 2 || r->grid.rows % rows) {
        msg_error("%s: its %d rows of %d pixels are not scans of %d rows; see "
                  "--rows-per-scan",
                  r->path, r->grid.rows, r->grid.columns, rows);
        return MSG_INPUT;
    }
    struct swath *s = mem_alloc(1, sizeof *s);
    s->array = (struct geolocation_array){rows, places, close_swath, MSG_OK};
    int status = open_part(&s->latitude, files->latitude, r);
    if (status == MSG_OK)
        status = open_part(&s->longitude, files->longitude, r);
    if (status == MSG_OK)
        status = open_part(&s->zenith, files->zenith, r);
    if (status == MSG_OK && !rows_per_scan)
        status = scan_rows_find(&s->array, r, &s->array.rows_per_scan);
    if (status != MSG_OK) {
        close_swath(&s->array);
        return status;
    }
    s->scans = r->grid.rows / s->array.rows_per_scan;
    keep_scans(s);
    r->grid.places = &s->array;
    r->grid.crs = crs_of_epsg(4326);
    return MSG_OK;
}

int swath_zeniths(struct swath *s, int column, int row, int columns, int rows, double *v)
{
    size_t n = (size_t)columns * (size_t)rows;
    if (s->zenith.path) {
        int status = ras_read(&s->zenith, 0, column, row, columns, rows, v, 0);
        for (size_t i = 0; i < n && status == MSG_OK; i++)
            v[i] = fabs(v[i]) <= 180 ? fabs(v[i]) : NAN;
        return status;
    }
    for (size_t i = 0; i < n; i++)
        v[i] = NAN;
    return MSG_OK;
}

int swath_check(const struct swath *s)
{
    if (s->array.status != MSG_OK || s->any || s->rejected)
        return s->array.status;
    msg_error("%s: none of its pixels has a place on earth", s->latitude.path);
    return MSG_INPUT;
}
