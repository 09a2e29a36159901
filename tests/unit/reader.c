/* Streams of records: however the bytes come, whatever the lines hold, and what must be
 * refused. Expected records are made beside the text, not by the reader. */
#include "record/reader.h"
#include "base/mem.h"
#include "catch.h"
#include "dice.h"
#include "unit.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Helpers --------------------------------------------------------------------- */

/* 0 to n - 1. */
static int below(int n)
{
    return (int)dice(0, n - 1);
}

/* A file that holds the n bytes at s; the caller unlinks it. */
static char *file_of(const char *s, size_t n)
{
    char name[] = "/tmp/eco-unit-rec-XXXXXX";
    int fd = mkstemp(name);
    while (n) {
        ssize_t w = write(fd, s, n);
        if (w <= 0)
            break;
        s += w;
        n -= (size_t)w;
    }
    close(fd);
    return mem_text(name);
}

/* Puts the n bytes at s on stdin in pieces of up to `piece` bytes; returns the feeder. */
static pid_t feed(const char *s, size_t n, size_t piece)
{
    int p[2];
    if (pipe(p) != 0)
        exit(3);
    pid_t child = fork();
    if (child == 0) {
        close(p[0]);
        while (n) {
            size_t k = piece == 1 ? 1 : 1 + below((int)piece);
            ssize_t w = write(p[1], s, k < n ? k : n);
            if (w <= 0)
                _exit(1);
            s += w;
            n -= (size_t)w;
        }
        _exit(0);
    }
    close(p[1]);
    dup2(p[0], STDIN_FILENO);
    close(p[0]);
    return child;
}

/* ---- Random streams -------------------------------------------------------------- */

/* A stream's text, and the fields that it holds, NUL after each, record after record. */
struct made {
    struct buf text, fields;
    size_t records, columns;
};

static void made_free(struct made *m)
{
    buf_free(&m->text);
    buf_free(&m->fields);
    *m = (struct made){0};
}

/* A field of n characters that the format can hold. */
static void put_field(struct made *m, char delimiter, size_t n)
{
    static const char plain[] = "abc xyz0123456789.-+\\'#;|\xc3\xa9\r";
    static const char odd[] = "ab,\"\n\r\t 0#";
    bool quoted = delimiter == REC_COMMA && below(3) == 0;
    const char *from = quoted ? odd : plain;
    size_t choices = strlen(from);
    if (quoted)
        buf_putc(&m->text, '"');
    for (size_t i = 0; i < n; i++) {
        char c = from[below((int)choices)];
        if (delimiter == REC_BLANK && c == ' ')
            c = '_';
        /* A CR must not end up before a line's end. */
        if (!quoted && (c == '\r' || c == '#') && (i == 0 || i + 1 == n))
            c = 'r';
        if (c == '"')
            buf_putc(&m->text, '"');
        buf_putc(&m->text, c);
        buf_putc(&m->fields, c);
    }
    if (quoted)
        buf_putc(&m->text, '"');
    buf_putc(&m->fields, '\0');
}

static struct made make(char delimiter, size_t records, size_t longest)
{
    struct made m = {.records = records, .columns = 1 + below(5)};
    const char *end = below(2) ? "\r\n" : "\n";
    if (below(2))
        buf_puts(&m.text, "\xef\xbb\xbf");
    if (delimiter == REC_TAB && below(2))
        buf_printf(&m.text, "##crs=EPSG:4326%s## no pair%s# a comment%s", end, end, end);
    if (delimiter != REC_BLANK) {
        for (size_t i = 0; i < m.columns; i++)
            buf_printf(&m.text, "%s%s%zu", i ? (char[]){delimiter, 0} : "",
                       i || delimiter == REC_COMMA ? "c" : "#c", i);
        buf_puts(&m.text, end);
    }
    for (size_t r = 0; r < records; r++) {
        for (size_t i = 0; i < m.columns; i++) {
            if (i)
                buf_putc(&m.text, delimiter);
            size_t least = delimiter == REC_TAB ? 0 : 1;
            size_t n = least + below((int)longest);
            put_field(&m, delimiter, m.columns == 1 && n == 0 ? 1 : n);
        }
        if (r + 1 < records || below(2))
            buf_puts(&m.text, end);
        if (delimiter != REC_TAB && r + 1 < records && below(10) == 0)
            buf_puts(&m.text, end); /* an empty line */
        if (delimiter == REC_TAB && r + 1 < records && below(10) == 0)
            buf_printf(&m.text, "# more%s", end);
    }
    return m;
}

