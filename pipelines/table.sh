# table.sh: the cells of all scenes that were averaged, as CSV on stdout.
#
# usage: table.sh SCENES.tsv [OPTION OF eco-sample]...
#
# The rasters of VAR.scenes.tsv lie in VAR/coarse beside it, whatever OUT was called when
# it was written.
# shellcheck shell=sh
set -u
scenes=$1
shift
awk -F '\t' -v coarse="${scenes%.scenes.tsv}/coarse/" '
    /^#/ { for (i = 1; i <= NF; i++) if ($i == "output") output = i; next }
    $output != "NA" { sub(/.*\//, "", $output); print coarse $output }' "$scenes" |
    eco-sample --cells --csv "$@"
