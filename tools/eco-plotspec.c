/* eco-plotspec: rasters or records in, a gnuplot script with its data out. */
#include "base/buf.h"
#include "plot/options.h"
#include "plot/pictures.h"

static const char usage[] =
    "usage: eco-plotspec PICTURE [OPTION]... [RECORDS]...\n"
    "       eco-plotspec PICTURE --help\n"
    "Write a gnuplot script with its data to stdout, for `| gnuplot`.\n"
    "All pictures have the options below, and each has its own besides.\n";

static const char examples[] =
    "  eco-regrid --grid grid.txt --mask forest.tif --classes 3,4 \\\n"
    "      -o coarse.tif scene.tif\n"
    "  eco-plotspec panels --source scene.tif --result coarse.tif --grid grid.txt \\\n"
    "      --mask forest.tif --classes 3,4 --site ATTO | gnuplot -d >panels.png\n"
    "  eco-sample --points sites.tsv --layer LST ECO_*.tif | \\\n"
    "      eco-plotspec series --y value --by name | gnuplot -d >series.png\n";

/* A picture is an entry here and a file that has its options, its help and its drawing. */
static const struct option_command pictures[] = {
    {"panels", "a scene's pixels used, geometry, coverage of cells, result", plot_panels},
    {"scatter", "one column of records against another", plot_scatter},
    {"series", "columns of records over time, with gaps", plot_series},
    {"histogram", "how errors are distributed", plot_histogram},
    {"taylor", "standard deviation and correlation of models", plot_taylor},
    {"diurnal", "mean and spread of columns by the hour of the sun", plot_diurnal},
    {"map", "a raster, or places coloured by a column", plot_map},
    {0},
};

static int tell_pictures(void)
{
    struct buf names = {0};
    for (const struct option_command *p = pictures; p->name; p++)
        buf_printf(&names, "%s%s", names.n ? ", " : "", p->name);
    msg_usage("the first word must be the picture's name: %s", names.s);
    buf_free(&names);
    return MSG_USAGE;
}

/* Without a picture's name: --help and --version are all there is to ask for. */
static int no_picture(int argc, char **argv)
{
    struct options o;
    struct plot_options shared;
    options_init(&o, argc, argv, usage, examples);
    o.commands_title = "Pictures";
    o.commands = pictures;
    plot_options_add(&shared, &o);
    int status = options_parse(&o, 1, argc, argv);
    if (status == MSG_OK && o.nargs && !options_command(pictures, o.args[0]))
        status = msg_usage("no picture is called \"%s\"", o.args[0]);
    else if (status == MSG_OK)
        status = tell_pictures();
    options_free(&o);
    return status;
}

int main(int argc, char **argv)
{
    const struct option_command *picture =
        argc > 1 ? options_command(pictures, argv[1]) : NULL;
    return picture ? picture->run(argc, argv) : no_picture(argc, argv);
}
