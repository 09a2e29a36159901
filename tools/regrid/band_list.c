/* band_list: the bands that there are, and lists of them. */
#include "band_list.h"
#include "area_stats.h"
#include "base/list.h"
#include "base/msg.h"
#include "resample.h"
#include <string.h>

const char *const bands_names[] = {"mean", "coverage", "n",        "stddev", "rms", "sum",
                                   "min",  "max",      "range",    "median", "q1",  "q3",
                                   "mode", "nearest",  "bilinear", "cubic",  NULL};

const struct band_kind band_kinds[] = {
    {AREA_MEAN, -1},      {AREA_COVERAGE, -1},    {AREA_N, -1},
    {AREA_STDDEV, -1},    {AREA_RMS, -1},         {AREA_SUM, -1},
    {AREA_MIN, -1},       {AREA_MAX, -1},         {AREA_RANGE, -1},
    {AREA_MEDIAN, -1},    {AREA_Q1, -1},          {AREA_Q3, -1},
    {AREA_MODE, -1},      {-1, RESAMPLE_NEAREST}, {-1, RESAMPLE_BILINEAR},
    {-1, RESAMPLE_CUBIC},
};
enum { BANDS = sizeof band_kinds / sizeof *band_kinds };
_Static_assert(sizeof bands_names / sizeof *bands_names == BANDS + 1, "a name each");

static int find(struct list_item name)
{
    /* As gdalwarp has them. */
    static const char *const warpers[][2] = {
        {"average", "mean"}, {"med", "median"}, {"near", "nearest"}};
    for (size_t i = 0; i < sizeof warpers / sizeof *warpers; i++)
        if (list_is(name, warpers[i][0]))
            name = (struct list_item){warpers[i][1], strlen(warpers[i][1])};
    for (int b = 0; b < BANDS; b++)
        if (list_is(name, bands_names[b]))
            return b;
    return -1;
}

bool bands_parse(struct bands_list *list, const char *option, const char *text)
{
    struct list_item name;
    list->n = 0;
    for (const char *rest = text; list_next(&rest, &name);) {
        int b = find(name);
        bool twice = false;
        for (int i = 0; i < list->n; i++)
            twice = twice || list->band[i] == b;
        if (b < 0 || twice || list->n == BANDS_MOST) {
            msg_error(
                "%s: %s: \"%.*s\"; there are mean (or average), coverage, n, stddev, rms, "
                "sum, min, max, range, median (or med), q1, q3, mode, nearest (or near), "
                "bilinear and cubic",
                option, twice ? "named twice" : "no such band", (int)name.n, name.s);
            return false;
        }
        list->band[list->n++] = b;
    }
    return true;
}

bool bands_are_areal(const struct bands_list *list)
{
    for (int i = 0; i < list->n; i++)
        if (band_kinds[list->band[i]].stat < 0)
            return false;
    return true;
}

bool band_is_pixel(int band)
{
    return band_kinds[band].method == RESAMPLE_NEAREST ||
           band_kinds[band].stat == AREA_MODE;
}
