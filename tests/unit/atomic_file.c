/* Files that appear whole or not at all. */
#include "base/atomic_file.h"
#include "base/msg.h"
#include "base/out.h"
#include "catch.h"
#include "unit.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* How many names the current folder holds, hidden ones too. */
static int names(void)
{
    int n = 0;
    DIR *d = opendir(".");
    for (struct dirent *e; (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

/* Whether a file holds just that text. */
static bool holds(const char *path, const char *text)
{
    char s[256];
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    size_t n = fread(s, 1, sizeof s - 1, f);
    s[n] = '\0';
    fclose(f);
    return strcmp(s, text) == 0;
}

static bool put(struct atomic_file *f, const char *text)
{
    return write(f->fd, text, strlen(text)) == (ssize_t)strlen(text);
}

TEST(appears_on_commit)
{
    struct atomic_file f;
    umask(022);
    CHECK(atomic_file_open(&f, "a.tif") == MSG_OK);
    CHECK(put(&f, "whole"));
    CHECK(access("a.tif", F_OK) != 0);
    CHECK(atomic_file_commit(&f) == MSG_OK);
    CHECK(holds("a.tif", "whole") && names() == 1);
    struct stat st;
    CHECK(stat("a.tif", &st) == 0 && (st.st_mode & 0777) == 0644);
    atomic_file_abort(&f); /* harmless */
    CHECK(holds("a.tif", "whole"));
    unlink("a.tif");
}

TEST(abort_leaves_nothing)
{
    struct atomic_file f = {0};
    atomic_file_abort(&f);
    CHECK(atomic_file_open(&f, "a.tif") == MSG_OK && put(&f, "half"));
    atomic_file_abort(&f);
    atomic_file_abort(&f);
    CHECK(names() == 0);
}

TEST(replaces_at_once)
{
    struct atomic_file f, g;
    CHECK(atomic_file_open(&f, "a.tif") == MSG_OK && put(&f, "old"));
    CHECK(atomic_file_commit(&f) == MSG_OK);
    CHECK(atomic_file_open(&f, "a.tif") == MSG_OK && put(&f, "new"));
    CHECK(holds("a.tif", "old"));
    int reader = open("a.tif", O_RDONLY); /* whoever reads the old one goes on */
    CHECK(atomic_file_commit(&f) == MSG_OK);
    char s[4] = "";
    CHECK(read(reader, s, 3) == 3 && strcmp(s, "old") == 0);
    close(reader);
    CHECK(holds("a.tif", "new") && names() == 1);
    /* Two writers: each is whole, the later one stays. */
    CHECK(atomic_file_open(&f, "a.tif") == MSG_OK &&
          atomic_file_open(&g, "a.tif") == MSG_OK);
    CHECK(put(&f, "first") && put(&g, "second"));
    CHECK(atomic_file_commit(&g) == MSG_OK && holds("a.tif", "second"));
    CHECK(atomic_file_commit(&f) == MSG_OK && holds("a.tif", "first"));
    CHECK(names() == 1);
    unlink("a.tif");
}

TEST(removes_plain_files_alone)
{
    struct atomic_file f;
    CHECK(atomic_file_open(&f, "a.tif") == MSG_OK && put(&f, "old"));
    CHECK(atomic_file_commit(&f) == MSG_OK && names() == 1);
    CHECK(mkdir("folder", 0777) == 0 && symlink("folder", "link") == 0);
    CHECK(atomic_file_remove("a.tif") == MSG_OK && access("a.tif", F_OK) != 0);
    CHECK(atomic_file_remove("a.tif") == MSG_OK); /* there is none */
    CHECK(atomic_file_remove("folder") == MSG_OK && atomic_file_remove("link") == MSG_OK);
    CHECK(access("folder", F_OK) == 0 && unlink("link") == 0 && rmdir("folder") == 0);
}

/* Processes write the same file again and again; a reader never sees a part. */
TEST(many_writers)
{
    enum { WRITERS = 8, ROUNDS = 60 };
    pid_t child[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        child[w] = fork();
        if (child[w] == 0) {
            for (int i = 0; i < ROUNDS; i++) {
                struct atomic_file f;
                if (atomic_file_open(&f, "a.tif") != MSG_OK || !put(&f, "one,") ||
                    !put(&f, "two") || atomic_file_commit(&f) != MSG_OK)
                    _exit(1);
            }
            _exit(0);
        }
    }
    int partial = 0, running = WRITERS;
    while (running) {
        partial += access("a.tif", F_OK) == 0 && !holds("a.tif", "one,two");
        int status;
        while (running && waitpid(-1, &status, WNOHANG) > 0) {
            CHECK(status == 0);
            running--;
        }
    }
    CHECK(partial == 0);
    CHECK(holds("a.tif", "one,two") && names() == 1);
    unlink("a.tif");
}

TEST(killed_leaves_nothing)
{
    int p[2];
    CHECK(pipe(p) == 0);
    pid_t child = fork();
    if (child == 0) {
        struct atomic_file f;
        if (atomic_file_open(&f, "a.tif") != MSG_OK || !put(&f, "half") ||
            write(p[1], "", 1) != 1)
            _exit(1);
        pause();
        _exit(0);
    }
    char c;
    CHECK(read(p[0], &c, 1) == 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(p[0]);
    close(p[1]);
    CHECK(access("a.tif", F_OK) != 0);
    CHECK(names() == 0);
}

/* A limit stands for a disk that fills up: the write comes back short or fails. */
TEST(disk_fills_up)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit old, small;
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){100000, old.rlim_max};
    struct atomic_file f;
    CHECK(atomic_file_open(&f, "a.tsv") == MSG_OK);
    struct out o;
    out_init(&o, dup(f.fd), "a.tsv");
    setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 20000; i++)
        out_puts(&o, "0123456789");
    catch_start();
    int status = out_close(&o);
    const char *said = catch_end();
    setrlimit(RLIMIT_FSIZE, &old);
    CHECK(status == MSG_SYSTEM);
    CHECK_TEXT(said, "eco: a.tsv: cannot write: File too large\n");
    atomic_file_abort(&f);
    CHECK(names() == 0);
}

TEST(places_that_cannot_be_written)
{
    struct atomic_file f;
    mkdir("folder", 0777);
    static const char *const paths[] = {"folder", "none/a.tif", "/dev/null", "folder/", ""};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        catch_start();
        int status = atomic_file_open(&f, paths[i]);
        if (status == MSG_OK)
            status = atomic_file_commit(&f);
        const char *said = catch_end();
        CHECK(status == MSG_SYSTEM);
        CHECK(strncmp(said, "eco: ", 5) == 0 &&
              strchr(said, '\n') == said + strlen(said) - 1);
        atomic_file_abort(&f);
    }
    /* A folder that takes the name while the file is written. */
    CHECK(atomic_file_open(&f, "late") == MSG_OK && put(&f, "x"));
    mkdir("late", 0777);
    catch_start();
    CHECK(atomic_file_commit(&f) == MSG_SYSTEM);
    CHECK_TEXT(catch_end(), "eco: late: cannot write: Is a directory\n");
    rmdir("late");
    rmdir("folder");
    CHECK(names() == 0);
}

