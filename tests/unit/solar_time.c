/* Solar time against another way to the equation of time, and at the turns of days. */
#include "scene/solar_time.h"
#include "unit.h"

static double rad(double degrees)
{
    return degrees * acos(-1) / 180;
}

/* Smart's series (Meeus eq. 28.3), which leaves out the smaller terms. Seconds. */
static double by_series(double days)
{
    double t = days / 36525;
    double l = rad(280.46646 + t * (36000.76983 + t * 0.0003032));
    double m = rad(357.52911 + t * (35999.05029 - t * 0.0001537));
    double e = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
    double obliquity = rad(23.43929111 - 0.0130042 * t);
    double y = tan(obliquity / 2) * tan(obliquity / 2);
    double angle = y * sin(2 * l) - 2 * e * sin(m) + 4 * e * y * sin(m) * cos(2 * l) -
                   0.5 * y * y * sin(4 * l) - 1.25 * e * e * sin(2 * m);
    return angle / rad(1) * 240;
}

TEST(equation_of_time)
{
    /* Every seventh day of the mission's years. */
    double worst = 0;
    for (double days = 6700; days < 11500; days += 7.3)
        worst = fmax(worst, fabs(solar_equation(days) - by_series(days)));
    CHECK_NEAR(worst, 0, 3);
    /* Meeus, example 28.a: 1992 October 13.0, +13 m 42.6 s. */
    CHECK_NEAR(solar_equation(2448908.5 - 2451545), 13 * 60 + 42.6, 1);
}

static const char *at(const char *utc, double longitude)
{
    static char text[SOLAR_TEXT];
    struct date date;
    struct solar s;
    CHECK(date_parse(&date, utc, strlen(utc)));
    solar_init(&s, &date);
    solar_text(&s, longitude, text);
    return text;
}

/* Seconds of the day in a text. */
static int clock_of(const char *text)
{
    return ((text[11] - '0') * 10 + text[12] - '0') * 3600 +
           ((text[14] - '0') * 10 + text[15] - '0') * 60 + (text[17] - '0') * 10 +
           text[18] - '0';
}

TEST(places)
{
    /* 2020-09-26T22:43:00Z at 106.7019 W: 7 h 6 m 48 s before, 8 m 58 s (equation) after.
     */
    const char *text = at("2020-09-26T22:43:00Z", -106.7019);
    CHECK(strncmp(text, "2020-09-26T15:4", 15) == 0);
    double e = by_series(7574 + (22 + 43 / 60.0 - 12) / 24);
    CHECK_NEAR(clock_of(text), 22 * 3600 + 43 * 60 - 106.7019 * 240 + e, 3.5);
    /* One turn around the earth is no difference. */
    char before[SOLAR_TEXT];
    strcpy(before, text);
    CHECK_TEXT(at("2020-09-26T22:43:00Z", 253.2981), before);
}

TEST(days_turn)
{
    CHECK(strncmp(at("2020-01-01T01:00:00Z", -90), "2019-12-31T18:5", 15) == 0);
    CHECK(strncmp(at("2019-12-31T23:00:00Z", 90), "2020-01-01T04:5", 15) == 0);
    CHECK(strncmp(at("2020-02-28T23:00:00Z", 90), "2020-02-29T04:4", 15) == 0);
    CHECK(strncmp(at("2021-02-28T23:00:00Z", 90), "2021-03-01T04:4", 15) == 0);
    CHECK(strncmp(at("2020-06-15T12:00:00Z", 0), "2020-06-15T11:59:", 17) == 0 ||
          strncmp(at("2020-06-15T12:00:00Z", 0), "2020-06-15T12:00:", 17) == 0);
}

TEST(unknown)
{
    CHECK_TEXT(at("2020-06-15", 0), "NA");
    CHECK_TEXT(at("2020-06-15T12:00:00Z", (double)NAN), "NA");
}

int main(void)
{
    RUN(equation_of_time);
    RUN(places);
    RUN(days_turn);
    RUN(unknown);
    return unit_end();
}
