# in-unit.sh: a tower's records, in the unit in which the satellite's are.
#
# usage: in-unit.sh SEEN.tsv TOWER.tsv VAR COLUMN
#
# Where the satellite's VAR is in K and the tower's COLUMN in degrees Celsius, 273.15 is added
# to the tower's. Other units that differ are told.
# shellcheck shell=sh
set -u
seen=$1 tower=$2 var=$3 column=$4
unit=$(sed -n "s/^##unit[.]$var=//p; /^[^#]/q" "$seen")
awk -F '\t' -v OFS='\t' -v var="$var" -v column="$column" -v unit="$unit" '
    index($0, "##unit." column "=") == 1 {
        theirs = substr($0, index($0, "=") + 1)
        warm = unit == "K" && theirs == "degC"
        if (warm) sub(/degC$/, "K")
        else if (unit != "" && theirs != unit)
            print "eco: " var " is in " unit ", and " column " of the tower in " theirs > "/dev/stderr"
    }
    /^#/ {
        if (!/^##/) for (i = 1; i <= NF; i++) if ($i == column) at = i
        print
        next
    }
    warm && $at != "NaN" { $at = sprintf("%.10g", $at + 273.15) }
    { print }' "$tower"
