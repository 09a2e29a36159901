/* mask_cache: which pixels of a raster count, kept in a folder for the next process. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "mask_cache.h"
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/file_stamp.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/options.h"
#include "raster/geotiff_write.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char of_tag[] = "ECO_MASK_OF", covers_tag[] = "ECO_MASK_COVERS",
                  sum_tag[] = "ECO_MASK_SUM";
enum { DIGITS = 16 /* of a sum */, ROWS = 64, YOUNG = 3600 /* s */ };

/* ---- what an entry depends on ---- */

/* FNV-1a, of eight bytes at a time as far as they go. */
static uint64_t sum_of(uint64_t sum, const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    uint64_t word;
    for (; n >= sizeof word; b += sizeof word, n -= sizeof word) {
        memcpy(&word, b, sizeof word);
        sum = (sum ^ word) * 1099511628211U;
        sum ^= sum >> 32;
    }
    for (; n--; b++)
        sum = (sum ^ *b) * 1099511628211U;
    return sum;
}
static const uint64_t empty_sum = 14695981039346656037U;

static void add_number(struct buf *b, double v)
{
    char text[NUM_MAX];
    buf_putc(b, ' ');
    buf_add(b, text, num_double(text, v));
}

static void add_stamp(struct buf *b, const char *path)
{
    struct file_stamp stamp;
    char time[FILE_STAMP_TEXT];
    file_stamp_take(&stamp, path);
    file_stamp_time(&stamp, time);
    buf_printf(b, " %lld %s", stamp.size, time);
}

static void add_clip(struct buf *b, const struct grid *grid)
{
    const struct poly *clip = &grid->clip;
    if (!clip->nrings)
        return;
    uint64_t sum = sum_of(empty_sum, clip->x, clip->npoints * sizeof *clip->x);
    sum = sum_of(sum, clip->y, clip->npoints * sizeof *clip->y);
    sum = sum_of(sum, clip->ring, (clip->nrings + 1) * sizeof *clip->ring);
    buf_printf(b, "\nclip %zu %016llx %s", clip->npoints, (unsigned long long)sum,
               crs_text(grid->crs));
}

static bool is_list(const char *path)
{
    char *file = ras_file_of(path, NULL);
    const char *dot = strrchr(file, '.');
    bool list = dot && strcasecmp(dot, ".vrt") == 0;
    free(file);
    return list;
}

static void add_map(struct buf *b, const struct classmap_use *map)
{
    char *file = ras_disk_of(map->path), *full = realpath(file, NULL);
    size_t n = strlen(file);
    bool begins = strncmp(map->path, file, n) == 0;
    const char *inside = !begins ? map->path : map->path[n] ? map->path + n + 1 : NULL;
    buf_printf(b, "\nmap %s %s", map->by_area ? "area" : "centre", map->classes->text);
    add_stamp(b, file);
    buf_printf(b, " %s", full ? full : map->path);
    if (inside)
        buf_printf(b, " band %s", inside);
    free(full);
    free(file);
}

bool mask_cache_find(struct mask_cache_entry *e, const char *folder,
                     const struct raster_grid *source, const struct grid *grid,
                     const struct classmap_use *map, int nmaps)
{
    struct buf text = {0}, path = {0};
    for (int i = 0; i < nmaps; i++)
        if (is_list(map[i].path))
            return false;
    buf_printf(&text, "eco %s", options_version());
    add_stamp(&text, "/proc/self/exe");
    buf_printf(&text, "\npixels %d %d", source->columns, source->rows);
    for (int i = 0; i < 6; i++)
        add_number(&text, source->gt[i]);
    buf_printf(&text, " %s", crs_text(source->crs));
    add_clip(&text, grid);
    for (int i = 0; i < nmaps; i++)
        add_map(&text, &map[i]);
    unsigned long long sum = sum_of(empty_sum, text.s, text.n);
    buf_printf(&path, "%s/%x/%016llx.tif", folder,
               (unsigned)(sum >> 60) % MASK_CACHE_SHARES, sum);
    *e = (struct mask_cache_entry){text.s, path.s};
    return true;
}

void mask_cache_free(struct mask_cache_entry *e)
{
    free(e->text);
    free(e->path);
    *e = (struct mask_cache_entry){0};
}

/* ---- reading ---- */

