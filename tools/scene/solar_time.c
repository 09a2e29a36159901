/* solar_time: what a sundial shows. */
#include "scene/solar_time.h"
#include <math.h>
#include <string.h>

static double radians(double degrees)
{
    return degrees * 0.017453292519943295;
}

double solar_equation(double days)
{
    double t = days / 36525;
    double mean = 280.46646 + t * (36000.76983 + t * 0.0003032);
    double anomaly = radians(357.52911 + t * (35999.05029 - t * 0.0001537));
    double center = (1.914602 - t * (0.004817 + t * 0.000014)) * sin(anomaly) +
                    (0.019993 - t * 0.000101) * sin(2 * anomaly) +
                    0.000289 * sin(3 * anomaly);
    double node = radians(125.04452 - t * 1934.136261);
    double moon = radians(218.3165 + t * 481267.8813), sun = radians(mean);
    double nutation = (-17.2 * sin(node) - 1.32 * sin(2 * sun) - 0.23 * sin(2 * moon) +
                       0.21 * sin(2 * node)) /
                      3600;
    double obliquity =
        radians(23.439291111 - t * (0.013004167 + t * 1.64e-7) + 9.2 / 3600 * cos(node));
    double apparent = radians(mean + center - 0.00569 + nutation);
    double ascension = atan2(cos(obliquity) * sin(apparent), cos(apparent)) / radians(1);
    double e = mean - 0.0057183 - ascension + nutation * cos(obliquity);
    return (e - 360 * floor(e / 360 + 0.5)) * 240;
}

void solar_init(struct solar *s, const struct date *utc)
{
    enum { NUMBER_2000 = 10957 }; /* of 2000-01-01 */
    *s = (struct solar){.known = utc->has_date && utc->has_time && utc->year > 0};
    if (!s->known)
        return;
    long number = date_number(utc);
    s->seconds = utc->hour * 3600 + utc->minute * 60 + utc->second;
    s->seconds += solar_equation((double)(number - NUMBER_2000) - 0.5 + s->seconds / 86400);
    for (int i = 0; i < 3; i++) {
        struct date day = {0};
        date_set_number(&day, number + i - 1);
        date_text(&day, s->day[i]);
    }
}

void solar_text(const struct solar *s, double longitude, char text[SOLAR_TEXT])
{
    if (!s->known || !isfinite(longitude)) {
        strcpy(text, "NA");
        return;
    }
    double turned = remainder(longitude, 360);
    long seconds = (long)floor(s->seconds + turned * 240 + 0.5);
    int day = seconds < 0 ? 0 : seconds < 86400 ? 1 : 2;
    seconds -= (day - 1) * 86400L;
    int part[3] = {(int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60)};
    memcpy(text, s->day[day], 10);
    for (int i = 0; i < 3; i++) {
        text[10 + 3 * i] = i ? ':' : 'T';
        text[11 + 3 * i] = (char)('0' + part[i] / 10);
        text[12 + 3 * i] = (char)('0' + part[i] % 10);
    }
    text[19] = '\0';
}
