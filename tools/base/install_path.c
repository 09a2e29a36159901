/* install_path: files that are installed with the programs. */
#include "base/install_path.h"
#include "base/buf.h"
#include "base/msg.h"
#include <limits.h>
#include <string.h>
#include <unistd.h>

char *install_path(const char *path)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0) {
        msg_error("cannot find where this program lies, and so not %s", path);
        return NULL;
    }
    self[n] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(self, '/');
        if (slash)
            *slash = '\0';
    }
    struct buf b = {0};
    buf_printf(&b, "%s/%s", self, path);
    return b.s;
}
