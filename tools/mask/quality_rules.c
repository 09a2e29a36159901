/* quality_rules: rules on companion layers. */
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "mask/qc_bits.h"
#include "mask/quality.h"
#include "quality_parts.h"
#include "scene/layers.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct quality_rules *begun(struct quality_rules **rules)
{
    if (!*rules) {
        *rules = mem_alloc(1, sizeof **rules);
        (*rules)->told_clouds = mem_alloc(1, sizeof *(*rules)->told_clouds);
    }
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
        return msg_usage("%s: not a rule such as QC:mandatory<=1: \"%s\"", option, text);
    r.layer = mem_slice(text, colon);
    if (colon < name) {
        char *field = mem_slice(text + colon + 1, name - colon - 1);
        char *names = qc_names(r.layer);
        r.field = qc_find(r.layer, field);
        int status = MSG_OK;
        if (!r.field && names)
            status = msg_usage("%s: %s has no field \"%s\" but %s", option, r.layer, field,
                               names);
        else if (!r.field)
            status = msg_usage("%s: %s is no layer with fields (QC and CloudMask are)",
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
        return msg_usage("%s: not LAYER=FILE: \"%s\"", option, text);
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
        free(rules->told_clouds);
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
    if (r->field && !qc_tells(r->field, v))
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
    return r->field || layers_are_flags(r->layer);
}

bool quality_is_cloud(const struct quality_rule *r)
{
    size_t n;
    const char *layer = layers_stem(r->layer, &n);
    return strncasecmp(layer, "cloud", 5) == 0;
}

/* One that lets through what QC's mandatory field says but for its cloud. */
static bool is_about_qc_clouds(const struct quality_rule *r)
{
    return layers_same(r->layer, "QC") &&
           (!r->field || strcmp(r->field->name, "mandatory") == 0) && !quality_holds(r, 2);
}

const char *quality_clouds_by_qc(const struct quality_rules *rules)
{
    const char *text = NULL;
    for (int i = 0; i < rules->n; i++) {
        if (quality_is_cloud(&rules->rule[i]))
            return NULL;
        if (is_about_qc_clouds(&rules->rule[i]))
            text = rules->rule[i].text;
    }
    return text;
}
