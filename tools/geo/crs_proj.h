/* crs_proj: texts to PROJ's objects. Only this room sees PROJ. */
#ifndef ECO_GEO_CRS_PROJ_H
#define ECO_GEO_CRS_PROJ_H

#include <proj.h>
#include <stdbool.h>

enum { CRS_PROJ_TEXT = 256 }; /* of PROJ's last message */

/* A context whose last message of an error goes to text, which must live as long. */
PJ_CONTEXT *crs_proj_context(char text[CRS_PROJ_TEXT]);

/* What a text says, PROJ's short forms taken for CRSs; NULL when it says nothing. text is
 * the context's. */
PJ *crs_proj_parse(PJ_CONTEXT *context, const char *crs, char text[CRS_PROJ_TEXT]);

/* A CRS from its text, or NULL, told. */
PJ *crs_proj_create(PJ_CONTEXT *context, const char *crs, const char *what,
                    char text[CRS_PROJ_TEXT]);

/* Whether both mean the same coordinates (axis order aside). */
bool crs_proj_same(PJ_CONTEXT *context, const PJ *a, const PJ *b);

/* The operation between two CRSs that crs_wgs84_utm knows, the one that PROJ would choose;
 * NULL for others. The context is then of use for nothing else. degrees: -1 for a
 * projection, which takes longitude and latitude in radians; 1 for one that is to be done
 * backwards, which gives them; 0 for what takes and gives what the CRSs have. */
PJ *crs_proj_wgs84_utm(PJ_CONTEXT *context, const char *from, const char *to, int *degrees);

#endif