static bool parse_covers(const char *text, int nmaps, double *covers)
{
    for (int i = 0; i < nmaps; i++) {
        size_t n = text ? strcspn(text, " ") : 0;
        if (!n || !num_parse(text, n, &covers[i]))
            return false;
        text += text[n] ? n + 1 : n;
    }
    return !nmaps || !*text;
}

static bool read_bits(struct ras *r, unsigned char *bits)
{
    unsigned char *same = mem_alloc(65536, 1);
    for (int i = 0; i < 256; i++)
        same[i] = (unsigned char)i;
    int status = ras_read_table(r, 0, 0, 0, r->grid.columns, r->grid.rows, same, bits);
    free(same);
    return status == MSG_OK;
}

static bool read_weights(struct ras *r, const struct mask_cache_pixels *p)
{
    size_t width = (size_t)r->grid.columns;
    double *v = mem_resize(NULL, width * ROWS, sizeof *v);
    int status = MSG_OK;
    for (int row = 0; row < r->grid.rows && status == MSG_OK; row += ROWS)
        for (int band = 0; band < 2 && status == MSG_OK; band++) {
            int rows = r->grid.rows - row < ROWS ? r->grid.rows - row : ROWS;
            size_t n = width * (size_t)rows, at = width * (size_t)row;
            status = ras_read(r, band, 0, row, r->grid.columns, rows, v, RAS_RAW);
            for (size_t i = 0; i < n && status == MSG_OK; i++)
                if (band)
                    p->weight[at + i] = (float)v[i];
                else
                    p->bits[at + i] = (unsigned char)v[i];
        }
    free(v);
    return status == MSG_OK;
}

/* The oldest go first, and what is used is not old; but a touch a scene is too many. */
static void stay_young(const char *path, const struct stat *st)
{
    if (time(NULL) - st->st_mtim.tv_sec > YOUNG)
        (void)utimensat(AT_FDCWD, path, NULL, 0);
}

/* What an entry amounts to: the sums in TIFF's data are not looked at by all readers. */
static void sum_entry(const struct raster_grid *source, int nmaps,
                      const struct mask_cache_pixels *p, char text[DIGITS + 1])
{
    size_t n = (size_t)source->columns * (size_t)source->rows;
    uint64_t sum = sum_of(empty_sum, p->bits, n);
    if (p->weight)
        sum = sum_of(sum, p->weight, n * sizeof *p->weight);
    sum = sum_of(sum, p->covers, (size_t)nmaps * sizeof *p->covers);
    snprintf(text, DIGITS + 1, "%016llx", (unsigned long long)sum);
}

static bool read_entry(const struct mask_cache_entry *e, const struct raster_grid *source,
                       int nmaps, const struct mask_cache_pixels *p)
{
    struct ras r;
    if (ras_open(&r, e->path) != MSG_OK)
        return false;
    const char *text = ras_tag(&r, of_tag), *sum = ras_tag(&r, sum_tag);
    char found[DIGITS + 1];
    bool good = text && sum && strcmp(text, e->text) == 0 &&
                r.grid.columns == source->columns && r.grid.rows == source->rows &&
                r.nbands == (p->weight ? 2 : 1) &&
                r.band[0].type == (p->weight ? RAS_F32 : RAS_U8) &&
                parse_covers(ras_tag(&r, covers_tag), nmaps, p->covers);
    if (good)
        good = p->weight ? read_weights(&r, p) : read_bits(&r, p->bits);
    if (good) {
        sum_entry(source, nmaps, p, found);
        good = strcmp(sum, found) == 0;
    }
    ras_close(&r);
    return good;
}

bool mask_cache_read(const struct mask_cache_entry *e, const struct raster_grid *source,
                     int nmaps, const struct mask_cache_pixels *p)
{
    struct msg_kept silence = {.silent = true};
    struct stat st;
    if (stat(e->path, &st) != 0)
        return false;
    msg_keep(&silence);
    bool good = read_entry(e, source, nmaps, p);
    msg_release(&silence);
    if (good)
        stay_young(e->path, &st);
    return good;
}

/* ---- writing ---- */

