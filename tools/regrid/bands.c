/* bands: computing and writing a raster on a grid. */
#include "bands.h"
#include "area_stats.h"
#include "area_swath.h"
#include "base/atomic_file.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/simd.h"
#include "mask/overlap.h"
#include "output_form.h"
#include "raster/gdal_plugin.h"
#include "resample.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- memory ---- */

/* The rows of the grid that are worked out at once: those of a tile, or all, or as many
 * whole blocks of block_rows as have their values in an eighth of the memory. */
static int rows_at_once(const struct bands_spec *spec, int block_rows, int rows)
{
    if (output_form_tiled(spec))
        return OUTPUT_TILE;
    double row = (double)spec->grid->columns * spec->list.n * sizeof(double);
    double most = floor((double)spec->memory / 8 / row / block_rows);
    return most * block_rows >= rows ? rows
           : most < 1                ? block_rows
                                     : (int)most * block_rows;
}

/* Besides the values of these rows: a half for the source's blocks, the rest for what lies
 * under a rectangle. */
static size_t rest_of_memory(const struct bands_spec *spec)
{
    size_t tile = (size_t)OUTPUT_TILE * OUTPUT_TILE * (size_t)spec->list.n * sizeof(double);
    size_t rest = output_form_tiled(spec) ? spec->memory - tile : spec->memory / 8 * 7;
    return spec->kept ? rest - bands_kept_memory(spec) : rest;
}

size_t bands_kept_memory(const struct bands_spec *spec)
{
    return spec->memory / 8;
}

/* What a swath leaves, of which a half is for the cells' values and sums, and the rest for
 * blocks. */
static size_t rest_beside(const struct bands_spec *spec, const struct swath *swath)
{
    size_t scans = area_swath_bytes(swath, spec->scans);
    return spec->memory > scans ? spec->memory - scans : 0;
}

/* Whole rows of the grid, as many as there is memory for, since each rectangle looks for
 * its pixels in all scans; 0 where that is not even a row of blocks. */
static int rows_of_swath(const struct bands_spec *spec, const struct swath *swath,
                         int block_rows, int rows)
{
    double cell = AREA_STATS_CELL_BYTES + (double)spec->list.n * sizeof(double);
    double row = (double)spec->grid->columns * cell;
    double most = floor((double)rest_beside(spec, swath) / 2 / row / block_rows);
    return most * block_rows >= rows ? rows : (int)most * block_rows;
}

size_t bands_least_memory(const struct bands_spec *spec, const struct ras *source, int band)
{
    const struct swath *swath = swath_of(&source->grid);
    size_t block = (size_t)source->block_columns * (size_t)source->block_rows;
    size_t bytes = block * (size_t)ras_type_bytes(source->band[band].type);
    size_t cells =
        (size_t)OUTPUT_TILE * OUTPUT_TILE * (size_t)(spec->list.n + 2) * sizeof(double);
    return 2 * bytes + cells + ((size_t)1 << 20) +
           (swath ? area_swath_bytes(swath, spec->scans) : 0);
}

/* ---- the work ---- */

struct making {
    const struct bands_spec *spec;
    size_t n;                   /* readers */
    struct area_stats **regrid; /* of each; NULL where no band is a statistic */
    struct resample **warp;     /* of each; NULL where none is a value at centres */
    struct overlap *overlap;    /* of several readers */
    struct area_stats_spec area_stats_spec;
    struct resample_spec warp_spec;
    double *v[BANDS_MOST]; /* a rectangle's values, band by band */
    double *other,
        *many; /* values at centres of a reader after the first; how many had one */
    double centres, sum; /* values at centres, when the first band is such */
};

/* A swath's pixels are gone through once for all bands, those at centres among them. */
static int open_swath(struct making *m, struct masked_reader *from,
                      const struct swath *swath)
{
    const struct bands_spec *spec = m->spec;
    size_t memory = rest_beside(spec, swath) / 2;
    for (int b = 0; b < spec->list.n; b++)
        if (spec->list.band[b].stat < 0 && spec->list.band[b].method != RESAMPLE_NEAREST) {
            msg_error("%s: %s is for rasters, whose pixels lie in rows of one plane; of a "
                      "swath there are statistics and nearest",
                      from->ras->path, spec->list.band[b].name);
            return MSG_INPUT;
        }
    m->area_stats_spec =
        (struct area_stats_spec){.grid = spec->grid,
                                 .denominator = spec->denominator,
                                 .min_coverage = spec->min_coverage,
                                 .tolerance = spec->tolerance,
                                 .stats = &spec->list.stats,
                                 .nearest = !bands_are_areal(&spec->list),
                                 .scans = spec->scans,
                                 .memory = memory,
                                 .share = (double)memory / (double)spec->memory,
                                 .blocks = memory / 2};
    masked_reader_keep(from, memory / 2);
    m->regrid = mem_alloc(1, sizeof(struct area_stats *));
    return area_stats_open(&m->regrid[0], from, &m->area_stats_spec);
}

