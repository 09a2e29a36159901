/* no_tmpfile: a file system without nameless files, for LD_PRELOAD; open with O_TMPFILE
 * fails as it does there.
 *
 * With DIE_AT=write:N in the environment the process is killed before its N-th write to a
 * plain file, with DIE_AT=rename:N before its N-th rename. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One of the calls that are counted is about to be made. */
static void count(const char *call, long *calls)
{
    const char *at = getenv("DIE_AT");
    size_t n = strlen(call);
    ++*calls;
    if (at && strncmp(at, call, n) == 0 && at[n] == ':' &&
        strtol(at + n + 1, NULL, 10) == *calls)
        raise(SIGKILL);
}

static int open_named(const char *path, int flags, va_list ap)
{
    int (*next)(const char *, int, ...);
    *(void **)&next = dlsym(RTLD_NEXT, "open");
    if ((flags & O_TMPFILE) == O_TMPFILE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return next(path, flags, flags & O_CREAT ? va_arg(ap, mode_t) : 0);
}

int open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    int fd = open_named(path, flags, ap);
    va_end(ap);
    return fd;
}

int open64(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    int fd = open_named(path, flags | O_LARGEFILE, ap);
    va_end(ap);
    return fd;
}

ssize_t write(int fd, const void *s, size_t n)
{
    static long calls;
    ssize_t (*next)(int, const void *, size_t);
    *(void **)&next = dlsym(RTLD_NEXT, "write");
    struct stat st;
    if (fd > 2 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        count("write", &calls);
    return next(fd, s, n);
}

int rename(const char *from, const char *to)
{
    static long calls;
    int (*next)(const char *, const char *);
    *(void **)&next = dlsym(RTLD_NEXT, "rename");
    count("rename", &calls);
    return next(from, to);
}
