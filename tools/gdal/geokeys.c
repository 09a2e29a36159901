/* geokeys: the GeoTIFF tags that say a CRS, as GDAL writes them. */
#include "base/mem.h"
#include "base/msg.h"
#include "plugin.h"
#include "raster/geotiff_tags.h"
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_srs_api.h>
#include <string.h>

struct memory {
    unsigned char *s;
    size_t n, at;
};

static tmsize_t memory_read(thandle_t h, void *to, tmsize_t n)
{
    struct memory *m = h;
    size_t left = m->at < m->n ? m->n - m->at : 0;
    size_t k = (size_t)n < left ? (size_t)n : left;
    memcpy(to, m->s + m->at, k);
    m->at += k;
    return (tmsize_t)k;
}

static tmsize_t memory_write(thandle_t h, void *from, tmsize_t n)
{
    (void)h;
    (void)from;
    (void)n;
    return 0;
}

static toff_t memory_seek(thandle_t h, toff_t offset, int whence)
{
    struct memory *m = h;
    size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? m->at : m->n;
    m->at = base + (size_t)offset;
    return m->at;
}

static toff_t memory_size(thandle_t h)
{
    return ((struct memory *)h)->n;
}

static int memory_close(thandle_t h)
{
    (void)h;
    return 0;
}

/* Copies the three tags out of a GeoTIFF in memory. */
static void copy_keys(TIFF *tif, struct gdal_plugin_geokeys *keys)
{
    unsigned short *directory = NULL;
    double *numbers = NULL;
    keys->ndirectory = geotiff_shorts(tif, TAG_GEOKEYS, &directory);
    if (keys->ndirectory) {
        keys->directory = mem_alloc(keys->ndirectory, sizeof *directory);
        memcpy(keys->directory, directory, keys->ndirectory * sizeof *directory);
    }
    keys->ndoubles = geotiff_doubles(tif, TAG_GEODOUBLES, &numbers);
    if (keys->ndoubles) {
        keys->doubles = mem_alloc(keys->ndoubles, sizeof *numbers);
        memcpy(keys->doubles, numbers, keys->ndoubles * sizeof *numbers);
    }
    const char *text = geotiff_text(tif, TAG_GEOTEXT);
    keys->text = text ? mem_text(text) : NULL;
}

/* Lets GDAL write a raster of one pixel in that CRS, in memory, and reads its tags. */
int gdal_geokeys(const char *crs, struct gdal_plugin_geokeys *keys)
{
    static const char name[] = "/vsimem/eco-geokeys.tif";
    *keys = (struct gdal_plugin_geokeys){0};
    gdal_start();
    double gt[6] = {0, 1, 0, 0, 0, -1};
    int status = MSG_INPUT;
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    GDALDatasetH ds = NULL;
    if (OSRSetFromUserInput(srs, crs) == OGRERR_NONE)
        ds = GDALCreate(GDALGetDriverByName("GTiff"), name, 1, 1, 1, GDT_Byte, NULL);
    if (ds && GDALSetGeoTransform(ds, gt) == CE_None &&
        GDALSetSpatialRef(ds, srs) == CE_None) {
        GDALClose(ds);
        ds = NULL;
        vsi_l_offset size = 0;
        struct memory m = {VSIGetMemFileBuffer(name, &size, FALSE), 0, 0};
        m.n = size;
        TIFF *tif = TIFFClientOpen(name, "rm", &m, memory_read, memory_write, memory_seek,
                                   memory_close, memory_size, NULL, NULL);
        if (tif) {
            copy_keys(tif, keys);
            TIFFClose(tif);
        }
        status = keys->directory ? MSG_OK : MSG_INPUT;
    }
    if (status != MSG_OK)
        msg_error("this coordinate reference system has no GeoTIFF keys: %.80s", crs);
    if (ds)
        GDALClose(ds);
    VSIUnlink(name);
    OSRDestroySpatialReference(srs);
    return status;
}
