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
    CHECK(columns_find_xy(&r, "say --columns X,Y", column) == MSG_INPUT);
    CHECK(strstr(catch_end(), "say --columns X,Y"));
    rec_close(&r);
}

TEST(by_habit)
{
    static const struct {
        const char *legend;
        int x, y;
    } cases[] = {
        {"#y\tx\n", 1, 0},
        {"#lat\tlon\tX\tY\n", 2, 3},
        {"#Longitude\tsite\tLatitude\n", 0, 2},
        {"#Lon\tLat\tlon\tlat\n", -1, -1},
        {"#lon\tlatitude\n", -1, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rec_reader r;
        int column[2] = {-1, -1};
        head_of(&r, cases[i].legend, REC_TAB);
        catch_start();
        int status = columns_find_xy(&r, "say", column);
        catch_end();
        CHECK(status == (cases[i].x < 0 ? MSG_INPUT : MSG_OK));
        CHECK(column[0] == cases[i].x && column[1] == cases[i].y);
        rec_close(&r);
    }
}

int main(void)
{
    catch_folder();
    RUN(by_name_and_number);
    RUN(wrong_lists);
    RUN(without_a_legend);
    RUN(by_habit);
    catch_folder_end();
    return unit_end();
}
