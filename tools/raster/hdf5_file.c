/* hdf5_file: HDF5 and netCDF files to read, by a process each. */
#include "raster/hdf5_file.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CATALOGUE_BYTES = 24 << 20, /* none of which is used before it is written to */
    WINDOW_BYTES = 8 << 20,
    STEP = 300,        /* seconds that one step may take, */
    STEP_MOST = 86400, /* or ECO_READ_SECONDS, which are no more than these */
};

/* What both processes see. A request is an `ask` and one byte through the socket, which
 * comes back when it is done. */
struct hdf5_shared {
    struct hdf5_catalogue catalogue;
    struct {
        size_t dataset, start[HDF5_DIMS], count[HDF5_DIMS];
    } ask;
    bool good;
    char problem[HDF5_PROBLEM];
    _Alignas(16) char window[WINDOW_BYTES];
};

/* Memory that a fork shares. */
static void *share(size_t bytes)
{
    int zero = open("/dev/zero", O_RDWR | O_CLOEXEC);
    void *at = zero < 0 ? MAP_FAILED
                        : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, zero, 0);
    if (zero >= 0)
        close(zero);
    return at == MAP_FAILED ? NULL : at;
}

bool hdf5_is(const char *path)
{
    static const char hdf5[] = "\211HDF\r\n\032\n";
    char head[8];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is = false;
    for (off_t at = 0; fd >= 0 && !is && at <= 2048; at = at ? 2 * at : 512) {
        if (pread(fd, head, sizeof head, at) != (ssize_t)sizeof head)
            break;
        is = memcmp(head, hdf5, sizeof head) == 0 ||
             (at == 0 && memcmp(head, "CDF", 3) == 0 &&
              (head[3] == 1 || head[3] == 2 || head[3] == 5));
    }
    if (fd >= 0)
        close(fd);
    return is;
}

/* ---- The process that reads ---------------------------------------------------------- */

static bool answer(struct hdf5_shared *s, const struct hdf5_plugin *plugin)
{
    if (s->ask.dataset >= s->catalogue.ndatasets)
        return false;
    return plugin->read(&s->catalogue.dataset[s->ask.dataset], s->ask.start, s->ask.count,
                        s->window, s->problem);
}

/* Nobody reads what libraries say as they crash, nor what they leave. */
static void make_quiet(void)
{
    int null = open("/dev/null", O_WRONLY);
    if (null >= 0)
        dup2(null, STDERR_FILENO);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], SIG_DFL);
}

static void serve(const struct hdf5_file *f, const struct hdf5_plugin *plugin, int socket)
{
    struct hdf5_shared *s = f->shared;
    char byte = 0;
    int file;
    make_quiet();
    alarm(f->seconds);
    s->good = plugin->open(f->path, &file, &s->catalogue, s->problem);
    /* From now on it holds, whatever a file makes the library do. */
    mprotect(s->catalogue.memory, s->catalogue.size, PROT_READ);
    while (send(socket, &byte, 1, MSG_NOSIGNAL) == 1) {
        alarm(0);
        if (!s->good || recv(socket, &byte, 1, 0) != 1)
            break;
        alarm(f->seconds);
        s->good = answer(s, plugin);
    }
    _exit(0);
}

/* ---- The process that asks ----------------------------------------------------------- */

static int tell_end(struct hdf5_file *f)
{
    int ended = 0;
    pid_t got = f->child > 0 ? waitpid(f->child, &ended, 0) : -1;
    f->child = 0;
    if (got > 0 && WIFSIGNALED(ended) && WTERMSIG(ended) == SIGALRM)
        msg_error("%s: damaged: reading a part of it took more than %u s", f->path,
                  f->seconds);
    else if (got > 0 && WIFSIGNALED(ended))
        msg_error("%s: damaged: the library that reads it crashed (%s)", f->path,
                  strsignal(WTERMSIG(ended)));
    else
        msg_error("%s: the process that reads it has ended", f->path);
    return MSG_INPUT;
}

/* Waits for what was asked for last. */
static int await(struct hdf5_file *f)
{
    char byte;
    ssize_t n;
    do
        n = recv(f->socket, &byte, 1, 0);
    while (n < 0 && errno == EINTR);
    return n == 1 ? MSG_OK : tell_end(f);
}

static int start(struct hdf5_file *f, const struct hdf5_plugin *plugin)
{
    int ends[2];
    struct hdf5_shared *s = f->shared;
    s->catalogue.memory = share(CATALOGUE_BYTES);
    s->catalogue.size = CATALOGUE_BYTES;
    if (!s->catalogue.memory || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        msg_error("%s: %s", f->path, strerror(errno));
        return MSG_SYSTEM;
    }
    f->child = fork();
    if (f->child == 0) {
        close(ends[0]);
        serve(f, plugin, ends[1]);
    }
    close(ends[1]);
    f->socket = ends[0];
    fcntl(f->socket, F_SETFD, FD_CLOEXEC);
    if (f->child > 0)
        return MSG_OK;
    msg_error("%s: %s", f->path, strerror(errno));
    return MSG_SYSTEM;
}

