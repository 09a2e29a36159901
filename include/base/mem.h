/* mem: memory that is there or ends the program.
 *
 * Running out of memory is the one failure that library code does not return:
 * these say so and end the process with MSG_SYSTEM. Free with free(). */
#ifndef ECO_BASE_MEM_H
#define ECO_BASE_MEM_H

#include <stddef.h>

/* Has the C library keep what is freed, for what is asked for next: else buffers that each
 * file needs again come from the kernel, page by page, each time. To be called first. */
void mem_init(void);

/* count * size bytes, zeroed; never NULL, also for nothing. */
void *mem_alloc(size_t count, size_t size);

/* p resized to count * size bytes. */
void *mem_resize(void *p, size_t count, size_t size);

/* p grown, by doubling, to hold at least `need` elements; *cap is updated. */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);

/* Copies of text. mem_text(NULL) is NULL. */
char *mem_text(const char *s);
char *mem_slice(const char *s, size_t n);

#endif
