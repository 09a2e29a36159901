/* clock: runs commands in turns and writes what each run cost.
 *
 *     clock ROUNDS <jobs >runs
 *
 * A job is a line of six fields parted by TAB: task, contender, rounds, list, folder,
 * command. The jobs of one round run one after the other, whole processes; each round
 * begins with another job, so that none is always the one after a certain other. Round
 * 0 warms caches up and is written as such; a job that fails there runs no more. A job
 * with fewer rounds than the others leaves the last ones out (0: all rounds).
 *
 * command is words parted by blanks; <FILE and >FILE redirect. A command with any other
 * character that means something to a shell is given to sh. With a list (else "-") the
 * command runs once for each line of that file, {} being the line and {/} its last part;
 * times are summed, peaks are not. The folder (else "-") is emptied before each run;
 * that is not timed.
 *
 * Each run is a record: task, contender, round, status (0: good), wall, user and system
 * seconds of all its processes, and the peak resident memory, in KiB, of the largest. A
 * process begins with what its parent had, so this program is kept small. */
#define _DEFAULT_SOURCE /* wait4 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FIELDS = 6, MOST_JOBS = 64, MOST_WORDS = 4096 };

struct regrid_run {
    char *line; /* holds the fields */
    char *task, *contender, *list, *folder, *command;
    int rounds;
    bool failed;
};

struct cost {
    int status;
    double wall, user, system;
    long peak;
};

/* Without the clean-up of exit: a child must not move the place that its parent has read
 * a list to. */
static void die(const char *what, const char *name)
{
    fprintf(stderr, "clock: %s: %s: %s\n", what, name, strerror(errno));
    _exit(3);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

/* text with each {} replaced by item and each {/} by its last part; free it. */
static char *fill(const char *text, const char *item)
{
    const char *slash = strrchr(item, '/'), *base = slash ? slash + 1 : item;
    size_t room = strlen(text) + 1;
    for (const char *p = text; (p = strchr(p, '{')); p++)
        room += strlen(item);
    char *s = calloc(room, 1), *to = s;
    if (!s)
        die("no memory for", text);
    while (*text) {
        bool whole = strncmp(text, "{}", 2) == 0, last = strncmp(text, "{/}", 3) == 0;
        if (whole || last) {
            to = stpcpy(to, whole ? item : base);
            text += whole ? 2 : 3;
        } else {
            *to++ = *text++;
        }
    }
    return s;
}

static void redirect(const char *file, int to, int flags)
{
    int fd = open(file, flags, 0666);
    if (fd < 0 || dup2(fd, to) < 0)
        die("cannot open", file);
    close(fd);
}

/* In the child: becomes the command. */
static void become(char *command)
{
    if (strpbrk(command, ";|&$()'\"*?")) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        die("cannot run", "/bin/sh");
    }
    char *word[MOST_WORDS], *rest = NULL;
    int n = 0;
    for (char *w = strtok_r(command, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
        if (*w == '<')
            redirect(w + 1, STDIN_FILENO, O_RDONLY);
        else if (*w == '>')
            redirect(w + 1, STDOUT_FILENO, O_WRONLY | O_CREAT | O_TRUNC);
        else if (n < MOST_WORDS - 1)
            word[n++] = w;
    }
    word[n] = NULL;
    execvp(word[0], word);
    die("cannot run", word[0]);
}

/* Runs a command and adds what it cost. */
static void run(char *command, struct cost *cost)
{
    struct timespec begin, end;
    struct rusage use;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid_t pid = fork();
    if (pid < 0)
        die("cannot fork for", command);
    if (pid == 0) {
        redirect("/dev/null", STDIN_FILENO, O_RDONLY);
        redirect("/dev/null", STDOUT_FILENO, O_WRONLY);
        become(command);
    }
    while (wait4(pid, &status, 0, &use) < 0)
        if (errno != EINTR)
            die("cannot wait for", command);
    clock_gettime(CLOCK_MONOTONIC, &end);
    cost->wall +=
        (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    cost->user += seconds(use.ru_utime);
    cost->system += seconds(use.ru_stime);
    cost->peak = use.ru_maxrss > cost->peak ? use.ru_maxrss : cost->peak;
    if (status)
        cost->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void empty(const char *folder)
{
    pid_t pid = fork();
    if (pid == 0) {
        execlp("rm", "rm", "-rf", folder, (char *)NULL);
        _exit(127);
    }
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status ||
        (mkdir(folder, 0777) < 0 && errno != EEXIST))
        die("cannot empty", folder);
}

static struct cost run_job(const struct regrid_run *job)
{
    struct cost cost = {0};
    if (strcmp(job->folder, "-") != 0)
        empty(job->folder);
    if (strcmp(job->list, "-") == 0) {
        char *command = fill(job->command, "");
        run(command, &cost);
        free(command);
        return cost;
    }
    FILE *list = fopen(job->list, "r");
    if (!list)
        die("cannot open", job->list);
    char *item = NULL;
    size_t cap = 0;
    while (getline(&item, &cap, list) > 0) {
        item[strcspn(item, "\n")] = '\0';
        char *command = fill(job->command, item);
        run(command, &cost);
        free(command);
    }
    free(item);
    fclose(list);
    return cost;
}

static int read_jobs(struct regrid_run *job)
{
    int n = 0;
    char *line = NULL;
    size_t cap = 0;
    while (n < MOST_JOBS && getline(&line, &cap, stdin) > 0) {
        char *field[FIELDS], *rest = line;
        int k = 0;
        line[strcspn(line, "\n")] = '\0';
        while (k < FIELDS && (field[k] = strsep(&rest, "\t")))
            k++;
        if (k < FIELDS) {
            fprintf(stderr, "clock: a job of %d fields: %s\n", k, line);
            exit(2);
        }
        job[n++] = (struct regrid_run){.line = line,
                                       .task = field[0],
                                       .contender = field[1],
                                       .rounds = (int)strtol(field[2], NULL, 10),
                                       .list = field[3],
                                       .folder = field[4],
                                       .command = field[5]};
        line = NULL;
        cap = 0;
    }
    free(line);
    return n;
}

int main(int argc, char **argv)
{
    struct regrid_run job[MOST_JOBS];
    int rounds = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;
    if (rounds < 1) {
        fputs("usage: clock ROUNDS <jobs >runs\n", stderr);
        return 2;
    }
    int n = read_jobs(job);
    for (int round = 0; round <= rounds; round++)
        for (int i = 0; i < n; i++) {
            struct regrid_run *j = &job[(i + round) % n];
            if (j->failed || (j->rounds && round > j->rounds))
                continue;
            struct cost c = run_job(j);
            j->failed = c.status != 0;
            printf("%s\t%s\t%d\t%d\t%.6f\t%.6f\t%.6f\t%ld\n", j->task, j->contender, round,
                   c.status, c.wall, c.user, c.system, c.peak);
            fflush(stdout);
        }
    for (int i = 0; i < n; i++)
        free(job[i].line);
    return 0;
}
