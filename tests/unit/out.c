/* Output that is checked. */
#include "base/out.h"
#include "base/mem.h"
#include "base/msg.h"
#include "catch.h"
#include "unit.h"
#include <fcntl.h>
#include <sys/wait.h>

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

/* What goes nowhere is there, all of it. */
TEST(text)
{
    struct out o;
    out_init_text(&o);
    for (int round = 0; round < 2; round++) {
        o.n = 0;
        for (int i = 0; i < 100000; i++) {
            out_char(&o, 'a');
            out_write(&o, "bc", 2);
            out_long(&o, i % 10);
        }
        CHECK(o.n == 400000 && memcmp(o.s, "abc0abc1", 8) == 0);
        CHECK(memcmp(o.s + o.n - 8, "abc8abc9", 8) == 0);
    }
    CHECK(out_flush(&o) == MSG_OK && o.n == 400000);
    CHECK(out_close(&o) == MSG_OK);
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

int main(void)
{
    RUN(all_arrives);
    RUN(one_character_at_a_time);
    RUN(text);
    RUN(pipe_in_parts);
    RUN(full_disk);
    RUN(closed_descriptor);
    return unit_end();
}