/* Reads all of r and says whether it is what was made. */
static bool reads_as(struct rec_reader *r, const struct made *m)
{
    size_t at = 0, records = 0;
    int got;
    while ((got = rec_next(r)) == 1) {
        records++;
        if (r->nfields != m->columns)
            return false;
        for (size_t i = 0; i < r->nfields; i++) {
            size_t n = strlen(m->fields.s + at);
            if (r->field[i].n != n || memcmp(r->field[i].s, m->fields.s + at, n) != 0)
                return false;
            at += n + 1;
        }
    }
    return got == 0 && records == m->records && at == m->fields.n;
}

static bool file_reads(const struct made *m, char delimiter)
{
    char *path = file_of(m->text.s, m->text.n);
    struct rec_reader r;
    rec_open(&r, &path, 1, delimiter);
    bool good = reads_as(&r, m);
    rec_close(&r);
    unlink(path);
    free(path);
    return good;
}

static bool pipe_reads(const struct made *m, char delimiter, size_t piece)
{
    pid_t child = feed(m->text.s, m->text.n, piece);
    struct rec_reader r;
    rec_open(&r, NULL, 0, delimiter);
    bool good = reads_as(&r, m);
    rec_close(&r);
    int status;
    waitpid(child, &status, 0);
    return good && status == 0;
}

static void check_random(char delimiter)
{
    for (int i = 0; i < 60; i++) {
        struct made m = make(delimiter, 1 + below(30), 12);
        CHECK(file_reads(&m, delimiter));
        CHECK(pipe_reads(&m, delimiter, 1));
        CHECK(pipe_reads(&m, delimiter, 40));
        made_free(&m);
    }
    for (int i = 0; i < 4; i++) {
        struct made m = make(delimiter, 400, 9000);
        CHECK(file_reads(&m, delimiter));
        CHECK(pipe_reads(&m, delimiter, 100000));
        made_free(&m);
    }
}

TEST(random_tab)
{
    check_random(REC_TAB);
}

TEST(random_csv)
{
    check_random(REC_COMMA);
}

TEST(random_blank)
{
    check_random(REC_BLANK);
}

/* ---- Long lines, and ends of blocks ---------------------------------------------- */

TEST(around_blocks)
{
    for (int near = -3; near <= 3; near++) {
        for (int blocks = 1; blocks <= 4; blocks += 3) {
            size_t n = (size_t)(blocks * (1 << 18) + near);
            struct made m = {.records = 2, .columns = 1};
            buf_puts(&m.text, "#c\n");
            for (int record = 0; record < 2; record++) {
                size_t length = record ? 5 : n - 3;
                for (size_t i = 0; i < length; i++) {
                    buf_putc(&m.text, (char)('a' + i % 26));
                    buf_putc(&m.fields, (char)('a' + i % 26));
                }
                buf_puts(&m.text, "\r\n");
                buf_putc(&m.fields, '\0');
            }
            CHECK(file_reads(&m, REC_TAB));
            CHECK(pipe_reads(&m, REC_TAB, 1 << 16));
            made_free(&m);
        }
    }
}

/* One field that spans many lines: a reader that starts over at each of them takes
 * minutes here. */
