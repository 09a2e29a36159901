/* Which columns of a table are its coordinates, and in which CRS. */
#include "geo/table_crs.h"
#include "catch.h"
#include "unit.h"

/* "x y CRS", "x y by 3" where records say it, with a "+" when it is these columns' own; or
 * what was said. */
static const char *found(const char *text, struct table_crs_query q)
{
    static char name[] = "table", s[4200];
    static char *names[] = {name};
    FILE *f = fopen(name, "w");
    fputs(text, f);
    fclose(f);
    struct rec_reader r;
    struct table_crs t;
    rec_open(&r, names, 1, REC_TAB);
    CHECK(rec_head(&r) == MSG_OK);
    q.most = 2;
    q.columns_option = "--columns";
    q.crs_option = "--crs";
    catch_start();
    int status = table_crs_find(&t, &q, &r);
    const char *said = catch_end();
    CHECK((status == MSG_OK) == !*said);
    if (status != MSG_OK)
        snprintf(s, sizeof s, "%s", said + strlen("eco: table: "));
    else if (t.crs_column >= 0)
        snprintf(s, sizeof s, "%d %d by %d", t.column[0] + 1, t.column[1] + 1,
                 t.crs_column + 1);
    else
        snprintf(s, sizeof s, "%d %d %s%s", t.column[0] + 1, t.column[1] + 1,
                 crs_text(t.crs), t.own ? "+" : "");
    rec_close(&r);
    return s;
}

#define PLAIN(text)      found(text, (struct table_crs_query){0})
#define FOUND(text, ...) found(text, (struct table_crs_query){__VA_ARGS__})

TEST(from_the_stream)
{
    CHECK_TEXT(PLAIN("##crs=EPSG:32721\n#x\ty\n"), "1 2 EPSG:32721");
    CHECK_TEXT(PLAIN("##crs=EPSG:4674\n#x\ty\n"), "1 2 EPSG:4674");
    CHECK_TEXT(PLAIN("##crs=EPSG:4674\n#lat\tlon\n"), "2 1 EPSG:4674");
    CHECK_TEXT(
        FOUND("##crs=EPSG:4326\n##crs.e=EPSG:32721\n#lon\tlat\te\tn\n", .columns = "e,n"),
        "3 4 EPSG:32721+");
    CHECK_TEXT(PLAIN("##crs.lon=EPSG:4674\n#lon\tlat\n"), "1 2 EPSG:4674+");
    CHECK_TEXT(FOUND("##crs=EPSG:32721\n#x\ty\n", .crs = crs_of("EPSG:3857")),
               "1 2 EPSG:3857");
    CHECK_TEXT(PLAIN("#x\ty\n"),
               "nothing says which CRS its coordinates are in: say --crs CRS\n");
}

TEST(longitude_and_latitude)
{
    CHECK_TEXT(PLAIN("#Longitude\tLatitude\n"), "1 2 EPSG:4326");
    CHECK_TEXT(FOUND("#lon\tlat\n", .crs = crs_of("EPSG:4674")), "1 2 EPSG:4674");
    /* By the user's names and numbers too, but not in the order of latitude first. */
    CHECK_TEXT(FOUND("#id\tlon\tlat\n", .columns = "lon,lat"), "2 3 EPSG:4326");
    CHECK_TEXT(FOUND("#id\tlon\tlat\n", .columns = "2,3"), "2 3 EPSG:4326");
    CHECK_TEXT(FOUND("#id\tlon\tlat\n", .columns = "lat,lon"),
               "nothing says which CRS its coordinates are in: say --crs CRS\n");
    CHECK_TEXT(FOUND("#lon\tlat\n", .no_default = true),
               "nothing says which CRS its coordinates are in: say --crs CRS\n");
    CHECK_TEXT(FOUND("##crs=EPSG:4674\n#lon\tlat\n", .no_default = true), "1 2 EPSG:4674");
    /* The names that eco-reproject leaves columns. */
    CHECK_TEXT(PLAIN("##crs=EPSG:32721\n#lon\tlat\n"), "1 2 EPSG:32721");
}

TEST(both_pairs)
{
    static const char both[] = "#time\tx\ty\tlongitude\tlatitude\n";
    char text[200];
    CHECK_TEXT(PLAIN(both), "4 5 EPSG:4326");
    CHECK_TEXT(FOUND(both, .crs = crs_of("EPSG:32721")), "2 3 EPSG:32721");
    CHECK_TEXT(FOUND(both, .crs = crs_of("EPSG:4674")), "4 5 EPSG:4674");
    CHECK_TEXT(FOUND(both, .columns = "x,y", .crs = crs_of("EPSG:4674")), "2 3 EPSG:4674");
    snprintf(text, sizeof text, "##crs=EPSG:32721\n%s", both);
    CHECK_TEXT(PLAIN(text), "2 3 EPSG:32721");
    CHECK_TEXT(FOUND(text, .columns = "longitude,latitude"), "4 5 EPSG:32721");
    snprintf(text, sizeof text, "##crs=EPSG:4674\n##crs.x=EPSG:32721\n%s", both);
    CHECK_TEXT(PLAIN(text), "2 3 EPSG:32721+"); /* what eco-reproject --append wrote */
    snprintf(text, sizeof text, "##crs=EPSG:4674\n%s", both);
    CHECK_TEXT(PLAIN(text), "4 5 EPSG:4674");
}

TEST(of_each_record)
{
    CHECK_TEXT(FOUND("#x\ty\tcrs\n", .by_record = true), "1 2 by 3");
    CHECK_TEXT(FOUND("#x\ty\tlon\tlat\tcrs\n", .by_record = true), "1 2 by 5");
    CHECK_TEXT(FOUND("##crs=EPSG:4326\n#x\ty\tlon\tlat\tcrs\n", .by_record = true),
               "1 2 by 5");
    CHECK_TEXT(PLAIN("#x\ty\tlon\tlat\tcrs\n"), "3 4 EPSG:4326");
    CHECK_TEXT(FOUND("#lon\tlat\tcrs\n", .by_record = true), "1 2 by 3");
    CHECK_TEXT(FOUND("##crs=EPSG:4326\n#x\ty\tcrs\n", .by_record = true), "1 2 by 3");
    CHECK_TEXT(FOUND("##crs.x=EPSG:3857\n#x\ty\tcrs\n", .by_record = true),
               "1 2 EPSG:3857+");
    CHECK_TEXT(FOUND("#x\ty\tcrs\n", .by_record = true, .crs = crs_of("EPSG:3857")),
               "1 2 EPSG:3857");
}

TEST(hints)
{
    CHECK_TEXT(PLAIN("#a\tb\n"), "the legend has no columns x and y, or lon and lat: name "
                                 "them by --columns\n");
    CHECK_TEXT(PLAIN("lon,lat\n1,2\n"),
               "no legend names the columns of the coordinates: "
               "name them by --columns (or is it CSV: --csv-in)\n");
    CHECK_TEXT(PLAIN("1\t2\n"),
               "no legend names the columns of the coordinates: name them by --columns\n");
    CHECK_TEXT(PLAIN("#LON\tlon\tlat\n"),
               "its longitude may be column 1 (LON) or 2 (lon): name it by --columns\n");
}

int main(void)
{
    catch_folder();
    RUN(from_the_stream);
    RUN(longitude_and_latitude);
    RUN(both_pairs);
    RUN(of_each_record);
    RUN(hints);
    catch_folder_end();
    return unit_end();
}
