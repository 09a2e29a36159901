# scenes.awk: what became of each scene of a list, as records.
#
# Reads a list of plan.awk's (name, path, class map, what is wrong with it or NA) and, for
# each scene, records/NAME.record or records/NAME.outside.
BEGIN {
    FS = OFS = "\t"
    print "#path", "status", "output", "cells", "n", "mean", "coverage", "map", "message"
}

# The record of a scene, split into `field`: whether there is one.
function record_of(name, ending,    file, line, got) {
    file = records "/" name ending
    got = (getline line < file) > 0
    close(file)
    if (got) split(line, field, FS)
    return got
}

{
    if ($4 == "NA" && (record_of($1, ".record") || record_of($1, ".outside")))
        print field[1], field[2], field[3], field[4], field[5], field[6], field[7], $3, field[8]
    else
        print $2, "failed", "NA", "NaN", "NaN", "NaN", "NaN", $3, $4 == "NA" ? "not averaged" : $4
}
