/* composite: statistics of a stack of scenes, a part of the grid at a time. */
#include "composite.h"
#include "base/atomic_file.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/options.h"
#include "raster/geotiff_write.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct composite {
    const struct scene_table *table;
    const struct scene_row *row;
    size_t n; /* rows */
    const struct compose_options *options;
    /* of the present part of the grid */
    size_t cells;
    double *v, *weight;         /* of one scene */
    struct stat_sums *sums;     /* of each cell */
    struct stat_sample *sample; /* of each cell n, where statistics need them in order */
    size_t *count;              /* and how many there are */
    double **band;              /* the results */
    double valued;              /* cells so far with a value */
};

/* What a cell takes, in bytes. */
static double bytes_of_cell(const struct composite *c)
{
    const struct stat_list *stats = &c->options->stats;
    double bytes = sizeof(struct stat_sums) + (2 + (double)stats->n) * sizeof(double);
    if (stats->sorts)
        bytes += (double)c->n * sizeof(struct stat_sample) + sizeof(size_t);
    return bytes;
}

/* The rows of cells that are worked out at once: whole blocks of the output's. MSG_INPUT,
 * told, when not even one fits. */
static int rows_at_once(const struct composite *c, int block_rows, int *rows)
{
    double row = bytes_of_cell(c) * c->table->grid.columns;
    double blocks = floor((double)c->options->memory / row / block_rows);
    int all = c->table->grid.rows;
    *rows = blocks * block_rows >= all ? all : (int)blocks * block_rows;
    if (*rows > 0)
        return MSG_OK;
    msg_error("%zu scenes of %d x %d cells take --memory %.0fM", c->n,
              c->table->grid.columns, all, ceil(row * block_rows / (1 << 20)));
    return MSG_INPUT;
}

/* Adds a scene's part of the grid. It is opened anew for each, so that any number of scenes
 * does with few open files. */
static int add_scene(struct composite *c, const struct scene_row *row, int first, int rows)
{
    const struct stat_list *stats = &c->options->stats;
    const struct raster_grid *grid = &c->table->grid;
    struct scene_raster s;
    int status = scene_raster_open(&s, row->path, &c->options->ask);
    if (status != MSG_OK)
        return status;
    int weights = scene_table_weight(c->options, &s);
    if (!raster_grid_same(grid, &s.ras.grid) || strcmp(s.name, row->layer) != 0 ||
        (weights < 0 && c->options->weight != COMPOSE_EQUAL)) {
        msg_error("%s: it was changed while it was read", row->path);
        status = MSG_INPUT;
    }
    if (status == MSG_OK)
        status = ras_read(&s.ras, s.value, 0, first, grid->columns, rows, c->v, s.flags);
    if (status == MSG_OK && weights >= 0)
        status = ras_read(&s.ras, weights, 0, first, grid->columns, rows, c->weight, 0);
    if (status == MSG_OK)
        status = ras_check_unchanged(&s.ras);
    for (size_t i = 0; status == MSG_OK && i < c->cells; i++) {
        struct stat_sample sample = {c->v[i], weights >= 0 ? c->weight[i] : 1};
        if (isnan(sample.v) || !(sample.w > 0))
            continue;
        stats_add(stats, &c->sums[i], &sample, 1);
        if (c->sample)
            c->sample[i * c->n + c->count[i]++] = sample;
    }
    scene_raster_close(&s);
    return status;
}

/* Makes the cells' results. */
static void finish_cells(struct composite *c)
{
    const struct stat_list *stats = &c->options->stats;
    double *result = mem_alloc(stats->n, sizeof *result);
    for (size_t i = 0; i < c->cells; i++) {
        c->valued += c->sums[i].w > 0;
        stats_finish(stats, &c->sums[i], result);
        if (c->sample) {
            const struct stat_ordered values =
                stats_order(c->sample + i * c->n, c->count[i]);
            for (size_t k = 0; k < stats->n; k++)
                if (stats_needs_order(stats->item[k].kind))
                    result[k] = stats_of_ordered(&stats->item[k], &values);
            c->count[i] = 0;
        }
        for (size_t k = 0; k < stats->n; k++)
            c->band[k][i] = result[k];
    }
    free(result);
}

