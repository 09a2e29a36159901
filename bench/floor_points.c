/* floor_points: the least that values of rasters at points take: read the points, sort
 * them by block, decode each block that holds one once, print them in their order.
 *
 *     floor_points RASTER... <points
 *
 * Points are lines of x and y, parted by a blank, in the rasters' CRS and inside of them;
 * rasters are float32, in tiles or strips. Prints x, y and the value. */
#include "base/num.h"
#include "floor.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

struct point {
    const char *text; /* its line */
    int length;
    double x, y;
    float value;
};

/* Where a point lies: its block, and the pixel in that. */
struct spot {
    uint32_t block, pixel;
    size_t point;
};

/* All of stdin. */
static char *slurp(size_t *n)
{
    size_t cap = 1 << 16, got;
    char *s = malloc(cap);
    for (*n = 0; s && (got = fread(s + *n, 1, cap - *n, stdin)) > 0;)
        if ((*n += got) == cap)
            s = realloc(s, cap *= 2);
    if (!s)
        floor_die("no memory", "stdin");
    return s;
}

static struct point *parse(const char *s, size_t n, size_t *npoints)
{
    size_t lines = 0, k = 0;
    for (size_t i = 0; i < n; i++)
        lines += s[i] == '\n';
    struct point *p = calloc(lines + 1, sizeof *p);
    for (const char *end = s + n, *line = s, *stop; line < end; line = stop + 1, k++) {
        const char *blank = memchr(line, ' ', (size_t)(end - line));
        stop = memchr(line, '\n', (size_t)(end - line));
        if (!p || !blank || !stop || !num_parse(line, (size_t)(blank - line), &p[k].x) ||
            !num_parse(blank + 1, (size_t)(stop - blank - 1), &p[k].y))
            floor_die("not a line of x and y", "stdin");
        p[k].text = line;
        p[k].length = (int)(stop - line);
    }
    *npoints = k;
    return p;
}

static int by_block(const void *a, const void *b)
{
    const struct spot *s = a, *t = b;
    return s->block < t->block ? -1 : s->block > t->block;
}

static void sample(const char *path, struct point *p, struct spot *spot, size_t n)
{
    uint32_t columns = 0, rows = 0, width = 0, height = 0, count = 0;
    double *scale, *tie;
    TIFF *tif = TIFFOpen(path, "r");
    if (!tif || TIFFGetField(tif, 33550, &count, &scale) != 1 ||
        TIFFGetField(tif, 33922, &count, &tie) != 1)
        floor_die("cannot read it", path);
    TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &columns);
    TIFFGetField(tif, TIFFTAG_IMAGELENGTH, &rows);
    if (TIFFIsTiled(tif)) {
        TIFFGetField(tif, TIFFTAG_TILEWIDTH, &width);
        TIFFGetField(tif, TIFFTAG_TILELENGTH, &height);
    } else {
        width = columns;
        TIFFGetField(tif, TIFFTAG_ROWSPERSTRIP, &height);
    }
    for (size_t i = 0; i < n; i++) {
        double c = (p[i].x - tie[3]) / scale[0], r = (tie[4] - p[i].y) / scale[1];
        if (!(c >= 0 && r >= 0 && c < columns && r < rows))
            floor_die("a point lies outside", path);
        uint32_t column = (uint32_t)c, row = (uint32_t)r;
        spot[i].block = row / height * ((columns - 1) / width + 1) + column / width;
        spot[i].pixel = row % height * width + column % width;
        spot[i].point = i;
    }
    qsort(spot, n, sizeof *spot, by_block);
    float *block = malloc((size_t)width * height * sizeof *block);
    for (size_t i = 0; i < n; i++) {
        if ((!i || spot[i].block != spot[i - 1].block) &&
            (!block ||
             (TIFFIsTiled(tif) ? TIFFReadEncodedTile(tif, spot[i].block, block, -1)
                               : TIFFReadEncodedStrip(tif, spot[i].block, block, -1)) < 0))
            floor_die("damaged", path);
        p[spot[i].point].value = block[spot[i].pixel];
    }
    free(block);
    TIFFClose(tif);
}

int main(int argc, char **argv)
{
    size_t bytes, n;
    char *s = slurp(&bytes);
    struct point *p = parse(s, bytes, &n);
    struct spot *spot = calloc(n + 1, sizeof *spot);
    TIFFSetWarningHandler(NULL);
    for (int a = 1; spot && a < argc; a++) {
        sample(argv[a], p, spot, n);
        for (size_t i = 0; i < n; i++) {
            char value[NUM_MAX + 1];
            size_t length = num_float(value, p[i].value);
            value[length] = '\n';
            fwrite(p[i].text, 1, (size_t)p[i].length, stdout);
            putchar(' ');
            fwrite(value, 1, length + 1, stdout);
        }
    }
    free(spot);
    free(p);
    free(s);
    return 0;
}
