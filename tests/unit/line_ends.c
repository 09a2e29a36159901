/* Ends of lines by CR, LF and both, in whatever pieces they come. */
#include "record/line_ends.h"
#include "dice.h"
#include "unit.h"

/* Whatever ends a line, as LF. */
static size_t plain(char *to, const char *s, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (s[i] != '\n' || i == 0 || s[i - 1] != '\r')
            to[k++] = s[i] == '\r' ? '\n' : s[i];
    return k;
}

TEST(pieces)
{
    for (int round = 0; round < 20000; round++) {
        char s[24], piece[24], got[24], want[24], shown[24];
        size_t n = (size_t)dice(0, 23), total = 0, k;
        bool after_cr = false;
        for (size_t i = 0; i < n; i++)
            s[i] = "\r\n\r\na"[(int)dice(0, 4)];
        for (size_t at = 0; at < n; at += k) {
            k = (size_t)dice(1, 4);
            k = k < n - at ? k : n - at;
            memcpy(piece, s + at, k);
            size_t left = line_ends_mend(piece, k, &after_cr);
            memcpy(got + total, piece, left);
            total += left;
        }
        /* A pair within a piece stays one, which readers know. */
        size_t have = plain(shown, got, total), wanted = plain(want, s, n);
        CHECK(have == wanted && memcmp(shown, want, have) == 0);
    }
}

int main(void)
{
    RUN(pieces);
    return unit_end();
}