static int take_seconds(struct hdf5_file *f)
{
    const char *s = getenv("ECO_READ_SECONDS");
    long long v = STEP;
    if (s && *s && !(num_parse_long(s, strlen(s), &v) && v >= 1 && v <= STEP_MOST)) {
        msg_error("%s: ECO_READ_SECONDS is no whole number of seconds from 1 to %d: \"%s\"",
                  f->path, STEP_MOST, s);
        return MSG_INPUT;
    }
    f->seconds = (unsigned)v;
    return MSG_OK;
}

int hdf5_open(struct hdf5_file *f, const char *path)
{
    *f = (struct hdf5_file){.path = mem_text(path), .socket = -1};
    const struct hdf5_plugin *plugin = hdf5_plugin_load();
    int status = plugin ? take_seconds(f) : MSG_SYSTEM;
    if (status == MSG_OK && !(f->shared = share(sizeof *f->shared))) {
        msg_error("%s: %s", path, strerror(errno));
        status = MSG_SYSTEM;
    }
    if (status == MSG_OK)
        status = start(f, plugin);
    if (status == MSG_OK)
        status = await(f);
    if (status == MSG_OK && !f->shared->good) {
        msg_error("%s: %.*s", path, HDF5_PROBLEM, f->shared->problem);
        status = MSG_INPUT;
    }
    if (status == MSG_OK)
        f->catalogue = &f->shared->catalogue;
    else
        hdf5_close(f);
    return status;
}

void hdf5_close(struct hdf5_file *f)
{
    if (f->shared && f->socket >= 0) {
        /* Also where a process that was started later has a copy of the socket. */
        shutdown(f->socket, SHUT_RDWR);
        close(f->socket);
    }
    if (f->child > 0)
        waitpid(f->child, NULL, 0);
    if (f->shared) {
        if (f->shared->catalogue.memory)
            munmap(f->shared->catalogue.memory, CATALOGUE_BYTES);
        munmap(f->shared, sizeof *f->shared);
    }
    free(f->path);
    *f = (struct hdf5_file){0};
}

/* ---- Windows ------------------------------------------------------------------------- */

static int read_part(struct hdf5_file *f, const struct hdf5_dataset *d, const size_t *start,
                     const size_t *count, void *samples, size_t bytes)
{
    struct hdf5_shared *s = f->shared;
    s->ask.dataset = (size_t)(d - f->catalogue->dataset);
    for (int i = 0; i < d->ndims; i++) {
        s->ask.start[i] = start[i];
        s->ask.count[i] = count[i];
    }
    char byte = 0;
    if (f->child <= 0) {
        msg_error("%s: %s: the process that reads it has ended", f->path, d->path);
        return MSG_INPUT;
    }
    send(f->socket, &byte, 1, MSG_NOSIGNAL);
    int status = await(f);
    if (status == MSG_OK && !s->good) {
        msg_error("%s: %s: damaged: %.*s", f->path, d->path, HDF5_PROBLEM, s->problem);
        status = MSG_INPUT;
    }
    if (status == MSG_OK)
        memcpy(samples, s->window, bytes);
    return status;
}

int hdf5_read(struct hdf5_file *f, const struct hdf5_dataset *d, const size_t *start,
              const size_t *count, void *samples)
{
    size_t from[HDF5_DIMS] = {0}, n[HDF5_DIMS] = {0};
    size_t bytes = (size_t)ras_type_bytes(d->type); /* of all but the first dimensions */
    int first = d->ndims;
    if (d->problem) {
        msg_error("%s: %s: %s", f->path, d->path, d->problem);
        return MSG_INPUT;
    }
    while (first > 0 && count[first - 1] * bytes <= WINDOW_BYTES)
        bytes *= count[--first];
    if (first == 0)
        return bytes ? read_part(f, d, start, count, samples, bytes) : MSG_OK;
    /* Too large for the window: in parts along the first dimension that is not in it. */
    memcpy(from, start, (size_t)d->ndims * sizeof *from);
    memcpy(n, count, (size_t)d->ndims * sizeof *n);
    size_t most = WINDOW_BYTES / bytes, total = count[first - 1];
    for (int i = 0; i < first - 1; i++)
        total *= count[i];
    char *to = samples;
    for (size_t done = 0; done < total;) {
        size_t rest = done, within = done % count[first - 1];
        for (int i = first - 1; i >= 0; rest /= count[i], i--) {
            from[i] = start[i] + rest % count[i];
            n[i] = 1;
        }
        n[first - 1] = count[first - 1] - within < most ? count[first - 1] - within : most;
        int status = read_part(f, d, from, n, to, n[first - 1] * bytes);
        if (status != MSG_OK)
            return status;
        done += n[first - 1];
        to += n[first - 1] * bytes;
    }
    return MSG_OK;
}
