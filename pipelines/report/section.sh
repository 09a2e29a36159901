# section.sh: what a site's page says of one variable, as a piece of HTML on stdout.
#
# usage: section.sh SCENES.tsv COLUMN|- [OPTION OF eco-plotspec panels]... -- [OPTION OF eco-regrid]...
#
# COLUMN is the tower's that tells of the variable; its tables lie beside SCENES.tsv.
# shellcheck shell=sh
set -u
here=${0%/*} scenes=$1 column=$2
shift 2
base=${scenes%.scenes.tsv}
var=${base##*/}
tab=$(printf '\t')
# The unit that pictures show for it, where one was set.
ECO_UNIT='' before=''
for word; do
    [ "$word" != -- ] || break
    [ "$before" != --unit ] || ECO_UNIT=$word
    before=$word
done
export ECO_UNIT
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

sh "$here/../pictures/picks.sh" "$scenes" >"$work/picks" || exit
while IFS=$tab read -r pick _; do
    sh "$here/../pictures/plot.sh" "$pick" svg "$scenes" "$@" >"$work/$pick.svg" || exit
done <"$work/picks"

# Records in that unit: stdin to stdout.
with_unit() {
    awk -v name="##unit.$var=" '
        NR == 1 && ENVIRON["ECO_UNIT"] != "" { print name ENVIRON["ECO_UNIT"] }
        ENVIRON["ECO_UNIT"] != "" && index($0, name) == 1 { next }
        { print }'
}

draw() {
    picture=$1
    shift
    bash "$here/../pictures/draw.sh" eco-plotspec "$@" --terminal svg >"$work/$picture.svg"
}
if [ "$column" != - ]; then
    # Half hours of years would be a band: the line is the mean of each day that has three
    # quarters of what the fullest has.
    sh "$here/../towers/match.sh" tower "$base.seen.tsv" "$base.tower.tsv" "$var" "$column" |
        awk -F '\t' -v OFS='\t' -v column="$column" '
            index($0, "##unit." column "=") == 1 { print "##unit." column "_daily" substr($0, index($0, "=")); next }
            /^##/ { next }
            /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) at[$i] = i; print "#time", column "_daily"; next }
            $at[column] == "NaN" { next }
            day[days] != substr($at["start"], 1, 10) { day[++days] = substr($at["start"], 1, 10) }
            { sum[days] += $at[column]; if (++n[days] > most) most = n[days] }
            END { for (i = 1; i <= days; i++) if (n[i] >= 0.75 * most) print day[i] "T12:00:00Z", sum[i] / n[i] }' >"$work/days"
    line=${column}_daily
    column=$(sh "$here/../towers/match.sh" called "$base.pairs.tsv" "$column")
    with_unit <"$base.pairs.tsv" >"$work/pairs" || exit
    draw series series --y "$var,$column" --points --line "$line" --line-from "$work/days" --size 1100x480 "$work/pairs" || exit
    draw scatter scatter --x "$column" --y "$var" --size 620x570 "$work/pairs" || exit
    draw histogram histogram --x "$column" --y "$var" --size 620x570 "$work/pairs" || exit
else
    awk -F '\t' -v OFS='\t' -v var="$var" '
        /^#/ { for (i = 1; i <= NF; i++) at[$i] = i; print "#time", var; next }
        $at["time"] != "NA" { print $at["time"], $at["mean"] }' "$scenes" | with_unit >"$work/means"
    draw series series --y "$var" --points --size 1100x480 "$work/means" || exit
fi
awk -v base="$base" -v var="$var" -v measured="$column" -v work="$work" -f "$here/html.awk" -f "$here/section.awk"
