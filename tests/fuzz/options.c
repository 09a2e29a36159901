/* What users write into options: the first byte chooses the option. */
#include "base/options.h"
#include "base/mem.h"
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
    bool good = bands_parse(&list, "--bands", text);
    FUZZ_CHECK(!good || (list.n > 0 && list.n <= BANDS_MOST));
    for (int i = 0; good && i < list.n; i++)
        FUZZ_CHECK(*list.band[i].name);
    bands_free(&list);
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
    if (options_numbers("--bounds", text, v, 2, 4, &n)) {
        FUZZ_CHECK(n >= 2 && n <= 4);
        for (int i = 0; i < n; i++)
            FUZZ_CHECK(!isnan(v[i]));
    }
    qc_find("QC", text);
    free(qc_names(text));
}

static int keep(void *to, const char *option, const char *value)
{
    (void)option;
    *(const char **)to = value;
    return MSG_OK;
}

/* A command line of the words of the text. */
static void command_line(const char *text)
{
    static const char *const words[] = {"one", "two", NULL};
    const char *word = NULL, *kept = NULL;
    double number = 1, list[3];
    int count = 1, index = 0, n = 0;
    bool flag = false;
    size_t size = 1;
    const struct option_row rows[] = {
        OPTION_FLAG("flag", &flag, ""),
        OPTION_TEXT("text", "T", &word, ""),
        OPTION_NUMBER("number", "N", &number, 0, 2, ""),
        OPTION_NUMBERS("numbers", "N,...", list, 2, 3, &n, ""),
        OPTION_COUNT("count", "N", &count, 1, 100, ""),
        OPTION_WORD("word", "W", &index, words, ""),
        OPTION_SIZE("size", "S", &size, ""),
        OPTION_CALL("call", "V", keep, &kept, ""),
        OPTION_END,
    };
    char *copy = mem_text(text), *argv[16] = {(char *)"fuzz"};
    int argc = 1;
    for (char *s = copy; *s && argc < 15;) {
        s += strspn(s, " ");
        argv[argc++] = s;
        s += strcspn(s, " ");
        if (*s)
            *s++ = '\0';
    }
    struct options o;
    options_init(&o, argc, argv, "", "");
    options_add(&o, rows, 0);
    /* They print and end the program. */
    bool ends = strstr(text, "--h") || strstr(text, "--v") || strstr(text, "--l");
    if (!ends && options_parse(&o, 1, argc, argv) == MSG_OK) {
        FUZZ_CHECK(number >= 0 && number <= 2 && count >= 1 && count <= 100);
        FUZZ_CHECK(index >= 0 && index <= 1 && size > 0 && (n == 0 || n == 2 || n == 3));
        FUZZ_CHECK(flag == options_given(&o, "flag"));
        FUZZ_CHECK(o.nargs >= 0 && o.nargs < argc);
    }
    options_free(&o);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static void (*const parse[])(const char *) = {classes, bands,   statistics,
                                                  quality, numbers, command_line};
    if (n == 0)
        return 0;
    char *text = malloc(n);
    if (!text)
        abort();
    memcpy(text, data + 1, n - 1);
    text[n - 1] = '\0';
    parse[data[0] % 6](text);
    free(text);
    return 0;
}