static int open_engines(struct making *m, struct masked_reader *from)
{
    const struct bands_spec *spec = m->spec;
    const struct swath *swath = swath_of(&from->ras->grid);
    if (swath)
        return open_swath(m, from, swath);
    size_t memory = rest_of_memory(spec) / 4;
    m->area_stats_spec =
        (struct area_stats_spec){.grid = spec->grid,
                                 .denominator = spec->denominator,
                                 .device = spec->device,
                                 .ground = spec->ground,
                                 .min_coverage = spec->min_coverage,
                                 .tolerance = spec->tolerance,
                                 .stats = &spec->list.stats,
                                 .memory = memory,
                                 .joins = m->n > 1,
                                 .share = (double)memory / (double)spec->memory,
                                 .kept = m->n == 1 ? spec->kept : NULL,
                                 .blocks = rest_of_memory(spec) / 2};
    m->warp_spec = (struct resample_spec){.grid = spec->grid,
                                          .device = m->n == 1 ? spec->device : NULL,
                                          .tolerance = spec->tolerance,
                                          .strict = spec->strict,
                                          .narrow = spec->narrow,
                                          .memory = memory};
    bool area = spec->list.stats.n > 0, centre = !bands_are_areal(&spec->list);
    bool shares = output_form_tiled(spec) ||
                  spec->grid->rows > rows_at_once(spec, 1, spec->grid->rows);
    for (size_t i = 0; i < m->n && shares; i++) /* rectangles share the source's blocks */
        masked_reader_keep(&from[i], rest_of_memory(spec) / 2 / m->n);
    int status = MSG_OK;
    if (m->n > 1 && area)
        status = overlap_open(&m->overlap, from, m->n, spec->overlap);
    m->regrid = area ? mem_alloc(m->n, sizeof(struct area_stats *)) : NULL;
    m->warp = centre ? mem_alloc(m->n, sizeof(struct resample *)) : NULL;
    for (size_t i = 0; i < m->n && status == MSG_OK; i++) {
        if (area)
            status = area_stats_open(&m->regrid[i], &from[i], &m->area_stats_spec);
        if (status == MSG_OK && centre)
            status = resample_open(&m->warp[i], &from[i], &m->warp_spec);
    }
    if (status == MSG_OK && area)
        area_stats_join(m->regrid, m->n);
    return status;
}

static void close_engines(struct making *m)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->regrid)
            area_stats_close(m->regrid[i]);
        if (m->warp)
            resample_close(m->warp[i]);
    }
    overlap_close(m->overlap);
    free(m->regrid);
    free(m->warp);
    free(m->other);
    free(m->many);
}

/* Several sums at once, since each addition waits for the one before. */
VECTOR_CLONES
static void count_centres(struct making *m, const struct grid_rect *rect)
{
    size_t n = (size_t)rect->columns * (size_t)rect->rows;
    size_t whole = n - n % VECTOR_LANES;
    vector sums = VECTOR_ALL(0);
    vector_mask counts = {0};
    for (size_t i = 0; i < whole; i += VECTOR_LANES) {
        vector v;
        memcpy(&v, m->v[0] + i, sizeof v);
        sums += VECTOR_KEEP(v == v, v);
        counts -= v == v;
    }
    double sum[VECTOR_LANES], count = 0;
    for (size_t k = 0; k < VECTOR_LANES; k++) {
        sum[k] = VECTOR_LANE(sums, k);
        count += (double)VECTOR_LANE(counts, k);
    }
    for (size_t i = whole; i < n; i++) {
        bool good = !isnan(m->v[0][i]);
        count += good;
        sum[0] += good ? m->v[0][i] : 0;
    }
    m->centres += count;
    m->sum += sum[0] + sum[1] + sum[2] + sum[3];
}

