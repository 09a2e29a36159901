/* out: checked output, and files that appear only when they are whole. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/out.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUT_BLOCK = 1 << 16 };

void out_init(struct out *o, int fd, const char *name)
{
    *o = (struct out){.fd = fd, .name = name, .cap = OUT_BLOCK};
    o->s = mem_resize(NULL, o->cap, 1);
}

static void send(struct out *o, const char *s, size_t n)
{
    while (n && !o->error) {
        ssize_t w = write(o->fd, s, n);
        if (w < 0) {
            if (errno != EINTR)
                o->error = errno;
            continue;
        }
        s += w;
        n -= (size_t)w;
    }
}

static void drain(struct out *o)
{
    send(o, o->s, o->n);
    o->n = 0;
}

void out_write(struct out *o, const char *s, size_t n)
{
    if (n > o->cap - o->n)
        drain(o);
    if (n > o->cap) {
        send(o, s, n);
        return;
    }
    memcpy(o->s + o->n, s, n);
    o->n += n;
}

void out_puts(struct out *o, const char *s)
{
    out_write(o, s, strlen(s));
}

void out_char(struct out *o, char c)
{
    if (o->n == o->cap)
        drain(o);
    o->s[o->n++] = c;
}

char *out_room(struct out *o, size_t n)
{
    if (o->cap - o->n < n)
        drain(o);
    o->s = mem_grow(o->s, &o->cap, n, 1);
    return o->s + o->n;
}

void out_double(struct out *o, double v)
{
    char *s = out_room(o, NUM_MAX);
    o->n += num_double(s, v);
}

void out_float(struct out *o, float v)
{
    char *s = out_room(o, NUM_MAX);
    o->n += num_float(s, v);
}

void out_long(struct out *o, long long v)
{
    char *s = out_room(o, NUM_MAX);
    o->n += num_long(s, v);
}

void out_escaped(struct out *o, const char *s)
{
    for (;;) {
        size_t n = strcspn(s, "\t\n\\");
        out_write(o, s, n);
        s += n;
        if (!*s)
            return;
        out_puts(o, *s == '\t' ? "\\t" : *s == '\n' ? "\\n" : "\\\\");
        s++;
    }
}

void out_csv(struct out *o, const char *s)
{
    if (!s[strcspn(s, ",\"\r\n")]) {
        out_puts(o, s);
        return;
    }
    out_char(o, '"');
    for (; *s; s++) {
        if (*s == '"')
            out_char(o, '"');
        out_char(o, *s);
    }
    out_char(o, '"');
}

int out_flush(struct out *o)
{
    if (o->error == -1) /* told before */
        return MSG_SYSTEM;
    drain(o);
    if (!o->error)
        return MSG_OK;
    msg_error("%s: cannot write: %s", o->name, strerror(o->error));
    o->error = -1;
    return MSG_SYSTEM;
}

int out_close(struct out *o)
{
    int status = out_flush(o);
    if (o->fd >= 0 && close(o->fd) != 0 && status == MSG_OK) {
        msg_error("%s: cannot write: %s", o->name, strerror(errno));
        status = MSG_SYSTEM;
    }
    free(o->s);
    *o = (struct out){.fd = -1};
    return status;
}

/* The folder that holds path: a new text. */
static char *parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_text(".");
    return slash == path ? mem_text("/") : mem_slice(path, (size_t)(slash - path));
}

int out_make_parents(const char *path)
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

char *out_name_aside(const char *path)
{
    return name_aside(path, 0);
}

int out_file_open(struct out_file *f, const char *path)
{
    *f = (struct out_file){.path = mem_text(path), .fd = -1};
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
    *f = (struct out_file){.fd = -1};
    return MSG_SYSTEM;
}

/* Gives a nameless file a name aside, from which it can be renamed over what is there. */
static int give_name(struct out_file *f)
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

int out_file_commit(struct out_file *f)
{
    bool good = f->temporary || give_name(f) == 0;
    if (good) {
        good = close(f->fd) == 0;
        f->fd = -1;
    }
    good = good && rename(f->temporary, f->path) == 0;
    if (!good) {
        msg_error("%s: cannot write: %s", f->path, strerror(errno));
        out_file_abort(f);
        return MSG_SYSTEM;
    }
    free(f->path);
    free(f->temporary);
    *f = (struct out_file){.fd = -1};
    return MSG_OK;
}

void out_file_abort(struct out_file *f)
{
    if (!f->path)
        return;
    if (f->fd >= 0)
        close(f->fd);
    if (f->temporary)
        unlink(f->temporary);
    free(f->path);
    free(f->temporary);
    *f = (struct out_file){.fd = -1};
}

int out_remove(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || unlink(path) == 0)
        return MSG_OK;
    msg_error("%s: cannot remove: %s", path, strerror(errno));
    return MSG_SYSTEM;
}
