/* file_stamp: which file a name stood for at some moment, and in which state: its device
 * and inode, its size, and when it was written last. Two that are equal, one taken before
 * reading and one after, say that one file was read, and was not changed meanwhile. */
#ifndef ECO_BASE_FILE_STAMP_H
#define ECO_BASE_FILE_STAMP_H

#include <stdbool.h>

struct file_stamp {
    bool there;   /* else the rest is 0 */
    bool regular; /* a file, and no folder, pipe or device */
    unsigned long long device, inode;
    long long size;
    long long seconds; /* since 1970 began, UTC */
    long nanoseconds;
};

/* Links are followed. */
void file_stamp_take(struct file_stamp *stamp, const char *path);
bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b);

/* The time with all its digits, "1700000000.123456789", which a double could not hold. */
enum { FILE_STAMP_TEXT = 40 };
void file_stamp_time(const struct file_stamp *stamp, char text[FILE_STAMP_TEXT]);

#endif
