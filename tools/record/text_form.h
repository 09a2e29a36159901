/* text_form: how an input of records begins, where it is not the text it should be. */
#ifndef ECO_RECORD_TEXT_FORM_H
#define ECO_RECORD_TEXT_FORM_H

#include <stdbool.h>
#include <stddef.h>

/* By the first n bytes: TEXT_FORM_MORE when more of them could say more; otherwise
 * *mark gets the size of a UTF-8 byte order mark, to be passed over, and *wrong what it
 * is instead of text, and what to do; NULL for nothing. */
enum text_form { TEXT_FORM_KNOWN, TEXT_FORM_MORE };
enum text_form text_form_begin(const char *s, size_t n, size_t *mark, const char **wrong);

/* By the first line, without its end, if it has one: TEXT_FORM_PASS for the line sep=,
 * before CSV. *wrong as above. */
enum { TEXT_FORM_LINE, TEXT_FORM_PASS };
int text_form_line(const char *s, size_t n, bool ended, char delimiter, const char **wrong);

#endif
