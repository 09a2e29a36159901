/* A line of title, then records: a series or a scatter plot of them, by the first byte,
 * or a refusal; gnuplot must draw each script without a word. */
#include "base/mem.h"
#include "gnuplot.h"
#include "plot/pictures.h"
#include <stdbool.h>

/* Runs a picture with its script going to a descriptor. */
static int script_of(int (*picture)(int, char **), int argc, char **argv, int fd)
{
    int saved = dup(STDOUT_FILENO);
    dup2(fd, STDOUT_FILENO);
    int status = picture(argc, argv);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!n)
        return 0;
    const uint8_t *end = memchr(data, '\n', n);
    if (!end)
        return 0;
    char path[32], out_path[32];
    char *title =
        mem_slice((const char *)data + 1, end > data ? (size_t)(end - data) - 1 : 0);
    int in = fuzz_file(end + 1, n - (size_t)(end - data) - 1, path);
    int out = fuzz_file(NULL, 0, out_path);
    char *series[] = {"eco-plotspec", "series",   "--y",       "x,y",        "--by",
                      "site",         "--output", "/dev/null", "--terminal", "svg",
                      "--title",      title,      "--unit",    title,        path,
                      "--csv-in",     NULL};
    char *scatter[] = {
        "eco-plotspec", "scatter",   "--y",        "y",        "--x",     "x",
        "--output",     "/dev/null", "--terminal", "svg",      "--title", title,
        "--unit",       title,       path,         "--csv-in", NULL};
    bool csv = data[0] & 1;
    int status = data[0] & 2 ? script_of(plot_scatter, 15 + csv, scatter, out)
                             : script_of(plot_series, 15 + csv, series, out);
    if (status == MSG_OK) {
        struct buf said = {0};
        fuzz_gnuplot(out, &said);
        FUZZ_CHECK(said.n == 0);
        buf_free(&said);
    }
    FUZZ_CHECK(status == MSG_OK || lseek(out, 0, SEEK_END) == 0);
    close(in);
    close(out);
    free(title);
    return 0;
}