TEST(long_quoted_field)
{
    struct made m = {.records = 1, .columns = 2};
    buf_puts(&m.text, "a,b\n\"");
    for (int i = 0; i < 400000; i++) {
        buf_puts(&m.text, "line\n");
        buf_puts(&m.fields, "line\n");
    }
    buf_puts(&m.text, "\",2\n");
    buf_add(&m.fields, "\0002", 3);
    CHECK(file_reads(&m, REC_COMMA));
    made_free(&m);
}

/* ---- What a line may be, one by one ---------------------------------------------- */

/* The records of a text: fields in <>, a | after each record, then the last status. */
static const char *read_text(const char *text, char delimiter)
{
    static struct buf b;
    char *path = file_of(text, strlen(text));
    struct rec_reader r;
    int got;
    buf_reset(&b);
    buf_puts(&b, "");
    rec_open(&r, &path, 1, delimiter);
    while ((got = rec_next(&r)) == 1 || got == -1) {
        if (got == -1)
            buf_puts(&b, "bad");
        for (size_t i = 0; got == 1 && i < r.nfields; i++)
            buf_printf(&b, "<%.*s>", (int)r.field[i].n, r.field[i].s);
        buf_puts(&b, "|");
    }
    buf_printf(&b, "%d", got);
    rec_close(&r);
    unlink(path);
    free(path);
    return b.s;
}

TEST(tab_lines)
{
    CHECK_TEXT(read_text("", REC_TAB), "0");
    CHECK_TEXT(read_text("a\tb\n", REC_TAB), "<a><b>|0");
    CHECK_TEXT(read_text("a\t\tb", REC_TAB), "<a><><b>|0");
    CHECK_TEXT(read_text("\n", REC_TAB), "<>|0");
    CHECK_TEXT(read_text("#\n# x\n#!/bin/sh\n##x\n#\tx\na\n", REC_TAB), "<a>|0");
    CHECK_TEXT(read_text("#a\tb\n1\t2\n#a\tb\n3\t4\n#note\n5\t6\n", REC_TAB),
               "<1><2>|<3><4>|<5><6>|0");
    CHECK_TEXT(read_text("a b.tif\n#c d.tif\n", REC_TAB), "<a b.tif>|0");
}

TEST(csv_lines)
{
    CHECK_TEXT(read_text("a,b\n1,\n,2\n", REC_COMMA), "<1><>|<><2>|0");
    CHECK_TEXT(read_text("a\n\"\"\n\"\"\"\"\n", REC_COMMA), "<>|<\">|0");
    CHECK_TEXT(read_text("a,b\r\n\"x\r\ny\",\"2\"\r\n", REC_COMMA), "<x\r\ny><2>|0");
    CHECK_TEXT(read_text("\"a\nb\",c\n1,2\n", REC_COMMA), "<1><2>|0");
    CHECK_TEXT(read_text("a,b\n\n1,2\n\n\n3,4\n", REC_COMMA), "<1><2>|<3><4>|0");
    CHECK_TEXT(read_text("##crs=EPSG:4326\n##unit.a=K\na,b\n1,2\n", REC_COMMA), "<1><2>|0");
    CHECK_TEXT(read_text("a,b\n#1,##2\n##x=1,2\n", REC_COMMA), "<#1><##2>|<##x=1><2>|0");
    /* A quote within an unquoted field is a character, and no more. */
    CHECK_TEXT(read_text("a,b\n5\" pipe,1\n6\" pipe,2\n", REC_COMMA),
               "<5\" pipe><1>|<6\" pipe><2>|0");
    CHECK_TEXT(read_text("\xef\xbb\xbf\"a,1\",b\n1,2\n", REC_COMMA), "<1><2>|0");
}

TEST(blank_lines)
{
    CHECK_TEXT(read_text("  1  2\t3 \n\n\t\n#x y\n4\n", REC_BLANK), "<1><2><3>|<4>|0");
}

/* ---- Refusals, with file and line ------------------------------------------------ */

