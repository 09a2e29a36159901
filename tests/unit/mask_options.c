/* The options on pixels that count, what does not go together, and the maps of a scene. */
#include "mask/mask_options.h"
#include "base/mem.h"
#include "catch.h"
#include "mask/mask_tags.h"
#include "raster/geotiff_write.h"
#include "unit.h"

enum { MOST = 24 };

/* Takes a command line, words parted by blanks, and checks it; *said is what was told. */
static int take(struct mask_options *o, bool weighs, const char *line, const char **said)
{
    static char words[256];
    char *argv[MOST] = {"tool"};
    int argc = 1;
    snprintf(words, sizeof words, "%s", line);
    for (char *s = words; *s && argc < MOST; argc++) {
        argv[argc] = s;
        s += strcspn(s, " ");
        if (*s)
            *s++ = '\0';
    }
    struct options options;
    *o = (struct mask_options){0};
    options_init(&options, argc, argv, "", "");
    mask_options_add(o, &options, weighs);
    catch_start();
    int status = options_parse(&options, 1, argc, argv);
    if (status == MSG_OK)
        status = mask_options_check(o);
    *said = catch_end();
    options_free(&options);
    return status;
}

TEST(all_of_them)
{
    struct mask_options o;
    const char *said;
    CHECK(take(&o, true,
               "--mask a.tif --classes 3,4 --mask b_{year}.tif --classes 7 --mask-weight "
               "--fallback 2021=2020,2022=2020 --fallback 2023=2020 --keep cloud=0 "
               "--keep QC:mandatory<=1 --companion cloud=c.tif --missing-companion warn",
               &said) == MSG_OK);
    CHECK_TEXT(said, "");
    CHECK(o.nmaps == 2 && strcmp(o.map[1].pattern, "b_{year}.tif") == 0);
    CHECK(o.map[0].classes->wanted[4] && !o.map[0].classes->wanted[7]);
    CHECK(o.map[1].classes->wanted[7]);
    CHECK(o.nfallbacks == 3 && o.fallback[2].missing == 2023 &&
          o.fallback[2].instead == 2020);
    CHECK(quality_count(o.quality) == 2 && o.by_area && o.lenient);
    mask_options_free(&o);
    CHECK(take(&o, false, "--missing-companion error", &said) == MSG_OK);
    CHECK(!o.lenient && !o.nmaps);
    mask_options_free(&o);
}

