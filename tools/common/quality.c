/* quality: rules on a scene's companion layers. */
#include "quality.h"
#include "buf.h"
#include "cli.h"
#include "crs.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include "qc.h"
#include "scene.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum op { LESS, AT_MOST, EQUAL, NOT_EQUAL, AT_LEAST, MORE };

struct rule {
    char *text, *layer;
    const struct qc_field *field;
    enum op op;
    double value;
};

struct file {
    char *layer, *path;
};

struct quality_rules {
    struct rule *rule;
    int n;
    struct file *file; /* given by the user */
    int nfiles;
};

struct quality {
    unsigned char *pass; /* one bit a pixel, row after row */
    int columns;
    double *removed; /* of each rule */
};

/* ---- rules ---- */

static struct quality_rules *begun(struct quality_rules **rules)
{
    if (!*rules)
        *rules = mem_alloc(1, sizeof **rules);
    return *rules;
}

/* The operator at s and its length. */
static bool take_op(const char *s, enum op *op, size_t *n)
{
    static const struct {
        const char *text;
        enum op op;
    } all[] = {{"<=", AT_MOST}, {">=", AT_LEAST}, {"!=", NOT_EQUAL}, {"==", EQUAL},
               {"<", LESS},     {">", MORE},      {"=", EQUAL}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *n = strlen(all[i].text);
        *op = all[i].op;
        if (strncmp(s, all[i].text, *n) == 0)
            return true;
    }
    return false;
}

int quality_add(struct quality_rules **rules, const char *option, const char *text)
{
    size_t name = strcspn(text, "<>=!"), colon = strcspn(text, ":<>=!"), n;
    struct rule r = {0};
    if (!colon || !text[name] || !take_op(text + name, &r.op, &n) ||
        !num_parse(text + name + n, strlen(text + name + n), &r.value) || isnan(r.value))
        return cli_usage("%s: not a rule such as QC:mandatory<=1: \"%s\"", option, text);
    r.layer = mem_slice(text, colon);
    if (colon < name) {
        char *field = mem_slice(text + colon + 1, name - colon - 1);
        char *names = qc_names(r.layer);
        r.field = qc_find(r.layer, field);
        int status = MSG_OK;
        if (!r.field && names)
            status = cli_usage("%s: %s has no field \"%s\" but %s", option, r.layer, field,
                               names);
        else if (!r.field)
            status = cli_usage("%s: %s is no layer with fields (QC and CloudMask are)",
                               option, r.layer);
        free(field);
        free(names);
        if (status != MSG_OK) {
            free(r.layer);
            return status;
        }
    }
    struct quality_rules *all = begun(rules);
    r.text = mem_text(text);
    all->rule = mem_resize(all->rule, (size_t)all->n + 1, sizeof r);
    all->rule[all->n++] = r;
    return MSG_OK;
}

int quality_file(struct quality_rules **rules, const char *option, const char *text)
{
    size_t n = strcspn(text, "=");
    if (!n || !text[n] || !text[n + 1])
        return cli_usage("%s: not LAYER=FILE: \"%s\"", option, text);
    struct quality_rules *all = begun(rules);
    all->file = mem_resize(all->file, (size_t)all->nfiles + 1, sizeof *all->file);
    all->file[all->nfiles++] = (struct file){mem_slice(text, n), mem_text(text + n + 1)};
    return MSG_OK;
}

void quality_free(struct quality_rules *rules)
{
    for (int i = 0; rules && i < rules->n; i++) {
        free(rules->rule[i].text);
        free(rules->rule[i].layer);
    }
    for (int i = 0; rules && i < rules->nfiles; i++) {
        free(rules->file[i].layer);
        free(rules->file[i].path);
    }
    if (rules) {
        free(rules->rule);
        free(rules->file);
    }
    free(rules);
}

int quality_count(const struct quality_rules *rules)
{
    return rules ? rules->n : 0;
}

const char *quality_text(const struct quality_rules *rules, int rule)
{
    return rules->rule[rule].text;
}

static bool holds(const struct rule *r, double v)
{
    if (isnan(v))
        return false;
    if (r->field)
        v = qc_value(r->field, v);
    switch (r->op) {
    case LESS:
        return v < r->value;
    case AT_MOST:
        return v <= r->value;
    case EQUAL:
        return v == r->value;
    case NOT_EQUAL:
        return v != r->value;
    case AT_LEAST:
        return v >= r->value;
    case MORE:
        return v > r->value;
    }
    return false;
}

