/* field: a field of a record. */
#include "record/field.h"
#include <string.h>
#include <strings.h>

bool rec_is_missing(struct slice f)
{
    return !f.n || slice_is(f, "NA") || (f.n == 3 && strncasecmp(f.s, "nan", 3) == 0);
}

void rec_unescape(struct buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (c == '\\' && i + 1 < n) {
            char e = s[++i];
            c = e == 't' ? '\t' : e == 'n' ? '\n' : e;
            if (e != 't' && e != 'n' && e != '#' && e != '\\')
                buf_putc(b, '\\');
        }
        buf_putc(b, c);
    }
}
