/* eco-reproject: records with coordinates in, the same records in another CRS out. */
#include "base/options.h"
#include "geo/crs.h"
#include "record/reader.h"
#include "reproject/reproject.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: eco-reproject --to CRS [OPTION]... [FILE]...\n"
    "Changes the CRS of coordinates in records; all else passes through untouched.\n"
    "Coordinates are x y, longitude latitude in degrees, whatever the authority says.\n"
    "\n"
    "Options:\n"
    "  --to CRS           EPSG:32721, WKT, a PROJ string, or a file that holds one\n"
    "  --from CRS         what they are in (default: ##crs=, or each record's crs)\n"
    "  --columns X,Y[,Z[,T]]\n"
    "                     names or numbers of columns; T is a decimal year\n"
    "                     (default: x,y or lon,lat or longitude,latitude)\n"
    "  --append X,Y[,Z]   add columns of these names, keep the old coordinates\n"
    "  --decimals N       0 to 17 (default: what reads back to the same double)\n"
    "  --delimiter D      tab, blank (runs of blanks and TABs), or a comma: CSV\n"
    "  --no-legend        the first line of CSV is a record, not names\n"
    "  --area W,S,E,N     where the points lie, in degrees, to choose an operation\n"
    "  --authority-order  coordinates in the order that each CRS's authority has\n"
    "  --accuracy         tell which operations were used and how good they are\n"
    "  --strict           a point that does not transform is an error, not NaN\n"
    "  --keep-going       pass over bad records, report them, and exit 1 at the end\n"
    "  --line-buffered    write each record as soon as it was read\n"
    "  --no-provenance    leave out the ##cmd= line\n"
    "  --help             print this and exit\n"
    "  --version          print the version and exit\n"
    "\n"
    "Examples:\n"
    "  eco-reproject --to EPSG:32721 --append x,y sites.tsv\n"
    "  echo -60.2 -2.6 | eco-reproject --from EPSG:4326 --to EPSG:32720 \\\n"
    "      --delimiter blank --columns 1,2 --decimals 2\n";

enum {
    FROM = CLI_FIRST_FREE,
    TO,
    COLUMNS,
    APPEND,
    DECIMALS,
    DELIMITER,
    NO_LEGEND,
    AREA,
    AUTHORITY_ORDER,
    ACCURACY,
    STRICT,
    LINE_BUFFERED,
};

struct arguments {
    struct cli cli;
    struct reproject_options o;
    char *from, *to;
    double area[4];
};

static int set_delimiter(struct arguments *a, const char *value)
{
    static const struct {
        const char *name;
        char delimiter;
    } known[] = {{"tab", REC_TAB}, {"TAB", REC_TAB},     {"\t", REC_TAB},
                 {",", REC_COMMA}, {"comma", REC_COMMA}, {"blank", REC_BLANK},
                 {" ", REC_BLANK}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, value) == 0) {
            a->o.delimiter = known[i].delimiter;
            return MSG_OK;
        }
    return cli_usage("--delimiter: \"%s\" is none of tab, comma, blank", value);
}

static int set_area(struct arguments *a, const char *value)
{
    if (!cli_numbers("--area", value, a->area, 4, 4, NULL))
        return MSG_USAGE;
    if (a->area[1] > a->area[3])
        return cli_usage("--area: its south is north of its north: \"%s\"", value);
    a->o.area = a->area;
    return MSG_OK;
}

static int set_crs(char **crs, const char *option, const char *value)
{
    free(*crs);
    *crs = crs_text(value, option);
    return *crs ? MSG_OK : MSG_INPUT;
}

static int set_decimals(struct arguments *a, const char *value)
{
    long long n;
    if (!cli_count("--decimals", value, 0, 17, &n))
        return MSG_USAGE;
    a->o.decimals = (int)n;
    return MSG_OK;
}

static int set_option(struct arguments *a, int option, const char *value)
{
    switch (option) {
    case FROM:
        return set_crs(&a->from, "--from", value);
    case TO:
        return set_crs(&a->to, "--to", value);
    case COLUMNS:
        a->o.columns = value;
        return MSG_OK;
    case APPEND:
        a->o.append = value;
        return MSG_OK;
    case DECIMALS:
        return set_decimals(a, value);
    case DELIMITER:
        return set_delimiter(a, value);
    case NO_LEGEND:
        a->o.headless = true;
        return MSG_OK;
    case AREA:
        return set_area(a, value);
    case AUTHORITY_ORDER:
        a->o.authority_order = true;
        return MSG_OK;
    case ACCURACY:
        a->o.accuracy = true;
        return MSG_OK;
    case STRICT:
        a->o.strict = true;
        return MSG_OK;
    case CLI_KEEP_GOING:
        a->o.keep_going = true;
        return MSG_OK;
    case LINE_BUFFERED:
        a->o.prompt = true;
        return MSG_OK;
    default:
        return cli_option(&a->cli, option);
    }
}

/* What must fit together. */
static int check(struct arguments *a)
{
    a->o.from = a->from;
    a->o.to = a->to;
    a->o.command = a->cli.command;
    if (!a->to)
        return cli_usage("no --to");
    if (a->o.headless && a->o.delimiter != REC_COMMA)
        return cli_usage("--no-legend is for CSV: say --delimiter ,");
    return MSG_OK;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"from", required_argument, NULL, FROM},
        {"to", required_argument, NULL, TO},
        {"columns", required_argument, NULL, COLUMNS},
        {"append", required_argument, NULL, APPEND},
        {"decimals", required_argument, NULL, DECIMALS},
        {"delimiter", required_argument, NULL, DELIMITER},
        {"no-legend", no_argument, NULL, NO_LEGEND},
        {"area", required_argument, NULL, AREA},
        {"authority-order", no_argument, NULL, AUTHORITY_ORDER},
        {"accuracy", no_argument, NULL, ACCURACY},
        {"strict", no_argument, NULL, STRICT},
        {"keep-going", no_argument, NULL, CLI_KEEP_GOING},
        {"line-buffered", no_argument, NULL, LINE_BUFFERED},
        CLI_COMMON,
        {0},
    };
    struct arguments a = {.o = {.decimals = -1, .delimiter = REC_TAB}};
    cli_init(&a.cli, argc, argv, help);
    int status = MSG_OK;
    for (int c; status == MSG_OK && (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        status = set_option(&a, c, optarg);
    if (status == MSG_OK)
        status = check(&a);
    if (isatty(STDIN_FILENO))
        a.o.prompt = true;
    if (status == MSG_OK)
        status = reproject(&a.o, argv + optind, argc - optind);
    free(a.from);
    free(a.to);
    cli_free(&a.cli);
    return status;
}
