/* unmatched: the satellite records that found no partner. */
#include "unmatched.h"
#include "pair_writer.h"
#include "record/writer.h"
#include <unistd.h>

int unmatched_open(struct unmatched *u, const struct match_options *o,
                   const struct rec_reader *satellite)
{
    *u = (struct unmatched){0};
    if (!o->unmatched)
        return MSG_OK;
    int status = atomic_file_open(&u->file, o->unmatched);
    if (status != MSG_OK)
        return status;
    u->o = o;
    /* The file closes its descriptor itself. */
    out_init(&u->out, dup(u->file.fd), o->unmatched);
    char delimiter = o->csv ? REC_COMMA : REC_TAB;
    if (!o->csv) {
        rec_put_meta(&u->out, satellite, NULL, o->command);
        out_char(&u->out, '#');
    }
    for (size_t i = 0; i < satellite->nlegend; i++) {
        rec_put_text(&u->out, delimiter, satellite->legend[i]);
        out_char(&u->out, delimiter);
    }
    out_puts(&u->out, "reason\n");
    return MSG_OK;
}

void unmatched_put(struct unmatched *u, const struct held_record *h, size_t fields,
                   const char *reason)
{
    for (size_t i = 0; u->o && i < fields; i++) {
        pair_put_field(&u->out, &u->text, u->o, held_field(h, (int)i));
        out_char(&u->out, u->o->csv ? REC_COMMA : REC_TAB);
    }
    if (u->o) {
        out_puts(&u->out, reason);
        out_char(&u->out, '\n');
    }
}

int unmatched_close(struct unmatched *u, int status)
{
    buf_free(&u->text);
    if (!u->o)
        return status;
    status = msg_worse(status, out_close(&u->out));
    if (status == MSG_OK)
        return atomic_file_commit(&u->file);
    atomic_file_abort(&u->file);
    return status;
}
