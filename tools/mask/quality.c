/* quality: which pixels pass the rules on a scene's companion layers. */
#include "mask/quality.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "companions.h"
#include "mask/qc_bits.h"
#include "quality_parts.h"
#include "scene/band_choice.h"
#include "scene/geolocation.h"
#include "scene/scene_name.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 16 }; /* pixels that are compared at a time, or a row of a block */

/* A companion, with the rules on it. */
struct layer {
    struct ras file;
    int band;
    bool raw;
};

struct quality {
    const struct quality_rules *rules;
    const struct ras *scene;
    int band; /* of the scene's values */
    struct layer *layer;
    int nlayers;
    int *layer_of;       /* each rule's, or -1 when it is not applied */
    double *removed;     /* by each rule */
    double values;       /* pixels of the scene that have one */
    unsigned char *pass; /* one bit a pixel, row after row; NULL when they are too many */
    int columns;
    double *v; /* a piece */
    size_t cap;
};

/* ---- companions ---- */

/* The band of a companion: of a time axis that of the scene's time. */
static int choose_band(const struct quality *q, const struct ras *scene, struct layer *l)
{
    const struct ras_band *of_scene = &scene->band[q->band];
    if (of_scene->time && of_scene->description && l->file.nbands > 1) {
        l->band = ras_find_band(&l->file, of_scene->description);
        if (l->band >= 0)
            return MSG_OK;
        msg_error("%s: it has no %s, which is the time of %s", l->file.path,
                  of_scene->description, scene->path);
        return MSG_INPUT;
    }
    return band_choose(&l->file, NULL, &l->band);
}

/* Opens the companion of a rule, unless it is open. */
static int open_layer(struct quality *q, int rule, const struct ras *scene,
                      const char *path)
{
    bool raw = quality_is_raw(&q->rules->rule[rule]);
    for (int i = 0; i < q->nlayers; i++)
        if (q->layer[i].raw == raw && strcmp(q->layer[i].file.path, path) == 0) {
            q->layer_of[rule] = i;
            return MSG_OK;
        }
    struct layer *l = &q->layer[q->nlayers];
    int status = ras_open(&l->file, path);
    if (status != MSG_OK)
        return status;
    l->raw = raw;
    l->band = q->band;
    q->layer_of[rule] = q->nlayers++;
    if (strcmp(path, scene->file) != 0)
        status = choose_band(q, scene, l);
    if (status != MSG_OK)
        return status;
    if (raster_grid_same(&scene->grid, &l->file.grid))
        return MSG_OK;
    msg_error("%s: it has not the pixels of %s", path, scene->path);
    return MSG_INPUT;
}

static int open_companion(struct quality *q, int rule, const struct ras *scene,
                          bool lenient)
{
    const struct quality_rule *r = &q->rules->rule[rule];
    struct buf sought = {0};
    char *path = geolocation_layer(scene, r->layer);
    if (!path)
        path = companion_find(q->rules, r, scene->file, &sought);
    int status = MSG_OK;
    q->layer_of[rule] = -1;
    if (path) {
        status = open_layer(q, rule, scene, path);
    } else {
        const char *what = sought.n ? sought.s : "its name tells no layer to replace";
        q->removed[rule] = NAN;
        if (lenient) {
            msg_warn("%s: no %s layer, so %s was not applied: %s", scene->path, r->layer,
                     r->text, what);
        } else {
            msg_error("%s: no %s layer for %s: %s", scene->path, r->layer, r->text, what);
            status = MSG_INPUT;
        }
    }
    buf_free(&sought);
    free(path);
    return status;
}

/* ---- pixels ---- */

/* Some of a raster's pixels. */
struct window {
    int column, row, columns, rows;
};

/* A window is worked through in pieces that lie in one block of a raster each: row after
 * row of pieces. The piece after *p, or the first when it has no columns; false at the end.
 */
