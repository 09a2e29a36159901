/* floor_proj: what the transformation of points alone costs, once PROJ has started.
 *
 *     floor_proj N FROM TO
 *
 * N points as the benchmark's, made in memory; nothing is read or written. */
#include <proj.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    size_t n = argc == 4 ? (size_t)strtol(argv[1], NULL, 10) : 0;
    double *x = malloc((2 * n + 1) * sizeof *x), *y = x + n;
    PJ *raw = n ? proj_create_crs_to_crs(NULL, argv[2], argv[3], NULL) : NULL;
    PJ *operation = raw ? proj_normalize_for_visualization(NULL, raw) : NULL;
    if (!x || !operation)
        return 2;
    uint32_t state = 1;
    for (size_t i = 0; i < 2 * n; i++) {
        state = state * 1664525u + 1013904223u;
        x[i] = (i < n ? 600000 : 9690220) + 109800 * (state / 4294967296.0);
    }
    size_t done = proj_trans_generic(operation, PJ_FWD, x, sizeof *x, n, y, sizeof *y, n,
                                     NULL, 0, 0, NULL, 0, 0);
    proj_destroy(operation);
    proj_destroy(raw);
    free(x);
    return done != n;
}
