/* CSV: what is written, and that it reads back. */
#include "record/csv.h"
#include "unit.h"
#include <stdlib.h>

static const char *put(const char *s)
{
    static struct out o;
    static struct buf b;
    free(o.s);
    out_init(&o, -1, "nothing");
    out_room(&o, 2 * strlen(s) + 2);
    csv_put(&o, ',', s);
    buf_reset(&b);
    csv_add(&b, ',', s, strlen(s));
    CHECK(b.n == o.n && strlen(b.s) == b.n && memcmp(b.s, o.s, b.n) == 0);
    return b.s;
}

TEST(fields)
{
    CHECK_TEXT(put("plain text; it's"), "plain text; it's");
    CHECK_TEXT(put(""), "");
    CHECK_TEXT(put("a,b"), "\"a,b\"");
    CHECK_TEXT(put("\""), "\"\"\"\"");
    CHECK_TEXT(put("a\nb"), "\"a\nb\"");
    CHECK_TEXT(put("a\rb"), "\"a\rb\"");
    CHECK_TEXT(put("a\tb"), "a\tb");
}

TEST(long_fields)
{
    char *s = malloc(200001);
    memset(s, '"', 200000);
    s[200000] = '\0';
    CHECK(strlen(put(s)) == 400002);
    memset(s, 'x', 200000);
    CHECK_TEXT(put(s), s);
    free(s);
}

/* Lines of random fields, back again, with the newline that ends them. */
TEST(there_and_back)
{
    int wrong = 0;
    srand(7);
    for (int round = 0; round < 20000; round++) {
        static const char from[] = "ab \",\"\r\n\t";
        char field[5][12];
        struct buf line = {0}, scratch = {0};
        int n = 1 + rand() % 5;
        for (int i = 0; i < n; i++) {
            int length = rand() % 12;
            for (int k = 0; k < length; k++)
                field[i][k] = from[(size_t)rand() % (sizeof from - 1)];
            field[i][length] = '\0';
            if (i)
                buf_putc(&line, ',');
            csv_add(&line, ',', field[i], (size_t)length);
        }
        size_t newlines = 0, length = line.n;
        for (size_t i = 0; i < line.n; i++)
            newlines += line.s[i] == '\n';
        buf_puts(&line, "\nmore,\"\n");
        struct csv_place place = {0};
        /* The search goes on where it stopped for want of input. */
        const char *end = csv_line_end(line.s, (size_t)rand() % (length + 1), ',', &place);
        wrong += end != NULL;
        end = csv_line_end(line.s, line.n, ',', &place);
        wrong += end != line.s + length || csv_newlines(line.s, length) != newlines;
        buf_room(&scratch, length);
        const char *s = line.s;
        for (int i = 0; i < n; i++) {
            struct slice value = {s, strlen(field[i])};
            if (*s == '"')
                wrong += csv_unquote(&s, line.s + length, ',', &scratch, &value) != NULL;
            else
                s += value.n;
            wrong += !slice_is(value, field[i]);
            wrong += i + 1 < n ? *s++ != ',' : s != line.s + length;
        }
        buf_free(&line);
        buf_free(&scratch);
    }
    CHECK(wrong == 0);
}

TEST(wrong_fields)
{
    static const char *const texts[] = {"\"a", "\"", "\"a\"\"", "\"a\"b", "\"a\" ,b"};
    static const char *const said[] = {"closing quote", "closing quote", "closing quote",
                                       "text after", "text after"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct slice value;
        struct buf scratch = {0};
        const char *s = texts[i], *end = s + strlen(s);
        buf_room(&scratch, strlen(s));
        const char *wrong = csv_unquote(&s, end, ',', &scratch, &value);
        CHECK(wrong && strstr(wrong, said[i]));
        buf_free(&scratch);
    }
}

int main(void)
{
    RUN(fields);
    RUN(long_fields);
    RUN(there_and_back);
    RUN(wrong_fields);
    return unit_end();
}