static int fill(struct composite *c, struct ras_writer *w)
{
    const struct stat_list *stats = &c->options->stats;
    size_t columns = (size_t)c->table->grid.columns;
    int high, status = rows_at_once(c, w->block_rows, &high);
    if (status != MSG_OK)
        return status;
    size_t cells = columns * (size_t)high;
    c->v = mem_alloc(cells, sizeof *c->v);
    c->weight = mem_alloc(cells, sizeof *c->weight);
    c->sums = mem_alloc(cells, sizeof *c->sums);
    c->sample = stats->sorts ? mem_alloc(cells * c->n, sizeof *c->sample) : NULL;
    c->count = stats->sorts ? mem_alloc(cells, sizeof *c->count) : NULL;
    c->band = mem_alloc(stats->n, sizeof *c->band);
    for (size_t k = 0; k < stats->n; k++)
        c->band[k] = mem_alloc(cells, sizeof **c->band);
    for (int row = 0; row < c->table->grid.rows && status == MSG_OK; row += high) {
        int rows = c->table->grid.rows - row < high ? c->table->grid.rows - row : high;
        c->cells = columns * (size_t)rows;
        for (size_t i = 0; i < c->n && status == MSG_OK; i++)
            status = add_scene(c, &c->row[i], row, rows);
        if (status == MSG_OK)
            finish_cells(c);
        /* Block after block, so that the file does not tell how large the parts were. */
        for (int r = 0; r < rows; r += w->block_rows)
            for (size_t k = 0; k < stats->n && status == MSG_OK; k++)
                status = ras_put_rows(w, (int)k, row + r, c->band[k] + (size_t)r * columns);
    }
    for (size_t k = 0; k < stats->n; k++)
        free(c->band[k]);
    free(c->band);
    free(c->v);
    free(c->weight);
    free(c->sums);
    free(c->sample);
    free(c->count);
    return status;
}

/* Nothing that is read may be replaced. */
static int check_read(const struct scene_table *t, const char *path)
{
    struct stat made, read;
    if (stat(path, &made) != 0)
        return MSG_OK;
    for (size_t i = 0; i < t->n; i++) {
        char *file = ras_file_of(t->row[i].path, NULL);
        bool same = stat(file, &read) == 0 && read.st_dev == made.st_dev &&
                    read.st_ino == made.st_ino;
        free(file);
        if (same) {
            msg_error("%s: the output would replace this raster", t->row[i].path);
            return MSG_INPUT;
        }
    }
    return MSG_OK;
}

/* What it says of how it was made. */
enum { TAGS = 8 };
static size_t describe(const struct composite *c, const char *period, const char *scenes,
                       struct ras_tag tag[TAGS])
{
    static const char *const weights[] = {"equal", "coverage", "n"};
    const struct ras_tag all[] = {
        {(char *)"ECO_VERSION", (char *)options_version()},
        {(char *)"ECO_LAYER", c->row[0].layer},
        {(char *)"ECO_PERIOD", (char *)period},
        {(char *)"ECO_FROM", (char *)c->row[0].time},
        {(char *)"ECO_TO", (char *)c->row[c->n - 1].time},
        {(char *)"ECO_SCENES", (char *)scenes},
        {(char *)"ECO_WEIGHTS", (char *)weights[c->options->weight]},
        {(char *)"units", c->row[0].unit},
    };
    memcpy(tag, all, sizeof all);
    return c->row[0].unit ? TAGS : TAGS - 1;
}

int composite_make(const struct scene_table *t, const struct scene_row *row, size_t n,
                   const struct compose_options *options, const char *period,
                   const char *path, double *cells)
{
    struct composite c = {.table = t, .row = row, .n = n, .options = options};
    const struct stat_list *stats = &options->stats;
    struct ras_tag tag[TAGS];
    struct ras_writer w;
    struct buf scenes = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&scenes, "%s%s", i ? "\n" : "", row[i].source);
    const char **names = mem_alloc(stats->n, sizeof *names);
    for (size_t k = 0; k < stats->n; k++)
        names[k] = stats->item[k].name;
    struct ras_spec out = {.grid = t->grid,
                           .nbands = (int)stats->n,
                           .type = RAS_F32,
                           .has_nodata = true,
                           .nodata = NAN,
                           .description = names,
                           .tag = tag,
                           .ntags = describe(&c, period, scenes.s, tag),
                           .smooth = true};
    int status = check_read(t, path);
    if (status == MSG_OK)
        status = atomic_file_make_parents(path);
    if (status == MSG_OK)
        status = ras_create(&w, path, &out);
    if (status == MSG_OK) {
        status = fill(&c, &w);
        if (status == MSG_OK)
            status = ras_commit(&w);
        else
            ras_abort(&w);
    }
    *cells = c.valued;
    free(names);
    buf_free(&scenes);
    return status;
}
