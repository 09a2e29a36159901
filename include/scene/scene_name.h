/* scene_name: what an ECOSTRESS file name says.
 *
 * Grammars (LP DAAC and AppEEARS user guides):
 *   ECOSTRESS_L2_LSTE_<orbit5>_<scene3>_<YYYYMMDDTHHMMSS>_<build4>_<iter2>.h5
 *       swaths of Collection 1; without a scene where data are of a whole orbit
 *   ECOv002_<product>_<orbit5>_<scene3>_<tile5>_<time>_<build4>_<iter2>[_<layer>].tif
 *       tiles and, without the tile, swaths of Collection 2
 *   ECOv002_<product>_<tile5>_<YYYYMMDD>_<build4>_<iter2>[_<layer>].tif
 *       its STARS
 *   ECOv003_...
 *       as ECOv002 without the build, Collection 3; some without the iteration
 *   <short>.<version>_<layer>_doy<YYYYDDD[HHMMSS]>_aid<4>[_<zone><N|S>].tif
 *       AppEEARS; also doy<YYYYMMDDHHMM>
 * with any folder and any suffix after .tif. What was done with a file may stand before its
 * name, up to a "_" (Regrid_ECO_L2T_LSTE.002_...; for AppEEARS names with a lower-case
 * letter in it), and behind it or a known layer (_aid0001_scaled.tif, _LST_UTM.tif,
 * _LST(1).tif). A dataset inside of a file (FILE.h5:LST, HDF5:"FILE"://SDS/LST) is FILE's
 * layer. */
#ifndef ECO_SCENE_SCENE_NAME_H
#define ECO_SCENE_SCENE_NAME_H

#include "base/date.h"
#include <stdbool.h>
#include <stddef.h>

enum { SCENE_TEXT = 96 };

struct scene {
    bool known;
    char product[SCENE_TEXT]; /* ECO_L2T_LSTE, ECO2LSTE, ECOSTRESS_L2_LSTE */
    char version[8];
    char layer[SCENE_TEXT];
    char orbit[8], scene[8], tile[8], zone[8];
    char suffix[SCENE_TEXT]; /* what was done with it: UTM, scaled; mostly empty */
    struct date date;
};

/* Fields that the name does not tell are empty. False for a name of no grammar. */
bool scene_parse(struct scene *s, const char *path);

/* The year with which class maps are chosen: text with {year} replaced. NULL when
 * the text has a {year} and the date is not known. Free it. */
char *scene_pattern(const char *pattern, const struct date *date);

/* The file's name without its folder: a slice of path. */
const char *scene_base(const char *path);

/* The same without its suffix; with the layer of a dataset inside of a file behind it. Free
 * it. */
char *scene_stem(const char *path);

/* A dataset inside of a file, by the look of its name: FILE.h5:LAYER, FILE.nc:LAYER (or
 * .he5, .hdf5, .nc4), or as GDAL has it DRIVER:"FILE":..., where the quotes may be missing
 * before "://". Slices of the path. */
struct scene_inside {
    const char *file, *layer; /* the layer without the groups that it is in */
    size_t nfile, nlayer;     /* what follows the layer is a band: ":3" */
};

/* False for other paths. */
bool scene_inside(const char *path, struct scene_inside *in);

#endif
