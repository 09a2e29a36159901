/* pixel_type: what pixels are made of, and what is made of them. */
#ifndef ECO_RASTER_PIXEL_TYPE_H
#define ECO_RASTER_PIXEL_TYPE_H

#include <stdbool.h>

enum ras_type {
    RAS_U8,
    RAS_I8,
    RAS_U16,
    RAS_I16,
    RAS_U32,
    RAS_I32,
    RAS_F32,
    RAS_F64,
    RAS_U64, /* these last two only of drivers: their samples are doubles, NaN for nodata */
    RAS_I64,
};

/* The values that an integer type holds; false for floats. */
bool ras_type_range(enum ras_type type, double *least, double *most);

/* Whether pixels of that type can be v: floats may lose digits, but not the number. */
bool ras_type_holds(enum ras_type type, double v);

/* Bytes of a pixel of that type. */
int ras_type_bytes(enum ras_type type);

/* "Float32", "UInt16"... */
const char *ras_type_name(enum ras_type type);

/* For what reads values: leave scale and offset off. */
enum { RAS_RAW = 1 };

#endif
