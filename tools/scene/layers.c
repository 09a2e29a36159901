/* layers: the names of ECOSTRESS layers. */
#include "scene/layers.h"
#include <string.h>
#include <strings.h>

/* The groups of Collection 1's files, as AppEEARS spells them. */
static const char *const groups[] = {"SDS_",
                                     "EVAPOTRANSPIRATION_PT_JPL_",
                                     "EVAPOTRANSPIRATION_ALEXI_",
                                     "Evaporative_Stress_Index_PT_JPL_",
                                     "Evaporative_Stress_Index_ALEXI_",
                                     "Water_Use_Efficiency_"};

/* Layers of the tiles of Collections 2 and 3 (LP DAAC's user guides). */
static const char *const of_tiles[] = {
    "LST",         "LST_err",     "QC",           "EmisWB",      "Emis1",
    "Emis2",       "Emis3",       "Emis4",        "Emis5",       "Emis1_err",
    "Emis2_err",   "Emis3_err",   "Emis4_err",    "Emis5_err",   "PWV",
    "SST",         "cloud",       "water",        "cloud_mask",  "water_mask",
    "height",      "view_zenith", "NDVI",         "NDVI-UQ",     "NDVI-bias",
    "albedo",      "albedo-UQ",   "albedo-bias",  "ETinst",      "ETdaily",
    "Ta",          "RH",          "SM",           "Rg",          "Rn",
    "ESI",         "PET",         "WUE",          "GPP",         "radiance_1",
    "radiance_2",  "radiance_3",  "radiance_4",   "radiance_5",  "data_quality_1",
    "BESSinst",    "MOD16inst",   "STICinst",     "STICcanopy",  "STICdaily",
    "PTJPLSMinst", "PTJPLSMsoil", "PTJPLSMdaily", "Cloud_final", "ETinstUncertainty"};

const char *layers_stem(const char *layer, size_t *n)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        size_t group = strlen(groups[i]);
        if (strncasecmp(layer, groups[i], group) == 0 && layer[group]) {
            layer += group;
            break;
        }
    }
    *n = strlen(layer);
    if (strcmp(layer, "cloud_mask") == 0 || strcmp(layer, "water_mask") == 0)
        *n = 5;
    return layer;
}

bool layers_same(const char *a, const char *b)
{
    size_t na, nb;
    a = layers_stem(a, &na);
    b = layers_stem(b, &nb);
    return na == nb && memcmp(a, b, na) == 0;
}

bool layers_are_flags(const char *layer)
{
    size_t n;
    return strncasecmp(layers_stem(layer, &n), "cloud", 5) == 0 ||
           layers_same(layer, "QC") || layers_same(layer, "water");
}

size_t layers_known(const char *s, size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < sizeof of_tiles / sizeof *of_tiles; i++) {
        size_t known = strlen(of_tiles[i]);
        if (known > most && known <= n && memcmp(s, of_tiles[i], known) == 0 &&
            (known == n || s[known] == '_'))
            most = known;
    }
    return most;
}
