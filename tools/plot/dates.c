/* dates: the marks of a time axis. */
#include "dates.h"
#include "base/date.h"
#include "base/mem.h"
#include <math.h>
#include <stdio.h>

/* Steps of a time axis: so many seconds, or months. */
static const struct {
    int seconds, months;
} steps[] = {{60, 0},    {300, 0},   {900, 0},   {1800, 0},   {3600, 0},   {10800, 0},
             {21600, 0}, {43200, 0}, {86400, 0}, {172800, 0}, {432000, 0}, {864000, 0},
             {0, 1},     {0, 2},     {0, 3},     {0, 6},      {0, 12},     {0, 24},
             {0, 60},    {0, 120},   {0, 240},   {0, 600},    {0, 1200}};

static void put_date(struct plot_mark *m, double at, int seconds, int months)
{
    struct date d = {0};
    date_set_number(&d, (long)floor(at / 86400));
    int minutes = (int)lround(at - floor(at / 86400) * 86400) / 60;
    m->at = at;
    if (months >= 12)
        snprintf(m->label, sizeof m->label, "%04d", d.year % 10000);
    else if (months)
        snprintf(m->label, sizeof m->label, "%04d-%02d", d.year % 10000, d.month % 100);
    else if (seconds >= 86400)
        snprintf(m->label, sizeof m->label, "%04d-%02d-%02d", d.year % 10000, d.month % 100,
                 d.day % 100);
    else
        snprintf(m->label, sizeof m->label, "%02d-%02d %02d:%02d", d.month % 100,
                 d.day % 100, minutes / 60 % 100, minutes % 60);
}

struct plot_mark *plot_dates(double from, double to, double apart, int *n)
{
    size_t i = 0, cap = 0, last = sizeof steps / sizeof *steps - 1;
    struct plot_mark *mark = NULL;
    while (i < last && steps[i].seconds + steps[i].months * 30.4 * 86400 < apart)
        i++;
    int step = steps[i].months;
    struct date day = {0};
    double at = step ? 0 : ceil(from / steps[i].seconds) * steps[i].seconds;
    date_set_number(&day, (long)floor(from / 86400));
    /* Months are counted from the year 0, so that steps of many years fall on round ones.
     */
    int months = step ? (day.year * 12 + day.month - 1) / step * step : 0;
    for (*n = 0; *n < 1000;) {
        if (step) {
            date_set(&day, months / 12, months % 12 + 1, 1);
            at = date_seconds(&day);
        }
        if (at > to)
            break;
        if (at >= from) {
            mark = mem_grow(mark, &cap, (size_t)*n + 1, sizeof *mark);
            put_date(&mark[(*n)++], at, steps[i].seconds, step);
        }
        months += step;
        at += steps[i].seconds;
    }
    return mark;
}
