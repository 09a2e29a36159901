/* Numbers as text, against strtod, strtoll and printf. */
#include "base/num.h"
#include "fuzz.h"
#include <math.h>

static int same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* What a number prints as reads back as itself, here and by strtod. */
static void check_printing(double v)
{
    char s[NUM_FIXED_MAX + 1];
    double back;
    size_t n = num_double(s, v);
    FUZZ_CHECK(n > 0 && n <= NUM_MAX && num_parse(s, n, &back) && same(v, back));
    s[n] = '\0';
    FUZZ_CHECK(same(strtod(s, NULL), v));
    float f = (float)v;
    n = num_float(s, f);
    FUZZ_CHECK(n > 0 && n <= NUM_MAX && num_parse(s, n, &back) &&
               same((double)(float)back, (double)f));
    char theirs[NUM_FIXED_MAX + 1];
    for (int decimals = 0; isfinite(v) && decimals <= 17; decimals += 4) {
        n = num_fixed(s, v, decimals);
        FUZZ_CHECK(n <= NUM_FIXED_MAX);
        s[n] = '\0';
        snprintf(theirs, sizeof theirs, "%.*f", decimals, v);
        FUZZ_CHECK(strcmp(s, theirs) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *s = malloc(n + 1), *end;
    if (!s)
        abort();
    memcpy(s, data, n);
    s[n] = '\0';
    double v;
    long long whole;
    if (num_parse((const char *)data, n, &v)) {
        double theirs = strtod(s, &end);
        if (strcmp(s, "NA") != 0)
            FUZZ_CHECK(end == s + n && same(v, theirs));
        check_printing(v);
    } else {
        /* What is refused is no plain decimal. */
        FUZZ_CHECK(n == 0 || strspn(s, "0123456789") < n);
    }
    if (num_parse_long((const char *)data, n, &whole)) {
        FUZZ_CHECK(whole == strtoll(s, &end, 10) && end == s + n);
        char t[NUM_MAX];
        long long back;
        size_t m = num_long(t, whole);
        FUZZ_CHECK(num_parse_long(t, m, &back) && back == whole);
    }
    if (n >= sizeof v) {
        memcpy(&v, data, sizeof v);
        check_printing(v);
    }
    free(s);
    return 0;
}
