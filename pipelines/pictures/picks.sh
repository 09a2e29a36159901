# picks.sh: the best, the worst and the median scene of a table, by how many cells they filled.
#
# usage: picks.sh SCENES.tsv
#
# Prints `PICK PATH RASTER` of scenes that have cells, parted by TABs: by their number of cells,
# then by their coverage, then by their paths. Of an even number the fuller of the two in the
# middle is the median; a scene that was named already is not named again.
# shellcheck shell=sh
set -u
tab=$(printf '\t')
sh "${0%/*}/../tables/rasters.sh" "$1" status cells coverage path | grep "${tab}ok$tab\|${tab}partial$tab" |
    LC_ALL=C sort -t "$tab" -k 3,3gr -k 4,4gr -k 5,5 |
    awk -F '\t' -v OFS='\t' '
        { scene[NR] = $5 OFS $1 }
        END {
            if (NR > 0) print "best", scene[1]
            if (NR > 2) print "median", scene[int((NR + 1) / 2)]
            if (NR > 1) print "worst", scene[NR]
        }'
