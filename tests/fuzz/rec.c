/* The record reader: the first byte chooses how the rest is read. */
#include "base/mem.h"
#include "base/num.h"
#include "fuzz.h"
#include "record/reader.h"

/* Every byte that the reader points to can be read, and slices lie one after the other. */
static unsigned touch(const struct rec_reader *r, struct buf *b)
{
    unsigned sum = 0;
    for (size_t i = 0; i < r->nfields; i++) {
        for (size_t k = 0; k < r->field[i].n; k++)
            sum += (unsigned char)r->field[i].s[k];
        FUZZ_CHECK(r->raw[i].s >= r->text.s &&
                   r->raw[i].s + r->raw[i].n <= r->text.s + r->text.n);
        FUZZ_CHECK(i == 0 || r->raw[i].s > r->raw[i - 1].s + r->raw[i - 1].n - 1);
        FUZZ_CHECK(r->field[i].n <= r->raw[i].n);
        double v;
        sum += num_parse(r->field[i].s, r->field[i].n, &v);
        buf_reset(b);
        rec_unescape(b, r->field[i].s, r->field[i].n);
        FUZZ_CHECK(b->n <= r->field[i].n);
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char delimiters[] = {REC_TAB, REC_COMMA, REC_BLANK, ';'};
    if (n == 0)
        return 0;
    char path[32];
    int fd = fuzz_file(data + 1, n - 1, path);
    char *twice[] = {path, path};
    struct rec_reader r;
    struct buf b = {0};
    rec_open(&r, twice, data[0] & 4 ? 2 : 1, delimiters[data[0] % 4]);
    r.headless = data[0] & 8;
    r.lone_cr = data[0] & 16;
    r.names_first = data[0] & 32;
    rec_head(&r);
    size_t line = 0;
    int input = -1;
    for (int got; (got = rec_next(&r)) == 1 || got == -1;) {
        FUZZ_CHECK(r.input > input || r.line > line);
        line = r.line;
        input = r.input;
        if (got == 1) {
            FUZZ_CHECK(r.nfields > 0 && (!r.nlegend || r.nfields == r.nlegend));
            touch(&r, &b);
        }
    }
    rec_close(&r);
    buf_free(&b);
    close(fd);
    return 0;
}
