/* outcome: what became of one input, as a record.
 *
 * The same record goes to standard output and, where it is asked for, into a file beside
 * the raster. All in it follows from the input and the options, so that two runs give the
 * same bytes; what a run took stands in the joblog. */
#ifndef ECO_REGRID_OUTCOME_H
#define ECO_REGRID_OUTCOME_H

#include "bands.h"
#include "base/buf.h"
#include "base/file_stamp.h"
#include "mask/quality.h"

struct outcome {
    const char *path;
    const char *status; /* "ok", "empty", "outside", "failed" */
    char *output;
    struct bands_summary summary;
    double *removed;         /* by each rule */
    struct file_stamp stamp; /* of the input, before it was read */
    const char *message;     /* what was said of it, or NULL */
};

/* The legend, and the record of an outcome: lines with their ends. */
void outcome_add_legend(struct buf *b, const struct quality_rules *rules);
void outcome_add_record(struct buf *b, const struct outcome *o,
                        const struct quality_rules *rules);

/* The name of the record beside a raster: with .tsv for its ending. Free it. */
char *outcome_file(const char *raster);

/* Legend and record as the file of that name, which appears when it is whole. */
int outcome_write(const char *file, const struct outcome *o,
                  const struct quality_rules *rules);

#endif
