/* Coordinate reference systems, with cs2cs and projinfo as the oracles. */
#include "base/buf.h"
#include "base/mem.h"
#include "catch.h"
#include "dice.h"
#include "geo/crs_private.h"
#include "geo/crs_transform.h"
#include "unit.h"

/* One point after the other through cs2cs, x y there and back, whatever the authority's
 * order of axes. */
static void by_cs2cs(const char *from, bool swap_in, const char *to, bool swap_out,
                     double *x, double *y, int n)
{
    char command[400];
    FILE *f = fopen("points", "w");
    for (int i = 0; i < n; i++)
        fprintf(f, "%.17g %.17g\n", swap_in ? y[i] : x[i], swap_in ? x[i] : y[i]);
    fclose(f);
    snprintf(command, sizeof command, "cs2cs -f %%.12f %s +to %s points >moved", from, to);
    CHECK(system(command) == 0);
    f = fopen("moved", "r");
    char line[400];
    for (int i = 0; i < n; i++) {
        CHECK(fgets(line, sizeof line, f) != NULL);
        char *rest;
        double a = strtod(line, &rest), b = strtod(rest, NULL);
        x[i] = swap_out ? b : a;
        y[i] = swap_out ? a : b;
    }
    fclose(f);
}

TEST(as_cs2cs)
{
    static const struct {
        const char *from, *to;
        bool swap_in, swap_out;
        double x0, y0, x1, y1, tolerance;
    } cases[] = {
        {"EPSG:4326", "EPSG:32721", true, false, -60, -10, -54, 2, 1e-6},
        {"EPSG:32721", "EPSG:4326", false, true, 2e5, 8e6, 8e5, 1e7, 1e-11},
        {"EPSG:32720", "EPSG:32721", false, false, 5e5, 9e6, 8e5, 9.9e6, 1e-6},
        {"EPSG:4326", "EPSG:5070", true, false, -120, 25, -70, 48, 1e-6},
        {"EPSG:5070", "EPSG:32613", false, false, -1.2e6, 1.2e6, -8e5, 1.6e6, 1e-6},
        {"EPSG:4674", "EPSG:5880", true, false, -70, -30, -40, 0, 1e-6},
        {"EPSG:4326", "EPSG:3413", true, false, -180, 60, 180, 89, 1e-6},
        {"+proj=sinu +R=6371007.181 +type=crs", "EPSG:4326", false, true, 1e6, 1e6, 2e6,
         5e6, 1e-11},
    };
    enum { N = 100 };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double x[N], y[N], ox[N], oy[N], pair[2 * N];
        for (int i = 0; i < N; i++) {
            x[i] = cases[c].x0 + (cases[c].x1 - cases[c].x0) * (i % 10) / 9;
            y[i] = cases[c].y0 + (cases[c].y1 - cases[c].y0) * (i / 10) / 9;
            ox[i] = x[i];
            oy[i] = y[i];
            pair[2 * i] = x[i];
            pair[2 * i + 1] = y[i];
        }
        by_cs2cs(cases[c].from, cases[c].swap_in, cases[c].to, cases[c].swap_out, ox, oy,
                 N);
        struct crs_transform *map;
        CHECK(crs_transform_open(&map, crs_of(cases[c].from), crs_of(cases[c].to), NULL,
                                 "test") == MSG_OK);
        CHECK(!crs_transform_identity(map));
        crs_forward(map, pair, pair + 1, 2, N);
        double back = fabs(cases[c].x1) < 1000 ? 1e-9 : 1e-4;
        for (int i = 0; i < N; i++) {
            CHECK_NEAR(pair[2 * i], ox[i], cases[c].tolerance);
            CHECK_NEAR(pair[2 * i + 1], oy[i], cases[c].tolerance);
        }
        crs_inverse(map, pair, pair + 1, 2, N);
        for (int i = 0; i < N; i++) {
            CHECK_NEAR(pair[2 * i], x[i], fabs(x[i]) == 180 ? 361 : back);
            CHECK_NEAR(pair[2 * i + 1], y[i], back);
        }
        crs_transform_close(map);
    }
}

/* A few points of everywhere, some beyond it. */
static void throw_points(bool degrees, double *x, double *y, int n)
{
    static const double odd[] = {NAN, HUGE_VAL, -HUGE_VAL, 0, 1e9, -400, 90.0001};
    for (int i = 0; i < n; i++) {
        x[i] = degrees ? dice_real(-190, 190) : dice_real(-2e6, 3e6);
        y[i] = degrees ? dice_real(-91, 91) : dice_real(-1e6, 1.1e7);
        if (i % 50 == 0)
            x[i] = odd[i / 50 % 7];
        if (i % 70 == 0)
            y[i] = odd[i / 70 % 7];
    }
}

