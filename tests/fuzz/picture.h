/* picture: runs pictures of eco-plotspec and draws what they write, for their fuzzers. */
#ifndef ECO_FUZZ_PICTURE_H
#define ECO_FUZZ_PICTURE_H

#include "gnuplot.h"
#include "plot/pictures.h"

/* A picture with its own words, a title that is its unit, too, and more words (NULL: none):
 * gnuplot must draw the script without a word, and a refusal has written nothing. */
static inline void fuzz_picture(int (*picture)(int, char **), char *const *own, char *title,
                                char *more, char *most)
{
    char path[32],
        *argv[32], *const shared[] = {"--output", "/dev/null", "--terminal", "svg",
                                      "--title",  title,       "--unit",     title,
                                      more,       most,        NULL};
    int argc = 0, script = fuzz_file(NULL, 0, path), saved = dup(STDOUT_FILENO);
    for (; *own; own++)
        argv[argc++] = *own;
    for (char *const *word = shared; *word; word++)
        argv[argc++] = *word;
    argv[argc] = NULL;
    dup2(script, STDOUT_FILENO);
    int status = picture(argc, argv);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    if (status == MSG_OK) {
        struct buf said = {0};
        fuzz_gnuplot(script, &said);
        FUZZ_CHECK(said.n == 0);
        buf_free(&said);
    }
    FUZZ_CHECK(status == MSG_OK || lseek(script, 0, SEEK_END) == 0);
    close(script);
}

#endif
