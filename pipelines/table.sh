# table.sh: the cells of all scenes that were averaged, as CSV on stdout.
#
# usage: table.sh SCENES.tsv [OPTION OF eco-sample]...
# shellcheck shell=sh
set -u
scenes=$1
shift
awk -F '\t' '
    /^#/ { for (i = 1; i <= NF; i++) if ($i == "output") output = i; next }
    $output != "NA" { print $output }' "$scenes" |
    eco-sample --cells --csv "$@"
