/* result_options: the options of what is made. */
#include "regrid/result_options.h"
#include "base/msg.h"
#include "base/num.h"
#include <math.h>
#include <string.h>
#include <tiffio.h>

/* "2/4" */
static int take_part(void *to, const char *option, const char *text)
{
    struct bands_spec *spec = to;
    size_t n = strcspn(text, "/");
    long long part, parts;
    if (!text[n] || !num_parse_long(text, n, &part) ||
        !num_parse_long(text + n + 1, strlen(text + n + 1), &parts) || part < 1 ||
        part > parts || parts > 1000000)
        return msg_usage("%s: not a share such as 2/4: \"%s\"", option, text);
    spec->part = (int)part;
    spec->parts = (int)parts;
    return MSG_OK;
}

static const char *const type_names[] = {"Byte",   "Int8",  "UInt16",  "Int16",
                                         "UInt32", "Int32", "Float32", "Float64",
                                         "UInt64", "Int64", NULL};

static int take_dtype(void *to, const char *option, const char *text)
{
    int k = options_word(option, text, type_names);
    if (k < 0)
        return MSG_USAGE;
    *(int *)to = k; /* in the order of enum ras_type */
    return MSG_OK;
}

static const char *const scheme_names[] = {"deflate", "lzw", "zstd", "none", NULL};

static int take_compress(void *to, const char *option, const char *text)
{
    static const int schemes[] = {COMPRESSION_ADOBE_DEFLATE, COMPRESSION_LZW,
                                  COMPRESSION_ZSTD, COMPRESSION_NONE};
    int k = options_word(option, text, scheme_names);
    if (k < 0)
        return MSG_USAGE;
    *(int *)to = schemes[k];
    return MSG_OK;
}

/* Unlike other numbers it may be NaN, or none. */
static int take_nodata(void *to, const char *option, const char *text)
{
    struct bands_spec *spec = to;
    spec->no_nodata = strcmp(text, "none") == 0;
    spec->has_nodata = !spec->no_nodata && num_parse(text, strlen(text), &spec->nodata);
    return spec->has_nodata || spec->no_nodata
               ? MSG_OK
               : msg_usage("%s: not a number, nor none: \"%s\"", option, text);
}

void result_options_add(struct bands_spec *spec, struct options *o)
{
    static const char *const missings[] = {"renormalise", "strict", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const areas[] = {"plane", "ground", NULL};
    const struct option_row rows[] = {
        OPTION_NUMBER("min-coverage", "F", &spec->min_coverage, 0, 1,
                      "least coverage of a cell that is written (default: 0.5)"),
        OPTION_WORD("denominator", "WHAT", &spec->denominator, denominator_names,
                    "what coverage is a share of: cell (default), source, mask"),
        OPTION_SIZE("memory", "SIZE", &spec->memory,
                    "for what grows with the sizes: 64M, 1G (default: 128M)"),
        OPTION_CALL("part", "I/N", take_part, spec,
                    "only the I-th of N shares of the grid's rows"),
        OPTION_FLAG("cog", &spec->cog, "write a cloud-optimized GeoTIFF with overviews"),
        OPTION_END,
    };
    const struct option_row seldom[] = {
        OPTION_WORD("area", "WHAT", &spec->ground, areas,
                    "areas in the grid's plane (default) or on the ground"),
        OPTION_WORD("missing", "renormalise|strict", &spec->strict, missings,
                    "kernels (all but nearest) where neighbours miss"),
        OPTION_WORD("antialias", "yes|no", &spec->narrow, answers,
                    "widen kernels to cells larger than pixels (default: yes)"),
        OPTION_NUMBER("tolerance", "PIXELS", &spec->tolerance, 0, INFINITY,
                      "error of the transform (default: 0.01; 0: exact)"),
        OPTION_FLAG("raw", &spec->raw, "leave scale and offset off"),
        OPTION_CALL_OF("dtype", "TYPE", take_dtype, &spec->type, type_names,
                       "of the output, as GDAL names it: Byte, Int16, Float32..."),
        OPTION_CALL("nodata", "V|none", take_nodata, spec,
                    "what cells without a value are, or none: they must not be"),
        OPTION_CALL_OF("compress", "NAME", take_compress, &spec->compress, scheme_names,
                       "deflate (default), lzw, zstd, none"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    options_add_seldom(o, seldom, 0);
}
