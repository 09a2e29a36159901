/* Texts as fields of records and of CSV, and what is missing. */
#include "record/writer.h"
#include "unit.h"
#include <stdlib.h>

static const char *text(char delimiter, const char *s)
{
    static struct out o;
    static struct buf b;
    free(o.s);
    out_init(&o, -1, "nothing");
    rec_put_text(&o, delimiter, s);
    buf_reset(&b);
    rec_add_text(&b, delimiter, s, strlen(s));
    CHECK(b.n == o.n && strlen(b.s) == b.n && memcmp(b.s, o.s, b.n) == 0);
    return b.s;
}

TEST(texts)
{
    CHECK_TEXT(text(REC_TAB, "a b, \"c\""), "a b, \"c\"");
    CHECK_TEXT(text(REC_TAB, "a\tb\nc\\d"), "a\\tb\\nc\\\\d");
    CHECK_TEXT(text(REC_TAB, "#1 #2"), "\\#1 #2");
    CHECK_TEXT(text(REC_COMMA, "#1"), "#1");
    CHECK_TEXT(text(REC_TAB, ""), "NA");
    CHECK_TEXT(text(REC_COMMA, "a b, \"c\""), "\"a b, \"\"c\"\"\"");
    CHECK_TEXT(text(REC_COMMA, "a\tb\\"), "a\tb\\");
    CHECK_TEXT(text(REC_COMMA, ""), "NA");
}

TEST(escapes)
{
    struct buf b = {0};
    rec_unescape(&b, "\\#a\\tb\\nc\\\\d\\x\\", 16);
    CHECK_TEXT(b.s, "#a\tb\nc\\d\\x\\");
    srand(3);
    for (int i = 0; i < 2000; i++) {
        static const char from[] = "\\\\\t\nnt# a/";
        char path[20];
        int n = rand() % (int)(sizeof path - 1);
        for (int k = 0; k < n; k++)
            path[k] = from[(size_t)rand() % (sizeof from - 1)];
        path[n] = '\0';
        if (!n)
            continue;
        struct out o;
        for (int field = 0; field < 2; field++) {
            out_init(&o, -1, "nothing");
            if (field)
                rec_put_text(&o, REC_TAB, path);
            else
                rec_put_escaped(&o, path);
            CHECK(!memchr(o.s, '\t', o.n) && !memchr(o.s, '\n', o.n));
            CHECK(!field || o.s[0] != '#');
            buf_reset(&b);
            rec_unescape(&b, o.s, o.n);
            CHECK_TEXT(b.s, path);
            free(o.s);
        }
    }
    buf_free(&b);
}

TEST(missing_texts)
{
    static const char *const missing[] = {"", "NA", "NaN", "nan", "NAN"};
    static const char *const there[] = {"na", "N", "NA ", " ", "NaNa", "-", "null", "n/a"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        CHECK(rec_is_missing((struct slice){missing[i], strlen(missing[i])}));
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        CHECK(!rec_is_missing((struct slice){there[i], strlen(there[i])}));
}

int main(void)
{
    RUN(texts);
    RUN(escapes);
    RUN(missing_texts);
    return unit_end();
}
