/* pixel_type: what pixels are made of. */
#include "raster/raster.h"
#include <math.h>

static const char *const type_names[] = {"Byte",   "Int8",  "UInt16",  "Int16",
                                         "UInt32", "Int32", "Float32", "Float64"};

const char *ras_type_name(enum ras_type type)
{
    return type_names[type];
}

bool ras_type_range(enum ras_type type, double *least, double *most)
{
    static const double from[] = {0, -128, 0, -32768, 0, -2147483648.0};
    static const double to[] = {255, 127, 65535, 32767, 4294967295.0, 2147483647};
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
    static const int bytes[] = {1, 1, 2, 2, 4, 4, 4, 8};
    return bytes[type];
}
