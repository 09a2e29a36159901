/* line_ends: CR alone as the end of a line, as old programs on other systems wrote it. */
#ifndef ECO_RECORD_LINE_ENDS_H
#define ECO_RECORD_LINE_ENDS_H

#include <stdbool.h>
#include <stddef.h>

/* Makes a newline of each CR among the n bytes that none follows, and returns how many
 * bytes there are then. *after_cr goes from one part of a stream to the next, false at
 * first. */
size_t line_ends_mend(char *s, size_t n, bool *after_cr);

#endif
