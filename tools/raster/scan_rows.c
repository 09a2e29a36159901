/* scan_rows: steps of the rows over the sphere. */
#include "scan_rows.h"
#include "base/mem.h"
#include "base/msg.h"
#include <math.h>
#include <stdlib.h>

enum { LINES = 5 }; /* of columns that are followed: the edges, the middle, between */

static const double degree = 3.14159265358979323846 / 180;

/* The last place of a column, and the last step that went on; NaN before there is one. */
struct line {
    double at[3], step[3];
};

/* Whether a line steps back to its next place. */
static bool steps_back(struct line *l, double longitude, double latitude)
{
    double x = longitude * degree, y = latitude * degree;
    const double next[3] = {cos(y) * cos(x), cos(y) * sin(x), sin(y)};
    double along = 0, step[3];
    if (isnan(longitude) || isnan(latitude))
        return false;
    for (int i = 0; i < 3; i++) {
        step[i] = next[i] - l->at[i];
        along += step[i] * l->step[i];
        l->at[i] = next[i];
    }
    for (int i = 0; i < 3 && !(along < 0); i++)
        l->step[i] = step[i];
    return along < 0;
}

static int divisor(int a, int b)
{
    while (b) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int scan_rows_find(struct geolocation_array *places, const struct ras *r, int *rows)
{
    int columns = r->grid.columns, n = r->grid.rows, back = 0, first = 0;
    double *x = mem_alloc((size_t)columns, sizeof *x);
    double *y = mem_alloc((size_t)columns, sizeof *y);
    struct line line[LINES];
    for (int i = 0; i < LINES; i++)
        line[i] = (struct line){{NAN, NAN, NAN}, {NAN, NAN, NAN}};
    *rows = n;
    for (int row = 0; row < n && places->status == MSG_OK; row++) {
        bool any = false;
        places->places(places, 0, row, columns, 1, x, y);
        for (int i = 0; i < LINES; i++) {
            int c = (int)((long long)(columns - 1) * i / (LINES - 1));
            any |= steps_back(&line[i], x[c], y[c]);
        }
        if (!any)
            continue;
        first = back++ ? first : row;
        *rows = divisor(*rows, row);
    }
    free(x);
    free(y);
    if (places->status != MSG_OK || *rows == n)
        return places->status;
    if (*rows >= 2 && back == n / *rows - 1)
        return MSG_OK;
    msg_error("%s: nothing says how many rows of this swath are seen at once, and %d of "
              "them step back (the first is row %d), at no even distance; --rows-per-scan "
              "says it (VIIRS: 16, or 32 of its I bands; MODIS: 10)",
              r->path, back, first);
    return MSG_INPUT;
}
