# seen.sh: what the scenes of a table show where a tower stands, as records in order of time.
#
# usage: seen.sh SCENES.tsv SITE VAR LAYER LON,LAT WINDOW -- [OPTION OF eco-regrid]...
#
# Around the tower the median of WINDOW x WINDOW pixels, of those that count in coarse rasters,
# is called VAR; n and stddev tell of these pixels, season (DJF, MAM, JJA, SON) of the time.
# --mask-weight means nothing here: pixels count whole.
# shellcheck shell=sh
set -u
here=${0%/*} scenes=$1 site=$2 var=$3 layer=$4 place=$5 window=$6
shift 6
# shellcheck source=pipelines/counted.sh
. "$here/counted.sh"
for word; do
    shift
    [ "$word" = --mask-weight ] || set -- "$@" "$word"
done
awk -F '\t' '
    /^##/ { next }
    /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["status"] != "failed" { print $at["path"] }' "$scenes" |
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
        { print $0, $time == "NA" ? "NA" : season[substr($time, 6, 2) + 0] | "LC_ALL=C sort -t \"\t\" -k 1,1 -k " time "," time }
        END { exit !time }'
