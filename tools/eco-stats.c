/* eco-stats: records of what was observed and what models have in, their skill out. */
#include "base/options.h"
#include "skill/skill.h"
#include <limits.h>
#include <string.h>

static const char usage[] =
    "usage: eco-stats --observed COL --model COL[,COL]... [OPTION]... [FILE]...\n"
    "One record a model and group: how well it agrees with what was observed.\n"
    "Reads records from stdin when there are no files.\n";

static const char examples[] =
    "  eco-stats --observed LE --model ETinst,JET --by site pairs.tsv\n"
    "  eco-stats --observed LE --model ETinst --stats n,bias,rmse --csv pairs.tsv\n"
    "  eco-stats --observed LE --model JET --bootstrap 200 --seed 7 --block site \\\n"
    "      pairs.tsv\n";

/* What must fit together. */
static int check(const struct skill_options *s, const struct options *o)
{
    if (!s->observed)
        return msg_usage("no --observed");
    if (!s->models)
        return msg_usage("no --model");
    if (s->weights && strcmp(skill_fit_names[s->fit], "theil-sen") == 0)
        return msg_usage("--fit theil-sen knows no --weights");
    for (const char *const *name = (const char *const[]){"seed", "block", "level", NULL};
         *name; name++)
        if (!s->bootstrap && options_given(o, *name))
            return msg_usage("--%s goes with --bootstrap", *name);
    return MSG_OK;
}

int main(int argc, char **argv)
{
    struct options o;
    struct skill_options s = {.seed = 1, .level = 0.95};
    const struct option_row rows[] = {
        OPTION_TEXT("observed", "COL", &s.observed, "column of what was observed"),
        OPTION_TEXT("model", "COL[,COL]...", &s.models, "columns of what models have"),
        OPTION_TEXT("by", "COL[,COL]...", &s.by,
                    "a group for each of the texts in these columns"),
        OPTION_TEXT("stats", "NAME[,NAME]...", &s.statistics,
                    "these statistics, in this order (default: all)"),
        OPTION_WORD("fit", "LINE", &s.fit, skill_fit_names,
                    "slope and intercept by ols (default), theil-sen, deming or rma"),
        OPTION_TEXT("weights", "COL", &s.weights, "column of the weights of pairs"),
        OPTION_COUNT("bootstrap", "N", &s.bootstrap, 1, 1000000,
                     "add intervals, from N draws of as many pairs"),
        OPTION_COUNT("seed", "S", &s.seed, 0, INT_MAX, "seed of the draws (1)"),
        OPTION_TEXT("block", "COL", &s.block,
                    "draw whole blocks, such as sites: all pairs of one text here"),
        OPTION_NUMBER("level", "P", &s.level, 0.01, 0.9999, "of the intervals (0.95)"),
        REC_CSV_OUT(&s.csv),
        OPTION_END,
    };
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_TABLE;
    options_add(&o, rows, 0);
    rec_form_options_add(&s.form, &o, 0);
    missing_options_add(&s.missing, &o);
    int status = options_parse(&o, 1, argc, argv);
    s.command = o.command;
    if (status == MSG_OK)
        status = check(&s, &o);
    if (status == MSG_OK)
        status = skill(&s, o.args, o.nargs);
    options_free(&o);
    return status;
}
