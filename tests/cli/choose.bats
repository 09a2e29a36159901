# eco-index: which rasters are chosen, by name and by file.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

# The paths of records.
chosen() {
    eco-index "$@" | awk -F '\t' '!/^#/ { print $1 }'
}

# A raster of 2 x 2 pixels: place FILE CRS ULX ULY LRX LRY [option]...
place() {
    gdal_create -q -ot Byte -burn 1 -outsize 2 2 -a_srs "$2" -a_ullr "$3" "$4" "$5" "$6" "${@:7}" "$1"
}

at() { # a name for a time
    echo "ECO_L2T_LSTE.002_LST_doy$1_aid0001_21S.tif"
}

@test "--from, --to: days to their ends, or times" {
    at 2021152000000 >names # 1 June
    at 2021152235959 >>names
    at 2021153000000 >>names
    at 2019365120000 >>names
    echo MOD11A1.061_LST_doy2021152_aid0001.tif >>names
    diff <(sed -n '1,3p;5p' names) <(chosen --from 2021-06-01 <names)
    diff <(sed -n '1,2p;4,5p' names) <(chosen --to 2021-06-01 <names)
    diff <(sed -n '1,2p;5p' names) <(chosen --from 2021-06-01 --to 2021-06-01 <names)
    diff <(sed -n '2,3p;5p' names) <(chosen --from 2021-06-01T12:00:00Z <names)
    diff <(sed -n '1p;4,5p' names) <(chosen --to 2021-06-01T00:00:00Z <names)
    [ -z "$(chosen --from 2022-01-01 <names)" ]
}

@test "--months, around the new year" {
    for doy in 015 046 074 105 135 166 196 227 258 288 319 349; do at 2021${doy}120000; done >names
    diff <(sed -n '6,8p;12p' names) <(chosen --months 6-8,12 <names)
    diff <(sed -n '1,2p;11,12p' names) <(chosen --months 11-2 <names)
    diff names <(chosen --months 1-12 <names)
    diff <(sed -n 3p names) <(chosen --months 3 <names)
    # Months without scenes give none, and no error.
    [ -z "$(sed 3d names | chosen --months 3)" ]
}

@test "a name without a date is left out, and told" {
    run --separate-stderr eco-index --no-provenance --months 3 scene.tif
    [ "$status" -eq 0 ]
    [ "$(wc -l <<<"$output")" -eq 1 ]
    [[ $stderr == *'scene.tif: its name has no date: it is left out'* ]]
}

@test "--exclude: by path, name and stem; records, too" {
    at 2020152000000 >names
    echo "a/$(at 2020153000000)" >>names
    echo "b/$(at 2020153000000)" >>names
    at 2020154000000 >>names
    printf '# why\n%s\n%s\n' "$(sed -n 2p names)" "$(sed -n 4p names | sed 's/[.]tif//')" >bad.txt
    diff <(sed -n '1p;3p' names) <(chosen --exclude bad.txt <names)
    at 2020153000000 >bad.txt
    diff <(sed -n '1p;4p' names) <(chosen --exclude bad.txt <names)
    sed -n '1,3p' names | eco-index >bad.tsv
    diff <(sed -n 4p names) <(chosen --exclude bad.tsv <names)
    run --separate-stderr eco-index --exclude none.txt x.tif
    [ "$status" -eq 1 ]
    one_message none.txt
}

@test "--solar-hours: in the middle of the raster, or of the area" {
    # Solar time is UTC + longitude / 15 and at most 17 minutes.
    for hour in 02 08 14 20; do
        place "$(at 2020221${hour}0000)" EPSG:32721 500000 9700000 501000 9699000 # 57 W: UTC - 3.8 h
        place "ECO_L2T_LSTE.002_LST_doy2020222${hour}0000_aid0001_55S.tif" EPSG:32755 500000 5700000 501000 5699000 # 147 E: UTC + 9.8 h
    done
    solar() { # the hour that the sun shows, by the names
        ls ECO*.tif | awk -v from="$1" -v to="$2" '{
            h = substr($0, 32, 2) + (/_21S/ ? -3.8 : 9.8); h = (h + 24) % 24
            if (from < to ? h >= from && h < to : h >= from || h < to) print }'
    }
    [ "$(solar 9 12 | wc -l)" -eq 2 ]
    diff <(solar 9 12) <(chosen --solar-hours 9,12 ECO*.tif)
    diff <(solar 21 5) <(chosen --solar-hours 21,5 ECO*.tif)
    diff <(ls ECO*.tif) <(chosen --solar-hours 0,24 ECO*.tif)
    # Where the area is known, its middle says it: the same of a swath and of its tiles.
    diff <(solar 9 12 | grep _21S) <(chosen --solar-hours 9,12 --bbox -57.2,-3,-56.8,-2.5 ECO*.tif)
}

