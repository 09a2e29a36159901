/* line_ends: CR alone as the end of a line. */
#include "line_ends.h"
#include <string.h>

size_t line_ends_mend(char *s, size_t n, bool *after_cr)
{
    /* A CR that ended the part before has become a newline already. */
    if (n && *after_cr && s[0] == '\n') {
        memmove(s, s + 1, --n);
        *after_cr = false;
    }
    if (n)
        *after_cr = s[n - 1] == '\r';
    for (char *cr = s, *end = s + n; (cr = memchr(cr, '\r', (size_t)(end - cr))); cr++)
        if (cr + 1 == end || cr[1] != '\n')
            *cr = '\n';
    return n;
}
