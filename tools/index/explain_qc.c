/* explain_qc: the fields of a quality value, as records. */
#include "index/explain_qc.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/out.h"
#include "mask/qc_bits.h"
#include "record/writer.h"
#include "scene/layers.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A whole number of up to 32 bits, decimal or, after 0x, hexadecimal. */
static bool take_bits(const char *s, long *v)
{
    static const char digits[] = "0123456789abcdef";
    bool hex = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');
    long long value = 0;
    if (!hex)
        return num_parse_long(s, strlen(s), &value) && (*v = (long)value, value >= 0) &&
               value <= 0xFFFFFFFF;
    for (s += 2; *s && value <= 0xFFFFFFF; s++) {
        char c = *s >= 'A' && *s <= 'F' ? (char)(*s - 'A' + 'a') : *s;
        const char *at = strchr(digits, c);
        if (!at)
            return false;
        value = 16 * value + (at - digits);
    }
    *v = (long)value;
    return !*s && s[-1] != 'x' && s[-1] != 'X';
}

int explain_qc(const char *layer, int collection, const char *text, const char *command)
{
    long value;
    struct out o;
    if (!take_bits(text, &value))
        return msg_usage("--explain-qc: not a whole number such as 0xC041: \"%s\"", text);
    char *names = qc_names(layer);
    if (!names)
        return msg_usage("--qc-layer: \"%s\" has no fields; QC and CloudMask have", layer);
    free(names);
    if (collection > 1 && layers_same(layer, "CloudMask"))
        return msg_usage("--collection: CloudMask is of Collection 1");
    out_init(&o, STDOUT_FILENO, "stdout");
    rec_put_meta(&o, NULL, NULL, command);
    out_puts(&o, "#layer\tfield\tvalue\tmeaning\n");
    qc_explain(&o, layer, value, collection);
    return out_close(&o);
}
