/* differ: whether two float32 rasters of one size hold the same.
 *
 *     differ A B TOLERANCE SHARE
 *
 * Says how many pixels differ by more than TOLERANCE, or have a value in one alone; exits
 * with 1 when these are more than SHARE of all. */
#include "floor.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct floor_raster a = {0}, b = {0};
    if (argc != 5)
        return 2;
    double tolerance = strtod(argv[3], NULL), share = strtod(argv[4], NULL);
    floor_decode(&a, argv[1]);
    floor_decode(&b, argv[2]);
    if (a.columns != b.columns || a.rows != b.rows || a.bytes != 4 || b.bytes != 4)
        floor_die("another size than the other's", argv[1]);
    const float *va = a.v, *vb = b.v;
    size_t all = (size_t)a.columns * (size_t)a.rows, one = 0, off = 0;
    for (size_t i = 0; i < all; i++) {
        one += isnan(va[i]) != isnan(vb[i]);
        off += fabs((double)va[i] - (double)vb[i]) > tolerance;
    }
    printf("of %zu pixels %zu differ and %zu have a value in one alone\n", all, off, one);
    free(a.v);
    free(b.v);
    return (double)(off + one) > share * (double)all;
}
