/* Texts, parted by line ends, as a script has them: gnuplot must print each as it was. */
#include "base/mem.h"
#include "gnuplot.h"
#include "plot/gnuplot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[32];
    int fd = fuzz_file(NULL, 0, path);
    struct out script;
    struct buf wanted = {0}, printed = {0};
    char *texts = mem_slice((const char *)data, n), *rest = texts;
    out_init(&script, fd, path);
    out_puts(&script, "set print '-'\n");
    for (char *text; (text = strsep(&rest, "\n")) != NULL;) {
        out_puts(&script, "print ");
        plot_quoted(&script, text);
        out_char(&script, '\n');
        buf_printf(&wanted, "%s\n", text);
    }
    FUZZ_CHECK(out_flush(&script) == MSG_OK);
    fuzz_gnuplot(fd, &printed);
    FUZZ_CHECK(printed.s && strcmp(printed.s, wanted.s) == 0);
    FUZZ_CHECK(out_close(&script) == MSG_OK);
    buf_free(&wanted);
    buf_free(&printed);
    free(texts);
    return 0;
}