/* Values at centres of several readers: the first's that has one, or the mean of all. */
static int resample_all(struct making *m, enum warp_method method,
                        const struct grid_rect *rect, double *v)
{
    size_t width = (size_t)rect->columns, n = width * (size_t)rect->rows;
    int status = resample_rect(m->warp[0], method, rect, v, width);
    if (m->n == 1)
        return status;
    m->other = mem_resize(m->other, n, sizeof *m->other);
    m->many = mem_resize(m->many, n, sizeof *m->many);
    for (size_t k = 0; k < n && status == MSG_OK; k++)
        m->many[k] = !isnan(v[k]);
    for (size_t i = 1; i < m->n && status == MSG_OK; i++) {
        status = resample_rect(m->warp[i], method, rect, m->other, width);
        for (size_t k = 0; k < n && status == MSG_OK; k++) {
            if (isnan(m->other[k]) || (m->many[k] > 0 && m->spec->overlap == OVERLAP_FIRST))
                continue;
            v[k] = m->many[k] > 0 ? v[k] + m->other[k] : m->other[k];
            m->many[k] += 1;
        }
    }
    for (size_t k = 0; k < n && status == MSG_OK; k++)
        v[k] = m->many[k] > 1 ? v[k] / m->many[k] : v[k];
    return status;
}

static int compute(struct making *m, const struct grid_rect *rect)
{
    const struct bands_list *list = &m->spec->list;
    size_t stride = (size_t)rect->columns;
    double *area[BANDS_MOST];
    int status = MSG_OK;
    for (int b = 0; b < list->n && status == MSG_OK; b++) {
        int stat = list->band[b].stat, method = list->band[b].method;
        if (stat >= 0)
            area[stat] = m->v[b];
        else if (!m->warp)
            area[list->stats.n] = m->v[b];
        else
            status = resample_all(m, (enum warp_method)method, rect, m->v[b]);
    }
    if (status == MSG_OK && m->regrid)
        status = area_stats_rect(m->regrid[0], rect, area, stride);
    if (status == MSG_OK && list->band[0].stat < 0)
        count_centres(m, rect);
    return status;
}

/* A rectangle's values, in the raster's blocks: in an order that rectangles of any height
 * give. */
static int put_rect(struct making *m, struct ras_writer *w, int column, int row,
                    const struct grid_rect *rect)
{
    int wide = w->spec.tile ? w->spec.tile : rect->columns, status = MSG_OK;
    for (int r = 0; r < rect->rows; r += w->block_rows)
        for (int b = 0; b < m->spec->list.n; b++)
            for (int c = 0; c < rect->columns && status == MSG_OK; c += wide)
                status =
                    ras_put_block(w, b, column + c, row + r,
                                  m->v[b] + (size_t)r * (size_t)rect->columns + (size_t)c,
                                  (size_t)rect->columns);
    return status;
}

/* Works the grid's rows out, a rectangle at a time, and puts them into the raster. */
static int fill(struct making *m, const struct ras *source, struct ras_writer *w, int first,
                int rows)
{
    const struct bands_spec *spec = m->spec;
    const struct swath *swath = swath_of(&source->grid);
    int high = swath ? rows_of_swath(spec, swath, w->block_rows, rows) : 0;
    int wide = w->spec.tile && !high ? OUTPUT_TILE : spec->grid->columns;
    if (!high)
        high = swath ? w->block_rows : rows_at_once(spec, w->block_rows, rows);
    int status = MSG_OK;
    for (int b = 0; b < spec->list.n; b++)
        m->v[b] = mem_resize(NULL, (size_t)wide * (size_t)high, sizeof(double));
    for (int row = 0; row < rows && status == MSG_OK; row += high)
        for (int column = 0; column < spec->grid->columns && status == MSG_OK;
             column += wide) {
            struct grid_rect rect = {column, first + row, wide, high};
            if (rect.columns > spec->grid->columns - column)
                rect.columns = spec->grid->columns - column;
            if (rect.rows > rows - row)
                rect.rows = rows - row;
            status = compute(m, &rect);
            if (status == MSG_OK)
                status = put_rect(m, w, column, row, &rect);
        }
    for (int b = 0; b < spec->list.n; b++)
        free(m->v[b]);
    return status;
}

static void summarize(const struct making *m, struct bands_summary *s)
{
    const struct area_stats_summary *r =
        m->regrid ? area_stats_summary(m->regrid[0]) : NULL;
    *s = (struct bands_summary){.mean = NAN, .coverage = NAN};
    if (r) {
        s->touches = r->touches;
        s->coverage = r->inside > 0 ? r->covered / r->inside : NAN;
    }
    if (m->spec->list.band[0].stat >= 0) {
        s->cells = (double)r->cells;
        s->n = r->pixels;
        s->mean = r->pixels > 0 ? r->sum / r->pixels : NAN;
    } else {
        s->cells = s->n = m->centres;
        s->mean = m->centres > 0 ? m->sum / m->centres : NAN;
        for (size_t i = 0; m->warp && i < m->n; i++)
            s->touches = s->touches || resample_touches(m->warp[i]);
    }
}

