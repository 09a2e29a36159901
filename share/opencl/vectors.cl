/* The program for accelerators begins here. What follows in the built file, eco.cl, is this;
 * then the texts that C has too (tools/geo/area_quad.h, area_row.h, tools/regrid/
 * place_value.h); then the kernels.
 *
 * OpenCL C 1.2 with doubles. Nothing is contracted, and no function is called but those that
 * round correctly, so that each result is the same bits as the processor's. */
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#pragma OPENCL FP_CONTRACT OFF

typedef double4 vector;
typedef long4 vector_mask;

#define VECTOR_INLINE           inline __attribute__((always_inline)) static
#define VECTOR_ALL(x)           ((double4)(x))
#define VECTOR_OF(a, b, c, d)   ((double4)(a, b, c, d))
#define VECTOR_LANE(v, k)       ((v).s##k)
#define VECTOR_KEEP(mask, a)    as_double4((mask) & as_long4(a))
#define VECTOR_PICK(mask, a, b) as_double4(((mask) & as_long4(a)) | (~(mask) & as_long4(b)))

#define DEVICE_MEMORY __global
