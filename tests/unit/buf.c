/* Text that grows. */
#include "base/buf.h"
#include "unit.h"

TEST(grows)
{
    struct buf b = {0};
    size_t n = 0;
    for (int i = 0; i < 1000; i++) {
        buf_puts(&b, "ab");
        buf_putc(&b, 'c');
        buf_add(&b, "defg", 2);
        buf_printf(&b, "%d", i % 10);
        n += 6;
    }
    CHECK(b.n == n && strlen(b.s) == n && memcmp(b.s + n - 6, "abcde9", 6) == 0);
    buf_reset(&b);
    CHECK(b.n == 0);
    CHECK_TEXT(b.s, "");
    buf_free(&b);
    CHECK(!b.s && !b.n);
}

/* Text of no length is text too. */
TEST(nothing_added)
{
    struct buf b = {0};
    buf_printf(&b, "%s", "");
    CHECK(b.s && b.n == 0);
    CHECK_TEXT(b.s, "");
    buf_free(&b);
    buf_puts(&b, "");
    CHECK_TEXT(b.s, "");
    buf_free(&b);
}

int main(void)
{
    RUN(grows);
    RUN(nothing_added);
    return unit_end();
}