/* Writes the plain raster beside the place of the COG, has it converted, and puts the
 * result in place. */
static int finish_cog(struct ras_writer *w, const char *path)
{
    bool smooth = w->spec.smooth;
    int compress = w->spec.compress;
    const struct gdal_plugin *module = gdal_plugin_load();
    char *plain = mem_text(w->file.path);
    int status = module ? ras_commit(w) : MSG_SYSTEM;
    if (status == MSG_OK) {
        status = module->cog(plain, path, smooth, compress);
        unlink(plain);
    } else {
        ras_abort(w);
    }
    free(plain);
    return status;
}

static void warn_of_lost(const struct ras *source, const struct ras_spec *out, double lost)
{
    char text[NUM_MAX + 1];
    text[num_double(text, out->nodata)] = '\0';
    msg_warn("%s: %.0f values are %s in the output, which is its nodata; --nodata takes "
             "another",
             source->path, lost, text);
}

static void warn_of_beyond(const struct ras *source, const struct ras_spec *out,
                           double beyond)
{
    msg_warn("%s: %.0f values are beyond what %s holds and have none in the output%s",
             source->path, beyond, ras_type_name(out->type),
             out->type == RAS_F32 ? "; --dtype Float64 holds them" : "");
}

/* Integers of a raster without nodata have no way to say that a cell has no value. */
static int check_lacking(const struct ras *source, const struct ras_writer *w)
{
    if (w->lacking == 0)
        return MSG_OK;
    msg_error("%s: %.0f cells have no value, and without nodata %s has nothing for them; "
              "see --nodata and --dtype",
              source->path, w->lacking, ras_type_name(w->spec.type));
    return MSG_INPUT;
}

/* Puts a whole raster in place, unless it touches nothing. */
static int finish(struct making *m, const struct ras *source, struct ras_writer *w,
                  const char *path, bool cog, struct bands_summary *summary)
{
    const struct ras_spec out = w->spec;
    struct bands_summary s;
    double lost = w->lost, beyond = w->beyond;
    summarize(m, &s);
    int status = s.touches ? check_lacking(source, w) : MSG_OK;
    /* A part that lacks would leave a gap among the others. */
    s.touches = s.touches || m->spec->parts > 1;
    if (status != MSG_OK || !s.touches)
        ras_abort(w);
    else
        status = cog ? finish_cog(w, path) : ras_commit(w);
    if (status != MSG_OK)
        return status;
    *summary = s;
    if (s.touches && lost > 0)
        warn_of_lost(source, &out, lost);
    if (s.touches && beyond > 0)
        warn_of_beyond(source, &out, beyond);
    for (size_t i = 0; m->warp && i < m->n; i++)
        resample_warn(m->warp[i]);
    return MSG_OK;
}

int bands_make(const struct bands_spec *spec, struct masked_reader *from, size_t n,
               const struct ras_tag *tag, size_t ntags, const char *path,
               struct bands_summary *summary)
{
    const struct ras *source = from->ras;
    struct making m = {.spec = spec, .n = n};
    struct ras_spec out = {.tag = tag, .ntags = ntags};
    struct ras_writer w;
    const char *names[BANDS_MOST];
    char *plain = NULL;
    int first, status;
    status = output_form_choose(spec, from, n, &out, names);
    if (status == MSG_OK)
        status = output_form_rows(spec, out.tile, &first, &out.grid.rows);
    if (status != MSG_OK)
        return status;
    out.grid.gt[3] += first * out.grid.gt[5];
    if (spec->cog)
        plain = atomic_file_name_aside(path);
    status = atomic_file_make_parents(path);
    if (status == MSG_OK)
        status = open_engines(&m, from);
    bool created = false;
    if (status == MSG_OK) {
        status = ras_create(&w, plain ? plain : path, &out);
        created = status == MSG_OK;
    }
    if (status == MSG_OK)
        status = fill(&m, source, &w, first, out.grid.rows);
    if (status == MSG_OK && source->grid.places)
        status = swath_check(swath_of(&source->grid));
    for (size_t i = 0; i < n && status == MSG_OK; i++)
        status = masked_reader_check_unchanged(&from[i]);
    if (status == MSG_OK)
        status = finish(&m, source, &w, path, plain, summary);
    else if (created)
        ras_abort(&w);
    close_engines(&m);
    free(plain);
    return status;
}
