/* Operations between CRSs: points that fail, and what is told about the rest. */
#include "crs.h"
#include "unit.h"

/* PROJ complains about each point that fails, long after the map was opened: what it
 * says must go to memory that is still there (to see it go elsewhere, build with SAN=1
 * and run with ASAN_OPTIONS=detect_stack_use_after_return=1). */
TEST(failed_points)
{
    struct crs_map *map;
    double x[] = {15, 15, NAN, 15}, y[] = {36, 1e6, 36, 36};
    CHECK(crs_map_open(&map, "EPSG:4326", "EPSG:32633", NULL, "test") == MSG_OK);
    crs_forward(map, x, y, 1, 4);
    CHECK(isnan(x[1]) && isnan(y[1]) && isnan(x[2]) && isnan(y[2]));
    CHECK_NEAR(x[0], 500000, 1e-6);
    CHECK(x[3] == x[0] && y[3] == y[0]);
    crs_map_close(map);
}

int main(void)
{
    RUN(failed_points);
    return unit_end();
}
