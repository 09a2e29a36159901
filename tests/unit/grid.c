/* Grid files: written and read again, and what must be refused. */
#include "geo/grid.h"
#include "base/mem.h"
#include "base/msg.h"
#include "catch.h"
#include "dice.h"
#include "unit.h"
#include <fcntl.h>

/* 0 to n - 1. */
static int below(int n)
{
    return (int)dice(0, n - 1);
}

static void put(const char *text)
{
    FILE *f = fopen("grid.txt", "w");
    fputs(text, f);
    fclose(f);
}

TEST(there_and_back)
{
    for (int i = 0; i < 200; i++) {
        struct grid g = {.crs = crs_of(i % 2 ? "EPSG:32721" : "PROJCRS[\"a b\\t\", ...]"),
                         .x0 = dice_real(0, 1) * 1e6,
                         .y0 = -dice_real(0, 1) * 1e7,
                         .dx = dice_real(0, 1) * 1e3 + 1e-9,
                         .dy = dice_real(0, 1) * 1e-3 + 1e-9,
                         .columns = 1 + below(100000),
                         .rows = 1 + below(3),
                         .clip_name =
                             i % 3 ? mem_text("a folder\\with\ttabs\nand.shp") : NULL};
        int rings = below(4);
        for (int r = 0; r < rings; r++) {
            poly_ring(&g.clip);
            for (int k = 3 + below(20); k > 0; k--)
                poly_point(&g.clip, dice_real(0, 1) * 1e6, dice_real(0, 1) * 1e-6);
        }
        struct out o;
        out_init(&o, open("grid.txt", O_WRONLY | O_CREAT | O_TRUNC, 0666), "grid.txt");
        grid_write(&g, &o, i % 2 ? "eco-grid --x" : NULL);
        CHECK(out_close(&o) == MSG_OK);
        struct grid h;
        CHECK(grid_read(&h, "grid.txt") == MSG_OK);
        CHECK(h.crs == g.crs);
        CHECK(h.x0 == g.x0 && h.y0 == g.y0 && h.dx == g.dx && h.dy == g.dy);
        CHECK(h.columns == g.columns && h.rows == g.rows);
        CHECK((h.clip_name == NULL) == (g.clip_name == NULL));
        if (h.clip_name && g.clip_name)
            CHECK_TEXT(h.clip_name, g.clip_name);
        CHECK(h.clip.nrings == g.clip.nrings && h.clip.npoints == g.clip.npoints);
        for (size_t k = 0; k < h.clip.npoints; k++)
            CHECK(h.clip.x[k] == g.clip.x[k] && h.clip.y[k] == g.clip.y[k]);
        for (size_t k = 0; k < h.clip.nrings; k++)
            CHECK(h.clip.ring[k] == g.clip.ring[k]);
        grid_free(&h);
        grid_free(&g);
        grid_free(&g);
    }
}

/* Centres and geotransform mean the same cells. */
TEST(cells)
{
    struct grid g = {
        .x0 = 500000, .y0 = 9700000, .dx = 2200, .dy = 1660, .columns = 33, .rows = 45};
    struct raster_grid cells = grid_cells(&g);
    double x, y;
    CHECK(cells.columns == 33 && cells.rows == 45 && !cells.crs);
    for (int i = 0; i < 45; i++) {
        gt_place(cells.gt, i % 33 + 0.5, i + 0.5, &x, &y);
        CHECK(x == grid_x(&g, i % 33) && y == grid_y(&g, i));
    }
    CHECK(grid_x(&g, 0) == 501100 && grid_y(&g, 0) == 9699170);
}

#define GOOD "##eco.grid=1\n##crs=EPSG:32721\n##x0=0\n##y0=0\n##dx=1\n##dy=1\n"

