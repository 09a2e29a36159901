# rasters.sh: the coarse rasters of a table of scenes, one a line.
#
# usage: rasters.sh VAR.scenes.tsv
#
# They lie in VAR/coarse beside it, whatever OUT was called when it was written.
# shellcheck shell=sh
set -u
exec awk -F '\t' -v coarse="${1%.scenes.tsv}/coarse/" '
    /^#/ { for (i = 1; i <= NF; i++) if ($i == "output") output = i; next }
    $output != "NA" { sub(/.*\//, "", $output); print coarse $output }' "$1"
