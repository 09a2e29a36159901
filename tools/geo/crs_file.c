/* crs_file: a CRS from a file that holds its text. */
#include "base/buf.h"
#include "geo/crs.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST = 1 << 20 }; /* of such a file; real ones have a few kilobytes */

const struct crs *crs_read(const char *name, const char *what)
{
    struct stat st;
    if (stat(name, &st) != 0 || !S_ISREG(st.st_mode))
        return crs_of(name);
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
    const struct crs *crs = NULL;
    if (good && n > blank) {
        s[n] = '\0'; /* n is less than LONGEST */
        crs = crs_of(s + blank);
    } else {
        msg_error("%s: %s: not a text that says a coordinate reference system", what, name);
    }
    buf_free(&b);
    return crs;
}