TEST(refusals)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"", "this grid file is empty"},
        {"#ring\tx\ty\n0\t1\t2\n", "##x0 is missing"},
        {GOOD "##columns=3\n", "##rows is missing"},
        {GOOD "##columns=3\n##rows=x\n", "##rows is not a number"},
        {GOOD "##columns=0\n##rows=1\n", "cells of positive size"},
        {GOOD "##columns=1.5\n##rows=1\n", "cells of positive size"},
        {GOOD "##columns=1e300\n##rows=1\n", "cells of positive size"},
        {GOOD "##columns=nan\n##rows=1\n", "##columns is not a number"},
        {"##x0=0\n##y0=0\n##dx=-1\n##dy=1\n##crs=EPSG:4326\n##columns=1\n##rows=1\n",
         "cells of positive size"},
        {"##x0=0\n##y0=inf\n##dx=1\n##dy=1\n##crs=EPSG:4326\n##columns=1\n##rows=1\n",
         "##y0 is not a number"},
        {"##x0=0\n##y0=0\n##dx=1\n##dy=1\n##columns=1\n##rows=1\n", "##crs is missing"},
        {GOOD "##columns=1\n##rows=1\n#ring\tx\n0\t1\n", "grid.txt:10: a vertex needs"},
        {GOOD "##columns=1\n##rows=1\n0\t1\t2\n", "grid.txt:9: a vertex needs"},
        {GOOD "##columns=1\n##rows=1\n#ring\tx\ty\n0\t1\t2\n0\t1\tx\n",
         "grid.txt:11: y: not a number: \"x\""},
        {GOOD "##columns=1\n##rows=1\n#ring\tx\ty\n0\t1\tNaN\n",
         "grid.txt:10: y: not a place: \"NaN\""},
        {GOOD "##columns=1\n##rows=1\n#ring\tx\ty\n0\tinf\t1\n",
         "grid.txt:10: x: not a place: \"inf\""},
        {GOOD "##columns=1\n##rows=1\n#ring\tx\ty\n0\t1\n", "grid.txt:10: 2 fields"},
        {GOOD "##columns=1\n##rows=1\n#ring\tx\ty\n0\t0\t0\n0\t1\t1\n1\t0\t0\n1\t1\t0\n"
              "1\t0\t1\n",
         "ring 0 has 2 points"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct grid g;
        put(bad[i].text);
        catch_start();
        int status = grid_read(&g, "grid.txt");
        const char *said = catch_end();
        CHECK(status == MSG_INPUT);
        if (!strstr(said, bad[i].said))
            printf("# said: %s", said);
        CHECK(strstr(said, bad[i].said) != NULL);
        CHECK(strchr(said, '\n') == said + strlen(said) - 1);
        CHECK(strncmp(said, "eco: grid.txt:", 14) == 0);
        CHECK(g.crs == NULL && g.clip.npoints == 0);
        grid_free(&g);
    }
}

/* A file that grid_write made, cut anywhere. */
TEST(cuts)
{
    struct grid g = {.x0 = 0.5, .y0 = 12.25, .dx = 2, .dy = 3, .columns = 41, .rows = 52};
    g.crs = crs_of("EPSG:32721");
    for (int clipped = 0; clipped < 2; clipped++) {
        struct out o;
        if (clipped) {
            static const double x[] = {0, 10.5, 10.25, 1.125}, y[] = {1, 0, 12.5, 11.0625};
            poly_ring(&g.clip);
            for (int i = 0; i < 4; i++)
                poly_point(&g.clip, x[i], y[i]);
            g.clip_name = mem_text("clip.geojson");
        }
        out_init(&o, -1, "nothing");
        grid_write(&g, &o, NULL);
        int whole = 0;
        for (size_t n = 0; n <= o.n; n++) {
            char *text = mem_slice(o.s, n);
            struct grid read;
            put(text);
            catch_start();
            int status = grid_read(&read, "grid.txt");
            const char *said = catch_end();
            whole += status == MSG_OK;
            CHECK(status == MSG_OK ? read.columns == 41 && read.rows == 52 &&
                                         read.clip.npoints == g.clip.npoints
                                   : strncmp(said, "eco: grid.txt:", 14) == 0);
            grid_free(&read);
            free(text);
        }
        /* Without a clip the legend says nothing more. */
        CHECK(whole == (clipped ? 1 : 2));
        free(o.s);
    }
    grid_free(&g);
    put("##vertices=1e3\n" GOOD "##columns=2\n##rows=3\n");
    catch_start();
    CHECK(grid_read(&g, "grid.txt") == MSG_INPUT);
    CHECK(strstr(catch_end(), "of its 1e3 vertices 0 are there") != NULL);
}

/* Columns in another order, more of them, comments, CRLF. */
TEST(other_forms)
{
    struct grid g;
    put("# by hand\r\n" GOOD "##columns=2\n##rows=3\n#note\ty\tring\tx\r\na\t0\t7\t0\r\n"
        "b\t0\t7\t1\r\nc\t2\t7\t1\r\n");
    CHECK(grid_read(&g, "grid.txt") == MSG_OK);
    CHECK(g.clip.nrings == 1 && g.clip.npoints == 3 && poly_area(&g.clip) == 1);
    grid_free(&g);
    put(GOOD "##columns=2\n##rows=3\n");
    CHECK(grid_read(&g, "grid.txt") == MSG_OK);
    CHECK(g.clip.nrings == 0 && g.columns == 2 && g.rows == 3);
    grid_free(&g);
}

int main(void)
{
    catch_folder();
    RUN(there_and_back);
    RUN(cells);
    RUN(refusals);
    RUN(cuts);
    RUN(other_forms);
    catch_folder_end();
    return unit_end();
}
