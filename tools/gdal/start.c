/* start: GDAL's state in this process. */
#include "plugin.h"
#include <cpl_conv.h>
#include <cpl_error.h>

void gdal_start(void)
{
    if (GDALGetDriverCount() > 0)
        return;
    CPLSetConfigOption("GDAL_NUM_THREADS", "1");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "YES");
    GDALSetCacheMax64(32 << 20);
    CPLSetErrorHandler(CPLQuietErrorHandler);
    GDALAllRegister();
}

const char *gdal_reason(void)
{
    const char *text = CPLGetLastErrorMsg();
    return text && *text ? text : "GDAL does not say why";
}
