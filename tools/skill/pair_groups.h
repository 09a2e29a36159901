/* pair_groups: the pairs of each model in each group, from records. */
#ifndef ECO_SKILL_PAIR_GROUPS_H
#define ECO_SKILL_PAIR_GROUPS_H

#include "base/pairs.h"
#include "record/reader.h"
#include "skill/skill_options.h"
#include "text_index.h"

struct pair_groups {
    struct rec_reader in;
    int observed, model[SKILL_MODELS], by[SKILL_BY], weight, block; /* columns, or -1 */
    int nmodels, nby;

    /* The groups: texts of the columns `by`, each with a NUL behind it. Pairs of group g
     * and model m are pairs[g * nmodels + m]. */
    struct text_index group;
    struct pairs *pairs;

    /* private */
    struct text_index blocks;
    size_t cap;
    size_t undeclared[SKILL_MODELS + 1]; /* values of -9999, of each model, then observed */
    struct buf key, text;
};

/* Reads all records; MSG_OK, or what was wrong, told. Close it in any case. */
int pair_groups_read(struct pair_groups *g, const struct skill_options *o, char **files,
                     int nfiles);
void pair_groups_close(struct pair_groups *g);

#endif
