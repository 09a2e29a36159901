/* joblog: what a run took, one record an input, in a file that many processes add to.
 *
 *     #path  start  seconds  memory  status  host
 *
 * start is UTC; memory the most that the process has held so far, in MiB. A record is one
 * write at the file's end, under a lock, so that records of processes at work at once stay
 * whole, on hosts that share the file too; the first writes the legend. */
#ifndef ECO_REGRID_JOBLOG_H
#define ECO_REGRID_JOBLOG_H

#include <time.h>

struct joblog;

/* MSG_SYSTEM, told, when it cannot be opened. The path is borrowed. */
int joblog_open(struct joblog **log, const char *path);

struct joblog_time {
    struct timespec begun, clock; /* by the calendar, and by a clock that never jumps */
};
void joblog_begin(struct joblog_time *time);
int joblog_add(const struct joblog *log, const char *path, const char *status,
               const struct joblog_time *time);
void joblog_close(struct joblog *log);

#endif
