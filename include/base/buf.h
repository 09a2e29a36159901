/* buf: text that grows.
 *
 * s is always NUL-terminated once anything was added; n excludes the NUL.
 * A zeroed struct is an empty buffer. The owner calls buf_free. */
#ifndef ECO_BASE_BUF_H
#define ECO_BASE_BUF_H

#include "base/msg.h"
#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *s;
    size_t n, cap;
};

void buf_add(struct buf *b, const char *s, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) MSG_PRINTF(2, 3);
void buf_vprintf(struct buf *b, const char *format, va_list ap);

/* Room for n more bytes at s + n, which the caller then adds to n. */
char *buf_room(struct buf *b, size_t n);

/* Empties it, keeps the memory. */
void buf_reset(struct buf *b);
void buf_free(struct buf *b);

#endif
