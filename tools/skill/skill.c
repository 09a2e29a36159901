/* skill: records in, a record of statistics a model and group out. */
#include "skill/skill.h"
#include "base/mem.h"
#include "bootstrap.h"
#include "pair_groups.h"
#include "record/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct report {
    const struct skill_options *o;
    struct pair_groups groups;
    struct skill_choice choice;
    struct out out;
    char delimiter;
    double *result, *low, *high;
};

static const char *unit_of(const struct rec_reader *r, int column)
{
    struct buf key = {0};
    buf_printf(&key, "unit.%s", r->legend[column]);
    const char *unit = rec_meta(r, key.s);
    buf_free(&key);
    return unit;
}

/* The unit of what was observed, when all models have the same; else NULL. */
static const char *common_unit(const struct pair_groups *g)
{
    const char *unit = unit_of(&g->in, g->observed);
    for (int m = 0; unit && m < g->nmodels; m++) {
        const char *other = unit_of(&g->in, g->model[m]);
        if (!other || strcmp(unit, other) != 0)
            return NULL;
    }
    return unit;
}

static void put_meta(struct report *r)
{
    const struct skill_options *o = r->o;
    const char *unit = common_unit(&r->groups);
    struct buf b = {0};
    rec_put_meta(&r->out, &r->groups.in, NULL, NULL);
    rec_put_pair(&r->out, "observed", r->groups.in.legend[r->groups.observed]);
    rec_put_pair(&r->out, "fit", skill_fit_names[o->fit]);
    if (o->weights)
        rec_put_pair(&r->out, "weights", r->groups.in.legend[r->groups.weight]);
    if (o->bootstrap) {
        buf_printf(&b, "%d rounds, seed %d, SplitMix64, level %g%s%s", o->bootstrap,
                   o->seed, o->level, o->block ? ", blocks of " : "",
                   o->block ? r->groups.in.legend[r->groups.block] : "");
        rec_put_pair(&r->out, "bootstrap", b.s);
    }
    for (size_t i = 0; unit && i < r->choice.n; i++) {
        if (!(r->choice.item[i]->traits & SKILL_UNIT))
            continue;
        buf_reset(&b);
        buf_printf(&b, "unit.%s", r->choice.item[i]->name);
        rec_put_pair(&r->out, b.s, unit);
    }
    if (o->command)
        rec_put_pair(&r->out, "cmd", o->command);
    buf_free(&b);
}

static void put_next(struct report *r, const char *text)
{
    out_char(&r->out, r->delimiter);
    rec_put_text(&r->out, r->delimiter, text);
}

static void put_number(struct report *r, double v)
{
    out_char(&r->out, r->delimiter);
    out_double(&r->out, v);
}

static void put_legend(struct report *r)
{
    const struct pair_groups *g = &r->groups;
    struct buf b = {0};
    if (!r->o->csv)
        out_char(&r->out, '#');
    for (int i = 0; i < g->nby; i++) {
        rec_put_text(&r->out, r->delimiter, g->in.legend[g->by[i]]);
        out_char(&r->out, r->delimiter);
    }
    out_puts(&r->out, "model");
    for (size_t i = 0; i < r->choice.n; i++)
        put_next(r, r->choice.item[i]->name);
    for (size_t i = 0; r->o->bootstrap && i < r->choice.n; i++) {
        const struct statistic *s = r->choice.item[i];
        for (int end = 0; !(s->traits & SKILL_COUNT) && end < 2; end++) {
            buf_reset(&b);
            buf_printf(&b, "%s_%s", s->name, end ? "high" : "low");
            put_next(r, b.s);
        }
    }
    put_next(r, "note");
    out_char(&r->out, '\n');
    buf_free(&b);
}

static void put_intervals(struct report *r, const struct pairs *p)
{
    const struct bootstrap b = {r->o->bootstrap, (uint64_t)r->o->seed, r->o->level};
    bootstrap_intervals(&b, &r->choice, p, r->low, r->high);
    for (size_t i = 0; i < r->choice.n; i++) {
        if (r->choice.item[i]->traits & SKILL_COUNT)
            continue;
        put_number(r, r->low[i]);
        put_number(r, r->high[i]);
    }
}

static void put_record(struct report *r, size_t group, int model)
{
    const struct pair_groups *g = &r->groups;
    const struct pairs *p = &g->pairs[group * (size_t)g->nmodels + (size_t)model];
    const char *text = g->group.text[group].s;
    struct buf note = {0};
    for (int i = 0; i < g->nby; i++, text += strlen(text) + 1) {
        rec_put_text(&r->out, r->delimiter, text);
        out_char(&r->out, r->delimiter);
    }
    rec_put_text(&r->out, r->delimiter, g->in.legend[g->model[model]]);
    skill_compute(&r->choice, p, r->result, &note);
    for (size_t i = 0; i < r->choice.n; i++)
        put_number(r, r->result[i]);
    if (r->o->bootstrap)
        put_intervals(r, p);
    put_next(r, note.n ? note.s : "NA");
    out_char(&r->out, '\n');
    buf_free(&note);
}

/* A group and its text, to be put in order. */
struct place {
    const struct text_entry *text;
    size_t group;
};

static int by_text(const void *a, const void *b)
{
    const struct text_entry *s = ((const struct place *)a)->text,
                            *t = ((const struct place *)b)->text;
    int order = memcmp(s->s, t->s, s->n < t->n ? s->n : t->n);
    return order ? order : (s->n > t->n) - (s->n < t->n);
}

static void put_groups(struct report *r)
{
    const struct pair_groups *g = &r->groups;
    struct place *place = mem_alloc(g->group.n, sizeof *place);
    for (size_t i = 0; i < g->group.n; i++)
        place[i] = (struct place){&g->group.text[i], i};
    qsort(place, g->group.n, sizeof *place, by_text);
    for (size_t i = 0; i < g->group.n; i++)
        for (int m = 0; m < g->nmodels; m++)
            put_record(r, place[i].group, m);
    free(place);
}

int skill(const struct skill_options *options, char **files, int nfiles)
{
    struct report r = {.o = options, .delimiter = options->csv ? ',' : '\t'};
    r.choice.fit = (enum fit_kind)options->fit;
    int status =
        skill_choose(&r.choice, "--stats", options->statistics, options->weights != NULL);
    if (status == MSG_OK)
        status = pair_groups_read(&r.groups, options, files, nfiles);
    if (status == MSG_OK) {
        r.result = mem_alloc(3 * r.choice.n, sizeof *r.result);
        r.low = r.result + r.choice.n;
        r.high = r.low + r.choice.n;
        out_init(&r.out, STDOUT_FILENO, "stdout");
        if (!options->csv)
            put_meta(&r);
        put_legend(&r);
        put_groups(&r);
        status = msg_worse(status, out_close(&r.out));
    }
    free(r.result);
    pair_groups_close(&r.groups);
    skill_choice_free(&r.choice);
    return status;
}
