/* floor_table: the least that a table of coarse rasters takes: decode them, transform the
 * cells of the one grid they share once, print a line a cell with a value.
 *
 *     floor_table RASTER...
 *
 * Rasters are float32 in EPSG:32721. The longitude, latitude, x and y of each cell become
 * text once; names say the date as AppEEARS writes it (doyYYYYDDD). */
#include "base/num.h"
#include "floor.h"
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 128 };

struct place {
    char text[TEXT];
    int n;
};

static struct place *places(const struct floor_raster *r)
{
    size_t n = (size_t)r->columns * (size_t)r->rows;
    struct place *place = calloc(n, sizeof *place);
    double *x = malloc(2 * n * sizeof *x), *y = x + n;
    PJ *raw = proj_create_crs_to_crs(NULL, "EPSG:32721", "EPSG:4326", NULL);
    PJ *operation = proj_normalize_for_visualization(NULL, raw);
    for (size_t k = 0; k < n; k++) {
        x[k] = r->x0 + ((double)(k % (size_t)r->columns) + 0.5) * r->dx;
        y[k] = r->y0 + ((double)(k / (size_t)r->columns) + 0.5) * r->dy;
        char *s = place[k].text + TEXT / 2;
        s += num_long(s, (long long)x[k]);
        *s++ = '_';
        s += num_long(s, (long long)y[k]);
        *s = '\0';
    }
    proj_trans_generic(operation, PJ_FWD, x, sizeof *x, n, y, sizeof *y, n, NULL, 0, 0,
                       NULL, 0, 0);
    for (size_t k = 0; k < n; k++) {
        char *s = place[k].text;
        s += num_double(s, y[k]);
        *s++ = ',';
        s += num_double(s, x[k]);
        *s = '\0';
    }
    free(x);
    proj_destroy(operation);
    proj_destroy(raw);
    return place;
}

int main(int argc, char **argv)
{
    struct floor_raster r = {0};
    struct place *place = NULL;
    for (int a = 1; a < argc; a++) {
        const char *doy = strstr(argv[a], "doy");
        floor_decode(&r, argv[a]);
        if (!place)
            place = places(&r);
        const float *v = r.v;
        for (int i = 0; i < r.rows; i++) {
            int row = r.dy > 0 ? i : r.rows - 1 - i; /* y ascending */
            for (int k = row * r.columns; k < (row + 1) * r.columns; k++) {
                if (v[k] != v[k])
                    continue;
                char text[NUM_MAX + 1];
                text[num_float(text, v[k])] = '\0';
                printf("%.7s,%s,%s,%s\n", doy ? doy + 3 : "", place[k].text, text,
                       place[k].text + TEXT / 2);
            }
        }
    }
    free(place);
    free(r.v);
    return 0;
}
