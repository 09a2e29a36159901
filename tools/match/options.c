/* options: the words of eco-match's options, and windows of time. */
#include "base/list.h"
#include "base/msg.h"
#include "base/num.h"
#include "match/match_options.h"
#include <math.h>
#include <stddef.h>

const char *const match_pick_names[] = {"within",      "nearest", "mean",
                                        "interpolate", "daily",   NULL};
const char *const match_at_names[] = {"middle", "start", "end", NULL};
const char *const match_repeat_names[] = {"best", "mean", "all", NULL};
const char *const match_day_names[] = {"utc", "solar", NULL};

/* "30m": a number and one of s, m, h, d. */
static bool take_span(struct slice text, double *seconds)
{
    static const struct {
        char letter;
        double seconds;
    } unit[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    if (!text.n)
        return false;
    for (size_t i = 0; i < sizeof unit / sizeof *unit; i++)
        if (text.s[text.n - 1] == unit[i].letter &&
            num_parse(text.s, text.n - 1, seconds)) {
            *seconds *= unit[i].seconds;
            return isfinite(*seconds);
        }
    return false;
}

int match_take_window(void *window, const char *option, const char *value)
{
    double *w = window, v[2] = {0, 0};
    struct slice item;
    int n = 0;
    for (const char *rest = value; list_next(&rest, &item); n++)
        if (n == 2 || !take_span(item, &v[n]))
            return msg_usage("%s: not a span such as 30m, or two such as -15m,+45m (s, m, "
                             "h, d): \"%s\"",
                             option, value);
    if (n == 1 && v[0] < 0)
        return msg_usage("%s: one span reaches to both sides and has no sign: \"%s\"",
                         option, value);
    if (n == 2 && v[0] > v[1])
        return msg_usage("%s: it ends before it begins: \"%s\"", option, value);
    w[0] = n == 1 ? -v[0] : v[0];
    w[1] = n == 1 ? v[0] : v[1];
    return MSG_OK;
}
