/* mem: memory that is there or ends the program. */
#include "base/mem.h"
#include "base/msg.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void mem_init(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

static void *or_end(void *p)
{
    if (!p) {
        msg_error("out of memory");
        exit(MSG_SYSTEM);
    }
    return p;
}

void *mem_alloc(size_t count, size_t size)
{
    return or_end(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *p, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return or_end(NULL);
    size_t bytes = count * size;
    return or_end(realloc(p, bytes ? bytes : 1));
}

void *mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return p;
    size_t next = *cap ? *cap : 16;
    while (next < need)
        next = next > SIZE_MAX / 2 ? need : next * 2;
    p = mem_resize(p, next, size);
    *cap = next;
    return p;
}

char *mem_slice(const char *s, size_t n)
{
    char *copy = mem_resize(NULL, n + 1, 1);
    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *mem_text(const char *s)
{
    return s ? mem_slice(s, strlen(s)) : NULL;
}