static void check_told(const char *text, char delimiter, const char *records,
                       const char *message)
{
    catch_start();
    const char *got = read_text(text, delimiter);
    const char *said = catch_end();
    CHECK_TEXT(got, records);
    const char *colon = strchr(said, ':'); /* behind the name of the file */
    colon = colon ? strchr(colon + 1, ':') : NULL;
    CHECK_TEXT(colon ? colon : said, message);
}

TEST(refusals)
{
    check_told("#a\tb\n1\t2\n1\n3\t4\n", REC_TAB, "<1><2>|bad|<3><4>|0",
               ":3: 1 fields where the legend names 2\n");
    check_told("#a\tb\n1\t2\n#a\tc\n", REC_TAB, "<1><2>|-2",
               ":3: another legend than before: these are two streams\n");
    check_told(
        "##crs=EPSG:4326\n#a\n1\n##crs=EPSG:32721\n2\n", REC_TAB, "<1>|-2",
        ":4: ##crs is EPSG:32721 here and EPSG:4326 before: these are two streams\n");
    check_told("#a\n1\n##unit.a=K\n2\n", REC_TAB, "<1>|-2",
               ":3: ##unit.a is K here and missing before: these are two streams\n");
    check_told("a,b\n\"x\ny\",1\n\"z\"z,1\n3,4\n", REC_COMMA, "<x\ny><1>|bad|<3><4>|0",
               ":4: text after a closing quote\n");
    check_told("a,b\n1,2\n\"3,4\n5,6\n", REC_COMMA, "<1><2>|bad|0",
               ":3: a quoted field without its closing quote\n");
    check_told("a,b\n1,2,3\n", REC_COMMA, "bad|0",
               ":2: 3 fields where the legend names 2\n");
}

TEST(numbers)
{
    char *path = file_of("#x\n12,5\n\nNA\n1e3\n", strlen("#x\n12,5\n\nNA\n1e3\n"));
    struct rec_reader r;
    double v = 7;
    rec_open(&r, &path, 1, REC_TAB);
    catch_start();
    CHECK(rec_next(&r) == 1 && !rec_number(&r, 0, &v));
    CHECK(strstr(catch_end(), ":2: x: not a number: \"12,5\"\n"));
    catch_start();
    CHECK(rec_next(&r) == 1 && !rec_number(&r, 0, &v));
    CHECK(strstr(catch_end(), ":3: x: an empty field"));
    CHECK(rec_next(&r) == 1 && rec_number(&r, 0, &v) && isnan(v));
    CHECK(rec_next(&r) == 1 && rec_number(&r, 0, &v) && v == 1000);
    catch_start();
    CHECK(!rec_number(&r, 1, &v));
    CHECK(strstr(catch_end(), ":5: there is no column 2\n"));
    CHECK(rec_next(&r) == 0);
    rec_close(&r);
    unlink(path);
    free(path);
}

/* ---- Several inputs -------------------------------------------------------------- */

TEST(several_inputs)
{
    static const char first[] = "##crs=EPSG:4326\n##cmd=one\n##cmd=two\n#a\tb\n1\t2";
    static const char second[] =
        "\xef\xbb\xbf##crs=EPSG:4326\r\n##cmd=three\r\n##note=x\r\n"
        "#a\tb\r\n3\t4\r\n";
    char *paths[] = {file_of(first, strlen(first)), file_of("", 0),
                     file_of(second, strlen(second))};
    struct rec_reader r;
    rec_open(&r, paths, 3, REC_TAB);
    CHECK(rec_head(&r) == MSG_OK);
    CHECK(r.nlegend == 2 && rec_column(&r, "b") == 1 && rec_column(&r, "c") == -1);
    CHECK_TEXT(rec_meta(&r, "crs"), "EPSG:4326");
    CHECK(r.nmeta == 3);
    CHECK(rec_next(&r) == 1 && r.line == 5 && r.field[1].s[0] == '2');
    CHECK(strcmp(r.name, paths[0]) == 0);
    CHECK(rec_next(&r) == 1 && r.line == 5 && r.field[1].n == 1 && r.field[1].s[0] == '4');
    CHECK(strcmp(r.name, paths[2]) == 0);
    CHECK(rec_next(&r) == 0);
    CHECK_TEXT(rec_meta(&r, "note"), "x");
    CHECK(r.nmeta == 4); /* the commands of later inputs are not this stream's */
    rec_close(&r);
    for (int i = 0; i < 3; i++) {
        unlink(paths[i]);
        free(paths[i]);
    }
}

