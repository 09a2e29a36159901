/* fuzz: what the fuzzers share.
 *
 * A fuzzer defines LLVMFuzzerTestOneInput and includes this. Built with libFuzzer
 * (ECO_LIBFUZZER defined), that drives it. Built without, it is a test program: it runs
 * every file of tests/fuzz/corpus/NAME, whole, cut short, and with bytes changed, and
 * prints TAP. Whatever an input does that it must not, ends the program. */
#ifndef ECO_FUZZ_H
#define ECO_FUZZ_H

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the program unless a condition holds that no input may break. */
#define FUZZ_CHECK(condition)                                                              \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            fprintf(stdout, "# %s:%d: %s\n", __FILE__, __LINE__, #condition);              \
            fflush(stdout);                                                                \
            abort();                                                                       \
        }                                                                                  \
    } while (0)

/* A file in memory that holds the input, and a path that opens it; close the fd. */
static inline int fuzz_file(const uint8_t *data, size_t n, char path[32])
{
    int fd = memfd_create("input", 0);
    while (fd >= 0 && n) {
        ssize_t w = write(fd, data, n);
        if (w <= 0)
            abort();
        data += w;
        n -= (size_t)w;
    }
    snprintf(path, 32, "/proc/self/fd/%d", fd);
    return fd;
}

#ifndef ECO_LIBFUZZER

#include "dice.h"

/* One input in memory of just its size, so that a sanitizer sees a step beyond it. */
static void fuzz_one(const uint8_t *data, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);
    if (!copy)
        abort();
    memcpy(copy, data, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static void fuzz_around(const uint8_t *data, size_t n)
{
    uint8_t *changed = malloc(n + 1);
    if (!changed)
        abort();
    fuzz_one(data, n);
    for (int i = 0; n && i < 100; i++) {
        static const char odd[] = "\n\t\",#0-.";
        long long last = (long long)n - 1;
        fuzz_one(data, (size_t)dice(0, last));
        memcpy(changed, data, n);
        for (long long k = dice(1, 3); k > 0; k--)
            changed[dice(0, last)] =
                (uint8_t)(dice(0, 1) ? dice(0, 255) : odd[dice(0, sizeof odd - 2)]);
        fuzz_one(changed, n);
    }
    free(changed);
}

int main(int argc, char **argv)
{
    /* Messages about bad input are expected by the thousand. */
    if (!freopen("/dev/null", "w", stderr))
        return 1;
    const char *slash = strrchr(argv[0], '/');
    char folder[256], path[600];
    snprintf(folder, sizeof folder, "%s/%s", argc > 1 ? argv[1] : "tests/fuzz/corpus",
             slash ? slash + 1 : argv[0]);
    DIR *d = opendir(folder);
    int inputs = 0;
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.')
            continue;
        static uint8_t data[1 << 20];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        FILE *f = fopen(path, "rb");
        if (!f)
            continue;
        size_t n = fread(data, 1, sizeof data, f);
        fclose(f);
        fuzz_around(data, n);
        inputs++;
    }
    if (d)
        closedir(d);
    printf("%sok 1 - %d inputs of %s and what is near them\n1..1\n", inputs ? "" : "not ",
           inputs, folder);
    return !inputs;
}

#endif
#endif
