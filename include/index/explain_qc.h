/* explain_qc: the fields of a quality value, as records. */
#ifndef ECO_INDEX_EXPLAIN_QC_H
#define ECO_INDEX_EXPLAIN_QC_H

/* To standard output: layer, field, value and meaning, of a value such as 0xC041 or 49217.
 * layer is QC or CloudMask, collection 1, 2 or 3, or 0 for what it means in all; command
 * stands in ##cmd=, unless it is NULL. MSG_USAGE, told, for what is none of these. */
int explain_qc(const char *layer, int collection, const char *text, const char *command);

#endif
