/* map_years: class maps with a band a year. */
#include "map_years.h"
#include "base/mem.h"
#include "base/msg.h"
#include "raster/raster.h"
#include <stdlib.h>

static void take_years(struct map_years *y, const struct ras *r)
{
    y->year = mem_alloc((size_t)r->nbands, sizeof *y->year);
    for (int b = 0; b < r->nbands; b++) {
        if (r->band[b].alpha)
            continue;
        int year = ras_year_in(r->band[b].description);
        if (!year || map_years_has(y, year)) {
            y->n = 0;
            return;
        }
        y->year[y->n++] = year;
    }
}

int map_years_look(struct map_years *y, const char *path)
{
    struct ras r;
    if (y->looked)
        return MSG_OK;
    int status = ras_open(&r, path);
    if (status != MSG_OK)
        return status;
    if (r.nbands > 1 && r.chosen < 0)
        take_years(y, &r);
    y->looked = true;
    ras_close(&r);
    return MSG_OK;
}

bool map_years_has(const struct map_years *y, int year)
{
    for (int i = 0; i < y->n; i++)
        if (y->year[i] == year)
            return true;
    return false;
}

void map_years_free(struct map_years *y)
{
    free(y->year);
    *y = (struct map_years){0};
}
