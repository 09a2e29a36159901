/* tiff_directory: the directories of a TIFF, and whether the file holds what they name. */
#include "tiff_directory.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "raster/geotiff_tags.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_DIRECTORIES = 65535 }; /* as libtiff */

struct file {
    const char *path;
    int descriptor;
    uint64_t size;
    bool big, big_endian; /* BigTIFF; bytes in that order */
};

static bool read_at(const struct file *f, uint64_t at, void *to, size_t n)
{
    return at <= f->size && n <= f->size - at &&
           pread(f->descriptor, to, n, (off_t)at) == (ssize_t)n;
}

static uint64_t number(const struct file *f, const unsigned char *s, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++)
        v = v << 8 | s[f->big_endian ? i : n - 1 - i];
    return v;
}

/* Bytes of a value; 0 for types that TIFF does not know, whose tags nobody reads. */
static unsigned type_bytes(unsigned type)
{
    static const unsigned char bytes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                          8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < sizeof bytes ? bytes[type] : 0;
}

/* A tag by its name in the standards, or by its number alone. */
static void put_name(struct buf *b, unsigned tag)
{
    static const struct {
        unsigned tag;
        const char *name;
    } known[] = {
        {TAG_PIXEL_SCALE, "ModelPixelScale, where pixels lie"},
        {TAG_TIEPOINT, "ModelTiepoint, where pixels lie"},
        {TAG_TRANSFORMATION, "ModelTransformation, where pixels lie"},
        {TAG_GEOKEYS, "GeoKeyDirectory, its CRS"},
        {TAG_GEODOUBLES, "GeoDoubleParams, its CRS"},
        {TAG_GEOTEXT, "GeoAsciiParams, its CRS"},
        {TAG_GDAL_METADATA, "GDAL_METADATA, with scale and offset"},
        {TAG_GDAL_NODATA, "GDAL_NODATA"},
        {TIFFTAG_COLORMAP, "ColorMap"},
        {TIFFTAG_STRIPOFFSETS, "StripOffsets, where its data lie"},
        {TIFFTAG_STRIPBYTECOUNTS, "StripByteCounts, where its data lie"},
        {TIFFTAG_TILEOFFSETS, "TileOffsets, where its data lie"},
        {TIFFTAG_TILEBYTECOUNTS, "TileByteCounts, where its data lie"},
    };
    buf_printf(b, "tag %u", tag);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].tag == tag)
            buf_printf(b, " (%s)", known[i].name);
}

static int complain_of_tag(const struct file *f, unsigned tag)
{
    struct buf name = {0};
    put_name(&name, tag);
    msg_error("%s: damaged: the file ends before its %s does; get a whole copy of it",
              f->path, name.s);
    buf_free(&name);
    return MSG_INPUT;
}

static int complain(const struct file *f, const char *what)
{
    msg_error("%s: damaged: %s; get a whole copy of it", f->path, what);
    return MSG_INPUT;
}

/* Looks at each entry: those whose value does not fit into them say where it lies. */
static int check_entries(const struct file *f, const unsigned char *entry, uint64_t n)
{
    unsigned width = f->big ? 8 : 4; /* of counts and offsets */
    for (uint64_t i = 0; i < n; i++, entry += 4 + 2 * width) {
        unsigned bytes = type_bytes((unsigned)number(f, entry + 2, 2));
        uint64_t count = number(f, entry + 4, (int)width);
        uint64_t at = number(f, entry + 4 + width, (int)width);
        if (!bytes || count <= width / bytes)
            continue;
        if (at > f->size || count > (f->size - at) / bytes)
            return complain_of_tag(f, (unsigned)number(f, entry, 2));
    }
    return MSG_OK;
}

/* The directory at *at, which becomes that of the next, or 0. */
static int check_directory(const struct file *f, uint64_t *at)
{
    static const char cut[] = "the file ends before a directory of its tags does";
    unsigned char head[8];
    size_t counted = f->big ? 8 : 2, entry = f->big ? 20 : 12, next = f->big ? 8 : 4;
    if (!read_at(f, *at, head, counted))
        return complain(f, cut);
    uint64_t n = number(f, head, (int)counted);
    if (n > f->size / entry)
        return complain(f, cut);
    size_t bytes = (size_t)n * entry + next;
    unsigned char *entries = mem_alloc(bytes, 1);
    int status = read_at(f, *at + counted, entries, bytes) ? check_entries(f, entries, n)
                                                           : complain(f, cut);
    *at = number(f, entries + n * entry, (int)next);
    free(entries);
    return status;
}

/* The first directory; false when it is no TIFF. */
static bool find_first(struct file *f, uint64_t *at)
{
    unsigned char head[16] = {0};
    if (!read_at(f, 0, head, 4))
        return false;
    f->big_endian = head[0] == 'M';
    f->big = number(f, head + 2, 2) == 43;
    size_t n = f->big ? 16 : 8;
    *at = read_at(f, 0, head, n) ? number(f, head + n / 2, (int)n / 2) : f->size;
    return true;
}

int tiff_directory_check(const char *path)
{
    struct file f = {.path = path, .descriptor = open(path, O_RDONLY | O_CLOEXEC)};
    struct stat st;
    uint64_t at;
    int status = MSG_OK, n = 0;
    if (f.descriptor < 0)
        return MSG_OK;
    if (fstat(f.descriptor, &st) == 0 && S_ISREG(st.st_mode)) {
        f.size = (uint64_t)st.st_size;
        if (!find_first(&f, &at))
            at = 0;
        while (at && status == MSG_OK)
            status = n++ < MOST_DIRECTORIES
                         ? check_directory(&f, &at)
                         : complain(&f, "its directories of tags never end");
    }
    close(f.descriptor);
    return status;
}
