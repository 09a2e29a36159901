# match.sh: what was seen beside what a tower measured, in one unit, and how well they agree.
#
# usage: match.sh tower VAR.seen.tsv VAR.tower.tsv VAR COLUMN
#        match.sh pairs VAR.seen.tsv VAR.tower.tsv VAR COLUMN [OPTION OF eco-match]...
#        match.sh skill VAR.pairs.tsv VAR COLUMN
#        match.sh called VAR.pairs.tsv COLUMN
#
# `tower` is the tower's records, and 273.15 is added where the satellite's VAR is in K and the
# tower's COLUMN in degrees Celsius; other units that differ are told. `skill` is the records of
# eco-stats of all pairs, whose season is called `all`, and then by season. `called` is what the
# tower's column is in the pairs: eco-match adds _tower where the scenes have one of that name.
# shellcheck shell=sh
set -u

tower()
{
    awk -F '\t' -v OFS='\t' -v var="$3" -v column="$4" -v unit="$(sed -n "s/^##unit[.]$3=//p; /^[^#]/q" "$1")" '
        index($0, "##unit." column "=") == 1 {
            theirs = substr($0, index($0, "=") + 1)
            warm = unit == "K" && theirs == "degC"
            if (warm) sub(/degC$/, "K")
            else if (unit != "" && theirs != unit)
                print "eco: " var " is in " unit ", and " column " of the tower in " theirs > "/dev/stderr"
        }
        /^#/ { if (!/^##/) for (i = 1; i <= NF; i++) if ($i == column) at = i; print; next }
        warm && $at != "NaN" { $at = sprintf("%.10g", $at + 273.15) }
        { print }' "$2"
}

pairs()
{
    seen=$1 tower=$2 var=$3 column=$4
    shift 4
    tower "$seen" "$tower" "$var" "$column" | eco-match "$@" "$seen" -
}

called()
{
    if grep -q "^#.*	$2_tower\(	\|\$\)" "$1"; then echo "$2_tower"; else echo "$2"; fi
}

skill()
{
    pairs=$1 var=$2 column=$3
    column=$(called "$pairs" "$column")
    seasons=$(eco-stats --observed "$column" --model "$var" --by season "$pairs") || exit
    all=$(eco-stats --no-provenance --observed "$column" --model "$var" "$pairs") || exit
    printf '%s\n' "$seasons" | grep '^#'
    printf '%s\n' "$all" | sed -n '/^#/d; s/^/all	/p'
    printf '%s\n' "$seasons" | sed '/^#/d'
}

"$@"
