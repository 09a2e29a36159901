/* out: checked output. */
#include "base/out.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUT_BLOCK = 1 << 16, OUT_TEXT = -2 /* in place of a descriptor */ };

void out_init(struct out *o, int fd, const char *name)
{
    *o = (struct out){.fd = fd, .name = name, .cap = OUT_BLOCK};
    o->s = mem_resize(NULL, o->cap, 1);
}

void out_init_text(struct out *o)
{
    *o = (struct out){.fd = OUT_TEXT};
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

/* Where there is no room for n bytes: that of what was sent, or more. */
static void make_room(struct out *o, size_t n)
{
    if (o->fd == OUT_TEXT)
        o->s = mem_grow(o->s, &o->cap, o->n + n, 1);
    else
        drain(o);
}

void out_write(struct out *o, const char *s, size_t n)
{
    if (n > o->cap - o->n)
        make_room(o, n);
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
        make_room(o, 1);
    o->s[o->n++] = c;
}

char *out_room(struct out *o, size_t n)
{
    if (o->cap - o->n < n)
        make_room(o, n);
    o->s = mem_grow(o->s, &o->cap, o->n + n, 1);
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

int out_flush(struct out *o)
{
    if (o->error == -1) /* told before */
        return MSG_SYSTEM;
    if (o->fd == OUT_TEXT)
        return MSG_OK;
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
