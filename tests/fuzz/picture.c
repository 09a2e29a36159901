/* A line of title, then records: a picture of them, which one by the first byte, or a
 * refusal; gnuplot must draw each script without a word. */
#include "picture.h"
#include "base/mem.h"

enum { PICTURES = 8, OWN = 7 };

/* What each asks for; FILE stands for the records. */
static const struct {
    int (*run)(int argc, char **argv);
    const char *own[OWN];
} pictures[PICTURES] = {
    {plot_series, {"series", "--y", "x,y", "--by", "site"}},
    {plot_scatter, {"scatter", "--y", "y", "--x", "x"}},
    {plot_histogram, {"histogram", "--y", "y", "--x", "x"}},
    {plot_diurnal, {"diurnal", "--y", "x,y"}},
    {plot_taylor, {"taylor", "--by", "site"}},
    {plot_map, {"map", "--value", "y", "--coordinates", "x,r", "--crs", "EPSG:32721"}},
    {plot_series, {"series", "--y", "x", "--line", "y", "--line-from", "FILE"}},
    {plot_histogram, {"histogram", "--y", "y,r", "--x", "x"}},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const uint8_t *end = n ? memchr(data, '\n', n) : NULL;
    if (!end)
        return 0;
    char path[32], csv[] = "--csv-in", *argv[OWN + 2] = {"eco-plotspec"};
    char *title =
        mem_slice((const char *)data + 1, end > data ? (size_t)(end - data) - 1 : 0);
    int in = fuzz_file(end + 1, n - (size_t)(end - data) - 1, path);
    int picture = data[0] >> 1 & (PICTURES - 1), argc = 1;
    for (const char *const *own = pictures[picture].own; argc <= OWN && own[argc - 1];)
        argc++;
    for (int i = 1; i < argc; i++) {
        const char *word = pictures[picture].own[i - 1];
        argv[i] = strcmp(word, "FILE") == 0 ? path : (char *)word;
    }
    fuzz_picture(pictures[picture].run, argv, title, path, data[0] & 1 ? csv : NULL);
    close(in);
    free(title);
    return 0;
}