/* The operation that is made without PROJ's database against the one that PROJ finds in
 * it, which CRS_TALLY asks for: bit for bit, there and back. */
TEST(without_database)
{
    enum { N = 1000, PAIRS = 40 };
    static double x[N], y[N], other_x[N], other_y[N];
    int wrong = 0, good = 0;
    for (int i = 0; i < PAIRS; i++) {
        char from[32], to[32];
        int zone = (int)dice(1, 60), half = dice(0, 1) ? 32600 : 32700;
        snprintf(from, sizeof from, "EPSG:%d", i % 3 == 1 ? 4326 : half + zone);
        zone = i % 2 ? zone % 60 + 1 : (int)dice(1, 60);
        half = dice(0, 1) ? 32600 : 32700;
        snprintf(to, sizeof to, "EPSG:%d", i % 3 == 0 ? 4326 : half + zone);
        if (strcmp(from, to) == 0)
            continue;
        struct crs_transform *plain, *usual;
        CHECK(crs_transform_open(&plain, crs_of(from), crs_of(to), NULL, "test") == MSG_OK);
        CHECK(crs_transform_open_as(&usual, crs_of(from), crs_of(to), NULL, CRS_TALLY,
                                    "test") == MSG_OK);
        for (int back = 0; back < 2; back++) {
            throw_points(i % 3 == (back ? 0 : 1), x, y, N);
            /* A longitude that PROJ refuses, but not from the end of a pipeline. */
            for (int k = 0; i % 3 == 0 && back && k < N; k++)
                x[k] = x[k] == 1e9 ? 0 : x[k];
            memcpy(other_x, x, sizeof x);
            memcpy(other_y, y, sizeof y);
            (back ? crs_inverse : crs_forward)(plain, x, y, 1, N);
            (back ? crs_inverse : crs_forward)(usual, other_x, other_y, 1, N);
            for (int k = 0; k < N; k++) {
                wrong += !(x[k] == other_x[k] && y[k] == other_y[k]) &&
                         !(isnan(x[k]) && isnan(other_x[k]));
                good += isfinite(x[k]);
            }
        }
        crs_transform_close(plain);
        crs_transform_close(usual);
    }
    CHECK(wrong == 0);
    CHECK(good > 10000);
}

