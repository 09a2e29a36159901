/* Output that is checked, and files that appear whole or not at all. */
#include "base/out.h"
#include "base/mem.h"
#include "base/msg.h"
#include "catch.h"
#include "unit.h"
#include <dirent.h>
#include <errno.h>
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

static bool put(struct out_file *f, const char *text)
{
    return write(f->fd, text, strlen(text)) == (ssize_t)strlen(text);
}

/* ---- struct out ------------------------------------------------------------------ */

/* All of the writing functions, in amounts around the buffer's size. */
TEST(all_arrives)
{
    static char big[200000], back[700000];
    memset(big, 'x', sizeof big);
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 131072, 199999};
    FILE *f = tmpfile();
    struct out o;
    out_init(&o, dup(fileno(f)), "file");
    size_t n = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        out_write(&o, big, sizes[i]);
        n += sizes[i];
        out_char(&o, '\n');
        out_double(&o, 0.1);
        out_float(&o, 0.1F);
        out_long(&o, -7);
        memcpy(back + n, "\n0.10.1-7", 9);
        n += 9;
    }
    CHECK(out_close(&o) == MSG_OK);
    static char got[700000];
    rewind(f);
    CHECK(fread(got, 1, sizeof got, f) == n);
    for (size_t i = 0, at = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(back + at, 'x', sizes[i]);
        at += sizes[i] + 9;
    }
    CHECK(memcmp(got, back, n) == 0);
    fclose(f);
}

TEST(one_character_at_a_time)
{
    FILE *f = tmpfile();
    struct out o;
    out_init(&o, dup(fileno(f)), "file");
    for (int i = 0; i < 200000; i++)
        out_char(&o, (char)('a' + i % 26));
    CHECK(out_close(&o) == MSG_OK);
    rewind(f);
    int wrong = 0;
    for (int i = 0; i < 200000; i++)
        wrong += getc(f) != 'a' + i % 26;
    CHECK(wrong == 0 && getc(f) == EOF);
    fclose(f);
}

/* A pipe takes a part of what a write offers. */
TEST(pipe_in_parts)
{
    int p[2];
    CHECK(pipe(p) == 0);
    pid_t reader = fork();
    if (reader == 0) {
        char s[1000];
        size_t sum = 0;
        close(p[1]);
        for (ssize_t n; (n = read(p[0], s, 1 + sum % sizeof s)) > 0;)
            sum += (size_t)n;
        _exit(sum == 3000000 ? 0 : 1);
    }
    close(p[0]);
    struct out o;
    out_init(&o, p[1], "pipe");
    char *s = mem_alloc(1000000, 1);
    for (int i = 0; i < 3; i++)
        out_write(&o, s, 1000000);
    free(s);
    CHECK(out_close(&o) == MSG_OK);
    int status = 1;
    waitpid(reader, &status, 0);
    CHECK(status == 0);
}

TEST(full_disk)
{
    for (int size = 10; size <= 1000000; size *= 10) {
        struct out o;
        out_init(&o, open("/dev/full", O_WRONLY), "full.tsv");
        for (int i = 0; i < size / 10; i++)
            out_puts(&o, "0123456789");
        catch_start();
        int flushed = out_flush(&o), closed = out_close(&o);
        CHECK_TEXT(catch_end(), "eco: full.tsv: cannot write: No space left on device\n");
        CHECK(flushed == MSG_SYSTEM && closed == MSG_SYSTEM);
    }
}

TEST(closed_descriptor)
{
    int fd = open("/dev/null", O_WRONLY);
    struct out o;
    out_init(&o, fd, "gone");
    catch_start();
    close(fd);
    CHECK(out_close(&o) == MSG_SYSTEM);
    CHECK_TEXT(catch_end(), "eco: gone: cannot write: Bad file descriptor\n");
}

static const char *csv(const char *s)
{
    static struct out o;
    free(o.s);
    out_init(&o, -1, "nothing");
    out_csv(&o, s);
    out_char(&o, '\0');
    return o.s;
}

TEST(csv_fields)
{
    CHECK_TEXT(csv("plain text; it's"), "plain text; it's");
    CHECK_TEXT(csv(""), "");
    CHECK_TEXT(csv("a,b"), "\"a,b\"");
    CHECK_TEXT(csv("\""), "\"\"\"\"");
    CHECK_TEXT(csv("a\nb"), "\"a\nb\"");
    CHECK_TEXT(csv("a\rb"), "\"a\rb\"");
}

/* ---- struct out_file ------------------------------------------------------------- */

TEST(appears_on_commit)
{
    struct out_file f;
    umask(022);
    CHECK(out_file_open(&f, "a.tif") == MSG_OK);
    CHECK(put(&f, "whole"));
    CHECK(access("a.tif", F_OK) != 0);
    CHECK(out_file_commit(&f) == MSG_OK);
    CHECK(holds("a.tif", "whole") && names() == 1);
    struct stat st;
    CHECK(stat("a.tif", &st) == 0 && (st.st_mode & 0777) == 0644);
    out_file_abort(&f); /* harmless */
    CHECK(holds("a.tif", "whole"));
    unlink("a.tif");
}

