/* File names: every grammar, and names that are none. */
#include "scene/scene_name.h"
#include "scene/layers.h"
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

/* Names of files that are about, from LP DAAC, AppEEARS, JPL's programs and NASA's
 * notebooks. */
TEST(odd)
{
    static const char *const names[][2] = {
        {"ECOv002_L1B_ATT_22352_20220615T152649_0700_01.h5",
         "ECO_L1B_ATT 002 - 2022-06-15T15:26:49Z 22352 - - -"},
        {"ECOSTRESS_L1A_ENG_80005_20150124T144252_0100_01.h5",
         "ECOSTRESS_L1A_ENG 001 - 2015-01-24T14:42:52Z 80005 - - -"},
        {"ECOv003_L1_CLOUD_05675_016_20190706T235959.h5",
         "ECO_L1_CLOUD 003 - 2019-07-06T23:59:59Z 05675 016 - -"},
        {"ECOv003_L1B_GEO_05675_016_20190706T235959_01.h5",
         "ECO_L1B_GEO 003 - 2019-07-06T23:59:59Z 05675 016 - -"},
        {"Regrid_ECOv003_L2T_LSTE_26214_003_32UPU_20230219T061752_01_LST.tif",
         "ECO_L2T_LSTE 003 LST 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"out/my_first_ECOSTRESS_L2_LSTE_01234_005_20200926T224300_0601_01_LST.tif",
         "ECOSTRESS_L2_LSTE 001 LST 2020-09-26T22:43:00Z 01234 005 - -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_UTM.tif",
         "ECO_L2T_LSTE 002 LST 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_err_dangermond.tif",
         "ECO_L2T_LSTE 002 LST_err 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv003_L2T_LSTE_26214_003_32UPU_20230219T061752_01_cloud_mask_UTM.tif",
         "ECO_L2T_LSTE 003 cloud_mask 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv003_L2T_STARS_11SKU_20230219_01_NDVI-bias-UQ.tif",
         "ECO_L2T_STARS 003 NDVI-bias-UQ 2023-02-19 - - 11SKU -"},
        {"ECOv003_L3T_JET_26214_003_32UPU_20230219T061752_01_new_layer.tif",
         "ECO_L3T_JET 003 new_layer 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST(1).tif",
         "ECO_L2T_LSTE 002 LST 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_UTM (12).tif",
         "ECO_L2T_LSTE 002 LST 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_browse.png",
         "ECO_L2T_LSTE 002 - 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST_browse.png",
         "ECO_L2T_LSTE 002 - 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_metadata.json",
         "ECO_L2T_LSTE 002 - 2023-02-19T06:17:52Z 26214 003 32UPU -"},
        {"ECO_L2T_LSTE.002_LST_doy2023012222450_aid0001(1).tif",
         "ECO_L2T_LSTE 002 LST 2023-01-12T22:24:50Z - - - -"},
        {"ECO_L2T_LSTE.002_LST_doy2023012222450_aid0001_30N (2).tif",
         "ECO_L2T_LSTE 002 LST 2023-01-12T22:24:50Z - - - 30N"},
        {"ECO_L2T_LSTE.002_LST_doy2023012222450_aid0001_30N_scaled(1).tif",
         "ECO_L2T_LSTE 002 LST 2023-01-12T22:24:50Z - - - 30N"},
        {"ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001_scaled.tif",
         "ECO2LSTE 001 SDS_LST 2020-09-26T22:43:00Z - - - -"},
        {"ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001_UTM.tif",
         "ECO2LSTE 001 SDS_LST 2020-09-26T22:43:00Z - - - -"},
        {"ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001_QF.tif",
         "ECO2LSTE 001 SDS_LST 2020-09-26T22:43:00Z - - - -"},
        {"ECO2LSTE.001_SDS_LST_doy201807290100_aid0001.tif",
         "ECO2LSTE 001 SDS_LST 2018-07-29T01:00:00Z - - - -"},
        {"HDF5:\"ECOSTRESS_L2_LSTE_01234_005_20200926T224300_0601_01.h5\"://SDS/LST",
         "ECOSTRESS_L2_LSTE 001 LST 2020-09-26T22:43:00Z 01234 005 - -"},
        {"HDF5:\"a "
         "b/ECOv002_L2_LSTE_28116_018_20230621T202153_0711_01.h5\"://SDS/cloud_mask",
         "ECO_L2_LSTE 002 cloud_mask 2023-06-21T20:21:53Z 28116 018 - -"},
        {"HDF5:/a/ECOv002_L2_LSTE_28116_018_20230621T202153_0711_01.h5://SDS/QC",
         "ECO_L2_LSTE 002 QC 2023-06-21T20:21:53Z 28116 018 - -"},
        {"HDF5:\"ECOv003_L2G_LSTE_28116_018_20230621T202153_01.h5\"://HDFEOS/GRIDS/"
         "ECO_L2G_LSTE_70m/Data_Fields/LST_err",
         "ECO_L2G_LSTE 003 LST_err 2023-06-21T20:21:53Z 28116 018 - -"},
        {"NETCDF:\"ECO_L2T_LSTE.002_LST_doy2023012222450_aid0001.nc\":LST",
         "ECO_L2T_LSTE 002 LST 2023-01-12T22:24:50Z - - - -"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_TEXT(parsed(names[i][0]), names[i][1]);
}

TEST(stems)
{
    static const char *const stems[][2] = {
        {"a.b/x.y.tif", "x.y"},
        {"a.b/x", "x"},
        {"HDF5:\"a/x.h5\"://SDS/LST", "x_LST"},
        {"NETCDF:\"x.nc\":LST", "x_LST"},
        {"/vsizip/a.zip/x.tif", "x"},
    };
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        char *stem = scene_stem(stems[i][0]);
        CHECK_TEXT(stem, stems[i][1]);
        free(stem);
    }
}

TEST(layers)
{
    static const char *const same[][2] = {
        {"LST", "SDS_LST"},         {"SDS_QC", "QC"},
        {"cloud", "cloud_mask"},    {"SDS_cloud_mask", "cloud"},
        {"water_mask", "water"},    {"EVAPOTRANSPIRATION_PT_JPL_ETinst", "ETinst"},
        {"CloudMask", "CloudMask"}, {"Water_Use_Efficiency_WUEavg", "WUEavg"},
        {"SDS_LST_err", "LST_err"}, {"Evaporative_Stress_Index_PT_JPL_PET", "PET"},
        {"SDS_LST", "SDS_LST"},     {"EVAPOTRANSPIRATION_ALEXI_ETdaily", "ETdaily"},
    };
    static const char *const other[][2] = {
        {"LST", "LST_err"},
        {"cloud", "CloudMask"},
        {"ETinst", "ETinstUncertainty"},
        {"cloud", "water"},
        {"LST_mask", "LST"},
        {"SDS_", ""},
        {"QC", "qc"},
        {"ETinst", "EVAPOTRANSPIRATION_PT_JPL_ETinstUncertainty"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        CHECK(layers_same(same[i][0], same[i][1]) && layers_same(same[i][1], same[i][0]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        CHECK(!layers_same(other[i][0], other[i][1]));
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
        "ECOv002_L2T_LSTE_26214_003_32UPU_07131111T061752_0710_01_LST.tif", /* no such year
                                                                             */
        "ECO_L2T_LSTE.002_LST_doy0713315125036_aid0001_21S.tif",
        "ECO_L2T_LSTE.002_LST_doy201813290100_aid0001.tif", /* no such month */
        "ECO_L2T_LSTE.002_LST_doy2018075125036_aid0001x.tif",
        "ECO_L2T_LSTE.002_LST_doy2018075125036_aid0001(x).tif",
        "ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_011_LST.tif",
        "xECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_LST.tif",
        "HDF5:\"ECOv002_L2_LSTE_28116_018_20230621T202153_0711_01.h5\"",
        "HDF5:\"other.h5\"://SDS/LST",
        "HDF5:",
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
    RUN(odd);
    RUN(stems);
    RUN(layers);
    RUN(unknown);
    RUN(pattern);
    return unit_end();
}