/* Flags and classes have no scale, whatever their files say. */
static bool is_raw(const struct rule *r)
{
    const char *layer = qc_layer(r->layer);
    return r->field || strcmp(layer, "QC") == 0 || strcmp(layer, "CloudMask") == 0 ||
           strncmp(layer, "cloud", 5) == 0 || strncmp(layer, "water", 5) == 0;
}

/* ---- companions by name ---- */

/* path with one part, `n` bytes at `at`, replaced; the folder's part may be, too. */
static char *replaced(const char *path, const char *at, size_t n, const char *by)
{
    struct buf b = {0};
    buf_add(&b, path, (size_t)(at - path));
    buf_puts(&b, by);
    buf_puts(&b, at + n);
    return b.s;
}

static char *if_there(char *path)
{
    struct stat st;
    if (path && stat(path, &st) == 0)
        return path;
    free(path);
    return NULL;
}

/* The same name with another layer (and product, unless NULL), beside the scene or in the
 * folder that is named alike. *tried gets the first path that was looked for. */
static char *look_for(const char *path, const struct scene *s, const char *product,
                      const char *layer, char **tried)
{
    const char *base = scene_base(path), *at = NULL;
    struct buf old = {0}, new = {0};
    if (strstr(base, "_doy"))
        buf_printf(&old, "%s.%s_%s_doy", s->product, s->version, s->layer);
    else
        buf_printf(&old, "_%s.", s->layer);
    for (const char *p = base; (p = strstr(p, old.s)); p++)
        at = p;
    if (strstr(base, "_doy"))
        buf_printf(&new, "%s.%s_%s_doy", product ? product : s->product, s->version, layer);
    else if (!product)
        buf_printf(&new, "_%s.", layer);
    char *found = NULL;
    if (at && new.n) {
        char *here = replaced(path, at, old.n, new.s);
        if (!*tried)
            *tried = mem_text(here);
        found = if_there(mem_text(here));
        /* .../LST_SITE/x_LST_y.tif: .../QC_SITE/x_QC_y.tif */
        const char *slash = base > path ? base - 1 : NULL, *folder = slash;
        while (folder && folder > path && folder[-1] != '/')
            folder--;
        const char *in = folder ? strstr(folder, qc_layer(s->layer)) : NULL;
        if (!found && in && in < slash)
            found = if_there(replaced(here, here + (in - path), strlen(qc_layer(s->layer)),
                                      qc_layer(layer)));
        free(here);
    }
    buf_free(&old);
    buf_free(&new);
    return found;
}

/* The companion's path, or NULL with the path that was looked for in *tried. */
static char *find_companion(const struct quality_rules *rules, const struct rule *r,
                            const char *path, char **tried)
{
    for (int i = 0; i < rules->nfiles; i++)
        if (strcmp(qc_layer(rules->file[i].layer), qc_layer(r->layer)) == 0)
            return mem_text(rules->file[i].path);
    struct scene s;
    if (!scene_parse(&s, path) || !s.layer[0])
        return NULL;
    if (strcmp(qc_layer(s.layer), qc_layer(r->layer)) == 0)
        return mem_text(path);
    static const char *const forms[] = {"%s", "SDS_%s", "%s_mask"};
    static const char *const products[] = {NULL,           "ECO2LSTE",    "ECO2CLD",
                                           "ECO_L2T_LSTE", "ECO_L2_LSTE", "ECO_L2_CLOUD"};
    char *found = NULL;
    bool first_collection = strcmp(s.version, "001") == 0;
    for (size_t p = 0; p < sizeof products / sizeof *products && !found; p++) {
        if (products[p] && (strncmp(products[p], "ECO2", 4) == 0) != first_collection)
            continue;
        for (size_t i = 0; i < sizeof forms / sizeof *forms && !found; i++) {
            char layer[SCENE_TEXT + 8];
            const char *f = forms[i], *mark = strstr(f, "%s");
            struct buf b = {0};
            buf_add(&b, f, (size_t)(mark - f));
            buf_puts(&b, qc_layer(r->layer));
            buf_puts(&b, mark + 2);
            if (b.n < sizeof layer)
                found = look_for(path, &s, products[p], b.s, tried);
            buf_free(&b);
        }
    }
    return found;
}

/* ---- pixels ---- */

