/* Heights and times, the operations that points go through, and grids that are missing.
 * PROJ is given a folder with its database alone, so that no grid is there. */
#include "geo/crs_operations.h"
#include "catch.h"
#include "geo/crs_transform.h"
#include "unit.h"

static struct crs_transform *open_map(const char *from, const char *to, unsigned flags)
{
    struct crs_transform *map = NULL;
    CHECK(crs_transform_open_as(&map, crs_of(from), crs_of(to), NULL, flags, "test") ==
          MSG_OK);
    return map;
}

/* What cs2cs makes of one line: three numbers. */
static void by_cs2cs(const char *from, const char *to, const char *line, double v[3])
{
    char command[400], said[400];
    snprintf(command, sizeof command, "echo '%s' | cs2cs -f %%.12f %s %s", line, from, to);
    FILE *f = popen(command, "r");
    CHECK(f && fgets(said, sizeof said, f));
    pclose(f);
    char *rest;
    v[0] = strtod(said, &rest);
    v[1] = strtod(rest, &rest);
    v[2] = strtod(rest, NULL);
}

/* Geographic 3D to geocentric: a height moves all three; cs2cs takes latitude first. */
TEST(heights)
{
    struct crs_transform *map = open_map("EPSG:4979", "EPSG:4978", 0);
    double x[] = {9, 9, 9, 200, 9}, y[] = {49, 49, NAN, 40, 49};
    double z[] = {1000, NAN, 5, 5, 0}, a[3];
    crs_forward_zt(map, x, y, z, NULL, 5);
    by_cs2cs("EPSG:4979", "EPSG:4978", "49 9 1000", a);
    CHECK_NEAR(x[0], a[0], 1e-9);
    CHECK_NEAR(y[0], a[1], 1e-9);
    CHECK_NEAR(z[0], a[2], 1e-9);
    CHECK(x[1] == x[4] && y[1] == y[4] && isnan(z[1])); /* 0, but unknown */
    CHECK(isnan(x[2]) && isnan(y[2]) && isnan(z[2]));
    crs_transform_close(map);

    map = open_map("EPSG:4979", "EPSG:4979", 0);
    double u = HUGE_VAL, v = 1, w = 2;
    crs_forward_zt(map, &u, &v, &w, NULL, 1);
    CHECK(isnan(u) && isnan(v) && isnan(w));
    crs_transform_close(map);
}

/* A transformation that depends on time: plates move by centimetres a year. */
TEST(times)
{
    struct crs_transform *map = open_map("EPSG:7912", "EPSG:7843", 0);
    double x[] = {150, 150, 150}, y[] = {-30, -30, -30}, z[] = {0, 0, 0};
    double t[] = {2010, 2030, NAN}, early[3], late[3];
    crs_forward_zt(map, x, y, z, t, 3);
    by_cs2cs("EPSG:7912", "EPSG:7843", "-30 150 0 2010", early);
    by_cs2cs("EPSG:7912", "EPSG:7843", "-30 150 0 2030", late);
    CHECK_NEAR(y[0], early[0], 1e-11);
    CHECK_NEAR(x[0], early[1], 1e-11);
    CHECK_NEAR(y[1], late[0], 1e-11);
    CHECK_NEAR(x[1], late[1], 1e-11);
    CHECK(fabs(y[1] - y[0]) > 1e-6); /* 7 cm a year */
    crs_transform_close(map);
}

/* The order of axes that an authority has, and what is the same then. */
TEST(authority_order)
{
    struct crs_transform *map = open_map("EPSG:4326", "EPSG:3035", CRS_AUTHORITY_ORDER);
    double x = 50, y = 9, a[3];
    crs_forward_zt(map, &x, &y, NULL, NULL, 1);
    by_cs2cs("EPSG:4326", "EPSG:3035", "50 9", a);
    CHECK_NEAR(x, a[0], 1e-9);
    CHECK_NEAR(y, a[1], 1e-9);
    crs_transform_close(map);
    map = open_map("EPSG:4326", "OGC:CRS84", CRS_AUTHORITY_ORDER);
    CHECK(!crs_transform_identity(map));
    x = 50, y = 9;
    crs_forward_zt(map, &x, &y, NULL, NULL, 1);
    CHECK(x == 9 && y == 50);
    crs_transform_close(map);
}