static bool next_piece(const struct ras *r, const struct window *all, struct window *p)
{
    int right = all->column + all->columns, bottom = all->row + all->rows;
    if (p->columns == 0) {
        p->column = all->column;
        p->row = all->row;
    } else {
        p->column += p->columns;
        if (p->column == right) {
            p->column = all->column;
            p->row += p->rows;
        }
    }
    if (p->row == bottom)
        return false;
    int width = r->block_columns < r->grid.columns ? r->block_columns : r->grid.columns;
    int most = PIECE / width > 1 ? PIECE / width : 1;
    p->columns = r->block_columns - p->column % r->block_columns;
    p->rows = r->block_rows - p->row % r->block_rows;
    p->columns = p->columns < right - p->column ? p->columns : right - p->column;
    p->rows = p->rows < bottom - p->row ? p->rows : bottom - p->row;
    p->rows = p->rows < most ? p->rows : most;
    return true;
}

static double *piece_buffer(struct quality *q, const struct window *p)
{
    size_t n = (size_t)p->columns * (size_t)p->rows;
    q->v = mem_grow(q->v, &q->cap, n, sizeof *q->v);
    return q->v;
}

static void fail_bit(struct quality *q, const struct window *p, size_t i)
{
    size_t column = (size_t)p->column + i % (size_t)p->columns;
    size_t row = (size_t)p->row + i / (size_t)p->columns;
    size_t at = row * (size_t)q->columns + column;
    q->pass[at / 8] &= (unsigned char)~(1u << at % 8);
}

/* Compares a piece with the rules on one companion. `own`: the scene's values there. */
static int compare_piece(struct quality *q, int layer, const struct window *p,
                         const double *own)
{
    struct layer *l = &q->layer[layer];
    double *v = piece_buffer(q, p);
    size_t n = (size_t)p->columns * (size_t)p->rows;
    int status = ras_read(&l->file, l->band, p->column, p->row, p->columns, p->rows, v,
                          l->raw ? RAS_RAW : 0);
    for (int k = 0; k < q->rules->n && status == MSG_OK; k++) {
        if (q->layer_of[k] != layer)
            continue;
        for (size_t i = 0; i < n; i++) {
            if (quality_holds(&q->rules->rule[k], v[i]))
                continue;
            q->removed[k] += !isnan(own[i]);
            if (q->pass)
                fail_bit(q, p, i);
        }
    }
    return status;
}

/* Counts what each rule removes, and keeps what passes all of them. */
static int count(struct quality *q, struct ras *scene)
{
    const struct window all = {0, 0, scene->grid.columns, scene->grid.rows};
    struct window p = {0};
    double *own = NULL;
    size_t cap = 0;
    int status = MSG_OK;
    while (status == MSG_OK && next_piece(scene, &all, &p)) {
        own = mem_grow(own, &cap, (size_t)p.columns * (size_t)p.rows, sizeof *own);
        status = ras_read(scene, q->band, p.column, p.row, p.columns, p.rows, own, RAS_RAW);
        for (int i = 0; i < p.columns * p.rows && status == MSG_OK; i++)
            q->values += !isnan(own[i]);
        for (int i = 0; i < q->nlayers && status == MSG_OK; i++)
            status = compare_piece(q, i, &p, own);
    }
    free(own);
    return status;
}

/* Tells of rules that nothing passes: they may not say what was meant. */
static void warn_of_nothing(const struct quality *q)
{
    for (int i = 0; i < q->rules->n && q->values > 0; i++) {
        const struct quality_rule *r = &q->rules->rule[i];
        if (q->removed[i] < q->values || q->layer_of[i] < 0)
            continue;
        char *names = r->field ? NULL : qc_names(r->layer);
        msg_warn("%s: %s leaves none of its %.0f pixels%s%s", q->scene->path, r->text,
                 q->values, names ? ": that compares all bits, whose fields are " : "",
                 names ? names : "");
        free(names);
    }
}

/* Tells, once, who filters clouds by a QC that has none. */
static void warn_of_clouds(const struct quality *q)
{
    struct scene s;
    const char *text = quality_clouds_by_qc(q->rules);
    if (!text || *q->rules->told_clouds || !scene_parse(&s, q->scene->path) ||
        strncmp(s.product, "ECO", 3) != 0 || strcmp(s.version, "002") < 0)
        return;
    *q->rules->told_clouds = true;
    msg_warn("%s: QC of Collection %d says nothing of clouds, so %s lets them through: "
             "cloud=0 keeps what is clear",
             q->scene->path, s.version[2] - '0', text);
}

