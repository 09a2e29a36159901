/* crs_proj: PROJ's side of CRSs. Only this room sees PROJ. */
#ifndef ECO_GEO_CRS_PROJ_H
#define ECO_GEO_CRS_PROJ_H

#include "proj_library.h"
#include <stdbool.h>
#include <stddef.h>

enum { CRS_PROJ_TEXT = 256 }; /* of PROJ's last message */

/* What leads from one CRS to another. PROJ's coordinates are in the units of the CRSs,
 * which need not be degrees where they are angles: units[0] and units[1] degrees, of the
 * one and of the other; 1 for lengths. */
struct crs_path {
    double units[2];
    PJ *operation; /* NULL for the identity */
    int degrees;   /* of an operation from and to radians: see crs_proj_wgs84_utm */
    bool exact;    /* a conversion: it has no error to speak of */
};

/* What was worked out so far about a CRS. */
struct crs_facts {
    PJ *pj;                     /* NULL where it is no CRS, or was not looked at yet */
    PJ *plane;                  /* its horizontal part, where that is another; or NULL */
    double degrees;             /* of its unit, where coordinates are angles; else 0 */
    char reason[CRS_PROJ_TEXT]; /* why it is none, as far as PROJ says */
    bool parsed;
    const struct crs *named, *named_plane; /* crs_named, crs_named_plane */
    /* paths to other CRSs, both of them of crs_of */
    struct crs_link {
        const struct crs *to;
        struct crs_path path;
    } * link;
    size_t nlinks, cap;
};

struct crs {
    char *text;
    int code;    /* of crs_wgs84_utm, or 0 */
    bool shared; /* of crs_of: it stays */
    struct crs_facts *facts;
};

/* What all CRSs of a process share. */
struct crs_session {
    PJ_CONTEXT *context;
    PJ_CONTEXT *plain; /* without the database: for crs_proj_wgs84_utm */
    char said[CRS_PROJ_TEXT];
    struct crs **slot; /* a hash table of those of crs_of; NULL where it is free */
    size_t n, slots;
};
struct crs_session *crs_session(void);

/* The shared context, and one of one's own. Both are silent, but from listen to hush: then
 * the last error goes to crs_session()->said. */
PJ_CONTEXT *crs_proj_context(void);
PJ_CONTEXT *crs_proj_context_new(void);
void crs_proj_listen(PJ_CONTEXT *context);
void crs_proj_hush(PJ_CONTEXT *context);

/* The CRS as PROJ has it, which stays ours; NULL where it is none, told by crs_proj_need.
 */
const PJ *crs_proj_of(const struct crs *crs);
const PJ *crs_proj_need(const struct crs *crs, const char *what);

/* Its horizontal part: without heights. */
const PJ *crs_proj_plane(const struct crs *crs);

/* Whether both mean the same coordinates (axis order aside). */
bool crs_proj_same(const PJ *a, const PJ *b);

/* The operation between two CRSs that crs_wgs84_utm knows, the one that PROJ would choose;
 * NULL for others. degrees: -1 for a projection, which takes longitude and latitude in
 * radians; 1 for one that is to be done backwards, which gives them; 0 for what takes and
 * gives what the CRSs have. */
PJ *crs_proj_wgs84_utm(const struct crs *from, const struct crs *to, int *degrees);

#endif
