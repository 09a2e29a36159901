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
    const char *status; /* "ok", "empty", "outside", "failed", "partial" */
    char *output;
    struct bands_summary summary;
    double *removed;         /* by each rule */
    struct file_stamp stamp; /* of the input, before it was read; of several all sizes, and
                                the last time */
    size_t rasters;          /* that it was made of */
    const char *message;     /* what was said of it, or NULL */
};

/* Which columns there are, and what parts them. */
struct outcome_form {
    const struct quality_rules *rules; /* each has a column */
    bool joins;                        /* inputs are overpasses */
    char delimiter;                    /* REC_TAB, or REC_COMMA for CSV */
};

/* The legend, and the record of an outcome: lines with their ends. */
void outcome_add_legend(struct buf *b, const struct outcome_form *form);
void outcome_add_record(struct buf *b, const struct outcome *o,
                        const struct outcome_form *form);

/* Whether there is a raster. */
bool outcome_is_written(const struct outcome *o);

/* The name of the record beside a raster: with .tsv for its ending. Free it. */
char *outcome_file(const char *raster);

/* Legend and record as the file of that name, which appears when it is whole. */
int outcome_write(const char *file, const struct outcome *o,
                  const struct outcome_form *form);

#endif
