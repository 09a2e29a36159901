# seen.sh: what the scenes of a table show where a tower stands, as records in order of time.
#
# usage: seen.sh SCENES.tsv LIST SITE VAR LAYER LON,LAT WINDOW -- [OPTION OF eco-regrid]...
#
# Scenes are those of the table that could be read, and of an overpass all tiles that LIST
# (plan.awk) has: only one of them may hold the tower.
# Around the tower the median of WINDOW x WINDOW pixels, of those that count in coarse rasters,
# is called VAR; n and stddev tell of these pixels, season (DJF, MAM, JJA, SON) of the time.
# --mask-weight means nothing here: pixels count whole.
# shellcheck shell=sh
set -u
scenes=$1 list=$2 site=$3 var=$4 layer=$5 place=$6 window=$7
shift 7
# shellcheck source=pipelines/pictures/counted.sh
. "${0%/*}/../pictures/counted.sh"
for word; do
    shift
    [ "$word" = --mask-weight ] || set -- "$@" "$word"
done
awk -F '\t' '
    FNR == 1 { file++ }
    file == 1 { parts[$2] = $5; next }
    /^##/ { next }
    /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["status"] == "failed" || $at["status"] == "partial" { next }
    {
        n = split(parts[$at["path"]], part, " ")
        if (parts[$at["path"]] == "NA") print $at["path"]
        else for (i = 1; i <= n; i++) print part[i]
    }' "$list" "$scenes" |
    eco-sample --points /dev/fd/3 --window "$window" --stat median,n,stddev "$@" 3<<END |
##crs=EPSG:4326
#site	lon	lat
$site	${place%,*}	${place#*,}
END
    awk -F '\t' -v OFS='\t' -v var="$var" -v layer="$layer" '
        BEGIN { split("DJF DJF MAM MAM MAM JJA JJA JJA SON SON SON DJF", season, " ") }
        index($0, "##unit." layer "=") == 1 { $0 = "##unit." var substr($0, length("##unit." layer) + 1) }
        /^##/ { print; next }
        /^#/ {
            for (i = 1; i <= NF; i++) { if ($i == "median") $i = var; if ($i == "time") time = i }
            print $0, "season"
            fflush()
            next
        }
        { print $0, ($time == "NA" ? "NA" : season[substr($time, 6, 2) + 0]) | ("LC_ALL=C sort -t \"\t\" -k 1,1 -k " time "," time) }
        END { exit !time }'