static void close_layers(struct quality *q)
{
    for (int i = 0; i < q->nlayers; i++)
        ras_close(&q->layer[i].file);
    q->nlayers = 0;
}

int quality_open(struct quality **made, const struct quality_rules *rules,
                 struct ras *scene, int band, bool lenient, size_t memory)
{
    struct quality *q = mem_alloc(1, sizeof *q);
    size_t n = (size_t)rules->n;
    size_t bytes = ((size_t)scene->grid.columns * (size_t)scene->grid.rows + 7) / 8;
    q->rules = rules;
    q->scene = scene;
    q->band = band;
    q->columns = scene->grid.columns;
    q->layer = mem_alloc(n, sizeof *q->layer);
    q->layer_of = mem_alloc(n, sizeof *q->layer_of);
    q->removed = mem_alloc(n, sizeof *q->removed);
    int status = MSG_OK;
    for (int i = 0; i < rules->n && status == MSG_OK; i++)
        status = open_companion(q, i, scene, lenient);
    if (status == MSG_OK && bytes <= memory) {
        q->pass = mem_resize(NULL, bytes, 1);
        memset(q->pass, 255, bytes);
    }
    if (status == MSG_OK)
        status = count(q, scene);
    if (status == MSG_OK) {
        warn_of_clouds(q);
        warn_of_nothing(q);
    }
    if (q->pass)
        close_layers(q);
    *made = q;
    if (status != MSG_OK) {
        quality_close(q);
        *made = NULL;
    }
    return status;
}

void quality_close(struct quality *q)
{
    if (!q)
        return;
    close_layers(q);
    free(q->layer);
    free(q->layer_of);
    free(q->pass);
    free(q->removed);
    free(q->v);
    free(q);
}

static void apply_bits(const struct quality *q, const struct window *all, double *v,
                       size_t stride)
{
    for (int r = 0; r < all->rows; r++) {
        size_t at = (size_t)(all->row + r) * (size_t)q->columns + (size_t)all->column;
        double *to = v + (size_t)r * stride;
        for (int i = 0; i < all->columns; i++, at++)
            if (!(q->pass[at / 8] >> (at % 8) & 1))
                to[i] = NAN;
    }
}

/* Reads a companion once more. */
static int apply_layer(struct quality *q, int layer, const struct window *all, double *v,
                       size_t stride)
{
    struct layer *l = &q->layer[layer];
    struct window p = {0};
    int status = MSG_OK;
    while (status == MSG_OK && next_piece(&l->file, all, &p)) {
        double *piece = piece_buffer(q, &p);
        status = ras_read(&l->file, l->band, p.column, p.row, p.columns, p.rows, piece,
                          l->raw ? RAS_RAW : 0);
        for (int k = 0; k < q->rules->n && status == MSG_OK; k++) {
            if (q->layer_of[k] != layer)
                continue;
            for (int r = 0; r < p.rows; r++) {
                double *to =
                    v + (size_t)(p.row - all->row + r) * stride + (p.column - all->column);
                for (int i = 0; i < p.columns; i++)
                    if (!quality_holds(&q->rules->rule[k],
                                       piece[(size_t)r * (size_t)p.columns + (size_t)i]))
                        to[i] = NAN;
            }
        }
    }
    return status;
}

int quality_apply(struct quality *q, int column, int row, int columns, int rows, double *v)
{
    int status = MSG_OK;
    for (int done = 0, n; done < columns && status == MSG_OK; done += n) {
        struct window all = {.row = row, .rows = rows};
        n = ras_stretch(q->scene, column + done, columns - done, &all.column);
        all.columns = n;
        if (q->pass)
            apply_bits(q, &all, v + done, (size_t)columns);
        for (int i = 0; i < q->nlayers && status == MSG_OK; i++)
            status = apply_layer(q, i, &all, v + done, (size_t)columns);
    }
    return status;
}

double quality_removed(const struct quality *q, int rule)
{
    return q->removed[rule];
}
