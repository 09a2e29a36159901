/* Columns by name and by number, and what is said of wrong ones. */
#include "record/columns.h"
#include "catch.h"
#include "unit.h"

/* A reader whose head was read from a file that begins with `text`. */
static void head_of(struct rec_reader *r, const char *text, char delimiter)
{
    static char name[] = "records";
    static char *names[] = {name};
    FILE *f = fopen(name, "w");
    fputs(text, f);
    fclose(f);
    rec_open(r, names, 1, delimiter);
    CHECK(rec_head(r) == MSG_OK);
}

static int find(struct rec_reader *r, const char *list, int column[4], int *n)
{
    return columns_find(r, "--columns", list, 2, 4, column, n);
}

TEST(by_name_and_number)
{
    struct rec_reader r;
    int column[4], n;
    head_of(&r, "#site\tlon\tlat\t2\t\nA\t1\t2\t3\t4\n", REC_TAB);
    CHECK(find(&r, "lon,lat", column, &n) == MSG_OK);
    CHECK(n == 2 && column[0] == 1 && column[1] == 2);
    CHECK(find(&r, "3,1,lon", column, &n) == MSG_OK);
    CHECK(n == 3 && column[0] == 2 && column[1] == 0 && column[2] == 1);
    CHECK(find(&r, "2,1", column, &n) == MSG_OK); /* a name comes before a number */
    CHECK(column[0] == 3 && column[1] == 0);
    CHECK(find(&r, "1,3,,lon", column, &n) == MSG_OK);
    CHECK(n == 4 && column[2] == -1 && column[3] == 1);
    rec_close(&r);
}

TEST(wrong_lists)
{
    static const struct {
        const char *list;
        int status;
        const char *said;
    } wrong[] = {
        {"lon", MSG_USAGE, "needs 2"},
        {"", MSG_USAGE, "not 2 to 4"},
        {",lat", MSG_USAGE, "not 2 to 4"},
        {"lon,lat,site,z,t", MSG_USAGE, "not 2 to 4"},
        {"lon,lon", MSG_USAGE, "twice"},
        {"lon,2", MSG_USAGE, "twice"},
        {"lon,latitude", MSG_INPUT, "\"latitude\" among site, lon, lat, b, b, z, t"},
        {"lon,8", MSG_INPUT, "\"8\" among"},
        {"lon,0", MSG_INPUT, "\"0\" among"},
        {"lon,-1", MSG_INPUT, "\"-1\" among"},
        {"lon,b", MSG_INPUT, "\"b\" twice"},
    };
    struct rec_reader r;
    head_of(&r, "#site\tlon\tlat\tb\tb\tz\tt\n", REC_TAB);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int column[4], n;
        catch_start();
        int status = find(&r, wrong[i].list, column, &n);
        const char *said = catch_end();
        CHECK(status == wrong[i].status);
        CHECK(strstr(said, wrong[i].said) && strstr(said, "--columns"));
    }
    rec_close(&r);
}

TEST(without_a_legend)
{
    struct rec_reader r;
    int column[4], n;
    head_of(&r, "1 2\n", REC_BLANK);
    CHECK(find(&r, "2,17", column, &n) == MSG_OK && column[0] == 1 && column[1] == 16);
    catch_start();
    CHECK(find(&r, "lon,lat", column, &n) == MSG_INPUT);
    CHECK(strstr(catch_end(), "no legend"));
    catch_start();
    CHECK(columns_find_xy(&r, "--columns", true, column) == MSG_INPUT);
    CHECK_TEXT(catch_end(), "eco: records: no legend names the columns of the coordinates: "
                            "name them by --columns\n");
    rec_close(&r);
}

/* "x y" of the columns found, from 1, or what was said. */
static const char *found(const char *legend, bool plane)
{
    static char text[4200];
    struct rec_reader r;
    int column[2] = {-1, -1};
    head_of(&r, legend, REC_TAB);
    catch_start();
    int status = columns_find_xy(&r, "--columns", plane, column);
    const char *said = catch_end();
    CHECK(status == (*said ? MSG_INPUT : MSG_OK));
    if (*said)
        snprintf(text, sizeof text, "%s", said + strlen("eco: records: "));
    else
        snprintf(text, sizeof text, "%d %d", column[0] + 1, column[1] + 1);
    rec_close(&r);
    return text;
}

