# rasters.sh: the coarse rasters of a table of scenes, one a line; behind each, after TABs, what
# stands in other columns of its record.
#
# usage: rasters.sh VAR.scenes.tsv [COLUMN]...
#
# They lie in VAR/coarse beside it, whatever OUT was called when it was written.
# shellcheck shell=sh
set -u
scenes=$1
shift
exec awk -F '\t' -v coarse="${scenes%.scenes.tsv}/coarse/" -v columns="$*" '
    BEGIN { n = split(columns, column, " ") }
    /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["output"] != "NA" {
        line = $at["output"]
        sub(/.*\//, "", line)
        line = coarse line
        for (i = 1; i <= n; i++) line = line "\t" $at[column[i]]
        print line
    }' "$scenes"
