/* nodata: whether a sample is the one that stands for no value.
 *
 * Integers are it or are not. Reals are compared as GDAL does for its masks (ARE_REAL_EQUAL
 * in gdal_priv.h), since files name theirs with fewer digits than their pixels have:
 * -3.402823e38, 9.96921e36. */
#ifndef ECO_RASTER_NODATA_H
#define ECO_RASTER_NODATA_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

static inline bool nodata_is_float(float v, float nodata)
{
    return v == nodata || fabsf(v - nodata) < FLT_EPSILON * fabsf(v + nodata) * 2;
}

static inline bool nodata_is_double(double v, double nodata)
{
    return v == nodata || fabs(v - nodata) < (double)FLT_EPSILON * fabs(v + nodata) * 2;
}

#endif
