// num: numbers as text, by the standard library's shortest round-trip conversions.
#include "base/num.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
// A faster way to the shortest digits than libstdc++ has; the same text with or without.
#if __has_include(<dragonbox-1.1.3/dragonbox/dragonbox.h>)
#include <dragonbox-1.1.3/dragonbox/dragonbox.h>
#endif

namespace
{

size_t special(char *s, double v)
{
    const char *text = std::isnan(v) ? "NaN" : v > 0 ? "inf" : "-inf";
    size_t n = std::strlen(text);
    std::memcpy(s, text, n);
    return n;
}

// Four digits of v < 10^4.
inline void put_four(char *to, std::uint32_t v)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334"
        "3536373839404142434445464748495051525354555657585960616263646566676869"
        "707172737475767778798081828384858687888990919293949596979899";
    std::memcpy(to, pairs + 2 * (v / 100), 2);
    std::memcpy(to + 2, pairs + 2 * (v % 100), 2);
}

// The digits of m < 10^17 in the last of 17 bytes, with zeros in front.
inline void put_digits(char *to, std::uint64_t m)
{
    std::uint64_t high = m / 100000000;
    auto low = std::uint32_t(m % 100000000), middle = std::uint32_t(high % 100000000);
    to[0] = char('0' + high / 100000000);
    put_four(to + 1, middle / 10000);
    put_four(to + 5, middle % 10000);
    put_four(to + 9, low / 10000);
    put_four(to + 13, low % 10000);
}

const std::uint64_t tens[] = {1,
                              10,
                              100,
                              1000,
                              10000,
                              100000,
                              1000000,
                              10000000,
                              100000000,
                              1000000000,
                              10000000000,
                              100000000000,
                              1000000000000,
                              10000000000000,
                              100000000000000,
                              1000000000000000,
                              10000000000000000,
                              100000000000000000};

int count_digits(std::uint64_t m)
{
    int guess = (64 - __builtin_clzll(m | 1)) * 1233 >> 12; // log10(2) = 1233/4096
    return guess + (m >= tens[guess]);
}

#if __has_include(<dragonbox-1.1.3/dragonbox/dragonbox.h>)
// m * 10^exponent in plain decimals; its value is from 1e-5 to below 2^53. Copies are of
// 17 bytes, whatever is needed of them: that is quicker, and all within NUM_MAX.
inline size_t plain(char *s, std::uint64_t m, int exponent)
{
    char digits[34];
    put_digits(digits, m);
    std::memset(digits + 17, '0', 17);
    int n = count_digits(m), point = n + exponent;
    const char *first = digits + 17 - n;
    if (point > 0) {
        std::memcpy(s, first, 17);
        if (exponent >= 0)
            return size_t(point);
        std::memcpy(s + point + 1, first + point, 17);
        s[point] = '.';
        return size_t(n + 1);
    }
    std::memcpy(s, "0.000000", 8);
    std::memcpy(s + 2 - point, first, 17);
    return size_t(2 - point + n);
}

// The same text as std::to_chars gives, in half the time; 0 for numbers it is not for.
template <class T> size_t quick(char *s, T v)
{
    T size = std::fabs(v);
    if (!(size >= T(1e-5) && size < T(std::uint64_t(1) << std::numeric_limits<T>::digits)))
        return 0;
    namespace dragonbox = jkj::dragonbox;
    auto decimal = dragonbox::to_decimal(size, dragonbox::policy::sign::ignore);
    *s = '-';
    size_t sign = std::signbit(v);
    return sign + plain(s + sign, decimal.significand, decimal.exponent);
}
#else
template <class T> size_t quick(char *, T)
{
    return 0;
}
#endif

template <class T> size_t shortest(char *s, T v)
{
    size_t n = quick(s, v);
    if (n)
        return n;
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
    return exponent < -power; // a sum might be more than they hold
}

// v * 10^decimals, rounded to the nearest integer, ties to even, exactly: the product's
// rounding error is known from fma, so it can be told on which side of a half it lies.
// False when it has more than 16 digits.
bool scaled(double v, int decimals, std::uint64_t *m)
{
    if (decimals > 15 || !(v * double(tens[decimals]) < 4e15))
        return false;
    double ten = double(tens[decimals]), p = v * ten;
    double error = std::fma(v, ten, -p), whole = std::floor(p);
    double above_half = (p - whole - 0.5) + error;
    *m = std::uint64_t(whole);
    *m += above_half > 0 || (above_half == 0 && *m % 2);
    return true;
}

// Plain decimals of at most 16 digits: the digits are an integer that a double holds, the
// power of ten is exact too, so one division rounds correctly. False for all else.
inline bool parse_plain(const char *s, const char *end, double *v)
{
    if (end - s > 17)
        return false;
    bool negative = s < end && *s == '-';
    s += negative;
    std::uint64_t m = 0;
    long digits = 0, decimals = 0;
    for (; s < end && unsigned(*s - '0') < 10; s++, digits++)
        m = 10 * m + unsigned(*s - '0');
    if (s < end && *s == '.')
        for (s++; s < end && unsigned(*s - '0') < 10; s++, decimals++)
            m = 10 * m + unsigned(*s - '0');
    if (s < end || digits + decimals == 0 || m > std::uint64_t(1) << 53)
        return false;
    double size = double(m) / double(tens[decimals]);
    *v = negative ? -size : size;
    return true;
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
    std::uint64_t m;
    if (!scaled(std::fabs(v), decimals, &m)) {
        auto fixed = std::chars_format::fixed;
        return size_t(std::to_chars(s, s + NUM_FIXED_MAX, v, fixed, decimals).ptr - s);
    }
    char digits[17];
    put_digits(digits, m);
    int n = std::max(count_digits(m), decimals + 1), point = n - decimals;
    size_t sign = std::signbit(v);
    *s = '-';
    s += sign;
    const char *first = digits + 17 - n;
    std::memcpy(s, first, size_t(point));
    if (!decimals)
        return sign + size_t(point);
    s[point] = '.';
    std::memcpy(s + point + 1, first + point, size_t(decimals));
    return sign + size_t(n) + 1;
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
    if (parse_plain(s, end, v))
        return true;
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
