/* pixel_type: what pixels are made of. */
#include "raster/pixel_type.h"
#include <math.h>

static const char *const type_names[] = {"Byte",  "Int8",    "UInt16",  "Int16",  "UInt32",
                                         "Int32", "Float32", "Float64", "UInt64", "Int64"};

const char *ras_type_name(enum ras_type type)
{
    return type_names[type];
}

bool ras_type_range(enum ras_type type, double *least, double *most)
{
    /* Of 64 bits the last doubles that are integers of the type. */
    static const double from[] = {[RAS_I8] = -128,
                                  [RAS_I16] = -32768,
                                  [RAS_I32] = -2147483648.0,
                                  [RAS_I64] = -0x1p63};
    static const double to[] = {[RAS_U8] = 255,
                                [RAS_I8] = 127,
                                [RAS_U16] = 65535,
                                [RAS_I16] = 32767,
                                [RAS_U32] = 0x1p32 - 1,
                                [RAS_I32] = 0x1p31 - 1,
                                [RAS_U64] = 0x1p64 - 2048,
                                [RAS_I64] = 0x1p63 - 1024};
    if (type == RAS_F32 || type == RAS_F64)
        return false;
    *least = from[type];
    *most = to[type];
    return true;
}

bool ras_type_holds(enum ras_type type, double v)
{
    double least, most;
    if (ras_type_range(type, &least, &most))
        return v >= least && v <= most && v == floor(v);
    return type == RAS_F64 || !isfinite(v) || isfinite((float)v);
}

int ras_type_bytes(enum ras_type type)
{
    static const int bytes[] = {1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
    return bytes[type];
}
