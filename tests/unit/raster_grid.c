/* Grids of pixels: which are the same, and how far around the earth they go. */
#include "geo/raster_grid.h"
#include "unit.h"

static const struct raster_grid degrees = {
    .columns = 3600, .rows = 1800, .gt = {-180, 0.1, 0, 90, 0, -0.1}};

static struct raster_grid on(const char *crs)
{
    struct raster_grid g = degrees;
    g.crs = crs ? crs_of(crs) : NULL;
    return g;
}

TEST(equal)
{
    struct raster_grid a = on("EPSG:4326"), b = a;
    CHECK(raster_grid_equal(&a, &b));
    b.gt[0] = nextafter(b.gt[0], 0);
    CHECK(!raster_grid_equal(&a, &b));
    b = a;
    b.columns++;
    CHECK(!raster_grid_equal(&a, &b));
    b = a;
    b.rows--;
    CHECK(!raster_grid_equal(&a, &b));
    /* By its text: another name of the CRS is another grid, as none is. */
    b = on("OGC:CRS84");
    CHECK(!raster_grid_equal(&a, &b));
    b = on(NULL);
    CHECK(!raster_grid_equal(&a, &b) && raster_grid_equal(&b, &b));
}

TEST(same)
{
    struct raster_grid a = on("EPSG:4326"), b = on("OGC:CRS84"), none = on(NULL);
    CHECK(raster_grid_same(&a, &b) && raster_grid_same(&a, &none));
    b.gt[0] += 0.0009; /* of a pixel of 0.1 */
    CHECK(raster_grid_same(&a, &b) && raster_grid_same(&b, &a));
    b.gt[0] += 0.0002;
    CHECK(!raster_grid_same(&a, &b));
    b = a;
    b.gt[1] *= 1 + 2e-6; /* 0.0072 of a pixel at the far end */
    CHECK(raster_grid_same(&a, &b));
    b.gt[1] *= 1 + 2e-6;
    CHECK(!raster_grid_same(&a, &b));
    b = on("EPSG:4269");
    CHECK(!raster_grid_same(&a, &b));
    b = a;
    b.rows++;
    CHECK(!raster_grid_same(&a, &b));
    b = a;
    b.gt[1] = 0;
    CHECK(!raster_grid_same(&b, &b));
}

TEST(turn)
{
    struct raster_grid g = on("EPSG:4326");
    CHECK(raster_grid_turn(&g) == 360 / 0.1);
    g.gt[1] = -0.25;
    CHECK(raster_grid_turn(&g) == 1440);
    g.gt[1] = 0;
    CHECK(raster_grid_turn(&g) == 0);
    g = on("EPSG:3857");
    CHECK(raster_grid_turn(&g) == 0);
    g = on(NULL);
    CHECK(raster_grid_turn(&g) == 0);
    /* Ten turns away and beyond is no longitude: the CRS is not even looked at. */
    g = on("no CRS at all");
    g.gt[0] = 3600;
    CHECK(raster_grid_turn(&g) == 0);
    g = on("EPSG:4326");
    g.gt[0] = 3600 - 360;
    CHECK(raster_grid_turn(&g) == 3600);
    g.gt[0] += 1;
    CHECK(raster_grid_turn(&g) == 0);
}

TEST(bounds)
{
    double west, east;
    raster_grid_bounds(&degrees, &west, &east);
    CHECK(west == -180 && east == -180 + 3600 * 0.1);
    struct raster_grid turned = {10, 20, {100, 3, -4, 0, 4, 3}, NULL, NULL};
    raster_grid_bounds(&turned, &west, &east);
    CHECK(west == 20 && east == 130);
}

int main(void)
{
    RUN(equal);
    RUN(same);
    RUN(turn);
    RUN(bounds);
    return unit_end();
}
