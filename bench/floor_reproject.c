/* floor_reproject: the least that coordinates of a million lines take in another CRS:
 * parse a block of lines, transform its points in one call, print them.
 *
 *     floor_reproject FROM TO <lines      all of it, of lines of x TAB y
 *     floor_reproject text <lines         parsing and printing alone
 *     floor_reproject FROM TO N           the transformation alone, of N points of UTM */
#include "base/num.h"
#include "floor.h"
#include <proj.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 17, MOST = BLOCK / 4 }; /* bytes; points in as many */

static double x[MOST], y[MOST];

static void transform(PJ *operation, size_t n)
{
    if (operation)
        proj_trans_generic(operation, PJ_FWD, x, sizeof *x, n, y, sizeof *y, n, NULL, 0, 0,
                           NULL, 0, 0);
}

static void parse(const char *s, const char *end, double *v)
{
    if (!end || !num_parse(s, (size_t)(end - s), v))
        floor_die("not a number", "stdin");
}

static void print(size_t n)
{
    static char out[MOST * 2 * (NUM_MAX + 1)];
    char *to = out;
    for (size_t i = 0; i < n; i++) {
        to += num_double(to, x[i]);
        *to++ = '\t';
        to += num_double(to, y[i]);
        *to++ = '\n';
    }
    for (char *from = out; from < to;) {
        ssize_t w = write(STDOUT_FILENO, from, (size_t)(to - from));
        if (w < 0)
            floor_die("cannot write", "stdout");
        from += w;
    }
}

static void lines(PJ *operation)
{
    static char in[BLOCK];
    size_t have = 0;
    for (ssize_t got; (got = read(STDIN_FILENO, in + have, BLOCK - have)) > 0;) {
        char *s = in, *end = in + have + got, *newline;
        size_t n = 0;
        for (; (newline = memchr(s, '\n', (size_t)(end - s))); s = newline + 1, n++) {
            char *tab = memchr(s, '\t', (size_t)(newline - s));
            parse(s, tab, &x[n]);
            parse(tab + 1, newline, &y[n]);
        }
        have = (size_t)(end - s);
        memmove(in, s, have);
        transform(operation, n);
        print(n);
    }
}

/* Points all over a zone, as many as asked for. */
static void arrays(PJ *operation, long count)
{
    unsigned long long dice = 1;
    for (long done = 0; done < count; done += MOST) {
        for (int i = 0; i < MOST; i++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            x[i] = 166000 + 668000 * (double)(dice >> 33) * 0x1p-31;
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            y[i] = 7000000 + 3000000 * (double)(dice >> 33) * 0x1p-31;
        }
        transform(operation, count - done < MOST ? (size_t)(count - done) : MOST);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        lines(NULL);
        return 0;
    }
    PJ *raw = proj_create_crs_to_crs(NULL, argv[1], argv[2], NULL);
    PJ *operation = raw ? proj_normalize_for_visualization(NULL, raw) : NULL;
    if (!operation)
        floor_die("no operation from", argv[1]);
    if (argc > 3)
        arrays(operation, strtol(argv[3], NULL, 10));
    else
        lines(operation);
    proj_destroy(operation);
    proj_destroy(raw);
    return 0;
}
