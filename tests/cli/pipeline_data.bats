# The flow on real data, by the shipped examples; and the scenes that the demo is made of.
load ../lib/common
load ../lib/flow

setup() {
    unset MAKEFLAGS MFLAGS MAKELEVEL
    cd "$BATS_TEST_TMPDIR" || return 1
}

example() {
    run --separate-stderr make --no-print-directory -f "$ROOT/pipelines/eco.mk" ECO_BIN="$BUILD/bin" \
        CONFIG="$ROOT/share/examples/$1" PLOTS=no "${@:2}"
}

# Cells with a value, as "x y value", of a raster's first band; y from north to south.
cells() {
    gdal_translate -q -b 1 -of XYZ "$1" /vsistdout/ | awk '$3 + 0 == $3 && $3 != "nan"' | LC_ALL=C sort
}

@test "the Python program's folders, by their example: its cells, and its means" {
    need_data amazon
    example python-layout.mk DATA="$DATA/amazon"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    local site expected kept=0 alone=0 result
    for site in ATTO K34; do
        [ "$(count out/$site/LST/coarse/*.tif)" -eq 4 ]
        for expected in "$DATA/amazon/expected/Output_Regrid_OCO3_Multi/$site/LST"/*.tif; do
            cells "$expected" >theirs
            cells "out/$site/LST/coarse/${expected##*/}" >ours
            # Coordinates of the two agree to a mm; means differ by its mask (DESIGN).
            result=$(awk -v least="$([ $site = ATTO ] && echo 0.0075 || echo 0.0265)" '
                function key(x, y) { return sprintf("%.3f %.3f", x, y) }
                NR == FNR { theirs[key($1, $2)] = $3; n++; next }
                key($1, $2) in theirs {
                    both++
                    d = $3 - theirs[key($1, $2)]
                    if (d < 0) d = -d
                    if (d > least) bad++
                }
                END { print both + 0, (n - both) + (FNR - both), bad + 0 }' theirs ours)
            read -r both one bad <<<"$result"
            [ "$bad" -eq 0 ] || { echo "$expected: $result"; false; }
            kept=$((kept + both)) alone=$((alone + one))
        done
    done
    echo "$kept cells kept by both, $alone by one"
    [ "$kept" -gt 3400 ]
    [ "$alone" -le 5 ]
}

@test "Collection 1, in longitude and latitude, by its example" {
    need_data region4
    example collection1.mk DATA="$DATA/region4"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(count out/US-Seg/LST/coarse/*.tif)" -eq 6 ]
    gdalinfo out/US-Seg/LST/coarse/*2020270*.tif | grep -q '"EPSG",32613'
    # Kelvin, and no nodata of 0 in any mean: the coldest pixel of all, in the one scene by
    # night, has 13723 x 0.02 = 274.46.
    awk -F, 'NR > 1 { n++; if (!($6 >= 274.46 && $6 <= 340)) bad++ }
        END { print n + 0, bad + 0; exit !(n > 3000 && !bad) }' out/US-Seg/LST.csv
    example collection1.mk DATA="$DATA/region4"
    [ "$output" = "make: Nothing to be done for 'all'." ]
}

@test "the demo's scenes: the same bytes each time, with AppEEARS's names" {
    "$BUILD/demo-scenes" --size 60 one
    "$BUILD/demo-scenes" --size 60 two
    diff -r one two
    "$BUILD/demo-scenes" --size 60 --seed 2 three
    run ! diff -rq one three
    eco-index --no-provenance one/scenes/*/*.tif >index
    [ "$(awk -F'\t' '!/^#/ { print $4 }' index | sort | uniq -c | tr -s ' ')" = " 14 LST
 14 NDVI
 14 NDVI-UQ" ]
    [ "$(awk -F'\t' '/Campina/ { print $9 }' index | sort -u)" = 21S ]
    [ "$(awk -F'\t' '/Serra/ { print $9 }' index | sort -u)" = 20S ]
    # A site near a zone's border has scenes in both zones.
    "$BUILD/demo-scenes" --size 60 --layers LST --site Border,-60.005,-2.6 border
    [ "$(printf '%s\n' border/scenes/Border/* | sed 's/.*_//' | sort -u | tr '\n' ' ')" = "20S.tif 21S.tif " ]
    [ "$(ls one/classes/*)" = "one/classes/Campina:
2021.tif
2022.tif

one/classes/Serra:
2021.tif
2022.tif" ]
    awk -F'\t' '!/^#/ { print substr($5, 1, 4) }' index | grep -q 2023
}

@test "each of the demo's scenes has gaps, and its name says its CRS" {
    "$BUILD/demo-scenes" --size 60 --scenes 6 one
    local path info valid
    for path in one/scenes/*/*LST*.tif one/scenes/*/*NDVI_*.tif; do
        info=$(gdalinfo -stats "$path")
        valid=$(sed -n 's/.*STATISTICS_VALID_PERCENT=//p' <<<"$info")
        awk -v v="${valid:-0}" 'BEGIN { exit !(v < 99.9) }'
        case $path in
        *_20S.tif) [[ $info == *'ID["EPSG",32720]]'* ]] ;;
        *_21S.tif) [[ $info == *'ID["EPSG",32721]]'* ]] ;;
        esac
    done
}
