/* eco-match: satellite records and tower records in, pairs of them out. */
#include "base/options.h"
#include "match/match.h"
#include <string.h>

static const char usage[] =
    "usage: eco-match [OPTION]... SATELLITE TOWER\n"
    "Pairs of satellite records and tower records of one site, about one time.\n"
    "Both are sorted by site and time; one of them may be \"-\", which is stdin.\n";

static const char examples[] =
    "  eco-match overpasses.tsv tower.tsv | eco-stats --observed LE --model ETinst\n"
    "  eco-match --pick nearest --at end --window 45m overpasses.tsv tower.tsv\n"
    "  eco-match --pick mean --window -15m,+45m --unmatched lost.tsv \\\n"
    "      overpasses.tsv tower.tsv >pairs.tsv\n";

/* What must fit together. */
static int check(const struct match_options *m, const struct options *o)
{
    if (o->nargs != 2)
        return msg_usage("needs two files: SATELLITE and TOWER");
    if (strcmp(o->args[0], "-") == 0 && strcmp(o->args[1], "-") == 0)
        return msg_usage("both files cannot be stdin");
    if (options_given(o, "window") && (m->pick == MATCH_WITHIN || m->pick == MATCH_DAILY))
        return msg_usage("--window goes with --pick nearest, mean or interpolate");
    if (options_given(o, "day") && m->pick != MATCH_DAILY)
        return msg_usage("--day goes with --pick daily");
    return MSG_OK;
}

int main(int argc, char **argv)
{
    struct options o;
    struct match_options m = {.by = "site",
                              .time = "time",
                              .start = "start",
                              .end = "end",
                              .window = {-1800, 1800},
                              .overpass = 120};
    const struct option_row rows[] = {
        OPTION_WORD("pick", "RULE", &m.pick, match_pick_names,
                    "within (default): the interval that holds the time; nearest, mean, "
                    "interpolate, daily"),
        OPTION_CALL("window", "SPAN|LOW,HIGH", match_take_window, m.window,
                    "how far from the overpass: 30m (default) or -15m,+45m"),
        OPTION_WORD("at", "POINT", &m.at, match_at_names,
                    "of an interval, for nearest and lag: middle (default), start, end"),
        OPTION_WORD("day", "DAY", &m.day, match_day_names,
                    "for daily: utc (default) or solar"),
        OPTION_WORD("one-per-overpass", "RULE", &m.repeat, match_repeat_names,
                    "of scenes of one overpass take the best (default), the mean, or all"),
        OPTION_NUMBER("overpass", "SECONDS", &m.overpass, 0, 3000,
                      "what lies so near is one overpass (120)"),
        OPTION_TEXT("by", "COL[,COL]...", &m.by, "columns that both share (site)"),
        OPTION_TEXT("time", "COL", &m.time, "the satellite's column of time (time)"),
        OPTION_TEXT("start", "COL", &m.start, "the tower's column of starts (start)"),
        OPTION_TEXT("end", "COL", &m.end, "the tower's column of ends (end)"),
        OPTION_TEXT("longitude", "COL", &m.longitude,
                    "the satellite's, for solar days (longitude, lon or long)"),
        OPTION_FLAG("utc", &m.utc, "times without a zone are UTC"),
        OPTION_FILE("unmatched", "FILE", ENDINGS_TABLE, &m.unmatched,
                    "write there what found no partner, with the reason"),
        REC_CSV_OUT(&m.csv),
        OPTION_END,
    };
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_TABLE;
    options_add(&o, rows, 0);
    rec_form_options_add(&m.form, &o, 0);
    int status = options_parse(&o, 1, argc, argv);
    m.command = o.command;
    if (status == MSG_OK)
        status = check(&m, &o);
    if (status == MSG_OK)
        status = match(&m, o.args[0], o.args[1]);
    options_free(&o);
    return status;
}
