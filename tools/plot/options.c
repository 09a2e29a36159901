/* options: what the command lines of all pictures share. */
#include "options.h"
#include <math.h>

void plot_options_init(struct plot_options *o)
{
    *o = (struct plot_options){.range = {NAN, NAN}};
}

static int take_range(struct plot_options *o)
{
    if (!cli_numbers("--range", optarg, o->range, 2, 2, NULL))
        return MSG_USAGE;
    if (o->range[0] < o->range[1] && isfinite(o->range[1] - o->range[0]))
        return MSG_OK;
    return cli_usage("--range: not MIN,MAX: \"%s\"", optarg);
}

int plot_options_take(struct plot_options *o, struct cli *cli, int option)
{
    int word = 0;
    switch (option) {
    case PLOT_TITLE:
        o->title = optarg;
        return MSG_OK;
    case PLOT_OUTPUT:
        /* It stands in a line of the script. */
        for (const char *c = optarg; *c; c++)
            if ((unsigned char)*c < ' ')
                return cli_usage("--output: a control character in the name");
        o->output = optarg;
        return MSG_OK;
    case PLOT_TERMINAL:
        word = cli_word("--terminal", optarg, plot_terminals);
        o->terminal = word < 0 ? PLOT_PNG : (enum plot_terminal)word;
        return word < 0 ? MSG_USAGE : MSG_OK;
    case PLOT_SIZE:
        return plot_size("--size", optarg, &o->width, &o->height) ? MSG_OK : MSG_USAGE;
    case PLOT_RANGE:
        return take_range(o);
    default:
        return cli_option(cli, option);
    }
}
