/* File names: every grammar, and names that are none. */
#include "scene/scene_name.h"
#include "unit.h"
#include <stdlib.h>

/* "product version layer time orbit scene tile zone" of a name, - for empty. */
static const char *parsed(const char *name)
{
    static char text[512];
    struct scene s;
    char time[DATE_TEXT];
    if (!scene_parse(&s, name))
        return "unknown";
    date_text(&s.date, time);
    const char *const f[] = {s.product, s.version, s.layer, time,
                             s.orbit,   s.scene,   s.tile,  s.zone};
    text[0] = '\0';
    for (int i = 0; i < 8; i++) {
        strcat(text, *f[i] ? f[i] : "-");
        if (i < 7)
            strcat(text, " ");
    }
    return text;
}

TEST(swath)
{
    CHECK_TEXT(parsed("ECOSTRESS_L2_LSTE_01234_005_20200926T224300_0601_01.h5"),
               "ECOSTRESS_L2_LSTE 001 - 2020-09-26T22:43:00Z 01234 005 - -");
    CHECK_TEXT(parsed("a/b/ECOSTRESS_L3_ET_PT-JPL_01234_005_20200926T224300_0601_02.h5"),
               "ECOSTRESS_L3_ET_PT-JPL 001 - 2020-09-26T22:43:00Z 01234 005 - -");
}

TEST(tile)
{
    CHECK_TEXT(
        parsed("ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_err.tif"),
        "ECO_L2T_LSTE 002 LST_err 2023-02-19T06:17:52Z 26214 003 32UPU -");
    CHECK_TEXT(parsed("ECOv002_L2T_STARS_11SKU_20230219_0710_01_NDVI-UQ.tif"),
               "ECO_L2T_STARS 002 NDVI-UQ 2023-02-19 - - 11SKU -");
    CHECK_TEXT(parsed("ECOv003_L3T_JET_26214_003_32UPU_20230219T061752_01_ETdaily.tif"),
               "ECO_L3T_JET 003 ETdaily 2023-02-19T06:17:52Z 26214 003 32UPU -");
    CHECK_TEXT(parsed("ECOv002_L2_LSTE_28116_018_20230621T202153_0711_01.h5"),
               "ECO_L2_LSTE 002 - 2023-06-21T20:21:53Z 28116 018 - -");
}

TEST(appeears)
{
    CHECK_TEXT(parsed("ECO_L2T_LSTE.002_LST_doy2018075125036_aid0001_21S.tif"),
               "ECO_L2T_LSTE 002 LST 2018-03-16T12:50:36Z - - - 21S");
    CHECK_TEXT(parsed("Regrid_ECO_L2T_LSTE.002_LST_doy2018075125036_aid0001_21S.tif"),
               "ECO_L2T_LSTE 002 LST 2018-03-16T12:50:36Z - - - 21S");
    CHECK_TEXT(
        parsed("ECO3ETPTJPL.001_EVAPOTRANSPIRATION_PT_JPL_ETinst_doy2020271215616_aid0001."
               "tif"),
        "ECO3ETPTJPL 001 EVAPOTRANSPIRATION_PT_JPL_ETinst 2020-09-27T21:56:16Z - - - -");
    CHECK_TEXT(parsed("ECO_L2T_STARS.002_NDVI-UQ_doy2020366000000_aid0001_20S.tif"),
               "ECO_L2T_STARS 002 NDVI-UQ 2020-12-31T00:00:00Z - - - 20S");
    CHECK_TEXT(parsed("MCD15A3H.061_Lai_500m_doy2020001_aid0001.tif"),
               "MCD15A3H 061 Lai_500m 2020-01-01 - - - -");
}

TEST(unknown)
{
    static const char *const names[] = {
        "2018_coverage_ATTO.tif",
        "",
        "ECO_L2T_LSTE.002_LST_doy2019366125036_aid0001_21S.tif", /* no such day */
        "ECO_L2T_LSTE.002_LST_doy2018075255036_aid0001_21S.tif", /* no such hour */
        "ECO_L2T_LSTE.002_LST_doy20180751250_aid0001_21S.tif",
        "ECOv002_L2T_LSTE_26214_003_32UPU_20230230T061752_0710_01_LST.tif",
        "ECOv002_L2T_LSTE_26214_003_20230219T061752.tif",
        "ECOSTRESS_L2_LSTE.tif",
        "x.002_",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_TEXT(parsed(names[i]), "unknown");
}

TEST(pattern)
{
    struct scene s;
    scene_parse(&s, "ECO_L2T_LSTE.002_LST_doy2018075125036_aid0001_21S.tif");
    char *p = scene_pattern("maps/{year}_x_{year}.tif", &s.date);
    CHECK_TEXT(p, "maps/2018_x_2018.tif");
    free(p);
    CHECK(scene_parse(&s, "what.tif") == false && scene_pattern("{year}", &s.date) == NULL);
    p = scene_pattern("plain.tif", &s.date);
    CHECK_TEXT(p, "plain.tif");
    free(p);
}

int main(void)
{
    RUN(swath);
    RUN(tile);
    RUN(appeears);
    RUN(unknown);
    RUN(pattern);
    return unit_end();
}