TEST(long_names)
{
    char name[256];
    memset(name, 'n', sizeof name);
    name[255] = '\0';
    struct atomic_file f;
    CHECK(atomic_file_open(&f, name) == MSG_OK && put(&f, "x"));
    CHECK(atomic_file_commit(&f) == MSG_OK && holds(name, "x"));
    unlink(name);
}

TEST(parents)
{
    CHECK(atomic_file_make_parents("a/b//c/d.tif") == MSG_OK);
    struct stat st;
    CHECK(stat("a/b/c", &st) == 0 && S_ISDIR(st.st_mode) &&
          access("a/b/c/d.tif", F_OK) != 0);
    CHECK(atomic_file_make_parents("a/b//c/d.tif") == MSG_OK);
    CHECK(atomic_file_make_parents("plain.tif") == MSG_OK &&
          atomic_file_make_parents("") == MSG_OK);
    CHECK(atomic_file_make_parents("/plain.tif") == MSG_OK &&
          atomic_file_make_parents("/") == MSG_OK);
    close(open("a/file", O_CREAT | O_WRONLY, 0666));
    catch_start();
    CHECK(atomic_file_make_parents("a/file/x/y.tif") == MSG_SYSTEM);
    CHECK_TEXT(catch_end(), "eco: a/file: cannot make this folder: Not a directory\n");
    CHECK(symlink("b", "a/link") == 0 &&
          atomic_file_make_parents("a/link/e/f.tif") == MSG_OK);
    CHECK(stat("a/b/e", &st) == 0);
    CHECK(system("rm -rf a") == 0);
}

int main(void)
{
    catch_folder();
    RUN(appears_on_commit);
    RUN(abort_leaves_nothing);
    RUN(replaces_at_once);
    RUN(removes_plain_files_alone);
    RUN(many_writers);
    RUN(killed_leaves_nothing);
    RUN(disk_fills_up);
    RUN(places_that_cannot_be_written);
    RUN(long_names);
    RUN(parents);
    catch_folder_end();
    return unit_end();
}
