/* crs_utm: WGS 84 and its UTM zones, without PROJ's database. */
#include "crs_utm.h"
#include "base/buf.h"
#include "base/num.h"
#include "crs_proj.h"
#include <string.h>

int crs_utm_code(const char *text)
{
    long long code;
    if ((strncmp(text, "EPSG:4", 6) != 0 && strncmp(text, "EPSG:3", 6) != 0) ||
        !num_parse_long(text + 5, strlen(text + 5), &code))
        return 0;
    if (code == CRS_UTM_DEGREES ||
        (code > CRS_UTM_NORTH && code <= CRS_UTM_NORTH + CRS_UTM_ZONES) ||
        (code > CRS_UTM_SOUTH && code <= CRS_UTM_SOUTH + CRS_UTM_ZONES))
        return (int)code;
    return 0;
}

/* PROJ opens its database, which takes 5 ms, for everything that it makes. What is made
 * here needs nothing from it, and does without when its files turn out to be none. */
static const char *no_file(PJ_CONTEXT *context, const char *name, void *user)
{
    (void)context;
    (void)name;
    (void)user;
    return "/dev/null";
}

static void put_zone(struct buf *b, int code, const char *inverse)
{
    bool south = code > CRS_UTM_SOUTH;
    buf_printf(b, "%s+proj=utm +zone=%d%s +ellps=WGS84", inverse,
               code - (south ? CRS_UTM_SOUTH : CRS_UTM_NORTH), south ? " +south" : "");
}

/* A pipeline of a projection and a change of units takes half as long again as the
 * projection alone, so degrees are left to who asks. */
PJ *crs_proj_wgs84_utm(const struct crs *from, const struct crs *to, int *degrees)
{
    struct crs_session *s = crs_session();
    int a = from->code, b = to->code;
    *degrees = 0;
    if (!a || !b || a == b)
        return NULL;
    *degrees = a == CRS_UTM_DEGREES ? -1 : b == CRS_UTM_DEGREES ? 1 : 0;
    struct buf text = {0};
    if (*degrees) {
        put_zone(&text, a == CRS_UTM_DEGREES ? b : a, "");
    } else {
        buf_puts(&text, "+proj=pipeline");
        put_zone(&text, a, " +step +inv ");
        put_zone(&text, b, " +step ");
    }
    if (!s->plain) {
        s->plain = crs_proj_context_new();
        proj()->context_set_file_finder(s->plain, no_file, NULL);
    }
    PJ *operation = proj()->create(s->plain, text.s);
    buf_free(&text);
    return operation;
}