/* NAD27 has an operation for many regions; counting must not change what comes out. */
TEST(tally)
{
    enum { N = 5 };
    double x[N] = {-106.7, -80, -150, -106.8, -80.1}, y[N] = {34.3, 40, 64, 34.4, 40.1};
    double u[N], v[N];
    memcpy(u, x, sizeof x);
    memcpy(v, y, sizeof y);
    struct crs_transform *plain = open_map("EPSG:4267", "EPSG:4326", 0);
    struct crs_transform *counted = open_map("EPSG:4267", "EPSG:4326", CRS_TALLY);
    crs_forward_zt(plain, u, v, NULL, NULL, N);
    crs_forward_zt(counted, x, y, NULL, NULL, N);
    CHECK(memcmp(x, u, sizeof x) == 0 && memcmp(y, v, sizeof y) == 0);
    const struct crs_operations *tally = crs_transform_tally(counted);
    CHECK(tally->n == 3);
    CHECK(tally->n == 3 && tally->way[0].points == 2 && tally->way[1].points == 2 &&
          tally->way[2].points == 1);
    /* EPSG's accuracies of NAD27 to WGS 84 (6), (4) and (7) */
    CHECK(tally->n == 3 && tally->way[0].accuracy == 7 && tally->way[1].accuracy == 10 &&
          tally->way[2].accuracy == 12);
    CHECK(tally->n && strcmp(tally->way[0].name, "NAD27 to WGS 84 (6)") == 0);
    crs_transform_close(plain);
    crs_transform_close(counted);
}

TEST(missing_grids)
{
    struct crs_transform *map = open_map("EPSG:31467", "EPSG:25832", CRS_BOUNDS);
    double x[] = {3500000, 3510000, NAN}, y[] = {5500000, 5510000, 1};
    crs_forward_zt(map, x, y, NULL, NULL, 3);
    struct crs_operations ways;
    crs_transform_operations(map, &ways);
    bool found = false;
    for (size_t i = 0; i < ways.n; i++)
        found = found || (ways.way[i].missing && strstr(ways.way[i].missing, "BETA2007"));
    CHECK(found);
    crs_operations_free(&ways);
    catch_start();
    crs_transform_report(map, false);
    const char *said = catch_end();
    CHECK(strstr(said, "warning: EPSG:31467 to EPSG:25832: accuracy ") != NULL);
    CHECK(strchr(said, '\n') == strrchr(said, '\n'));
    crs_transform_close(map);
}

/* A conversion has no error and no grids; nor has a map that no point went through. */
TEST(nothing_to_say)
{
    struct crs_transform *conversion = open_map("EPSG:32721", "EPSG:4326", CRS_BOUNDS);
    struct crs_transform *unused = open_map("EPSG:31467", "EPSG:25832", CRS_BOUNDS);
    double x = 5e5, y = 9e6;
    crs_forward_zt(conversion, &x, &y, NULL, NULL, 1);
    catch_start();
    crs_transform_report(conversion, false);
    crs_transform_report(unused, true);
    CHECK_TEXT(catch_end(), "");
    crs_transform_close(conversion);
    crs_transform_close(unused);
}

TEST(text_of_files)
{
    static const struct {
        const char *held;
        size_t n;
        const char *text; /* NULL: refused */
    } cases[] = {
        {"EPSG:4326\n", 10, "EPSG:4326"},
        {"\xef\xbb\xbf+proj=longlat\r\n\n", 18, "+proj=longlat"},
        {"", 0, NULL},
        {" \n", 2, NULL},
        {"a\0b", 3, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FILE *f = fopen("file.prj", "w");
        fwrite(cases[i].held, 1, cases[i].n, f);
        fclose(f);
        catch_start();
        const struct crs *crs = crs_read("file.prj", "--to");
        const char *said = catch_end();
        if (cases[i].text)
            CHECK_TEXT(crs ? crs_text(crs) : "", cases[i].text);
        else
            CHECK(!crs && strstr(said, "--to: file.prj"));
    }
    CHECK(crs_read("no such file", "--to") == crs_of("no such file"));
}

int main(void)
{
    catch_folder();
    /* wherever PROJ has its database */
    CHECK(system("for d in $(projinfo --searchpaths); do"
                 " [ ! -e \"$d/proj.db\" ] || ln -sf \"$d/proj.db\" .; done") == 0);
    setenv("PROJ_DATA", ".", 1);
    setenv("PROJ_LIB", ".", 1);
    setenv("PROJ_USER_WRITABLE_DIRECTORY", "none", 1);
    RUN(heights);
    RUN(times);
    RUN(authority_order);
    RUN(tally);
    RUN(missing_grids);
    RUN(nothing_to_say);
    RUN(text_of_files);
    catch_folder_end();
    return unit_end();
}