TEST(plain)
{
    CHECK(crs_wgs84_utm(crs_of("EPSG:4326")) == 4326 &&
          crs_wgs84_utm(crs_of("EPSG:32601")) == 32601);
    CHECK(crs_wgs84_utm(crs_of("EPSG:32760")) == 32760 &&
          crs_wgs84_utm(crs_of("EPSG:32660")) == 32660);
    static const char *const others[] = {
        "",           "EPSG:",      "EPSG:4327",  "EPSG:32600",     "EPSG:32661",
        "EPSG:32700", "EPSG:32761", "EPSG:04326", "EPSG:+4326",     "EPSG:4326 ",
        "epsg:4326",  "4326",       "EPSG:43260", "EPSG:4294971622"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK(crs_wgs84_utm(crs_of(others[i])) == 0);
}

/* What a code alone says all of; a database has the rest. */
TEST(codes)
{
    static const int plain[] = {4326, 32721, 31981, 5070, 3857, 2193, 4674, 4269};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        CHECK(crs_plain_code(crs_of_epsg(plain[i])) == plain[i]);
    static const char *const others[] = {"EPSG:2229" /* feet */,
                                         "EPSG:4807" /* grads */,
                                         "EPSG:29121" /* replaced */,
                                         "EPSG:4979" /* 3 axes */,
                                         "EPSG:4978" /* geocentric */,
                                         "EPSG:5773" /* heights */,
                                         "EPSG:31981+5773",
                                         "EPSG:32767",
                                         "EPSG:1",
                                         "ESRI:54008",
                                         "SIRGAS 2000",
                                         "EPSG:"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK(crs_plain_code(crs_of(others[i])) == 0);
    CHECK(crs_has_ellipsoid(crs_of_epsg(4674), 6378137, 298.257222101));
    CHECK(!crs_has_ellipsoid(crs_of_epsg(4674), 6378137, 298.257223563));
    CHECK(!crs_has_ellipsoid(crs_of_epsg(4674), 6378138, 298.257222101));
    CHECK(!crs_has_ellipsoid(crs_of("nothing"), 6378137, 298.257222101));
}

TEST(points_that_fail)
{
    struct crs_transform *map;
    CHECK(crs_transform_open(&map, crs_of("EPSG:4326"), crs_of("EPSG:32721"), NULL,
                             "test") == MSG_OK);
    double x[] = {-57, NAN, -57, -57, HUGE_VAL, -57}, y[] = {-3, 0, 95, NAN, 1, -3};
    crs_forward(map, x, y, 1, 6);
    CHECK(isfinite(x[0]) && x[0] == x[5] && y[0] == y[5]);
    for (int i = 1; i < 5; i++)
        CHECK(isnan(x[i]) && isnan(y[i]));
    crs_forward(map, NULL, NULL, 1, 0);
    crs_transform_close(map);
    crs_transform_close(NULL);
}

TEST(identity)
{
    static const char *const same[][2] = {
        {"EPSG:32721", "EPSG:32721"},
        {"EPSG:4326", "OGC:CRS84"},
        {"EPSG:32721",
         "+proj=utm +zone=21 +south +datum=WGS84 +units=m +no_defs +type=crs"},
        {"EPSG:32721", "+proj=utm +zone=21 +south +datum=WGS84"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct crs_transform *map;
        CHECK(crs_transform_open(&map, crs_of(same[i][0]), crs_of(same[i][1]), NULL,
                                 "test") == MSG_OK);
        CHECK(crs_transform_identity(map) &&
              crs_same(crs_of(same[i][0]), crs_of(same[i][1])));
        double x = 0.1, y = 0.2;
        crs_forward(map, &x, &y, 1, 1);
        crs_inverse(map, &x, &y, 1, 1);
        CHECK(x == 0.1 && y == 0.2);
        crs_transform_close(map);
    }
    CHECK(!crs_same(crs_of("EPSG:32721"), crs_of("EPSG:32720")));
    CHECK(!crs_same(crs_of("EPSG:4326"), crs_of("EPSG:4674")) &&
          crs_same(crs_of("EPSG:4326"), crs_of("EPSG:4979")) &&
          crs_same(crs_of("EPSG:4326+5773"), crs_of("EPSG:4979")));
    CHECK(!crs_same(crs_of("EPSG:4326"), crs_of("no such thing")));
}

TEST(refusals)
{
    static const char *const none[] = {"",
                                       "EPSG:99999999",
                                       "32721",
                                       "what",
                                       "foo" /* PROJ would take it for Amersfoort */,
                                       "EPSG:7030" /* an ellipsoid */,
                                       "EPSG:6326",
                                       "+proj=no",
                                       "GEOGCS[\"broken\"",
                                       "EPSG:",
                                       "+proj=utm +zone=61 +datum=WGS84"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct crs_transform *map;
        catch_start();
        int a = crs_transform_open(&map, crs_of(none[i]), crs_of("EPSG:4326"), NULL,
                                   "scene.tif");
        const char *said = catch_end();
        CHECK(a == MSG_INPUT && !map);
        CHECK(strstr(said, "scene.tif: not a coordinate reference system") != NULL);
        CHECK(strchr(said, '\n') == said + strlen(said) - 1);
        catch_start();
        CHECK(crs_transform_open(&map, crs_of("EPSG:4326"), crs_of(none[i]), NULL,
                                 "scene.tif") == MSG_INPUT);
        CHECK(crs_named(crs_of(none[i]), "x") == NULL);
        catch_end();
        CHECK(!crs_is_geographic(crs_of(none[i])));
    }
}

/* What a command prints, newlines made blanks. */
static char *printed(const char *command)
{
    struct buf b = {0};
    FILE *f = popen(command, "r");
    for (int c; (c = getc(f)) != EOF;)
        buf_putc(&b, c == '\n' ? ' ' : (char)c);
    CHECK(pclose(f) == 0 && b.n > 0);
    return b.s ? b.s : mem_text("");
}

static void check_name(const char *crs, const char *expected)
{
    const struct crs *named = crs_named(crs_of(crs), "test");
    CHECK(named != NULL);
    if (named)
        CHECK_TEXT(crs_text(named), expected);
}

TEST(names)
{
    check_name("EPSG:4326", "EPSG:4326");
    check_name("epsg:32721", "EPSG:32721");
    check_name("+proj=utm +zone=21 +south +datum=WGS84 +units=m", "EPSG:32721");
    check_name("OGC:CRS84", "OGC:CRS84");
    static const char *const codes[] = {"32721", "5070", "5880", "4674"};
    static const char *const forms[] = {"WKT1_GDAL", "WKT2:2019", "WKT1_ESRI", "PROJJSON"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            char command[200], code[20];
            snprintf(command, sizeof command, "projinfo -q -o %s EPSG:%s", forms[k],
                     codes[i]);
            snprintf(code, sizeof code, "EPSG:%s", codes[i]);
            char *text = printed(command);
            check_name(text, code);
            CHECK(crs_same(crs_of(text), crs_of(code)));
            free(text);
        }
}

/* What has no code is WKT on one line, which means the same again. */
TEST(names_without_code)
{
    static const char *const own[] = {
        "+proj=laea +lat_0=-3 +lon_0=-60 +datum=WGS84 +units=m",
        "+proj=sinu +R=6371007.181 +units=m",
        "+proj=utm +zone=21 +south +ellps=bessel +units=m",
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        const struct crs *named = crs_named(crs_of(own[i]), "test");
        CHECK(named != NULL);
        if (!named)
            continue;
        const char *name = crs_text(named);
        CHECK(strncmp(name, "PROJCRS[", 8) == 0 && !strpbrk(name, "\n\t"));
        CHECK(crs_named(named, "test") == named);
        char typed[200];
        snprintf(typed, sizeof typed, "%s +type=crs", own[i]);
        CHECK(crs_same(named, crs_of(typed)));
    }
}

TEST(geographic)
{
    CHECK(crs_is_geographic(crs_of("EPSG:4326")) && crs_is_geographic(crs_of("OGC:CRS84")));
    CHECK(crs_is_geographic(crs_of("EPSG:4979")) &&
          crs_is_geographic(crs_of("+proj=longlat +type=crs")));
    CHECK(crs_is_geographic(crs_of("+proj=longlat +datum=WGS84")));
    CHECK(!crs_is_geographic(crs_of("EPSG:32721")) &&
          !crs_is_geographic(crs_of("EPSG:4978")));
    char *bound = printed("projinfo -q -o WKT2:2019 '+proj=longlat +ellps=bessel "
                          "+towgs84=1,2,3 +type=crs'");
    CHECK(crs_is_geographic(crs_of(bound)));
    free(bound);
}

/* The zone's middle meridian is within 3 degrees, as projinfo knows the zone. */
TEST(utm)
{
    for (int longitude = -720; longitude <= 720; longitude++) {
        for (int side = -1; side <= 1; side += 2) {
            int code = crs_utm(longitude + 0.5, side * 10);
            int zone = code - (side > 0 ? 32600 : 32700);
            CHECK(zone >= 1 && zone <= 60);
            double apart = fmod(longitude + 0.5 - (zone * 6 - 183) + 1080, 360);
            CHECK(apart < 3 || apart > 357);
        }
    }
    CHECK(crs_utm(-180, 0) == 32601 && crs_utm(180, 0) == 32601);
    CHECK(crs_utm(179.999, -1) == 32760 && crs_utm(0, 0) == 32631 &&
          crs_utm(-60, -3) == 32721);
    CHECK(crs_utm(0, 84) == 32631 && crs_utm(0, 84.1) == 0 && crs_utm(0, -80) == 32731);
    CHECK(crs_utm(0, -80.1) == 0 && crs_utm(NAN, 0) == 0 && crs_utm(0, NAN) == 0);
    CHECK(crs_utm(HUGE_VAL, 0) == 0);
    CHECK(crs_utm(nextafter(-180, -200), 0) == 32660);
}

TEST(metres)
{
    CHECK_NEAR(crs_metres(crs_of("EPSG:32721")), 1, 0);
    CHECK_NEAR(crs_metres(crs_of("EPSG:2225")), 1200.0 / 3937, 1e-15); /* US survey feet */
    CHECK_NEAR(crs_metres(crs_of("+proj=utm +zone=21 +units=km")), 1000, 0);
    CHECK_NEAR(crs_metres(crs_of("EPSG:32721+5773")), 1, 0); /* with heights */
    CHECK_NEAR(crs_metres(crs_of("EPSG:4326")), 0, 0);
    CHECK_NEAR(crs_metres(crs_of("no CRS")), 0, 0);
}

/* What needs no PROJ, or not its database, must not open it. To be run first. */
TEST(without_proj)
{
    const struct crs *degrees = crs_of("EPSG:4326"), *zone = crs_of_epsg(32721);
    const struct crs *odd = crs_of("nothing that PROJ knows");
    struct crs_transform *map;
    CHECK(crs_is_geographic(degrees) && !crs_is_geographic(zone));
    CHECK(crs_metres(degrees) == 0 && crs_metres(zone) == 1);
    CHECK(crs_turn(degrees) == 360 && crs_turn(zone) == 0);
    CHECK(!crs_same(degrees, zone) && crs_same(odd, odd));
    CHECK(crs_named(zone, "test") == zone);
    CHECK(crs_transform_open(&map, odd, odd, NULL, "test") == MSG_OK);
    CHECK(crs_transform_identity(map));
    crs_transform_close(map);
    CHECK(!crs_session()->context && !crs_session()->plain);
    CHECK(crs_transform_open(&map, degrees, zone, NULL, "test") == MSG_OK);
    crs_transform_close(map);
    CHECK(!crs_session()->context && crs_session()->plain);
}

/* One text, one object, however many there are; each is worked out once. */
TEST(objects)
{
    enum { MANY = 1000 };
    static const struct crs *all[MANY];
    char text[32];
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "EPSG:%d", 20000 + i);
        all[i] = crs_of(text);
        CHECK_TEXT(crs_text(all[i]), text);
    }
    for (int i = 0; i < MANY; i++)
        CHECK(all[i] == crs_of_epsg(20000 + i) && all[i] != all[(i + 1) % MANY]);

    const struct crs *albers = crs_of("EPSG:5070");
    CHECK(crs_metres(albers) == 1 && !crs_is_geographic(albers));
    const void *parsed = albers->facts->pj;
    CHECK(parsed && crs_same(crs_of("epsg:5070"), albers) && albers->facts->pj == parsed);
    struct crs_transform *a, *b;
    CHECK(crs_transform_open(&a, crs_of_epsg(4269), albers, NULL, "test") == MSG_OK);
    CHECK(crs_transform_open(&b, crs_of_epsg(4269), albers, NULL, "test") == MSG_OK);
    CHECK(a != b && a->path.operation && a->path.operation == b->path.operation);
    crs_transform_close(a);
    double x = -96, y = 23;
    crs_forward(b, &x, &y, 1, 1);
    CHECK_NEAR(x, 0, 1e-6);
    crs_transform_close(b);
}

/* One that is freed is no other's. */
TEST(own)
{
    struct crs *own = crs_new("EPSG:4269");
    const struct crs *shared = crs_of("EPSG:4269");
    struct crs_transform *map;
    CHECK(own != shared && crs_same(own, shared) && crs_turn(own) == 360);
    CHECK(crs_transform_open(&map, own, shared, NULL, "test") == MSG_OK);
    CHECK(crs_transform_identity(map));
    crs_transform_close(map);
    CHECK(crs_transform_open(&map, shared, own, NULL, "test") == MSG_OK);
    crs_transform_close(map);
    CHECK(crs_transform_open(&map, own, crs_of_epsg(5070), NULL, "test") == MSG_OK);
    CHECK(!crs_transform_identity(map));
    crs_transform_close(map);
    crs_free(own);
    crs_free(NULL);
}

/* A CRS that is none is told each time, with its reason, though it is looked at once. */
TEST(told_again)
{
    struct crs_transform *map;
    char *first = NULL;
    for (int i = 0; i < 2; i++) {
        catch_start();
        CHECK(crs_transform_open(&map, crs_of("foo"), crs_of_epsg(5070), NULL, "a.tif") ==
              MSG_INPUT);
        const char *said = catch_end();
        CHECK(strstr(said, "(the nearest name is \"Amersfoort\")") != NULL);
        if (i == 0)
            first = mem_text(said);
        else
            CHECK_TEXT(said, first);
    }
    free(first);
}

/* In angles 360, also in those of other data; turned by whole turns to the nearest. */
TEST(turns)
{
    CHECK(crs_turn(crs_of_epsg(4326)) == 360 && crs_turn(crs_of("EPSG:4979")) == 360);
    CHECK(crs_turn(crs_of_epsg(5070)) == 0 && crs_turn(crs_of("no CRS")) == 0);
    CHECK(crs_unwind(190, 360, 0) == -170 && crs_unwind(-730, 360, 10) == -10);
    CHECK(crs_unwind(180, 360, 0) == 180 && crs_unwind(190, 0, 0) == 190);
    CHECK(isnan(crs_unwind(NAN, 360, 0)));
}

int main(void)
{
    catch_folder();
    RUN(without_proj);
    RUN(as_cs2cs);
    RUN(without_database);
    RUN(plain);
    RUN(codes);
    RUN(points_that_fail);
    RUN(identity);
    RUN(refusals);
    RUN(names);
    RUN(names_without_code);
    RUN(geographic);
    RUN(utm);
    RUN(metres);
    RUN(objects);
    RUN(own);
    RUN(told_again);
    RUN(turns);
    catch_folder_end();
    return unit_end();
}
