/* cog: a GeoTIFF made a cloud-optimized one. */
#include "base/atomic_file.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <stdio.h>
#include <stdlib.h>
#include <tiffio.h>
#include <unistd.h>

/* A libtiff scheme as the COG driver names it. */
static const char *compression(int scheme)
{
    switch (scheme) {
    case COMPRESSION_LZW:
        return "LZW";
    case COMPRESSION_ZSTD:
        return "ZSTD";
    case COMPRESSION_NONE:
        return "NONE";
    default:
        return "DEFLATE";
    }
}

int gdal_cog(const char *from, const char *to, bool smooth, int compress)
{
    gdal_start();
    CPLErrorReset();
    char *aside = atomic_file_name_aside(to);
    char **options = CSLSetNameValue(NULL, "COMPRESS", compression(compress));
    options =
        CSLSetNameValue(options, "OVERVIEW_RESAMPLING", smooth ? "AVERAGE" : "NEAREST");
    options = CSLSetNameValue(options, "PREDICTOR", smooth ? "YES" : "NO");
    GDALDatasetH source = GDALOpen(from, GA_ReadOnly);
    GDALDriverH driver = GDALGetDriverByName("COG");
    GDALDatasetH made =
        source ? GDALCreateCopy(driver, aside, source, TRUE, options, NULL, NULL) : NULL;
    if (made)
        GDALClose(made);
    bool good = made && CPLGetLastErrorType() < CE_Failure && rename(aside, to) == 0;
    if (!good) {
        msg_error("%s: cannot write: %s", to, gdal_reason());
        unlink(aside);
    }
    if (source)
        GDALClose(source);
    CSLDestroy(options);
    free(aside);
    return good ? MSG_OK : MSG_SYSTEM;
}
