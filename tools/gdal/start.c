/* start: GDAL's state in this process, and what it says. */
#include "base/mem.h"
#include "plugin.h"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <ogr_srs_api.h>

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

char *gdal_wkt(OGRSpatialReferenceH srs)
{
    char *wkt = NULL, *text = NULL;
    static const char *const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", NULL};
    if (srs && OSRExportToWktEx(srs, &wkt, options) == OGRERR_NONE && wkt && *wkt)
        text = mem_text(wkt);
    CPLFree(wkt);
    return text;
}
