/* scene_name: what an ECOSTRESS file name says.
 *
 * Grammars (LP DAAC and AppEEARS user guides):
 *   ECOSTRESS_L2_LSTE_<orbit5>_<scene3>_<YYYYMMDDTHHMMSS>_<build4>_<iter2>.h5    C1 swath
 *   ECOv002_<product>_<orbit5>_<scene3>_<tile5>_<time>_<build4>_<iter2>[_<layer>].tif  C2
 * tile ECOv002_<product>_<tile5>_<YYYYMMDD>_<build4>_<iter2>[_<layer>].tif          C2
 * STARS ECOv003_..., as ECOv002 without the build                                    C3
 *   <short>.<version>_<layer>_doy<YYYYDDD[HHMMSS]>_aid<4>[_<zone><N|S>].tif      AppEEARS
 * with any folder, any suffix after .tif, and, for AppEEARS names, any prefix that
 * ends in "_" and holds a lower-case letter (Regrid_ECO_L2T_LSTE.002_...). */
#ifndef ECO_SCENE_SCENE_NAME_H
#define ECO_SCENE_SCENE_NAME_H

#include "base/date.h"
#include <stdbool.h>

enum { SCENE_TEXT = 96 };

struct scene {
    bool known;
    char product[SCENE_TEXT]; /* ECO_L2T_LSTE, ECO2LSTE, ECOSTRESS_L2_LSTE */
    char version[8];
    char layer[SCENE_TEXT];
    char orbit[8], scene[8], tile[8], zone[8];
    struct date date;
};

/* Fields that the name does not tell are empty. False for a name of no grammar. */
bool scene_parse(struct scene *s, const char *path);

/* The year with which class maps are chosen: text with {year} replaced. NULL when
 * the text has a {year} and the date is not known. Free it. */
char *scene_pattern(const char *pattern, const struct date *date);

/* The file's name without its folder: a slice of path. */
const char *scene_base(const char *path);

#endif
