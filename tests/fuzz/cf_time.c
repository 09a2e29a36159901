/* Units of CF times: what is taken for one gives moments that are in the calendar. */
#include "raster/cf_time.h"
#include "base/date.h"
#include "base/mem.h"
#include "fuzz.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const calendars[] = {NULL, "proleptic_gregorian", "noleap",
                                            "julian"};
    static const double numbers[] = {0, 1, -1, 0.5, 1e9, -1e300, 1e300};
    struct cf_time t;
    char *text = mem_slice((const char *)data, n);
    for (size_t k = 0; k < sizeof calendars / sizeof *calendars; k++) {
        if (!cf_time_read(&t, text, calendars[k]))
            continue;
        FUZZ_CHECK(t.seconds > 0 && isfinite(t.since));
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            struct date d, again;
            char as_text[DATE_TEXT];
            if (!cf_time_date(&t, numbers[i], &d))
                continue;
            date_text(&d, as_text);
            FUZZ_CHECK(date_parse(&again, as_text, strlen(as_text)));
            FUZZ_CHECK(date_seconds(&again) == date_seconds(&d));
        }
    }
    free(text);
    return 0;
}
