/* floor_decode: rasters in, all their pixels decoded, the number of pixels out.
 *
 *     floor_decode RASTER... */
#include "floor.h"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct floor_raster r = {0};
    double pixels = 0;
    for (int i = 1; i < argc; i++) {
        floor_decode(&r, argv[i]);
        pixels += (double)r.columns * r.rows;
    }
    printf("%.0f\n", pixels);
    free(r.v);
    return 0;
}
