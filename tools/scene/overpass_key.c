/* overpass_key: which overpass rasters are of. */
#include "scene/overpass_key.h"
#include "base/mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void overpass_name_take(struct overpass_name *o, const struct scene *s)
{
    *o = (struct overpass_name){.date = s->date, .key = "NA"};
    for (size_t i = 0; i < sizeof o->platform - 1 && s->product[i]; i++)
        o->platform[i] = s->product[i];
    memcpy(o->orbit, s->orbit, sizeof o->orbit);
}

static bool by_time_alone(const struct overpass_name *o)
{
    return !*o->orbit && o->date.has_time;
}

/* Those whose keys are times, of one platform side by side, from the first to the last. */
static int compare(const void *a, const void *b)
{
    const struct overpass_name *p = *(struct overpass_name *const *)a;
    const struct overpass_name *q = *(struct overpass_name *const *)b;
    int order = by_time_alone(q) - by_time_alone(p);
    if (!order)
        order = strcmp(p->platform, q->platform);
    double x = date_seconds(&p->date), y = date_seconds(&q->date);
    return order ? order : (x > y) - (x < y);
}

static void put_key(struct overpass_name *o, const struct date *d)
{
    if (*o->orbit)
        snprintf(o->key, sizeof o->key, "%s_%s", o->platform, o->orbit);
    else if (o->date.has_time)
        snprintf(o->key, sizeof o->key, "%s_%04d%02d%02dT%02d%02d%02d", o->platform,
                 d->year % 10000, d->month, d->day, d->hour, d->minute, d->second);
    else if (o->date.has_date)
        snprintf(o->key, sizeof o->key, "%s_%04d%02d%02d", o->platform, d->year % 10000,
                 d->month, d->day);
}

void overpass_keys(struct overpass_name *o, size_t n)
{
    struct overpass_name **order = mem_alloc(n, sizeof *order);
    const struct overpass_name *first = NULL; /* of the present overpass */
    for (size_t i = 0; i < n; i++)
        order[i] = &o[i];
    qsort(order, n, sizeof *order, compare);
    for (size_t i = 0; i < n; i++) {
        struct overpass_name *now = order[i];
        if (!first || strcmp(order[i - 1]->platform, now->platform) != 0 ||
            date_seconds(&now->date) - date_seconds(&order[i - 1]->date) > OVERPASS_APART)
            first = now;
        put_key(now, by_time_alone(now) ? &first->date : &now->date);
    }
    free(order);
}
