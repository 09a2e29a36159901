/* band_name: bands by their names, and names of files with one: FILE:BAND. */
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "raster/raster.h"
#include "raster_name.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *ras_file_of(const char *path, const char **band)
{
    struct raster_name n;
    raster_name_parse(&n, path);
    char *file = mem_text(n.file);
    if (band)
        *band = n.band ? path + strlen(path) - strlen(n.band) : NULL;
    raster_name_free(&n);
    return file;
}

char *ras_disk_of(const char *path)
{
    struct raster_name n;
    raster_name_parse(&n, path);
    char *disk = mem_text(n.disk);
    raster_name_free(&n);
    return disk;
}

int ras_year_in(const char *text)
{
    int year = 0;
    for (const char *s = text; s && *s;) {
        size_t n = strspn(s, "0123456789");
        if (n == 4 && *s != '0') {
            if (year)
                return 0;
            year =
                (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + s[3] - '0';
        }
        s += n ? n : 1;
    }
    return year;
}

int ras_find_band(const struct ras *r, const char *name)
{
    for (int b = 0; b < r->nbands; b++)
        if (r->band[b].description && strcmp(r->band[b].description, name) == 0)
            return b;
    return -1;
}

int ras_band_named(const struct ras *r, const char *name)
{
    int found = -1, by_year = -1, years = 0;
    long long number = 0;
    bool is_number = num_parse_long(name, strlen(name), &number);
    for (int b = 0; b < r->nbands; b++) {
        const char *text = r->band[b].description;
        if ((text && strcmp(text, name) == 0) || (is_number && number == b + 1)) {
            if (found >= 0)
                return RAS_BAND_AMBIGUOUS;
            found = b;
        }
        if (is_number && number >= 1000 && ras_year_in(text) == number) {
            by_year = b;
            years++;
        }
    }
    if (found >= 0)
        return found;
    return years > 1 ? RAS_BAND_AMBIGUOUS : by_year;
}

void ras_list_bands(const struct ras *r, struct buf *b)
{
    enum { MOST = 12 };
    for (int i = 0; i < r->nbands && i < MOST; i++) {
        const char *name = r->band[i].description;
        buf_printf(b, "%s%d%s%s", i ? ", " : "", i + 1, name ? " " : "", name ? name : "");
    }
    if (r->nbands > MOST)
        buf_printf(b, ", ... %d", r->nbands);
}

int ras_name_band(const struct ras *r, const char *name, int *band)
{
    struct buf b = {0};
    *band = ras_band_named(r, name);
    if (*band >= 0)
        return MSG_OK;
    ras_list_bands(r, &b);
    msg_error("%s: %s \"%s\" among its bands: %s", r->path,
              *band == RAS_BAND_AMBIGUOUS ? "more than one is" : "there is no", name, b.s);
    buf_free(&b);
    return MSG_INPUT;
}

bool ras_exists(const char *path)
{
    struct stat st;
    struct ras r;
    struct raster_name n;
    raster_name_parse(&n, path);
    bool there = stat(n.disk, &st) == 0;
    if (there && (n.band || n.layer)) {
        there = ras_open(&r, n.file) == MSG_OK;
        if (there) {
            there = !n.band || ras_band_named(&r, n.band) >= 0;
            ras_close(&r);
        }
    }
    raster_name_free(&n);
    return there;
}
