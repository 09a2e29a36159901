/* eco-make.so: a function for make's `load`, by which one run at a time works in a folder.
 *
 *     $(eco-lock FILE,SECONDS,FOLDER)
 *
 * Locks FILE, and is "yes"; or waits for whoever holds it, saying so, at most SECONDS, and
 * is empty, having told why; messages name FOLDER. The lock belongs to an open file that
 * make and each process that it starts inherit: it ends with the last of them, however they
 * end. So what a killed make has left at work holds the folder, and a make that is dead but
 * for its entry in the table of processes does not. The file names the make that locked it,
 * for the messages. */
#include <errno.h>
#include <fcntl.h>
#include <gnumake.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

int plugin_is_GPL_compatible; /* make asks for it */
int eco_make_setup(const gmk_floc *place);

enum { TEXT = 512, POLLS = 10 }; /* a second */

/* "process 17 on host", as the file has it, or what to say instead. */
static void read_owner(int fd, char text[TEXT])
{
    ssize_t n = pread(fd, text, TEXT - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    text[strcspn(text, "\n")] = '\0';
    if (!text[0])
        strcpy(text, "a process that has not said who it is");
}

static void write_owner(int fd)
{
    char text[TEXT], host[TEXT / 2] = "";
    if (gethostname(host, sizeof host - 1) != 0)
        strcpy(host, "this host");
    int n = snprintf(text, sizeof text, "process %ld on %s\n", (long)getpid(), host);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
        errno = 0; /* a full disk: the lock holds all the same */
}

/* Whether it is locked; else errno is EWOULDBLOCK when the time is over. */
static bool wait_for(int fd, const char *folder, long seconds)
{
    const struct timespec pause = {0, 1000000000L / POLLS};
    char owner[TEXT];
    for (long i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK || i >= seconds * POLLS)
            return false;
        if (i == 0) {
            read_owner(fd, owner);
            fprintf(stderr,
                    "eco: %s: waiting for another run there (%s, or what it has left)\n",
                    folder, owner);
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

static char *answer(const char *text)
{
    char *copy = gmk_alloc((unsigned)strlen(text) + 1);
    return copy ? strcpy(copy, text) : NULL;
}

static char *lock(const char *name, unsigned argc, char **argv)
{
    (void)name;
    (void)argc;
    int fd =
        open(argv[0], O_RDWR | O_CREAT, 0666); /* not closed by exec: it is inherited */
    if (fd < 0) {
        fprintf(stderr, "eco: %s: cannot be written: %s\n", argv[0], strerror(errno));
        return answer("");
    }
    if (wait_for(fd, argv[2], strtol(argv[1], NULL, 10))) {
        write_owner(fd);
        return answer("yes");
    }
    if (errno != EWOULDBLOCK) { /* some network file systems */
        fprintf(stderr,
                "eco: %s: no locks here, so take care that one run is at work: %s\n",
                argv[2], strerror(errno));
        return answer("yes");
    }
    fprintf(stderr, "eco: %s: still at work there; `fuser %s` tells which processes are\n",
            argv[2], argv[0]);
    close(fd);
    return answer("");
}

int eco_make_setup(const gmk_floc *place)
{
    (void)place;
    gmk_add_function("eco-lock", lock, 3, 3, 0);
    return 1;
}
