/* pair_groups: the pairs of each model in each group, from records. */
#include "pair_groups.h"
#include "base/mem.h"
#include "record/columns.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int find_one(const struct rec_reader *r, const char *option, const char *name,
                    int *column)
{
    int n;
    *column = -1;
    return name ? columns_find(r, option, name, 1, 1, column, &n) : MSG_OK;
}

static int find_columns(struct pair_groups *g, const struct skill_options *o)
{
    const struct rec_reader *r = &g->in;
    int status = rec_head(&g->in);
    if (status == MSG_OK)
        status = rec_form_check_legend(r);
    if (status == MSG_OK)
        status = find_one(r, "--observed", o->observed, &g->observed);
    if (status == MSG_OK)
        status =
            columns_find(r, "--model", o->models, 1, SKILL_MODELS, g->model, &g->nmodels);
    if (status == MSG_OK && o->by)
        status = columns_find(r, "--by", o->by, 1, SKILL_BY, g->by, &g->nby);
    if (status == MSG_OK)
        status = find_one(r, "--weights", o->weights, &g->weight);
    if (status == MSG_OK)
        status = find_one(r, "--block", o->block, &g->block);
    for (int i = 0; status == MSG_OK && i < g->nmodels; i++)
        if (g->model[i] < 0)
            status = msg_usage("--model: an empty name: \"%s\"", o->models);
    for (int i = 0; status == MSG_OK && i < g->nby; i++)
        if (g->by[i] < 0)
            status = msg_usage("--by: an empty name: \"%s\"", o->by);
    return status;
}

/* A number of the present record, NaN where it has none; false when it is something else,
 * and told. */
static bool take_number(struct pair_groups *g, const struct skill_options *o, int column,
                        size_t *undeclared, double *v)
{
    if (!missing_value(&o->missing, &g->in, column, undeclared, v))
        return false;
    if (!isfinite(*v))
        *v = NAN;
    return true;
}

/* Adds a field's text to a key. */
static void add_text(struct pair_groups *g, struct buf *key, int column)
{
    struct slice f = g->in.field[column];
    buf_reset(&g->text);
    if (rec_is_missing(f))
        buf_puts(&g->text, "NA");
    else if (g->in.delimiter == REC_TAB)
        rec_unescape(&g->text, f.s, f.n);
    else
        buf_add(&g->text, f.s, f.n);
    buf_add(key, g->text.s, g->text.n);
    buf_putc(key, '\0');
}

/* The number of the present record's group. */
static size_t group_of(struct pair_groups *g)
{
    buf_reset(&g->key);
    for (int i = 0; i < g->nby; i++)
        add_text(g, &g->key, g->by[i]);
    size_t before = g->group.n;
    size_t number = text_index_of(&g->group, g->key.s ? g->key.s : "", g->key.n);
    if (g->group.n > before) {
        size_t models = (size_t)g->nmodels, had = before * models;
        g->pairs = mem_grow(g->pairs, &g->cap, had + models, sizeof *g->pairs);
        memset(g->pairs + had, 0, models * sizeof *g->pairs);
    }
    return number;
}

static uint32_t block_of(struct pair_groups *g)
{
    buf_reset(&g->key);
    add_text(g, &g->key, g->block);
    return (uint32_t)text_index_of(&g->blocks, g->key.s, g->key.n);
}

static bool take_record(struct pair_groups *g, const struct skill_options *o)
{
    double observed, weight = 1, v;
    size_t ignored = 0, first = group_of(g) * (size_t)g->nmodels;
    uint32_t block = g->block >= 0 ? block_of(g) : 0;
    if (!take_number(g, o, g->observed, &g->undeclared[g->nmodels], &observed) ||
        (g->weight >= 0 && !take_number(g, o, g->weight, &ignored, &weight)))
        return false;
    if (weight < 0) {
        rec_complain(&g->in, g->weight, "a weight below 0");
        return false;
    }
    for (int m = 0; m < g->nmodels; m++) {
        struct pairs *p = &g->pairs[first + (size_t)m];
        if (!take_number(g, o, g->model[m], &g->undeclared[m], &v))
            return false;
        if (isnan(observed) || isnan(v) || !(weight > 0)) {
            p->dropped++;
            continue;
        }
        pairs_grow(p, g->weight >= 0, g->block >= 0);
        p->o[p->n] = observed;
        p->s[p->n] = v;
        if (p->w)
            p->w[p->n] = weight;
        if (p->block)
            p->block[p->n] = block;
        p->n++;
    }
    return true;
}

static void warn_undeclared(const struct pair_groups *g)
{
    for (int i = 0; i <= g->nmodels; i++) {
        int column = i < g->nmodels ? g->model[i] : g->observed;
        missing_warn(g->in.legend[column], g->undeclared[i]);
    }
}

int pair_groups_read(struct pair_groups *g, const struct skill_options *o, char **files,
                     int nfiles)
{
    *g = (struct pair_groups){.weight = -1, .block = -1};
    rec_form_open(&g->in, files, nfiles, &o->form);
    int status = find_columns(g, o);
    /* All records are one group, also when there are none. */
    if (status == MSG_OK && !g->nby)
        group_of(g);
    for (int got; status == MSG_OK && (got = rec_next(&g->in)) != 0;)
        if (got < 0 || !take_record(g, o))
            status = MSG_INPUT;
    if (status == MSG_OK)
        warn_undeclared(g);
    return status;
}

void pair_groups_close(struct pair_groups *g)
{
    for (size_t i = 0; i < g->group.n * (size_t)g->nmodels; i++)
        pairs_free(&g->pairs[i]);
    free(g->pairs);
    text_index_free(&g->group);
    text_index_free(&g->blocks);
    buf_free(&g->key);
    buf_free(&g->text);
    rec_close(&g->in);
}
