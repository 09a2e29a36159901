/* crs_file: a CRS from a file that holds its text. */
#include "base/buf.h"
#include "base/mem.h"
#include "geo/crs.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST = 1 << 20 }; /* of such a file; real ones have a few kilobytes */

char *crs_text(const char *name, const char *what)
{
    struct stat st;
    if (stat(name, &st) != 0 || !S_ISREG(st.st_mode))
        return mem_text(name);
    FILE *f = fopen(name, "r");
    if (!f) {
        msg_error("%s: %s: %s", what, name, strerror(errno));
        return NULL;
    }
    struct buf b = {0};
    char *s = buf_room(&b, LONGEST);
    size_t n = fread(s, 1, LONGEST, f), blank = 0;
    bool good = n > 0 && n < LONGEST && !ferror(f) && !memchr(s, 0, n);
    fclose(f);
    if (good && n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
        blank = 3;
    while (good && n > blank && strchr(" \t\r\n", s[n - 1]))
        n--;
    char *text = good && n > blank ? mem_slice(s + blank, n - blank) : NULL;
    if (!text)
        msg_error("%s: %s: not a text that says a coordinate reference system", what, name);
    buf_free(&b);
    return text;
}
