/* gnuplot: runs scripts, for the fuzzers whose oracle it is. */
#ifndef ECO_FUZZ_GNUPLOT_H
#define ECO_FUZZ_GNUPLOT_H

#include "base/buf.h"
#include "fuzz.h"

/* What gnuplot says and prints of the script that a descriptor has, into b. */
static inline void fuzz_gnuplot(int script, struct buf *b)
{
    struct buf command = {0};
    /* In the locale C it warns of the degree sign. */
    buf_printf(&command, "LC_ALL=C.UTF-8 exec gnuplot -d /proc/%d/fd/%d 2>&1",
               (int)getpid(), script);
    FILE *f = popen(command.s, "r");
    FUZZ_CHECK(f);
    for (int c; (c = getc(f)) != EOF;)
        buf_putc(b, (char)c);
    FUZZ_CHECK(pclose(f) == 0);
    buf_free(&command);
}

#endif