TEST(by_habit)
{
    static const struct {
        const char *legend, *x_y;
    } cases[] = {
        {"#y\tx\n", "2 1"},
        {"#X\tY\n", "1 2"},
        {"#lon\tlat\n", "1 2"},
        {"#Lat\tLong\tElev\n", "2 1"},
        {"#ID\tCategory\tLatitude\tLongitude\n", "4 3"}, /* AppEEARS */
        {"#LONGITUDE\tLATITUDE\n", "1 2"},
        {"#lon\tlatitude\n", "1 2"},
        {"#X\tlon\tlat\n", "2 3"}, /* what R calls the numbers of rows */
        {"#x\ty\tlon\n", "1 2"},
        {"#x\ty\tlon\tLON\n", "1 2"}, /* longitudes are not asked for */
        {"#lon\tlat\ty\tY\n", "1 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int plane = 0; plane < 2; plane++)
            CHECK_TEXT(found(cases[i].legend, plane), cases[i].x_y);
    CHECK_TEXT(found("#lat\tlon\tX\tY\n", true), "3 4");
    CHECK_TEXT(found("#lat\tlon\tX\tY\n", false), "2 1");
    CHECK_TEXT(found("#lat\tlon\tLON\tx\ty\n", true), "4 5");
}

TEST(more_than_one)
{
    CHECK_TEXT(found("#LON\tlon\tlat\n", false),
               "its longitude may be column 1 (LON) or 2 (lon): name it by --columns\n");
    CHECK_TEXT(found("#longitude\tlon\tlat\n", true),
               "its longitude may be column 1 (longitude) or 2 (lon): name it by "
               "--columns\n");
    CHECK_TEXT(found("#lat\tlon\tLatitude\n", true),
               "its latitude may be column 1 (lat) or 3 (Latitude): name it by "
               "--columns\n");
    CHECK_TEXT(found("#X\tx\ty\n", true),
               "its x may be column 1 (X) or 2 (x): name it by --columns\n");
    CHECK_TEXT(found("#y\tx\ty\ty\n", true),
               "its y may be column 1 (y) or 3 (y): name it by --columns\n");
    CHECK_TEXT(found("#x\ty\tLON\tlon\tlat\n", false),
               "its longitude may be column 3 (LON) or 4 (lon): name it by --columns\n");
}

TEST(none)
{
    static const char *const legends[] = {"#a\tb\n", "#x\tlat\n", "#lon\ty\n",
                                          "#lng\tlat\n", "#x\n"};
    for (size_t i = 0; i < sizeof legends / sizeof *legends; i++)
        CHECK_TEXT(found(legends[i], false),
                   "the legend has no columns x and y, or lon and lat: name them by "
                   "--columns\n");
}

TEST(degrees_by_name)
{
    struct rec_reader r;
    head_of(&r, "#x\ty\tLon\tlatitude\tlat_2\n", REC_TAB);
    CHECK(columns_are_degrees(&r, (int[]){2, 3}));
    CHECK(!columns_are_degrees(&r, (int[]){3, 2}));
    CHECK(!columns_are_degrees(&r, (int[]){0, 1}));
    CHECK(!columns_are_degrees(&r, (int[]){2, 4}));
    CHECK(!columns_are_degrees(&r, (int[]){2, 99}));
    rec_close(&r);
    head_of(&r, "1 2\n", REC_BLANK);
    CHECK(!columns_are_degrees(&r, (int[]){0, 1}));
    rec_close(&r);
}

int main(void)
{
    catch_folder();
    RUN(by_name_and_number);
    RUN(wrong_lists);
    RUN(without_a_legend);
    RUN(by_habit);
    RUN(more_than_one);
    RUN(none);
    RUN(degrees_by_name);
    catch_folder_end();
    return unit_end();
}
