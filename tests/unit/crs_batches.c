/* Many CRSs to one: each point goes through its own operation. */
#include "reproject/crs_batches.h"
#include "catch.h"
#include "unit.h"

static void zone_text(char text[64], int i)
{
    snprintf(text, 64, "+proj=utm +zone=%d +datum=WGS84", 1 + i);
}

TEST(as_single_operations)
{
    enum { N = 1000, CRSS = 7 };
    static struct crs_batches set;
    static struct {
        struct crs_batch *group;
        size_t point;
        double x, y;
    } placed[N];
    char text[64];
    crs_batches_open(&set, crs_of("EPSG:4326"), NULL, 0, false, false);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < N; i++) {
            int which = i * i % CRSS;
            zone_text(text, which);
            struct crs_batch *g = crs_batches_find(&set, text, strlen(text));
            if (!g)
                g = crs_batches_add(&set, text, strlen(text), "test");
            double v[4] = {100.0 * i, 5e6 + i, 1, 2};
            placed[i].group = g;
            placed[i].point = crs_batches_point(&set, g, v);
        }
        crs_batches_forward(&set);
        CHECK(set.n == 4); /* squares modulo 7 */
        for (int i = 0; i < N; i++) {
            double x = 100.0 * i, y = 5e6 + i;
            struct crs_transform *map;
            zone_text(text, i * i % CRSS);
            CHECK_TEXT(crs_text(placed[i].group->from), text);
            if (i >= 50 && i < N - 5)
                continue; /* opening an operation takes a while */
            CHECK(crs_transform_open(&map, crs_of(text), crs_of("EPSG:4326"), NULL,
                                     "test") == MSG_OK);
            crs_forward(map, &x, &y, 1, 1);
            CHECK(placed[i].group->v[0][placed[i].point] == x);
            CHECK(placed[i].group->v[1][placed[i].point] == y);
            crs_transform_close(map);
        }
        crs_batches_empty(&set);
    }
    crs_batches_close(&set);
}

/* As many as there is room for, texts that begin alike, and a text cut out of a line. */
TEST(full)
{
    static struct crs_batches set;
    struct crs_batch *group[CRS_BATCHES_MOST];
    crs_batches_open(&set, crs_of("EPSG:4326"), NULL, 0, false, false);
    for (int i = 0; i < CRS_BATCHES_MOST; i++) {
        char text[16];
        int n = snprintf(text, sizeof text, "EPSG:99%04d", i);
        CHECK(!crs_batches_find(&set, text, (size_t)n));
        catch_start();
        group[i] = crs_batches_add(&set, text, (size_t)n, "here");
        CHECK(strstr(catch_end(), "here: not a coordinate reference system"));
        CHECK(!group[i]->map);
    }
    for (int i = 0; i < CRS_BATCHES_MOST; i++) {
        char text[32];
        int n = snprintf(text, sizeof text, "EPSG:99%04d", i);
        memcpy(text + n, "1234", 5);
        CHECK(crs_batches_find(&set, text, (size_t)n) == group[i]);
    }
    CHECK(!crs_batches_find(&set, "EPSG:99", 7));
    crs_batches_close(&set);
    CHECK(!crs_batches_find(&set, "EPSG:990001", 11));
    crs_batches_close(&set);
}

int main(void)
{
    RUN(as_single_operations);
    RUN(full);
    return unit_end();
}
