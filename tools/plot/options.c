/* options: what the command lines of all pictures share. */
#include "plot/options.h"
#include "base/num.h"
#include "scale.h"
#include <math.h>
#include <string.h>

static int take_range(void *to, const char *option, const char *value)
{
    double *range = to;
    if (!options_numbers(option, value, range, 2, 2, NULL))
        return MSG_USAGE;
    if (plot_shows(range))
        return MSG_OK;
    return msg_usage("%s: not MIN,MAX, up to 1e100 and apart: \"%s\"", option, value);
}

/* It stands in a line of the script. */
static int take_output(void *to, const char *option, const char *value)
{
    if (!*value)
        return msg_usage("%s: an empty name", option);
    for (const char *c = value; *c; c++)
        if ((unsigned char)*c < ' ')
            return msg_usage("%s: a control character in the name", option);
    *(const char **)to = value;
    return MSG_OK;
}

static int take_size(void *to, const char *option, const char *value)
{
    struct plot_options *p = to;
    long long w, h;
    size_t n = strcspn(value, "x");
    if (!value[n] || !num_parse_long(value, n, &w) ||
        !num_parse_long(value + n + 1, strlen(value + n + 1), &h) || w < 300 || h < 300 ||
        w > 20000 || h > 20000)
        return msg_usage("%s: not WxH with sides of 300 to 20000 pixels, such as "
                         "1600x1400: \"%s\"",
                         option, value);
    p->width = (int)w;
    p->height = (int)h;
    return MSG_OK;
}

void plot_options_add(struct plot_options *p, struct options *o)
{
    static const char *const terminals[] = {"png", "svg", "pdf", NULL};
    const struct option_row rows[] = {
        OPTION_TEXT("title", "TEXT", &p->title, "instead of what the data suggest"),
        OPTION_TEXT("unit", "UNIT[,UNIT]...", &p->unit,
                    "of the values (default: what the data say)"),
        OPTION_CALL("range", "MIN,MAX", take_range, p->range,
                    "of the values (default: by the data)"),
        OPTION_WORD("terminal", "TYPE", &p->terminal, terminals,
                    "png (default), svg or pdf"),
        OPTION_CALL("size", "WxH", take_size, p, "in pixels"),
        OPTION_CALL_FILE("output", "FILE", ENDINGS_PICTURE, take_output, &p->output,
                         "where gnuplot writes the picture (default: its stdout)"),
        OPTION_END,
    };
    *p = (struct plot_options){.range = {NAN, NAN}};
    options_add(o, rows, 0);
}

void plot_options_range(const struct plot_options *p, double share, double range[2])
{
    plot_widen(range, share);
    if (!isnan(p->range[0]))
        memcpy(range, p->range, sizeof p->range);
}
