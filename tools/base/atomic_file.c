/* atomic_file: files that appear only when they are whole. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder that holds path: a new text. */
static char *parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_text(".");
    return slash == path ? mem_text("/") : mem_slice(path, (size_t)(slash - path));
}

int atomic_file_make_parents(const char *path)
{
    char *folder = mem_text(path);
    int status = MSG_OK;
    for (char *slash = strchr(folder + (*folder == '/'), '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        struct stat st;
        if (mkdir(folder, 0777) != 0 &&
            (errno != EEXIST || stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))) {
            msg_error("%s: cannot make this folder: %s", folder,
                      strerror(errno == EEXIST ? ENOTDIR : errno));
            status = MSG_SYSTEM;
            break;
        }
        *slash = '/';
    }
    free(folder);
    return status;
}

/* A name beside path that no other process uses now. Hidden, so that no pattern of a
 * makefile takes it for an output. */
static char *name_aside(const char *path, unsigned attempt)
{
    struct buf b = {0};
    const char *slash = strrchr(path, '/');
    if (slash)
        buf_add(&b, path, (size_t)(slash + 1 - path));
    buf_printf(&b, ".%.200s.%ld-%u.tmp", slash ? slash + 1 : path, (long)getpid(), attempt);
    return b.s;
}

char *atomic_file_name_aside(const char *path)
{
    return name_aside(path, 0);
}

int atomic_file_open(struct atomic_file *f, const char *path)
{
    *f = (struct atomic_file){.path = mem_text(path), .fd = -1};
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        msg_error("%s: not a plain file, so it cannot be replaced", path);
        goto fail;
    }
#ifdef O_TMPFILE
    char *folder = parent(path);
    f->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    free(folder);
    if (f->fd >= 0)
        return MSG_OK;
#endif
    for (unsigned attempt = 0; f->fd < 0 && attempt < 100; attempt++) {
        free(f->temporary);
        f->temporary = name_aside(path, attempt);
        f->fd = open(f->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (f->fd < 0 && errno != EEXIST)
            break;
    }
    if (f->fd >= 0)
        return MSG_OK;
    msg_error("%s: cannot create: %s", path, strerror(errno));
fail:
    free(f->path);
    free(f->temporary);
    *f = (struct atomic_file){.fd = -1};
    return MSG_SYSTEM;
}

/* Gives a nameless file a name aside, from which it can be renamed over what is there. */
static int give_name(struct atomic_file *f)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", f->fd);
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        f->temporary = name_aside(f->path, attempt);
        if (linkat(AT_FDCWD, self, AT_FDCWD, f->temporary, AT_SYMLINK_FOLLOW) == 0)
            return 0;
        free(f->temporary);
        f->temporary = NULL;
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

int atomic_file_commit(struct atomic_file *f)
{
    bool good = f->temporary || give_name(f) == 0;
    if (good) {
        good = close(f->fd) == 0;
        f->fd = -1;
    }
    good = good && rename(f->temporary, f->path) == 0;
    if (!good) {
        msg_error("%s: cannot write: %s", f->path, strerror(errno));
        atomic_file_abort(f);
        return MSG_SYSTEM;
    }
    free(f->path);
    free(f->temporary);
    *f = (struct atomic_file){.fd = -1};
    return MSG_OK;
}

void atomic_file_abort(struct atomic_file *f)
{
    if (!f->path)
        return;
    if (f->fd >= 0)
        close(f->fd);
    if (f->temporary)
        unlink(f->temporary);
    free(f->path);
    free(f->temporary);
    *f = (struct atomic_file){.fd = -1};
}

int atomic_file_remove(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || unlink(path) == 0)
        return MSG_OK;
    msg_error("%s: cannot remove: %s", path, strerror(errno));
    return MSG_SYSTEM;
}
