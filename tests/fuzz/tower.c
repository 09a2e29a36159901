/* Tower files: the first byte chooses what is said of them, the rest is the file. */
#include "fuzz.h"
#include "tower/tower_file.h"
#include "tower/tower_vars.h"
#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n == 0)
        return 0;
    char path[32], name[] = "t", site[] = "X";
    int fd = fuzz_file(data + 1, n - 1, path);
    struct tower_options o = {
        .utc_offset = NAN, .step = data[0] & 1 ? 30 : NAN, .site = site};
    o.time = data[0] & 2 ? name : NULL;
    o.dates = data[0] & 4 ? TOWER_MDY : TOWER_DATES_NONE;
    o.vars = data[0] & 8 ? "LE,H" : NULL;
    o.flux = data[0] >> 4 & 1 ? TOWER_MEASURED : TOWER_CORRECTED;
    o.quality.kind = data[0] & 32 ? TOWER_AT_MOST : TOWER_ANY;
    struct tower_file f;
    struct tower_vars v = {0};
    int status = tower_file_open(&f, &o, path);
    if (status == 0)
        status = tower_vars_init(&v, &o, &f);
    if (status == 0)
        status = tower_vars_place(&v, &o, &f);
    double *value = calloc(2 * v.n + 1, sizeof *value), start, end;
    bool utc;
    for (int got; status == 0 && (got = tower_file_next(&f)) != 0 && got != -2;)
        if (got == 1 &&
            tower_file_interval(&f, (enum tower_dates)o.dates, &start, &end, &utc)) {
            FUZZ_CHECK(start < end);
            tower_vars_read(&v, &o, &f, value);
        }
    free(value);
    tower_vars_free(&v);
    tower_file_close(&f);
    close(fd);
    return 0;
}
