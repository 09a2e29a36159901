/* joblog: what a run took, one record an input. */
#include "joblog.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "record/writer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char legend[] = "#path\tstart\tseconds\tmemory\tstatus\thost\n";
enum { HOST = 256, DAY = 86400 };

struct joblog {
    const char *path;
    int fd;
};

int joblog_open(struct joblog **made, const char *path)
{
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    *made = NULL;
    if (fd < 0) {
        msg_error("%s: cannot open this joblog: %s", path, strerror(errno));
        return MSG_SYSTEM;
    }
    *made = mem_alloc(1, sizeof **made);
    **made = (struct joblog){path, fd};
    return MSG_OK;
}

void joblog_begin(struct joblog_time *time)
{
    clock_gettime(CLOCK_REALTIME, &time->begun);
    clock_gettime(CLOCK_MONOTONIC, &time->clock);
}

static double seconds_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - from->tv_sec) +
           (double)(now.tv_nsec - from->tv_nsec) * 1e-9;
}

static void add_time(struct buf *b, const struct timespec *time)
{
    struct date date = {0};
    char text[DATE_TEXT];
    long second = (long)(time->tv_sec % DAY);
    date_set_number(&date, (long)(time->tv_sec / DAY));
    date_set_time(&date, (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    date_text(&date, text);
    buf_puts(b, text);
}

static void add_fixed(struct buf *b, double v, int decimals)
{
    char text[NUM_FIXED_MAX];
    buf_putc(b, '\t');
    buf_add(b, text, num_fixed(text, v, decimals));
}

static void add_record(struct buf *b, const char *path, const char *status,
                       const struct joblog_time *time)
{
    char host[HOST] = "NA";
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    if (gethostname(host, sizeof host - 1) != 0)
        strcpy(host, "NA");
    rec_add_text(b, REC_TAB, path, strlen(path));
    buf_putc(b, '\t');
    add_time(b, &time->begun);
    add_fixed(b, seconds_since(&time->clock), 4);
    add_fixed(b, (double)use.ru_maxrss / 1024, 1);
    buf_printf(b, "\t%s\t", status);
    rec_add_text(b, REC_TAB, host, strlen(host));
    buf_putc(b, '\n');
}

/* Where there are no locks (some network file systems) it goes on without. */
static void lock(int fd, short type)
{
    struct flock whole = {.l_type = type, .l_whence = SEEK_SET};
    while (fcntl(fd, F_SETLKW, &whole) != 0 && errno == EINTR)
        ;
}

int joblog_add(const struct joblog *log, const char *path, const char *status,
               const struct joblog_time *time)
{
    struct buf b = {0};
    struct stat st = {0};
    lock(log->fd, F_WRLCK);
    bool plain = fstat(log->fd, &st) == 0 && S_ISREG(st.st_mode);
    if (plain && st.st_size == 0)
        buf_puts(&b, legend);
    add_record(&b, path, status, time);
    ssize_t n = write(log->fd, b.s, b.n);
    bool good = n == (ssize_t)b.n;
    int error = n < 0 ? errno : ENOSPC;
    if (!good && plain && ftruncate(log->fd, st.st_size) != 0) /* no half of a record */
        error = errno;
    lock(log->fd, F_UNLCK);
    buf_free(&b);
    if (!good)
        msg_error("%s: cannot write: %s", log->path, strerror(error));
    return good ? MSG_OK : MSG_SYSTEM;
}

void joblog_close(struct joblog *log)
{
    if (!log)
        return;
    close(log->fd);
    free(log);
}
