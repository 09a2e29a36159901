/* file_stamp: which file a name stood for, and in which state. */
#include "base/file_stamp.h"
#include <stdio.h>
#include <sys/stat.h>

void file_stamp_take(struct file_stamp *stamp, const char *path)
{
    struct stat st;
    *stamp = (struct file_stamp){0};
    if (stat(path, &st) != 0)
        return;
    *stamp = (struct file_stamp){.there = true,
                                 .regular = S_ISREG(st.st_mode),
                                 .device = st.st_dev,
                                 .inode = st.st_ino,
                                 .size = st.st_size,
                                 .seconds = st.st_mtim.tv_sec,
                                 .nanoseconds = st.st_mtim.tv_nsec};
}

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->there == b->there && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

void file_stamp_time(const struct file_stamp *stamp, char text[FILE_STAMP_TEXT])
{
    snprintf(text, FILE_STAMP_TEXT, "%lld.%09ld", stamp->seconds, stamp->nanoseconds);
}