TEST(abort_leaves_nothing)
{
    struct out_file f = {0};
    out_file_abort(&f);
    CHECK(out_file_open(&f, "a.tif") == MSG_OK && put(&f, "half"));
    out_file_abort(&f);
    out_file_abort(&f);
    CHECK(names() == 0);
}

TEST(replaces_at_once)
{
    struct out_file f, g;
    CHECK(out_file_open(&f, "a.tif") == MSG_OK && put(&f, "old"));
    CHECK(out_file_commit(&f) == MSG_OK);
    CHECK(out_file_open(&f, "a.tif") == MSG_OK && put(&f, "new"));
    CHECK(holds("a.tif", "old"));
    int reader = open("a.tif", O_RDONLY); /* whoever reads the old one goes on */
    CHECK(out_file_commit(&f) == MSG_OK);
    char s[4] = "";
    CHECK(read(reader, s, 3) == 3 && strcmp(s, "old") == 0);
    close(reader);
    CHECK(holds("a.tif", "new") && names() == 1);
    /* Two writers: each is whole, the later one stays. */
    CHECK(out_file_open(&f, "a.tif") == MSG_OK && out_file_open(&g, "a.tif") == MSG_OK);
    CHECK(put(&f, "first") && put(&g, "second"));
    CHECK(out_file_commit(&g) == MSG_OK && holds("a.tif", "second"));
    CHECK(out_file_commit(&f) == MSG_OK && holds("a.tif", "first"));
    CHECK(names() == 1);
    unlink("a.tif");
}

TEST(removes_plain_files_alone)
{
    struct out_file f;
    CHECK(out_file_open(&f, "a.tif") == MSG_OK && put(&f, "old"));
    CHECK(out_file_commit(&f) == MSG_OK && names() == 1);
    CHECK(mkdir("folder", 0777) == 0 && symlink("folder", "link") == 0);
    CHECK(out_remove("a.tif") == MSG_OK && access("a.tif", F_OK) != 0);
    CHECK(out_remove("a.tif") == MSG_OK); /* there is none */
    CHECK(out_remove("folder") == MSG_OK && out_remove("link") == MSG_OK);
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
                struct out_file f;
                if (out_file_open(&f, "a.tif") != MSG_OK || !put(&f, "one,") ||
                    !put(&f, "two") || out_file_commit(&f) != MSG_OK)
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
        struct out_file f;
        if (out_file_open(&f, "a.tif") != MSG_OK || !put(&f, "half") ||
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
    struct out_file f;
    CHECK(out_file_open(&f, "a.tsv") == MSG_OK);
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
    out_file_abort(&f);
    CHECK(names() == 0);
}

TEST(places_that_cannot_be_written)
{
    struct out_file f;
    mkdir("folder", 0777);
    static const char *const paths[] = {"folder", "none/a.tif", "/dev/null", "folder/", ""};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        catch_start();
        int status = out_file_open(&f, paths[i]);
        if (status == MSG_OK)
            status = out_file_commit(&f);
        const char *said = catch_end();
        CHECK(status == MSG_SYSTEM);
        CHECK(strncmp(said, "eco: ", 5) == 0 &&
              strchr(said, '\n') == said + strlen(said) - 1);
        out_file_abort(&f);
    }
    /* A folder that takes the name while the file is written. */
    CHECK(out_file_open(&f, "late") == MSG_OK && put(&f, "x"));
    mkdir("late", 0777);
    catch_start();
    CHECK(out_file_commit(&f) == MSG_SYSTEM);
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
    struct out_file f;
    CHECK(out_file_open(&f, name) == MSG_OK && put(&f, "x"));
    CHECK(out_file_commit(&f) == MSG_OK && holds(name, "x"));
    unlink(name);
}

TEST(parents)
{
    CHECK(out_make_parents("a/b//c/d.tif") == MSG_OK);
    struct stat st;
    CHECK(stat("a/b/c", &st) == 0 && S_ISDIR(st.st_mode) &&
          access("a/b/c/d.tif", F_OK) != 0);
    CHECK(out_make_parents("a/b//c/d.tif") == MSG_OK);
    CHECK(out_make_parents("plain.tif") == MSG_OK && out_make_parents("") == MSG_OK);
    CHECK(out_make_parents("/plain.tif") == MSG_OK && out_make_parents("/") == MSG_OK);
    close(open("a/file", O_CREAT | O_WRONLY, 0666));
    catch_start();
    CHECK(out_make_parents("a/file/x/y.tif") == MSG_SYSTEM);
    CHECK_TEXT(catch_end(), "eco: a/file: cannot make this folder: Not a directory\n");
    CHECK(symlink("b", "a/link") == 0 && out_make_parents("a/link/e/f.tif") == MSG_OK);
    CHECK(stat("a/b/e", &st) == 0);
    CHECK(system("rm -rf a") == 0);
}

int main(void)
{
    catch_folder();
    RUN(all_arrives);
    RUN(one_character_at_a_time);
    RUN(pipe_in_parts);
    RUN(full_disk);
    RUN(closed_descriptor);
    RUN(csv_fields);
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