@test "--bbox and --area: what touches, as GDAL's extents do, in all zones" {
    place a.tif EPSG:32721 500000 9700000 510000 9690000
    place b.tif EPSG:32720 900000 9700000 990000 9610000
    place c.tif EPSG:32632 500000 5500000 600000 5400000
    place d.tif EPSG:4326 -57.5 -2.5 -57.1 -2.9
    place e.tif EPSG:4326 302 -2 303.5 -4
    place f.tif EPSG:32755 500000 9700000 600000 9600000
    place g.tif EPSG:4326 -180 90 180 -90
    place h.tif EPSG:3031 -2000000 2000000 2000000 -2000000
    for box in -57.05,-3,-56.9,-2.5 -60,-10,-50,10 -57.3,-2.8,-57.2,-2.7 8,40,12,50 140,-10,150,10 170,-80,-170,-70; do
        IFS=, read -r w s e n <<<"$box"
        for f in ?.tif; do
            gdalinfo -json $f | jq -r --argjson b "[$box]" --arg f $f '.wgs84Extent.coordinates[0] as $p
                | ($p | map(.[0]) | [min, max]) as $x | ($p | map(.[1]) | [min, max]) as $y
                | (if $b[2] < $b[0] then $b[2] + 360 else $b[2] end) as $e
                | if $f == "h.tif" then ($b[1] < -65)
                  else ([-360, 0, 360] | map(select($x[0] + . < $e and $x[1] + . > $b[0])) | length > 0)
                    and $y[0] < $b[3] and $y[1] > $b[1] end
                | if . then $f else empty end'
        done >want
        diff want <(chosen "--bbox=$box" ?.tif 2>/dev/null)
        printf '{"type":"Polygon","coordinates":[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]}' "$w" "$s" "$e" "$s" "$e" "$n" "$w" "$n" "$w" "$s" >area.geojson
        [ "$w" = 170 ] || diff want <(chosen --area area.geojson ?.tif 2>/dev/null)
    done
}

@test "--where: the file's own metadata, by the end of a key" {
    place a.tif EPSG:32721 0 9 9 0 -mo QAPercentCloudCover=12.5 -mo GeolocationAccuracyQA=Best
    place b.tif EPSG:32721 0 9 9 0 -mo QAPercentCloudCover=80 -mo GeolocationAccuracyQA=Good
    place c.tif EPSG:32721 0 9 9 0 -mo HDFEOS_ProductMetadata_QAPercentCloudCover=9 -mo GeolocationAccuracyQA=Suspect
    place d.tif EPSG:32721 0 9 9 0
    [ "$(chosen --where 'QAPercentCloudCover<20' ?.tif 2>/dev/null | xargs)" = 'a.tif c.tif' ]
    [ "$(chosen --where 'QAPercentCloudCover>=80' ?.tif 2>/dev/null)" = b.tif ]
    [ "$(chosen --where 'QAPercentCloudCover=80.0' ?.tif 2>/dev/null)" = b.tif ]
    [ "$(chosen --where GeolocationAccuracyQA=Best,Good ?.tif 2>/dev/null | xargs)" = 'a.tif b.tif' ]
    [ "$(chosen --where 'GeolocationAccuracyQA!=Best' ?.tif 2>/dev/null | xargs)" = 'b.tif c.tif' ]
    [ "$(chosen --where GeolocationAccuracyQA=Best --where 'QAPercentCloudCover<5' ?.tif 2>/dev/null)" = '' ]
    # The end of a key begins behind a mark.
    [ "$(chosen --where 'CloudCover<20' ?.tif 2>/dev/null)" = '' ]
}

@test "a file that cannot be opened, or has no place, is kept and told" {
    echo broken >a.tif
    gdal_create -q -ot Byte -outsize 2 2 b.tif
    run --separate-stderr chosen --bbox -57,-3,-56,-2 a.tif b.tif
    [ "$output" = $'a.tif\nb.tif' ]
    [[ $stderr == *a.tif* && $stderr == *b.tif* ]]
    run eco-index --bbox -57,-3,-56,-2 a.tif
    [ "$status" -eq 1 ]
}

@test "what is no choice is told" {
    bad() {
        run --separate-stderr eco-index "${@:2}" x.tif
        [ "$status" -eq 2 ] || return 1
        one_message "$1"
    }
    bad --from --from 2020-13-01
    bad '--from is after --to' --from 2021-01-01 --to 2020-01-01
    bad --months --months 0
    bad --months --months 6-13
    bad --months --months 6,,7
    bad --solar-hours --solar-hours 10,25
    bad --solar-hours --solar-hours 10,10
    bad --bbox --bbox=-57,3,-56,-2
    bad 'two ways' --bbox=-57,-3,-56,-2 --area x.geojson
    bad '--area-layer' --area-layer x
    bad 'not a rule' --where cloud
    bad 'not a rule' --where 'cloud<'
    bad 'takes a number' --where 'cloud<few'
}
