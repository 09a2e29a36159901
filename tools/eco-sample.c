/* eco-sample: rasters in, records of their values out: of every cell. */
#include "cells.h"
#include "cli.h"
#include <unistd.h>

static const char help[] =
    "usage: eco-sample --cells [OPTION]... [RASTER]...\n"
    "Records of the values of rasters: one a cell that has a value.\n"
    "Reads paths from stdin, one a line, when none are given.\n"
    "\n"
    "Options:\n"
    "  --cells          every cell with a value\n"
    "  --csv            write CSV with a plain header; one layer a table\n"
    "  --name NAME      the name of the value's column in CSV (the layer)\n"
    "  --crs-column     add a column crs, for rasters in several CRSs\n"
    "  --no-provenance  leave out the ##cmd= line\n"
    "  --help           print this and exit\n"
    "  --version        print the version and exit\n"
    "\n"
    "Examples:\n"
    "  eco-sample --cells coarse/*.tif | head\n"
    "  eco-sample --cells --csv coarse/*.tif >LST.csv\n"
    "  ls coarse/*.tif | eco-sample --cells --csv --name lst\n";

enum { CELLS = CLI_FIRST_FREE, CSV, NAME, CRS_COLUMN };

struct sample {
    struct out o;
    bool cells;
    struct cells_options options;
};

static int sample_cells(struct sample *s, struct cli_paths *paths)
{
    struct cells *cells = cells_open(&s->o, &s->options);
    const char *path;
    int status = MSG_OK;
    for (int got; (got = cli_paths_next(paths, &path)) != 0;)
        status = msg_worse(status, got > 0 ? cells_put(cells, path) : MSG_INPUT);
    cells_close(cells);
    return status;
}

static int take_option(struct sample *s, struct cli *cli, int option)
{
    switch (option) {
    case CELLS:
        s->cells = true;
        return MSG_OK;
    case CSV:
        s->options.csv = true;
        return MSG_OK;
    case NAME:
        s->options.name = optarg;
        return MSG_OK;
    case CRS_COLUMN:
        s->options.crs_column = true;
        return MSG_OK;
    default:
        return cli_option(cli, option);
    }
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"cells", no_argument, NULL, CELLS},
        {"csv", no_argument, NULL, CSV},
        {"name", required_argument, NULL, NAME},
        {"crs-column", no_argument, NULL, CRS_COLUMN},
        CLI_COMMON,
        {0},
    };
    struct cli cli;
    struct sample s = {0};
    cli_init(&cli, argc, argv, help);
    int status = MSG_OK;
    for (int c; status == MSG_OK && (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        status = take_option(&s, &cli, c);
    if (status == MSG_OK && !s.cells)
        status = cli_usage("say what to sample: --cells");
    if (status == MSG_OK && s.options.name && !s.options.csv)
        status = cli_usage("--name names a column of --csv");
    if (status == MSG_OK) {
        struct cli_paths paths;
        s.options.command = cli.command;
        out_init(&s.o, STDOUT_FILENO, "stdout");
        cli_paths_open(&paths, argv + optind, argc - optind);
        status = sample_cells(&s, &paths);
        cli_paths_close(&paths);
        status = msg_worse(status, out_close(&s.o));
    }
    cli_free(&cli);
    return status;
}
