/* eco-plotspec: rasters or records in, a gnuplot script with its data out. */
#include "base/options.h"
#include "plot/panels.h"
#include "plot/scatter.h"
#include "plot/series.h"
#include <string.h>

static const char help[] =
    "usage: eco-plotspec panels --source SCENE --result COARSE --grid GRID\n"
    "                           [OPTION]...\n"
    "       eco-plotspec scatter --x NAME --y NAME [OPTION]... [RECORDS]...\n"
    "       eco-plotspec series --y NAME,... [OPTION]... [RECORDS]...\n"
    "Write a gnuplot script with its data to stdout, for `| gnuplot`.\n"
    "panels: the pixels used, the geometry, the coverage of cells, the result.\n"
    "scatter: one column against another. series: columns over time, with gaps.\n"
    "\n"
    "Options:\n"
    "  --source SCENE   panels: the raster that was averaged\n"
    "  --result COARSE  panels: the raster that eco-regrid made of it\n"
    "  --grid GRID      panels: grid file of eco-grid\n"
    "  --mask MAP       panels: class map; {year} in its name is the scene's year\n"
    "  --classes LIST   panels: classes of the map that count: 3,4,10-15\n"
    "  --site NAME      panels: begins the title\n"
    "  --units UNIT     panels: of the axes: km (default) or m\n"
    "  --palette NAME   panels: heat (default), helix, cover, or a file\n"
    "  --x NAME         scatter: column of the x axis\n"
    "  --y NAME,...     scatter, series: columns of the y axis\n"
    "  --time NAME      series: column of the times (default: time)\n"
    "  --by NAME        series: one line for each text in this column\n"
    "  --gap DAYS       series: no line over longer ones (default: by the data)\n"
    "  --csv-in         scatter, series: the records are CSV\n"
    "  --title TEXT     instead of what the data suggest\n"
    "  --range MIN,MAX  of the values (default: by the data)\n"
    "  --terminal TYPE  png (default), svg or pdf\n"
    "  --size WxH       in pixels\n"
    "  --output FILE    where gnuplot writes the picture (default: its stdout)\n"
    "  --no-provenance  leave out the ##cmd= line\n"
    "  --help           print this and exit\n"
    "  --version        print the version and exit\n"
    "\n"
    "Examples:\n"
    "  eco-regrid --grid grid.txt --mask forest.tif --classes 3,4 \\\n"
    "      -o coarse.tif scene.tif\n"
    "  eco-plotspec panels --source scene.tif --result coarse.tif --grid grid.txt \\\n"
    "      --mask forest.tif --classes 3,4 --site ATTO | gnuplot -d >panels.png\n"
    "  eco-sample --points sites.tsv --layer LST ECO_*.tif | \\\n"
    "      eco-plotspec series --y value --by name | gnuplot -d >series.png\n";

static const struct {
    const char *name;
    int (*run)(struct cli *cli, int argc, char **argv);
} pictures[] = {
    {"panels", plot_panels},
    {"scatter", plot_scatter},
    {"series", plot_series},
};

/* Without a picture's name: --help and --version are all there is to ask for. */
static int no_picture(struct cli *cli, int argc, char **argv)
{
    static const struct option options[] = {CLI_COMMON, {0}};
    int status = MSG_OK;
    opterr = 0;
    for (int c;
         status == MSG_OK && (c = getopt_long(argc, argv, "+", options, NULL)) != -1;)
        status = c == '?' ? MSG_USAGE : cli_option(cli, c);
    if (status == MSG_OK && optind < argc)
        return cli_usage("no picture is called \"%s\"", argv[optind]);
    return cli_usage("the first word must be the picture's name: panels, scatter, series");
}

int main(int argc, char **argv)
{
    struct cli cli;
    cli_init(&cli, argc, argv, help);
    int (*run)(struct cli *, int, char **) = no_picture;
    for (size_t i = 0; argc > 1 && i < sizeof pictures / sizeof *pictures; i++) {
        if (strcmp(argv[1], pictures[i].name) == 0) {
            run = pictures[i].run;
            optind = 2;
        }
    }
    int status = run(&cli, argc, argv);
    cli_free(&cli);
    return status;
}