TEST(several_csv)
{
    char *paths[] = {file_of("\na,b\n1,2\n", 9), file_of("\n\na,b\n3,4", 9),
                     file_of("##crs=EPSG:4326\na,b\n", 20)};
    struct rec_reader r;
    rec_open(&r, paths, 2, REC_COMMA);
    CHECK(rec_next(&r) == 1 && r.line == 3 && r.field[0].s[0] == '1');
    CHECK(rec_next(&r) == 1 && r.line == 4 && r.field[0].s[0] == '3');
    CHECK(rec_next(&r) == 0);
    rec_close(&r);
    rec_open(&r, paths, 1, REC_COMMA);
    r.headless = true;
    CHECK(rec_next(&r) == 1 && r.field[0].s[0] == 'a' && r.nlegend == 0);
    CHECK(rec_next(&r) == 1 && r.field[0].s[0] == '1');
    rec_close(&r);
    char *two[] = {paths[0], paths[2]};
    rec_open(&r, two, 2, REC_COMMA);
    CHECK(rec_next(&r) == 1);
    catch_start();
    CHECK(rec_next(&r) == -2);
    CHECK(strstr(catch_end(), "##crs is EPSG:4326 here and missing before"));
    rec_close(&r);
    for (int i = 0; i < 3; i++) {
        unlink(paths[i]);
        free(paths[i]);
    }
}

TEST(unreadable)
{
    char *paths[] = {(char *)"/no/such/file", (char *)"/tmp"};
    struct rec_reader r;
    for (int i = 0; i < 2; i++) {
        rec_open(&r, paths + i, 1, REC_TAB);
        catch_start();
        CHECK(rec_head(&r) == MSG_INPUT);
        CHECK(rec_next(&r) == -2);
        CHECK(strstr(catch_end(), paths[i]));
        rec_close(&r);
    }
}

/* A filter on a pipe learns that nothing more is there, without waiting for it. */
TEST(more)
{
    int p[2];
    CHECK(pipe(p) == 0);
    dup2(p[0], STDIN_FILENO);
    close(p[0]);
    CHECK(write(p[1], "a\n", 2) == 2);
    struct rec_reader r;
    rec_open(&r, NULL, 0, REC_TAB);
    CHECK(rec_next(&r) == 1 && !rec_more(&r));
    CHECK(write(p[1], "a\nb\nhal", 7) == 7);
    CHECK(rec_next(&r) == 1 && rec_more(&r));
    CHECK(rec_next(&r) == 1 && !rec_more(&r));
    CHECK(write(p[1], "f\n", 2) == 2);
    close(p[1]);
    CHECK(rec_next(&r) == 1 && r.field[0].n == 4 && !rec_more(&r));
    CHECK(rec_next(&r) == 0);
    rec_close(&r);
}

int main(void)
{
    RUN(random_tab);
    RUN(random_csv);
    RUN(random_blank);
    RUN(around_blocks);
    RUN(long_quoted_field);
    RUN(tab_lines);
    RUN(csv_lines);
    RUN(blank_lines);
    RUN(refusals);
    RUN(numbers);
    RUN(several_inputs);
    RUN(several_csv);
    RUN(unreadable);
    RUN(more);
    return unit_end();
}
