/* simd: loops that are compiled for several instruction sets; the loader picks.
 *
 * The arithmetic is IEEE 754's in each, and nothing is contracted, so that results are the
 * same, bit for bit, on any machine. */
#ifndef ECO_BASE_SIMD_H
#define ECO_BASE_SIMD_H

#include <limits.h> /* says what the C library is */

/* In front of a function's definition. */
#if defined __x86_64__ && defined __GLIBC__ && !defined __clang__
#define VECTOR_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define VECTOR_CLONES
#endif

/* Several numbers at once, and what comparing them gives: all bits or none. */
enum { VECTOR_LANES = 4 };
typedef double vector __attribute__((vector_size(VECTOR_LANES * sizeof(double))));
typedef long long vector_mask
    __attribute__((vector_size(VECTOR_LANES * sizeof(long long))));

#define VECTOR_ALL(x)         ((vector){(x), (x), (x), (x)})
#define VECTOR_OF(a, b, c, d) ((vector){(a), (b), (c), (d)})
#define VECTOR_LANE(v, k)     ((v)[k])

/* In front of a function of vectors: it becomes part of whatever uses it. */
#define VECTOR_INLINE static inline __attribute__((always_inline))

/* Lane by lane a where the mask is set, else 0. */
#define VECTOR_KEEP(mask, a) ((vector)((mask) & (vector_mask)(a)))

/* Lane by lane a where the mask is set, else b. */
#define VECTOR_PICK(mask, a, b)                                                            \
    ((vector)(((mask) & (vector_mask)(a)) | (~(mask) & (vector_mask)(b))))

/* In texts that OpenCL C has too, before what is pointed to: there it lies in the device's
 * memory. */
#define DEVICE_MEMORY

#endif
