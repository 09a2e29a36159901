/* map_years: class maps with a band a year.
 *
 * A map whose path names no band, and whose bands have a year each in their descriptions,
 * no two the same, has the classes of that year in each. */
#ifndef ECO_MASK_MAP_YEARS_H
#define ECO_MASK_MAP_YEARS_H

#include <stdbool.h>

/* Filled in when it is first asked for. */
struct map_years {
    bool looked;
    int *year; /* of its bands */
    int n;     /* 0: it is no such map */
};

/* MSG_INPUT, told, when the map cannot be read. */
int map_years_look(struct map_years *y, const char *path);
bool map_years_has(const struct map_years *y, int year);
void map_years_free(struct map_years *y);

#endif
