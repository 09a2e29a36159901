/* quality_rules: rules on companion layers, and where those lie. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/options.h"
#include "mask/qc_bits.h"
#include "quality_parts.h"
#include "scene/scene_name.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- rules ---- */

static struct quality_rules *begun(struct quality_rules **rules)
{
    if (!*rules)
        *rules = mem_alloc(1, sizeof **rules);
    return *rules;
}

/* The operator at s and its length. */
static bool take_op(const char *s, enum quality_op *op, size_t *n)
{
    static const struct {
        const char *text;
        enum quality_op op;
    } all[] = {{"<=", QUALITY_AT_MOST}, {">=", QUALITY_AT_LEAST}, {"!=", QUALITY_NOT_EQUAL},
               {"==", QUALITY_EQUAL},   {"<", QUALITY_LESS},      {">", QUALITY_MORE},
               {"=", QUALITY_EQUAL}};
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
    struct quality_rule r = {0};
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
    all->file[all->nfiles++] =
        (struct quality_file){mem_slice(text, n), mem_text(text + n + 1)};
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

bool quality_holds(const struct quality_rule *r, double v)
{
    if (isnan(v))
        return false;
    if (r->field)
        v = qc_value(r->field, v);
    switch (r->op) {
    case QUALITY_LESS:
        return v < r->value;
    case QUALITY_AT_MOST:
        return v <= r->value;
    case QUALITY_EQUAL:
        return v == r->value;
    case QUALITY_NOT_EQUAL:
        return v != r->value;
    case QUALITY_AT_LEAST:
        return v >= r->value;
    case QUALITY_MORE:
        return v > r->value;
    }
    return false;
}

bool quality_is_raw(const struct quality_rule *r)
{
    const char *layer = qc_layer(r->layer);
    return r->field || strcmp(layer, "QC") == 0 || strcmp(layer, "CloudMask") == 0 ||
           strncmp(layer, "cloud", 5) == 0 || strncmp(layer, "water", 5) == 0;
}

/* ---- companions by name ---- */

/* path with one part, `n` bytes at `at`, replaced. */
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

/* In a folder named like that of `path`: .../LST_SITE/x_LST_y.tif has its companion at
 * .../QC_SITE/x_QC_y.tif. here: the companion's path, were it beside the scene. */
static char *look_beside(const char *path, const char *here, const char *old,
                         const char *new)
{
    const char *slash = strrchr(path, '/'), *folder = slash;
    char *found = NULL;
    while (folder && folder > path && folder[-1] != '/')
        folder--;
    for (const char *in = folder; in && !found; in++) {
        in = strstr(in, old);
        if (!in || in >= slash)
            break;
        found = if_there(replaced(here, here + (in - path), strlen(old), new));
    }
    return found;
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
        if (!found)
            found = look_beside(path, here, qc_layer(s->layer), qc_layer(layer));
        free(here);
    }
    buf_free(&old);
    buf_free(&new);
    return found;
}

char *quality_find(const struct quality_rules *rules, const struct quality_rule *r,
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
