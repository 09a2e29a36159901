/* eco-reproject: records with coordinates in, the same records in another CRS out. */
#include "base/options.h"
#include "geo/crs.h"
#include "record/reader.h"
#include "reproject/reproject.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: eco-reproject --to CRS [OPTION]... [FILE]...\n"
    "Changes the CRS of coordinates in records; all else passes through untouched.\n"
    "Coordinates are x y, longitude latitude in degrees, whatever the authority says.\n";

static const char examples[] =
    "  eco-reproject --to EPSG:32721 --append x,y sites.tsv\n"
    "  echo -60.2 -2.6 | eco-reproject --from EPSG:4326 --to EPSG:32720 \\\n"
    "      --delimiter blank --columns 1,2 --decimals 2\n";

static int take_crs(void *to, const char *option, const char *value)
{
    const struct crs **crs = to;
    *crs = crs_read(value, option);
    return *crs ? MSG_OK : MSG_INPUT;
}

/* What must fit together. */
static int check(const struct reproject_options *r)
{
    if (!r->to)
        return msg_usage("no --to");
    if (r->area && r->area[1] > r->area[3])
        return msg_usage("--area: its south is north of its north: \"%g,%g,%g,%g\"",
                         r->area[0], r->area[1], r->area[2], r->area[3]);
    return MSG_OK;
}

int main(int argc, char **argv)
{
    struct options o;
    struct reproject_options r = {.decimals = -1};
    double area[4];
    const struct option_row rows[] = {
        OPTION_CALL_FILE("to", "CRS", NULL, take_crs, &r.to,
                         "EPSG:32721, WKT, a PROJ string, or a file that holds one"),
        OPTION_CALL_FILE("from", "CRS", NULL, take_crs, &r.from,
                         "what they are in (default: ##crs=, or each record's crs, or "
                         "EPSG:4326 for lon,lat)"),
        OPTION_TEXT("columns", "X,Y[,Z[,T]]", &r.columns,
                    "names or numbers of columns; T is a decimal year "
                    "(default: x,y or lon,lat in their usual spellings)"),
        OPTION_TEXT("append", "X,Y[,Z]", &r.append,
                    "add columns of these names, keep the old coordinates"),
        OPTION_COUNT("decimals", "N", &r.decimals, 0, 17,
                     "0 to 17 (default: what reads back to the same double)"),
        OPTION_NUMBERS("area", "W,S,E,N", area, 4, 4, NULL,
                       "where the points lie, in degrees, to choose an operation"),
        OPTION_FLAG("authority-order", &r.authority_order,
                    "coordinates in the order that each CRS's authority has"),
        OPTION_FLAG("accuracy", &r.accuracy,
                    "tell which operations were used and how good they are"),
        OPTION_FLAG("strict", &r.strict,
                    "a point that does not transform is an error, not NaN"),
        OPTION_FLAG("keep-going", &r.keep_going,
                    "pass over bad records, report them, and exit 1 at the end"),
        OPTION_FLAG("line-buffered", &r.prompt, "write each record as soon as it was read"),
        OPTION_END,
    };
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_TABLE;
    options_add(&o, rows, 0);
    rec_form_options_add(&r.form, &o, 0);
    rec_form_options_add_headless(&r.form, &o, 0);
    int status = options_parse(&o, 1, argc, argv);
    if (options_given(&o, "area"))
        r.area = area;
    r.command = o.command;
    if (status == MSG_OK)
        status = check(&r);
    if (isatty(STDIN_FILENO))
        r.prompt = true;
    if (status == MSG_OK)
        status = reproject(&r, o.args, o.nargs);
    options_free(&o);
    return status;
}
