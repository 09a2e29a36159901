/* band_list: the bands that there are, and lists of them. */
#include "band_list.h"
#include "base/list.h"
#include "base/msg.h"
#include "resample.h"
#include <string.h>

static const unsigned areal = stats_of_values | stats_coverage;

/* In the order of enum warp_method. */
static const char *const methods[] = {"nearest", "bilinear", "cubic", "cubicspline",
                                      "lanczos"};
enum { METHODS = sizeof methods / sizeof *methods };

void bands_words(const char *words[BANDS_WORDS])
{
    int n = 0;
    stats_words(words, areal);
    while (words[n])
        n++;
    for (int i = 0; i < METHODS; i++)
        words[n++] = methods[i];
    words[n] = NULL;
}

static int find_method(struct slice name)
{
    if (slice_is(name, "near")) /* as gdalwarp has it */
        return RESAMPLE_NEAREST;
    for (int m = 0; m < METHODS; m++)
        if (slice_is(name, methods[m]))
            return m;
    return -1;
}

/* Names live as long as the list, wherever its items are moved. */
static enum stats_added add(struct bands_list *list, struct slice name)
{
    struct band band = {.stat = -1, .method = find_method(name)};
    for (int i = 0; i < list->n; i++)
        if (band.method >= 0 && list->band[i].method == band.method)
            return STATS_TWICE;
    if (band.method >= 0) {
        band.name = methods[band.method];
    } else {
        enum stats_added how = stats_add_item(&list->stats, name, areal);
        if (how != STATS_ADDED)
            return how;
        band.stat = (int)list->stats.n - 1;
        band.name = list->stats.item[band.stat].name;
    }
    list->band[list->n++] = band;
    return STATS_ADDED;
}

bool bands_parse(struct bands_list *list, const char *option, const char *text)
{
    struct slice name;
    enum stats_added how = STATS_ADDED;
    bands_free(list);
    for (const char *rest = text; how == STATS_ADDED && list_next(&rest, &name);) {
        if (list->n == BANDS_MOST) {
            msg_error("%s: more than %d bands", option, BANDS_MOST);
            return false;
        }
        how = add(list, name);
    }
    if (how == STATS_ADDED)
        return true;
    struct buf there = {0};
    stats_list_names(&there, areal);
    buf_puts(&there, ", nearest (or near)");
    for (int m = RESAMPLE_NEAREST + 1; m < METHODS; m++)
        buf_printf(&there, "%s%s", m + 1 < METHODS ? ", " : " and ", methods[m]);
    stats_refuse(how, option, "band", name, there.s);
    buf_free(&there);
    return false;
}

void bands_free(struct bands_list *list)
{
    stats_free(&list->stats);
    *list = (struct bands_list){0};
}

bool bands_are_areal(const struct bands_list *list)
{
    return list->stats.n == (size_t)list->n;
}

bool band_is_pixel(const struct bands_list *list, int band)
{
    const struct band *b = &list->band[band];
    return b->stat < 0 ? b->method == RESAMPLE_NEAREST
                       : list->stats.item[b->stat].kind == STAT_MODE;
}
