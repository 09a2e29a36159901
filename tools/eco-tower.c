/* eco-tower: files of flux towers in, records with intervals in UTC out. */
#include "base/options.h"
#include "record/form.h"
#include "tower/tower.h"
#include <math.h>

static const char usage[] =
    "usage: eco-tower [OPTION]... [FILE]...\n"
    "Records of flux towers, in UTC, from AmeriFlux BASE, FLUXNET, ICOS ETC,\n"
    "REddyProc text or other CSV; from stdin when there are no files.\n";

static const char examples[] =
    "  eco-tower --utc-offset -5 AMF_US-CRT_BASE_HH_2-5.csv >tower.tsv\n"
    "  eco-tower --sites offsets.csv --vars LE,H --quality '<=1' \\\n"
    "      FLX_US-CRT_FLUXNET2015_SUBSET_HH_2011-2011_1-4.csv\n"
    "  eco-tower --site river --utc-offset -4 --start when --step 60 river.csv\n";

/* What must fit together. */
static int check(const struct tower_options *t)
{
    if (t->sites && !isnan(t->utc_offset))
        return msg_usage("either --sites or --utc-offset");
    if (t->time && (t->start || t->end))
        return msg_usage("either --time or --start and --end");
    if (t->site && t->site_column)
        return msg_usage("either --site or --site-column");
    return MSG_OK;
}

int main(int argc, char **argv)
{
    struct options o;
    struct tower_options t = {.utc_offset = NAN, .step = NAN};
    const struct option_row rows[] = {
        OPTION_NUMBER("utc-offset", "HOURS", &t.utc_offset, -14, 14,
                      "how far their clocks are ahead of UTC; never summer time"),
        OPTION_FILE("sites", "TABLE", ENDINGS_TABLE, &t.sites,
                    "a table of sites and their utc_offset, or BADM of AmeriFlux"),
        OPTION_TEXT("vars", "NAME[,NAME]...", &t.vars,
                    "variables such as LE,H,NETRAD (default: all columns as they are)"),
        OPTION_WORD("flux", "RULE", &t.flux, tower_flux_names,
                    "of a variable take NAME_CORR, NAME_F_MDS, NAME_F or NAME: corrected "
                    "(default: the first of all), filled, measured"),
        OPTION_CALL("quality", "RULE", tower_take_rule, &t.quality,
                    "values whose quality is not <=1, >=0.8, =0 become NaN"),
        OPTION_TEXT("site", "NAME", &t.site, "their site (default: as the files say)"),
        OPTION_TEXT("site-column", "COL", &t.site_column, "column of sites"),
        OPTION_TEXT("start", "COL", &t.start, "of other CSV: column of starts"),
        OPTION_TEXT("end", "COL", &t.end, "of other CSV: column of ends"),
        OPTION_TEXT("time", "COL", &t.time, "of other CSV: column of middles"),
        OPTION_NUMBER("step", "MINUTES", &t.step, 1, 44640,
                      "length of an interval, where one column says when it was"),
        OPTION_WORD("dates", "ORDER", &t.dates, tower_dates_names,
                    "of dates with slashes: mdy or dmy"),
        OPTION_FLAG("keep-going", &t.keep_going,
                    "pass over bad records, report them, and exit 1 at the end"),
        REC_CSV_OUT(&t.csv),
        OPTION_END,
    };
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_TABLE;
    options_add(&o, rows, 0);
    int status = options_parse(&o, 1, argc, argv);
    t.command = o.command;
    if (status == MSG_OK)
        status = check(&t);
    if (status == MSG_OK)
        status = tower(&t, o.args, o.nargs);
    options_free(&o);
    return status;
}
