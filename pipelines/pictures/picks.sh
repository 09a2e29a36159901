# picks.sh: the best, the worst and the median scene of a table, by how many cells they filled.
#
# usage: picks.sh SCENES.tsv
#
# Prints `PICK PATH RASTER` of scenes that have cells, parted by TABs: by their number of cells,
# then by their coverage, then by their paths. Of an even number the fuller of the two in the
# middle is the median; a scene that was named already is not named again. Rasters lie in
# VAR/coarse beside VAR.scenes.tsv, whatever OUT was called when it was made.
# shellcheck shell=sh
set -u
awk -F '\t' -v OFS='\t' -v coarse="${1%.scenes.tsv}/coarse/" '
    /^##/ { next }
    /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["status"] == "ok" || $at["status"] == "partial" {
        name = $at["output"]; sub(/.*\//, "", name)
        print $at["cells"], $at["coverage"], $at["path"], coarse name
    }' "$1" |
    LC_ALL=C sort -t "$(printf '\t')" -k 1,1gr -k 2,2gr -k 3,3 |
    awk -F '\t' -v OFS='\t' '
        { scene[NR] = $3 OFS $4 }
        END {
            if (NR > 0) print "best", scene[1]
            if (NR > 2) print "median", scene[int((NR + 1) / 2)]
            if (NR > 1) print "worst", scene[NR]
        }'
