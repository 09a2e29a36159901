/* File names: what is understood is written back as the same. */
#include "fuzz.h"
#include "scene/scene_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *s = malloc(n + 1), time[DATE_TEXT], again[DATE_TEXT];
    if (!s)
        abort();
    memcpy(s, data, n);
    s[n] = '\0';
    struct scene a;
    struct date b;
    bool known = scene_parse(&a, s);
    FUZZ_CHECK(known == a.known);
    date_text(&a.date, time);
    if (a.date.has_date) {
        FUZZ_CHECK(date_parse(&b, time, strlen(time)) && b.has_time == a.date.has_time);
        date_text(&b, again);
        FUZZ_CHECK(strcmp(time, again) == 0);
    }
    const char *const texts[] = {a.product, a.version, a.layer, a.orbit,
                                 a.scene,   a.tile,    a.zone};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        FUZZ_CHECK(!strchr(texts[i], '/') && strlen(texts[i]) <= n);
    free(scene_pattern(s, &a.date));
    if (date_parse(&b, s, n)) {
        date_text(&b, time);
        FUZZ_CHECK(strncmp(time, s, 10) == 0);
    }
    const char *base = scene_base(s);
    FUZZ_CHECK(base >= s && base <= s + n && !strchr(base, '/'));
    free(s);
    return 0;
}