TEST(wrong_usage)
{
    static const struct {
        const char *line, *said;
    } wrong[] = {
        {"--mask a.tif", "--mask a.tif: its --classes are needed"},
        {"--mask a --mask b --classes 3", "--mask a: its --classes are needed"},
        {"--classes 3", "--classes: name the --mask before its classes"},
        {"--mask a --classes 3 --classes 15", "--classes: given twice for a"},
        {"--mask a --classes x", "--classes: not a list of classes"},
        {"--mask 1 --mask 2 --mask 3 --mask 4 --mask 5 --mask 6 --mask 7 --mask 8 --mask 9",
         "--mask: at most 8"},
        {"--fallback 2025=2024", "--fallback needs a --mask with {year}"},
        {"--mask a --classes 3 --fallback 2025=2024",
         "--fallback needs a --mask with {year}"},
        {"--fallback 2025", "--fallback: not a list of years such as 2025=2024: \"2025\""},
        {"--fallback 2025=2024,", "--fallback: not a list of years"},
        {"--fallback 2025=-1", "--fallback: not a list of years"},
        {"--fallback 20255=2024", "--fallback: not a list of years"},
        {"--keep cloud", "--keep: not a rule such as QC:mandatory<=1: \"cloud\""},
        {"--companion cloud", "--companion: not LAYER=FILE: \"cloud\""},
        {"--missing-companion no", "--missing-companion: \"no\" is none of error, warn"},
        {"--mask-weight", "--mask-weight needs a --mask"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct mask_options o;
        const char *said;
        CHECK(take(&o, true, wrong[i].line, &said) == MSG_USAGE);
        if (!strstr(said, wrong[i].said))
            CHECK_TEXT(said, wrong[i].said);
        mask_options_free(&o);
    }
}

TEST(a_tool_that_does_not_weigh)
{
    struct mask_options o;
    const char *said;
    CHECK(take(&o, false, "--mask a --classes 3 --mask-weight", &said) == MSG_USAGE);
    CHECK(strstr(said, "--mask-weight") != NULL);
    mask_options_free(&o);
}

static int find(const struct mask_options *o, const char *time, struct mask_found *found,
                const char **said)
{
    struct date date = {0};
    if (time)
        CHECK(date_parse(&date, time, strlen(time)));
    catch_start();
    int status = mask_options_find_maps(o, "scene.tif", &date, found);
    *said = catch_end();
    return status;
}

/* A map of one pixel: whether it has a band a year is looked up in it. */
static void make_map(const char *path)
{
    const double class = 3;
    struct ras_writer w;
    struct ras_spec spec = {.grid = {.columns = 1, .rows = 1, .gt = {0, 1, 0, 1, 0, -1}},
                            .nbands = 1,
                            .type = RAS_U8};
    CHECK(ras_create(&w, path, &spec) == MSG_OK);
    CHECK(ras_put_rows(&w, 0, 0, &class) == MSG_OK);
    CHECK(ras_commit(&w) == MSG_OK);
}

TEST(maps_of_a_scene)
{
    struct mask_options o;
    struct mask_found found;
    const char *said;
    make_map("m_2020.tif");
    make_map("any.tif");
    CHECK(take(&o, false,
               "--mask m_{year}.tif --classes 3 --mask any.tif --classes 4 "
               "--fallback 2020=2018,2021=2020,2022=2019",
               &said) == MSG_OK);
    CHECK(find(&o, "2020-08-08", &found, &said) == MSG_OK); /* its own, where it is there */
    CHECK(found.n == 2);
    CHECK_TEXT(found.map[0].path, "m_2020.tif");
    CHECK(found.map[0].year == 2020 && found.map[0].missing == 0);
    CHECK_TEXT(found.map[1].path, "any.tif");
    CHECK(found.map[1].year == 0 && found.map[1].missing == 0);
    mask_found_free(&found);
    CHECK(find(&o, "2021-01-01", &found, &said) == MSG_OK);
    CHECK_TEXT(found.map[0].path, "m_2020.tif");
    CHECK(found.map[0].year == 2020 && found.map[0].missing == 2021);
    mask_found_free(&found);
    CHECK(find(&o, "2022-01-01", &found, &said) == MSG_INPUT);
    CHECK(strstr(said,
                 "scene.tif: no class map for 2022: neither m_2022.tif nor its fallback "
                 "m_2019.tif\n") != NULL);
    mask_found_free(&found);
    CHECK(find(&o, "2023-01-01", &found, &said) == MSG_INPUT);
    CHECK(strstr(said, "scene.tif: no class map for 2023: m_2023.tif\n") != NULL);
    mask_found_free(&found);
    CHECK(find(&o, NULL, &found, &said) == MSG_INPUT);
    CHECK(strstr(said, "scene.tif: its name tells no year to choose a class map by\n") !=
          NULL);
    mask_found_free(&found);
    mask_options_free(&o);
}

/* What the tags of these options speak of. */
static char *by_tags(const struct mask_options *o, const struct mask_found *found)
{
    struct ras_tag tag[MASK_TAGS];
    struct buf b = {0};
    size_t n = mask_tags_make(o, found, tag);
    buf_puts(&b, "");
    mask_tags_options(tag, n, &b);
    mask_tags_free(tag, n);
    return b.s;
}

TEST(tags)
{
    struct mask_options o;
    struct mask_found found;
    struct ras_tag tag[MASK_TAGS];
    const char *said;
    CHECK(
        take(&o, true,
             "--mask ./m_{year}.tif --classes 3 --mask any.tif --classes 4-6 --mask-weight "
             "--keep cloud=0 --keep LST<9 --fallback 2021=2020",
             &said) == MSG_OK);
    CHECK(find(&o, "2021-01-01", &found, &said) == MSG_OK);
    static const char *const want[][2] = {
        {"ECO_MASK", "m_2020.tif"},  {"ECO_CLASSES", "3"},
        {"ECO_MASK_YEAR", "2020"},   {"ECO_MASK_YEAR_MISSING", "2021"},
        {"ECO_MASK_2", "any.tif"},   {"ECO_CLASSES_2", "4-6"},
        {"ECO_MASK_WEIGHT", "area"}, {"ECO_KEEP", "cloud=0 LST<9"}};
    size_t n = mask_tags_make(&o, &found, tag);
    CHECK(n == sizeof want / sizeof *want);
    for (size_t i = 0; i < n; i++) {
        CHECK_TEXT(tag[i].key, want[i][0]);
        CHECK_TEXT(tag[i].value, want[i][1]);
    }
    mask_tags_free(tag, n);
    char *text = by_tags(&o, &found);
    CHECK_TEXT(text,
               "--mask m_2020.tif --classes 3 --mask any.tif --classes 4-6 --mask-weight "
               "--keep cloud=0 --keep LST<9");
    free(text);
    mask_found_free(&found);
    mask_options_free(&o);
    text = by_tags(&(struct mask_options){0}, &(struct mask_found){0});
    CHECK_TEXT(text, "");
    free(text);
}

int main(void)
{
    catch_folder();
    RUN(all_of_them);
    RUN(wrong_usage);
    RUN(a_tool_that_does_not_weigh);
    RUN(maps_of_a_scene);
    RUN(tags);
    catch_folder_end();
    return unit_end();
}
