/* num: numbers as text, the same in every locale.
 *
 * Printing gives the shortest text that reads back to the same double (or the
 * same float32); plain decimals between 1e-5 and 1e17, else an exponent. A
 * missing value is NaN, infinities are inf and -inf. */
#ifndef ECO_BASE_NUM_H
#define ECO_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { NUM_MAX = 40 }; /* bytes that any number needs, as num_double prints it */

/* Write v to s, which has room for NUM_MAX bytes, without a NUL; return the length. */
size_t num_double(char *s, double v);
size_t num_float(char *s, float v);
size_t num_long(char *s, long long v);

/* v with a fixed number of decimals (0 to 17), rounded as printf does; s has room
 * for NUM_FIXED_MAX bytes. */
enum { NUM_FIXED_MAX = 340 };
size_t num_fixed(char *s, double v, int decimals);

/* The number that the n bytes at s spell: all of them, or false. Takes a leading
 * sign, decimals with a point, an exponent, NaN, NA and inf; no blanks, no
 * hexadecimal, no decimal comma. */
bool num_parse(const char *s, size_t n, double *v);
bool num_parse_long(const char *s, size_t n, long long *v);

#ifdef __cplusplus
}
#endif
#endif