static int put_band(struct ras_writer *w, int band, const struct mask_cache_pixels *p)
{
    size_t width = (size_t)w->spec.grid.columns;
    double *v = mem_resize(NULL, width * (size_t)w->block_rows, sizeof *v);
    int status = MSG_OK;
    for (int row = 0; row < w->spec.grid.rows && status == MSG_OK; row += w->block_rows) {
        int rows = w->spec.grid.rows - row;
        size_t n = width * (size_t)(rows < w->block_rows ? rows : w->block_rows);
        size_t at = width * (size_t)row;
        for (size_t i = 0; i < n; i++)
            v[i] = band ? (double)p->weight[at + i] : p->bits[at + i];
        status = ras_put_rows(w, band, row, v);
    }
    free(v);
    return status;
}

static int write_entry(const struct mask_cache_entry *e, const struct raster_grid *source,
                       int nmaps, const struct mask_cache_pixels *p)
{
    struct buf covers = {0};
    for (int i = 0; i < nmaps; i++)
        add_number(&covers, p->covers[i]);
    char sum[DIGITS + 1];
    sum_entry(source, nmaps, p, sum);
    const struct ras_tag tag[] = {{(char *)of_tag, e->text},
                                  {(char *)sum_tag, sum},
                                  {(char *)covers_tag, nmaps ? covers.s + 1 : NULL}};
    struct ras_spec spec = {.grid = *source,
                            .nbands = p->weight ? 2 : 1,
                            .type = p->weight ? RAS_F32 : RAS_U8,
                            .tag = tag,
                            .ntags = nmaps ? 3 : 2};
    if (!crs_wgs84_utm(source->crs)) /* what needs GDAL to be read would take too long */
        spec.grid.crs = NULL;
    struct ras_writer w;
    int status = atomic_file_make_parents(e->path);
    if (status == MSG_OK)
        status = ras_create(&w, e->path, &spec);
    bool created = status == MSG_OK;
    for (int band = 0; band < spec.nbands && status == MSG_OK; band++)
        status = put_band(&w, band, p);
    if (status == MSG_OK)
        status = ras_commit(&w);
    else if (created)
        ras_abort(&w);
    buf_free(&covers);
    return status;
}

/* ---- the bound ---- */

struct found {
    char name[DIGITS + sizeof ".tif"];
    long long size;
    struct timespec time;
};

static int by_age(const void *a, const void *b)
{
    const struct found *p = a, *q = b;
    if (p->time.tv_sec != q->time.tv_sec)
        return p->time.tv_sec < q->time.tv_sec ? -1 : 1;
    if (p->time.tv_nsec != q->time.tv_nsec)
        return p->time.tv_nsec < q->time.tv_nsec ? -1 : 1;
    return strcmp(p->name, q->name);
}

/* Nothing else goes, whatever folder a user names. */
static bool is_entry(const char *name)
{
    return strspn(name, "0123456789abcdef") == DIGITS && strcmp(name + DIGITS, ".tif") == 0;
}

/* Removes the oldest entries beside one until all have `most` bytes. That one stays. */
static void bound(const char *path, long long most)
{
    const char *own = strrchr(path, '/') + 1;
    char *folder = mem_slice(path, (size_t)(own - path));
    DIR *d = opendir(folder);
    struct found *found = NULL;
    size_t n = 0, cap = 0;
    long long bytes = 0;
    for (struct dirent *entry; d && (entry = readdir(d));) {
        struct stat st;
        if (!is_entry(entry->d_name) || fstatat(dirfd(d), entry->d_name, &st, 0) != 0)
            continue;
        found = mem_grow(found, &cap, n + 1, sizeof *found);
        found[n] = (struct found){.size = st.st_size, .time = st.st_mtim};
        memcpy(found[n++].name, entry->d_name, sizeof found->name);
        bytes += st.st_size;
    }
    if (bytes > most)
        qsort(found, n, sizeof *found, by_age);
    for (size_t i = 0; i < n && bytes > most; i++) {
        if (strcmp(found[i].name, own) == 0)
            continue;
        bytes -= found[i].size;
        (void)unlinkat(dirfd(d), found[i].name, 0);
    }
    if (d)
        closedir(d);
    free(folder);
    free(found);
}

void mask_cache_write(const struct mask_cache_entry *e, const struct raster_grid *source,
                      int nmaps, const struct mask_cache_pixels *p, long long most)
{
    struct msg_kept silence = {.silent = true};
    msg_keep(&silence);
    bool written = write_entry(e, source, nmaps, p) == MSG_OK;
    msg_release(&silence);
    if (written)
        bound(e->path, most);
}
