/* catch: what a test makes the library say on stderr, and scratch folders. */
#ifndef ECO_CATCH_H
#define ECO_CATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int catch_stderr, catch_fd;

/* From here to catch_end, stderr goes aside. */
static void catch_start(void)
{
    char name[] = "/tmp/eco-unit-XXXXXX";
    fflush(stdout);
    catch_fd = mkstemp(name);
    unlink(name);
    catch_stderr = dup(STDERR_FILENO);
    dup2(catch_fd, STDERR_FILENO);
}

/* What was said since catch_start; good until the next call. */
static const char *catch_end(void)
{
    static char text[4096];
    dup2(catch_stderr, STDERR_FILENO);
    ssize_t n = pread(catch_fd, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    close(catch_stderr);
    close(catch_fd);
    return text;
}

/* Makes a new empty folder the current one. */
static inline void catch_folder(void)
{
    static char name[] = "/tmp/eco-unit-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0) {
        perror(name);
        exit(3);
    }
}

/* Removes that folder with all that is in it. */
static inline void catch_folder_end(void)
{
    if (system("rm -rf \"$PWD\"") != 0)
        perror("rm");
}

#endif
