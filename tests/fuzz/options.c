/* What users write into options: the first byte chooses the option. */
#include "base/options.h"
#include "base/stats.h"
#include "fuzz.h"
#include "mask/classmap.h"
#include "mask/qc_bits.h"
#include "mask/quality.h"
#include "regrid/bands_spec.h"
#include <math.h>

static void classes(const char *text)
{
    static struct classmap_classes c;
    memset(&c, 0, sizeof c);
    if (classmap_parse(&c, "--classes", text)) {
        int n = 0;
        for (int i = 0; i < 65536; i++)
            n += c.wanted[i] != 0;
        FUZZ_CHECK(n > 0 && strcmp(c.text, text) == 0);
    }
    free(c.text);
}

static void bands(const char *text)
{
    struct bands_list list = {0};
    if (!bands_parse(&list, "--bands", text))
        return;
    FUZZ_CHECK(list.n > 0 && list.n <= BANDS_MOST);
    for (int i = 0; i < list.n; i++)
        FUZZ_CHECK(bands_name(list.band[i]));
}

static void statistics(const char *text)
{
    struct stat_list list = {0};
    if (stats_parse(&list, "--stats", text, ~0u) == MSG_OK) {
        struct stat_sample sample[5] = {{3, 1}, {1, 2}, {2, 0.5}, {1, 1}, {7, 1e-9}};
        double *result = calloc(list.n ? list.n : 1, sizeof *result);
        FUZZ_CHECK(list.n > 0 && result);
        stats_compute(&list, sample, 5, result);
        free(result);
    }
    stats_free(&list);
}

static void quality(const char *text)
{
    struct quality_rules *rules = NULL;
    bool good = quality_add(&rules, "--quality", text) == MSG_OK;
    FUZZ_CHECK(quality_count(rules) == good);
    quality_file(&rules, "--quality-file", text);
    quality_free(rules);
}

static void numbers(const char *text)
{
    double v[4];
    int n = 0;
    long long count;
    if (cli_numbers("--bounds", text, v, 2, 4, &n)) {
        FUZZ_CHECK(n >= 2 && n <= 4);
        for (int i = 0; i < n; i++)
            FUZZ_CHECK(!isnan(v[i]));
    }
    if (cli_count("--jobs", text, 1, 100, &count))
        FUZZ_CHECK(count >= 1 && count <= 100);
    qc_find("QC", text);
    free(qc_names(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static void (*const parse[])(const char *) = {classes, bands, statistics, quality,
                                                  numbers};
    if (n == 0)
        return 0;
    char *text = malloc(n);
    if (!text)
        abort();
    memcpy(text, data + 1, n - 1);
    text[n - 1] = '\0';
    parse[data[0] % 5](text);
    free(text);
    return 0;
}
