/* folder: going through folders. */
#include "base/folder.h"
#include "base/buf.h"
#include <dirent.h>
#include <sys/stat.h>

void folder_each(const char *folder, bool deeper,
                 void (*take)(void *user, const char *folder, const char *name), void *user)
{
    DIR *d = opendir(*folder ? folder : ".");
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        struct buf b = {0};
        take(user, folder, e->d_name);
        if (!deeper || e->d_name[0] == '.')
            continue;
        buf_printf(&b, "%s%s/", folder, e->d_name);
        if (stat(b.s, &st) == 0 && S_ISDIR(st.st_mode))
            folder_each(b.s, false, take, user);
        buf_free(&b);
    }
    if (d)
        closedir(d);
}
