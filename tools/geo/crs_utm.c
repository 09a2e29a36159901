/* crs_utm: WGS 84 and its UTM zones, without PROJ's database. */
#include "base/buf.h"
#include "base/num.h"
#include "crs_proj.h"
#include "geo/crs.h"
#include <math.h>
#include <string.h>

enum { DEGREES = 4326, NORTH = 32600, SOUTH = 32700, ZONES = 60 };

int crs_wgs84_utm(const char *crs)
{
    long long code;
    if ((strncmp(crs, "EPSG:4", 6) != 0 && strncmp(crs, "EPSG:3", 6) != 0) ||
        !num_parse_long(crs + 5, strlen(crs + 5), &code))
        return 0;
    if (code == DEGREES || (code > NORTH && code <= NORTH + ZONES) ||
        (code > SOUTH && code <= SOUTH + ZONES))
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
    bool south = code > SOUTH;
    buf_printf(b, "%s+proj=utm +zone=%d%s +ellps=WGS84", inverse,
               code - (south ? SOUTH : NORTH), south ? " +south" : "");
}

/* A pipeline of a projection and a change of units takes half as long again as the
 * projection alone, so degrees are left to who asks. */
PJ *crs_proj_wgs84_utm(PJ_CONTEXT *context, const char *from, const char *to, int *degrees)
{
    int a = crs_wgs84_utm(from), b = crs_wgs84_utm(to);
    *degrees = 0;
    if (!a || !b || a == b)
        return NULL;
    *degrees = a == DEGREES ? -1 : b == DEGREES ? 1 : 0;
    struct buf text = {0};
    if (*degrees) {
        put_zone(&text, a == DEGREES ? b : a, "");
    } else {
        buf_puts(&text, "+proj=pipeline");
        put_zone(&text, a, " +step +inv ");
        put_zone(&text, b, " +step ");
    }
    proj_context_set_file_finder(context, no_file, NULL);
    PJ *operation = proj_create(context, text.s);
    buf_free(&text);
    return operation;
}

int crs_utm(double longitude, double latitude)
{
    if (!(latitude >= -80 && latitude <= 84) || !isfinite(longitude))
        return 0;
    double turned = longitude - 360 * floor((longitude + 180) / 360);
    int zone = (int)floor((turned + 180) / 6) + 1;
    if (zone > 60)
        zone = 60;
    return (latitude >= 0 ? 32600 : 32700) + zone;
}
