/* period: parts of the year, the day and the calendar. */
#include "period.h"
#include "compose/compose_options.h"
#include "scene/solar_time.h"

const char *const compose_periods[] = {"month",      "season", "year", "doy",
                                       "solar-hour", "all",    NULL};

static int solar_hour(const struct date *date, double longitude)
{
    struct solar solar;
    char text[SOLAR_TEXT];
    solar_init(&solar, date);
    solar_text(&solar, longitude, text);
    return solar.known ? 10 * (text[11] - '0') + (text[12] - '0') : -1;
}

int period_of(enum period_kind kind, const struct date *date, double longitude)
{
    if (kind == PERIOD_ALL)
        return 0;
    if (!date->has_date)
        return -1;
    switch (kind) {
    case PERIOD_MONTH:
        return 12 * date->year + date->month - 1;
    case PERIOD_SEASON:
        return (12 * date->year + date->month) / 3;
    case PERIOD_YEAR:
        return date->year;
    case PERIOD_DOY:
        return date->doy;
    default:
        return solar_hour(date, longitude);
    }
}

bool period_has_order(enum period_kind kind)
{
    return kind == PERIOD_MONTH || kind == PERIOD_SEASON || kind == PERIOD_YEAR;
}

void period_add_name(struct buf *b, enum period_kind kind, int period)
{
    static const char *const seasons[] = {"DJF", "MAM", "JJA", "SON"};
    switch (kind) {
    case PERIOD_MONTH:
        buf_printf(b, "%04d-%02d", period / 12, period % 12 + 1);
        break;
    case PERIOD_SEASON:
        buf_printf(b, "%04d-%s", period / 4, seasons[period % 4]);
        break;
    case PERIOD_YEAR:
        buf_printf(b, "%04d", period);
        break;
    case PERIOD_DOY:
        buf_printf(b, "doy%03d", period);
        break;
    case PERIOD_SOLAR_HOUR:
        buf_printf(b, "h%02d", period);
        break;
    case PERIOD_ALL:
        buf_puts(b, "all");
        break;
    }
}
