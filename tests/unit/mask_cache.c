/* The cache of masks: it stays within its bound, the oldest entries go, and nothing else.
 */
#include "mask/mask_cache.h"
#include "base/buf.h"
#include "catch.h"
#include "unit.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIDE = 32 };

static struct classmap_classes classes = {.text = (char *)"3"};

/* The entry for pixels with their corner at x. */
static struct mask_cache_entry entry_at(int x)
{
    const struct raster_grid source = {
        SIDE, SIDE, {x, 10, 0, 0, 0, -10}, crs_of("EPSG:32721"), NULL};
    const struct grid grid = {.crs = source.crs};
    const struct classmap_use map = {"map.tif", &classes, false};
    struct mask_cache_entry e;
    CHECK(mask_cache_find(&e, "cache", &source, &grid, &map, 1));
    return e;
}

static void put(int x, long long most)
{
    static unsigned char bits[SIDE * SIDE];
    double covers = 1;
    const struct raster_grid source = {
        SIDE, SIDE, {x, 10, 0, 0, 0, -10}, crs_of("EPSG:32721"), NULL};
    const struct mask_cache_pixels pixels = {bits, NULL, &covers};
    struct mask_cache_entry e = entry_at(x);
    for (int i = 0; i < SIDE * SIDE; i++)
        bits[i] = (unsigned char)((i * x) % 4);
    mask_cache_write(&e, &source, 1, &pixels, most);
    mask_cache_free(&e);
}

/* Whether there is an entry that reads as it was written. */
static bool has(int x)
{
    unsigned char bits[SIDE * SIDE];
    double covers = 0;
    const struct raster_grid source = {
        SIDE, SIDE, {x, 10, 0, 0, 0, -10}, crs_of("EPSG:32721"), NULL};
    const struct mask_cache_pixels pixels = {bits, NULL, &covers};
    struct mask_cache_entry e = entry_at(x);
    bool good = mask_cache_read(&e, &source, 1, &pixels);
    for (int i = 0; good && i < SIDE * SIDE; i++)
        good = bits[i] == (i * x) % 4;
    mask_cache_free(&e);
    return good && covers == 1;
}

/* The first `n` places whose entries lie in one folder. */
static void find_neighbours(int *x, int n)
{
    char share = '\0';
    int found = 0;
    for (int at = 1; found < n; at++) {
        struct mask_cache_entry e = entry_at(at);
        char s = e.path[strlen("cache/")];
        if (!found)
            share = s;
        if (s == share)
            x[found++] = at;
        mask_cache_free(&e);
    }
}

/* Makes an entry so many seconds old. */
static void age(int x, long seconds)
{
    struct mask_cache_entry e = entry_at(x);
    struct timespec time[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_nsec = UTIME_NOW}};
    struct stat st;
    CHECK(stat(e.path, &st) == 0);
    time[1] = st.st_mtim;
    time[1].tv_sec -= seconds;
    CHECK(utimensat(AT_FDCWD, e.path, time, 0) == 0);
    mask_cache_free(&e);
}

TEST(the_oldest_go)
{
    int x[6];
    find_neighbours(x, 6);
    catch_start();
    for (int i = 0; i < 5; i++)
        put(x[i], 1 << 20);
    CHECK_TEXT(catch_end(), "");
    struct mask_cache_entry e = entry_at(x[0]);
    struct stat st;
    CHECK(stat(e.path, &st) == 0);
    for (int i = 0; i < 5; i++) {
        CHECK(has(x[i]));
        age(x[i], 7200 + 100 * i);
    }
    /* The third is used, and so is young again; of all that is old there is room for two.
     */
    CHECK(has(x[2]));
    struct buf other = {0};
    buf_add(&other, e.path, (size_t)(strrchr(e.path, '/') + 1 - e.path));
    buf_puts(&other, "scene.tif");
    close(open(other.s, O_CREAT | O_WRONLY, 0666));
    put(x[5], 4 * (long long)st.st_size + 64);
    CHECK(has(x[5]) && has(x[2]) && has(x[0]) && has(x[1]) && !has(x[3]) && !has(x[4]));
    CHECK(access(other.s, F_OK) == 0);
    /* One that is larger than the bound stays, alone. */
    age(x[5], 10);
    put(x[4], 1);
    CHECK(has(x[4]) && !has(x[5]) && !has(x[0]) && !has(x[2]));
    CHECK(access(other.s, F_OK) == 0);
    buf_free(&other);
    mask_cache_free(&e);
    CHECK(system("rm -rf cache") == 0);
}

TEST(shares_are_all_used)
{
    bool used[16] = {false};
    int n = 0;
    for (int x = 0; x < 400; x++) {
        struct mask_cache_entry e = entry_at(x);
        used[strtol(e.path + strlen("cache/"), NULL, 16)] = true;
        mask_cache_free(&e);
    }
    for (int i = 0; i < 16; i++)
        n += used[i];
    CHECK(n == MASK_CACHE_SHARES);
}

int main(void)
{
    catch_folder();
    RUN(the_oldest_go);
    RUN(shares_are_all_used);
    catch_folder_end();
    return unit_end();
}
