/* start: GDAL's state in this process, and what it says. */
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_WARNINGS = 20 }; /* told of a file */

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

char *gdal_message(const char *path, const char *text)
{
    size_t n = strlen(path);
    struct stat st;
    if (strstr(text, "not recognized as a supported file format") && stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            return mem_text("it is a folder");
        if (st.st_size == 0)
            return mem_text("it is empty");
        return mem_text("its format is none that GDAL knows");
    }
    if (strncmp(text, path, n) == 0 && strncmp(text + n, ": ", 2) == 0)
        text += n + 2;
    char *line = mem_text(text);
    for (char *c = line; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    for (n = strlen(line); n && line[n - 1] == ' '; n--)
        line[n - 1] = '\0';
    return line;
}

static void tell(const struct gdal_listener *l, size_t i)
{
    if (i < MOST_WARNINGS)
        msg_warn("%s: GDAL says: %s", l->path, l->told[i]);
    else if (i == MOST_WARNINGS)
        msg_warn("%s: GDAL says more, which is left out", l->path);
}

static void tell_once(struct gdal_listener *l, char *line)
{
    bool known = l->ntold > MOST_WARNINGS;
    for (size_t i = 0; i < l->ntold && !known; i++)
        known = strcmp(l->told[i], line) == 0;
    if (known) {
        free(line);
        return;
    }
    l->told = mem_resize(l->told, l->ntold + 1, sizeof *l->told);
    l->told[l->ntold++] = line;
    if (l->opened)
        tell(l, l->ntold - 1);
}

static void CPL_STDCALL listen(CPLErr kind, CPLErrorNum number, const char *text)
{
    struct gdal_listener *l = CPLGetErrorHandlerUserData();
    (void)number;
    if (kind != CE_Warning && kind < CE_Failure)
        return;
    char *line = gdal_message(l->path, text);
    l->cut = l->cut || strstr(line, "IO error during reading of");
    if (kind == CE_Warning)
        tell_once(l, line);
    else if (kind >= CE_Failure && !l->failure)
        l->failure = line;
    else
        free(line);
}

void gdal_listen(struct gdal_listener *l)
{
    CPLPushErrorHandlerEx(listen, l);
}

void gdal_hush(void)
{
    CPLPopErrorHandler();
}

void gdal_listener_tell(struct gdal_listener *l)
{
    for (size_t i = 0; i < l->ntold && !l->opened; i++)
        tell(l, i);
    l->opened = true;
}

void gdal_listener_free(struct gdal_listener *l)
{
    for (size_t i = 0; i < l->ntold; i++)
        free(l->told[i]);
    free(l->told);
    free(l->failure);
    *l = (struct gdal_listener){0};
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
