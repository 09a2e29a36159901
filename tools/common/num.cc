// num: numbers as text, by the standard library's shortest round-trip conversions.
#include "num.h"
#include <charconv>
#include <cmath>
#include <cstring>

namespace
{

size_t special(char *s, double v)
{
    const char *text = std::isnan(v) ? "NaN" : v > 0 ? "inf" : "-inf";
    size_t n = std::strlen(text);
    std::memcpy(s, text, n);
    return n;
}

template <class T> size_t shortest(char *s, T v)
{
    if (!std::isfinite(v))
        return special(s, v);
    T size = std::fabs(v);
    auto format = size == 0 || (size >= T(1e-5) && size < T(1e17))
                      ? std::chars_format::fixed
                      : std::chars_format::scientific;
    return size_t(std::to_chars(s, s + NUM_MAX, v, format).ptr - s);
}

// Whether a number that no double holds is nearer to zero than they are, by the power of
// ten of its first digit that is not 0. The rest is infinite, as strtod has it.
bool too_small(const char *s, const char *end)
{
    long long power = 0, exponent = 0;
    bool point = false, leading = true;
    for (s += *s == '-'; s < end && *s != 'e' && *s != 'E'; s++) {
        leading = leading && (*s == '0' || *s == '.');
        if (*s == '.')
            point = true;
        else
            power += point ? -leading : !leading;
    }
    if (s < end) {
        s += s[1] == '+' ? 2 : 1;
        if (std::from_chars(s, end, exponent).ec != std::errc())
            return *s == '-';
    }
    return power + exponent < 0;
}

} // namespace

extern "C" size_t num_double(char *s, double v)
{
    return shortest(s, v);
}

extern "C" size_t num_float(char *s, float v)
{
    return shortest(s, v);
}

extern "C" size_t num_long(char *s, long long v)
{
    return size_t(std::to_chars(s, s + NUM_MAX, v).ptr - s);
}

extern "C" size_t num_fixed(char *s, double v, int decimals)
{
    if (!std::isfinite(v))
        return special(s, v);
    auto end =
        std::to_chars(s, s + NUM_FIXED_MAX, v, std::chars_format::fixed, decimals).ptr;
    return size_t(end - s);
}

extern "C" bool num_parse(const char *s, size_t n, double *v)
{
    const char *end = s + n;
    if (n == 2 && s[0] == 'N' && s[1] == 'A') {
        *v = NAN;
        return true;
    }
    if (n > 1 && *s == '+' && s[1] != '-')
        s++;
    if (s == end)
        return false;
    auto got = std::from_chars(s, end, *v);
    if (got.ptr != end)
        return false;
    if (got.ec == std::errc::result_out_of_range) {
        *v = std::copysign(too_small(s, end) ? 0.0 : HUGE_VAL, *s == '-' ? -1.0 : 1.0);
        return true;
    }
    return got.ec == std::errc();
}

extern "C" bool num_parse_long(const char *s, size_t n, long long *v)
{
    const char *end = s + n;
    if (n > 1 && *s == '+' && s[1] != '-')
        s++;
    auto got = std::from_chars(s, end, *v);
    return s != end && got.ptr == end && got.ec == std::errc();
}