static bool same_pixels(const struct ras *a, const struct ras *b)
{
    double inverse[6];
    if (a->columns != b->columns || a->rows != b->rows || !ras_invert(a->gt, inverse))
        return false;
    if (a->crs && b->crs && !crs_same(a->crs, b->crs))
        return false;
    for (int k = 0; k < 2; k++) {
        double x, y, column, row;
        ras_place(b->gt, k * b->columns, k * b->rows, &x, &y);
        ras_place(inverse, x, y, &column, &row);
        if (fabs(column - k * a->columns) > 0.01 || fabs(row - k * a->rows) > 0.01)
            return false;
    }
    return true;
}

/* Clears the bits of the pixels that fail a rule, some rows at a time. */
static int apply_rule(struct quality *q, const struct rule *r, int number,
                      struct ras *scene, struct ras *companion)
{
    int columns = scene->columns, block = companion->block_rows, status = MSG_OK;
    int step = (1 << 18) / columns > block ? block * ((1 << 18) / columns / block) : block;
    if (step > (1 << 22) / columns)
        step = (1 << 22) / columns > 1 ? (1 << 22) / columns : 1;
    size_t n = (size_t)columns * (size_t)step;
    double *v = mem_resize(NULL, n, sizeof *v), *own = mem_resize(NULL, n, sizeof *own);
    for (int row = 0; row < scene->rows && status == MSG_OK; row += step) {
        int rows = scene->rows - row < step ? scene->rows - row : step;
        status = ras_read(companion, 0, 0, row, columns, rows, v, is_raw(r) ? RAS_RAW : 0);
        if (status == MSG_OK)
            status = ras_read(scene, 0, 0, row, columns, rows, own, RAS_RAW);
        size_t first = (size_t)row * (size_t)columns;
        for (size_t i = 0; status == MSG_OK && i < (size_t)columns * (size_t)rows; i++) {
            if (holds(r, v[i]))
                continue;
            q->pass[(first + i) / 8] &= (unsigned char)~(1u << (first + i) % 8);
            q->removed[number] += !isnan(own[i]);
        }
    }
    free(v);
    free(own);
    return status;
}

static int read_companion(struct quality *q, const struct quality_rules *rules, int number,
                          struct ras *scene, bool lenient)
{
    const struct rule *r = &rules->rule[number];
    char *tried = NULL, *path = find_companion(rules, r, scene->path, &tried);
    int status = MSG_OK;
    if (!path) {
        const char *what = tried ? tried : "its name tells no layer to replace";
        if (lenient) {
            msg_warn("%s: no %s layer, so %s was not applied: %s", scene->path, r->layer,
                     r->text, what);
            q->removed[number] = NAN;
        } else {
            msg_error("%s: no %s layer for %s: %s", scene->path, r->layer, r->text, what);
            status = MSG_INPUT;
        }
    } else {
        struct ras companion;
        status = ras_open(&companion, path);
        if (status == MSG_OK) {
            if (same_pixels(scene, &companion)) {
                status = apply_rule(q, r, number, scene, &companion);
            } else {
                msg_error("%s: it has not the pixels of %s", path, scene->path);
                status = MSG_INPUT;
            }
            ras_close(&companion);
        }
    }
    free(tried);
    free(path);
    return status;
}

int quality_open(struct quality **made, const struct quality_rules *rules,
                 struct ras *scene, bool lenient)
{
    struct quality *q = mem_alloc(1, sizeof *q);
    size_t bytes = ((size_t)scene->columns * (size_t)scene->rows + 7) / 8;
    q->columns = scene->columns;
    q->pass = mem_resize(NULL, bytes, 1);
    q->removed = mem_alloc((size_t)rules->n, sizeof *q->removed);
    memset(q->pass, 255, bytes);
    int status = MSG_OK;
    for (int i = 0; i < rules->n && status == MSG_OK; i++)
        status = read_companion(q, rules, i, scene, lenient);
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
    free(q->pass);
    free(q->removed);
    free(q);
}

void quality_apply(const struct quality *q, int column, int row, int columns, int rows,
                   double *v)
{
    for (int r = 0; r < rows; r++) {
        size_t at = (size_t)(row + r) * (size_t)q->columns + (size_t)column;
        for (int i = 0; i < columns; i++, at++, v++)
            if (!(q->pass[at / 8] >> (at % 8) & 1))
                *v = NAN;
    }
}

double quality_removed(const struct quality *q, int rule)
{
    return q->removed[rule];
}
