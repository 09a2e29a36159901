/* out: output that is checked to the last byte.
 *
 * struct out buffers writes to a descriptor; a failure is remembered and told
 * by out_flush and out_close, so that single writes need no checks. */
#ifndef ECO_BASE_OUT_H
#define ECO_BASE_OUT_H

#include <stddef.h>

struct out {
    int fd;
    const char *name; /* for messages; borrowed */
    char *s;
    size_t n, cap;
    int error; /* errno of the first failed write, or 0 */
};

void out_init(struct out *o, int fd, const char *name);

/* One that goes nowhere: s has the n bytes that were put, until n is set to 0. */
void out_init_text(struct out *o);
void out_write(struct out *o, const char *s, size_t n);
void out_puts(struct out *o, const char *s);
void out_char(struct out *o, char c);
void out_double(struct out *o, double v);
void out_float(struct out *o, float v);
void out_long(struct out *o, long long v);

/* Where n bytes may be put in place; the caller adds to o->n what it put there. */
char *out_room(struct out *o, size_t n);

/* Both say what failed, once, and return MSG_OK or MSG_SYSTEM. out_close also
 * closes the descriptor and frees the buffer. */
int out_flush(struct out *o);
int out_close(struct out *o);

#endif
