# eco-regrid: what it writes, that it is the same however it comes about, and its options.
load ../lib/common

SCENE=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S

# noise FILE COLUMNS ROWS SEED: numbers from 280 to 320 with holes, 70 m pixels with their
# corner at 250000 9750000.
noise() {
    awk -v c="$2" -v r="$3" -v s="$4" 'BEGIN {
        srand(s)
        printf "ncols %d\nnrows %d\nxllcorner 250000\nyllcorner %d\ncellsize 70\nnodata_value -9999\n",
            c, r, 9750000 - 70 * r
        for (i = 0; i < r; i++) { for (j = 0; j < c; j++) printf "%s ", rand() < 0.2 ? -9999 : 280 + 40 * rand()
            print "" } }' >noise.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 noise.asc "$1"
    rm noise.asc
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

# Two scenes, a class map for each of two years in degrees, a grid with a clip.
prepare() {
    noise $SCENE.tif 120 110 1
    noise "${SCENE/2020221094621/2021109043415}.tif" 120 110 2
    noise plain.tif 90 80 3
    for year in 2020 2021; do
        awk -v s=$year 'BEGIN { srand(s); print "ncols 300\nnrows 300\nxllcorner -59.26\nyllcorner -2.34\ncellsize 0.0003\nnodata_value 0"
            for (i = 0; i < 300; i++) { for (j = 0; j < 300; j++) printf "%d ", int(i / 7 + j / 5) % 4 + 1; print "" } }' >map.asc
        gdal_translate -q -ot Byte -a_srs EPSG:4326 map.asc map_$year.tif
    done
    printf '{"type":"Polygon","coordinates":[[[-59.245,-2.26],[-59.17,-2.265],[-59.18,-2.325],[-59.24,-2.33],[-59.245,-2.26]],[[-59.22,-2.29],[-59.21,-2.29],[-59.21,-2.3],[-59.22,-2.29]]]}' >area.geojson
    eco-grid --around area.geojson --res 700,500 --crs EPSG:32721 >grid.txt
}

# The records without metadata.
records() {
    grep -v '^##'
}

values() {
    gdal_translate -q -b "${2:-1}" -of XYZ "$1" /vsistdout/
}

@test "one process or many, in any order: the same files, byte for byte" {
    prepare
    options=(--grid grid.txt --mask 'map_{year}.tif' --classes '2,3'
        --bands 'mean,coverage,n,stddev,median,mode')
    scenes=("$SCENE.tif" "${SCENE/2020221094621/2021109043415}.tif")
    eco-regrid "${options[@]}" --out-dir one "${scenes[@]}" | records >one.tsv
    printf '%s\n' "${scenes[1]}" "${scenes[0]}" | eco-regrid "${options[@]}" --out-dir two | records >two.tsv
    printf '%s\n' "${scenes[@]}" | parallel -j2 "eco-regrid ${options[*]@Q} --out-dir many {}" >/dev/null
    [ "$(find one -name '*.tif' | wc -l)" -eq 2 ]
    diff -r one two
    diff -r one many
    diff <(sed 's/one/two/' one.tsv | sort) <(sort two.tsv)
    # Again over what is there, and among other inputs.
    eco-regrid "${options[@]/grid.txt/./grid.txt}" --out-dir many "${scenes[0]}" "${scenes[1]}" >/dev/null
    diff -r one many
}

@test "how a scene is stored does not matter, byte for byte" {
    prepare
    mkdir stored
    # In the grid's CRS, and in another.
    gdalwarp -q -t_srs EPSG:32720 -tr 70 70 $SCENE.tif other_zone.tif
    for scene in $SCENE other_zone; do
        rm -rf expected
        eco-regrid --grid grid.txt --bands mean,coverage,n,stddev,q1,bilinear,cubic \
            --out-dir expected "$scene.tif" | grep -q $'\tok\t'
        while read -r options; do
            # shellcheck disable=SC2086 # these are words
            gdal_translate -q $options "$scene.tif" "stored/$scene.tif"
            rm -rf got
            eco-regrid --grid grid.txt --bands mean,coverage,n,stddev,q1,bilinear,cubic \
                --out-dir got "stored/$scene.tif" >/dev/null
            diff -r expected got || { echo "$scene with $options"; return 1; }
        done <<'END'
-co BLOCKYSIZE=1
-co BLOCKYSIZE=110
-co BLOCKYSIZE=7 -co COMPRESS=LZW
-co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16
-co TILED=YES -co BLOCKXSIZE=64 -co BLOCKYSIZE=32 -co COMPRESS=DEFLATE -co PREDICTOR=3
-co TILED=YES -co BLOCKXSIZE=256 -co BLOCKYSIZE=256 -co COMPRESS=ZSTD
-co BIGTIFF=YES
-co BIGTIFF=YES -co TILED=YES -co COMPRESS=DEFLATE
-co ENDIANNESS=BIG
-of COG
-ot Float64
-of VRT
END
    done
}

@test "memory changes nothing but memory" {
    prepare
    noise large.tif 500 400 4
    eco-grid --center -59.1,-2.3 --res 90 --radius 9000 --crs EPSG:32720 >fine.txt
    for grid in grid.txt fine.txt; do
        for memory in 10M 16M 1G; do
            eco-regrid --grid $grid --memory $memory -o $memory.tif large.tif \
                --bands mean,coverage,n,stddev,sum,min,max,range,median,q1,q3,mode >/dev/null
        done
        cmp 10M.tif 1G.tif
        cmp 16M.tif 1G.tif
    done
}

@test "bands are what they are called, in the order that was asked for" {
    prepare
    eco-regrid --grid grid.txt -o all.tif --bands mean,coverage,n,stddev plain.tif >/dev/null
    eco-regrid --grid grid.txt -o some.tif --bands stddev,n plain.tif >/dev/null
    [ "$(gdalinfo some.tif | sed -n 's/ *Description = //p' | tr '\n' ' ')" = "stddev n " ]
    cmp <(values all.tif 4) <(values some.tif 1)
    cmp <(values all.tif 3) <(values some.tif 2)
    eco-regrid --grid grid.txt -o default.tif plain.tif >/dev/null
    [ "$(gdalinfo default.tif | sed -n 's/ *Description = //p' | tr '\n' ' ')" = "mean coverage n " ]
}

@test "the output is a float32 GeoTIFF on the grid, with NaN for nodata, and tells what was done" {
    prepare
    gdal_translate -q -mo units=K $SCENE.tif x.tif && mv x.tif $SCENE.tif
    eco-regrid --grid grid.txt -o out.tif --mask 'map_{year}.tif' --classes 2-3 \
        --min-coverage 0.25 --denominator mask $SCENE.tif >/dev/null
    gdalinfo out.tif >info
    grep -qF 'Type=Float32' info
    grep -qF 'COMPRESSION=DEFLATE' info
    grep -qF 'NoData Value=nan' info
    for tag in "ECO_VERSION=$(eco-regrid --version | sed 's/.* //')" ECO_SOURCE=$SCENE.tif \
        ECO_GRID=grid.txt ECO_CLIP=area.geojson ECO_PRODUCT=ECO_L2T_LSTE ECO_LAYER=LST \
        ECO_TIME=2020-08-08T09:46:21Z ECO_MASK=map_2020.tif ECO_CLASSES=2-3 ECO_MASK_YEAR=2020 \
        ECO_MIN_COVERAGE=0.25 ECO_DENOMINATOR=mask units=K; do
        grep -qxF "  $tag" info || { echo "no $tag"; cat info; return 1; }
    done
    run ! grep -q ECO_MASK_YEAR_MISSING info
    eco-grid --like out.tif | grep -E '^##(crs|x0|y0|dx|dy|columns|rows)=' |
        diff - <(grep -E '^##(crs|x0|y0|dx|dy|columns|rows)=' grid.txt)
}

@test "the record adds up to what is in the raster" {
    prepare
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out --min-coverage 0.6 plain.tif
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = $'#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tsize\tmtime\tmessage' ]
    IFS=$'\t' read -r path state output cells n mean coverage size mtime message <<<"${lines[1]}"
    [ "$path $state $output" = "plain.tif ok out/Regrid_plain.tif" ]
    paste <(values "$output" 1) <(values "$output" 2) <(values "$output" 3) | awk '
        $6 != "nan" { inside++; c += $6 }
        $3 != "nan" { if ($6 < 0.6 - 1e-6) exit 1; cells++; n += $9; s += $9 * $3 }
        $3 == "nan" && $6 != "nan" && $6 >= 0.6 + 1e-6 { exit 1 }
        END { printf "%d %.9g %.9g %.9g\n", cells, n, s / n, c / inside }' >sums
    read -r cells2 n2 mean2 coverage2 <sums
    [ "$cells" -eq "$cells2" ]
    [ "$cells" -gt 20 ]
    near "$n" "$n2" 0.01
    near "$mean" "$mean2" 0.001
    near "$coverage" "$coverage2" 1e-6
    [ "$size $mtime $message" = "$(stat -c '%s %.9Y' plain.tif) NA" ]
}

@test "what a pixel needs to count: a value, the clip, the class, each by hand" {
    # 4 x 2 pixels of 10 m in two cells of 20 m.
    printf 'ncols 4\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\nnodata_value 0\n%s\n%s\n' \
        '1 2 4 8' '16 0 64 128' >a.asc
    gdal_translate -q -ot Int16 -a_srs EPSG:32721 a.asc a.tif
    printf 'ncols 4\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\nnodata_value 9\n%s\n%s\n' \
        '3 3 9 3' '7 3 3 4' >m.asc
    gdal_translate -q -ot Byte -a_srs EPSG:32721 m.asc m.tif
    eco-grid --bounds 0,0,40,20 --res 20 --crs EPSG:32721 >grid.txt
    show() {
        eco-regrid --grid grid.txt -o out.tif --bands mean,coverage,n,stddev,sum "$@" a.tif >/dev/null
        for b in 1 2 3 4 5; do
            values out.tif $b
        done | awk '{ printf "%s%s", (NR > 1 ? " " : ""), ($3 == "nan" ? $3 : sprintf("%.6g", $3)) }'
    }
    # 1 2 16 and 4 8 64 128; the sixth pixel of eight is nodata.
    is() {
        [ "$1" = "$2" ] || { echo "$1, not $2"; return 1; }
    }
    is "$(show)" "6.33333 51 0.75 1 3 4 6.84755 50.3885 19 204"
    # Classes 3 and 7: 1 2 16, and 8 64.
    is "$(show --mask m.tif --classes 3,7)" "6.33333 36 0.75 0.5 3 2 6.84755 28 19 72"
    is "$(show --mask m.tif --classes 3,7 --denominator mask)" \
        "6.33333 36 0.75 1 3 2 6.84755 28 19 72"
    # Class 9 is the map's nodata: wanted or not, it is none.
    is "$(show --mask m.tif --classes 4,9 --min-coverage 0)" "nan 128 0 0.25 0 1 nan 0 nan 128"
    # Two maps: the pixel must be wanted on both.
    is "$(show --mask m.tif --classes 3,7 --mask m.tif --classes 7 --min-coverage 0)" \
        "16 nan 0.25 0 1 0 0 nan 16 nan"
    # A clip without the centre of the last pixel; then without that of the second cell.
    cp grid.txt plain.txt
    clip() {
        { grep -v "^##vertices" plain.txt; printf '0\t%s\t%s\n' "$@"; } >grid.txt
    }
    clip 1 1 32 1 32 10.5 39 10.5 39 19 1 19
    is "$(show)" "6.33333 25.3333 0.75 0.75 3 3 6.84755 27.3902 19 76"
    clip 1 1 29 1 29 10.5 39 10.5 39 19 1 19
    is "$(show)" "6.33333 nan 0.75 nan 3 nan 6.84755 nan 19 nan"
}

@test "scale and offset: the band's, the file's, never both, or none with --raw" {
    gdal_create -q -of GTiff -ot UInt16 -outsize 10 10 -burn 15000 -a_srs EPSG:32721 -a_ullr 0 100 100 0 raw.tif
    gdal_translate -q -a_scale 0.02 -a_offset 5 raw.tif band.tif
    gdal_translate -q -mo scale_factor=0.02 -mo add_offset=0 -mo units=K raw.tif file.tif
    gdal_translate -q -a_scale 0.01 -mo scale_factor=0.02 raw.tif both.tif
    eco-grid --bounds 0,0,100,100 --res 50 --crs EPSG:32721 >grid.txt
    means() {
        eco-regrid --no-provenance --grid grid.txt --out-dir out "$@" {raw,band,file,both}.tif |
            tail -n +2 | cut -f 6 | tr '\n' ' '
    }
    [ "$(means)" = "15000 305 300 150 " ]
    gdalinfo out/Regrid_file.tif | grep -q units=K
    [ "$(means --raw)" = "15000 15000 15000 15000 " ]
    gdalinfo out/Regrid_file.tif >info
    grep -q ECO_RAW=yes info
    run ! grep -q units= info
}

@test "nodata: 0, a value that float32 rounds, and the file's own mask" {
    gdal_create -q -of GTiff -ot Float32 -outsize 4 4 -burn 7 -a_srs EPSG:32721 -a_ullr 0 40 40 0 seven.tif
    eco-grid --bounds 0,0,40,40 --res 20 --crs EPSG:32721 >grid.txt
    printf 'ncols 4\nnrows 4\nxllcorner 0\nyllcorner 0\ncellsize 10\n%s\n%s\n%s\n%s\n' \
        '-9999999999999.0 7 7 7' '7 7 7 7' '7 7 0 0' '7 7 7 0' >a.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 -a_nodata -9999999999999 a.asc et.tif
    gdal_translate -q -ot Int16 -a_srs EPSG:32721 -a_nodata 0 a.asc zero.tif
    # The mask of the second one's nodata, as a mask of its own.
    gdal_translate -q -b 1 -mask mask -a_nodata none --config GDAL_TIFF_INTERNAL_MASK YES zero.tif masked.tif
    counts() {
        eco-regrid --no-provenance --grid grid.txt --out-dir out --min-coverage 0 "$@" |
            tail -n +2 | cut -f 5 | tr '\n' ' '
    }
    [ "$(counts et.tif zero.tif masked.tif)" = "15 13 13 " ]
}

@test "a class map by the scene's year, and its fallback" {
    prepare
    rm map_2021.tif
    late=${SCENE/2020221094621/2021109043415}
    eco-regrid --grid grid.txt --out-dir out --mask 'map_{year}.tif' --classes 2 \
        --denominator mask --fallback 2019=2018,2021=2020 $SCENE.tif "$late.tif" | records >got
    [ "$(grep -c $'\tok\t' got)" -eq 2 ]
    gdalinfo "out/Regrid_$late.tif" >info
    grep -qx '  ECO_MASK=map_2020.tif' info
    grep -qx '  ECO_MASK_YEAR=2020' info
    grep -qx '  ECO_MASK_YEAR_MISSING=2021' info
    gdalinfo out/Regrid_$SCENE.tif >info
    run ! grep -q MISSING info
    # The same as with that map by its own name.
    eco-regrid --grid grid.txt -o named.tif --mask map_2020.tif --classes 2 \
        --denominator mask "$late.tif" >/dev/null
    for b in 1 2 3; do
        cmp <(values named.tif $b) <(values "out/Regrid_$late.tif" $b)
    done
    # A fallback is taken only where the map is missing.
    cp map_2020.tif map_2021.tif
    eco-regrid --grid grid.txt --out-dir out --mask 'map_{year}.tif' --classes 2 \
        --fallback 2021=1999 "$late.tif" >/dev/null
    gdalinfo "out/Regrid_$late.tif" | grep -qx '  ECO_MASK_YEAR=2021'
}

@test "paths as arguments, as lines, as records, with blanks" {
    prepare
    mkdir 'a folder'
    cp plain.tif 'a folder/a scene.tif'
    eco-regrid --grid grid.txt --out-dir 'out put' 'a folder/a scene.tif' | records >expected
    grep -q $'^a folder/a scene.tif\tok\tout put/Regrid_a scene.tif\t' expected
    echo 'a folder/a scene.tif' | eco-regrid --grid grid.txt --out-dir 'out put' | records | diff expected -
    printf '#layer\tpath\nLST\ta folder/a scene.tif\n' |
        eco-regrid --grid grid.txt --out-dir 'out put' - | records | diff expected -
    eco-index 'a folder/a scene.tif' 2>/dev/null |
        eco-regrid --grid grid.txt --out-dir 'out put' | records | diff expected -
    eco-regrid --grid grid.txt --out-dir out --prefix '' 'a folder/a scene.tif' >/dev/null
    cmp 'out/a scene.tif' 'out put/Regrid_a scene.tif'
    eco-regrid --grid grid.txt -o deep/er/out.tif 'a folder/a scene.tif' >/dev/null
    cmp deep/er/out.tif 'out put/Regrid_a scene.tif'
}

@test "an empty list is a head alone" {
    prepare
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out </dev/null
    [ "$status" -eq 0 ]
    [ "$output" = $'#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tsize\tmtime\tmessage' ]
    [ ! -e out ]
}

@test "names of no known form are regridded like others" {
    prepare
    cp plain.tif 'x.y (1).tiff'
    run --separate-stderr eco-regrid --grid grid.txt --out-dir out 'x.y (1).tiff'
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    gdalinfo 'out/Regrid_x.y (1).tif' >info
    run ! grep -q 'ECO_TIME\|ECO_LAYER' info
    grep -qx '  ECO_SOURCE=x.y (1).tiff' info
}

@test "wrong usage is told and ends with 2" {
    prepare
    while read -r args; do
        # shellcheck disable=SC2086 # these are words
        run --separate-stderr eco-regrid $args
        [ "$status" -eq 2 ] || { echo "$args: $status"; return 1; }
        [ -n "$stderr" ]
    done <<'END'
plain.tif
--grid grid.txt plain.tif
--out-dir out plain.tif
--grid grid.txt -o a.tif --out-dir out plain.tif
--grid grid.txt -o a.tif plain.tif plain.tif
--grid grid.txt --out-dir out --mask map_2020.tif plain.tif
--grid grid.txt --out-dir out --classes 3 plain.tif
--grid grid.txt --out-dir out --mask map_2020.tif --classes x plain.tif
--grid grid.txt --out-dir out --mask map_2020.tif --classes 2 --classes 3 plain.tif
--grid grid.txt --out-dir out --mask map_2020.tif --classes 5-3 plain.tif
--grid grid.txt --out-dir out --mask map_2020.tif --classes 70000 plain.tif
--grid grid.txt --out-dir out --fallback 2025=2024 plain.tif
--grid grid.txt --out-dir out --mask m{year}.tif --classes 3 --fallback 2025 plain.tif
--grid grid.txt --out-dir out --mask m{year}.tif --classes 3 --fallback 2025=x plain.tif
--grid grid.txt --out-dir out --min-coverage 2 plain.tif
--grid grid.txt --out-dir out --min-coverage -0.1 plain.tif
--grid grid.txt --out-dir out --min-coverage half plain.tif
--grid grid.txt --out-dir out --min-coverage nan plain.tif
--grid grid.txt --out-dir out --denominator all plain.tif
--grid grid.txt --out-dir out --denominator mask plain.tif
--grid grid.txt --out-dir out --bands mean,mean plain.tif
--grid grid.txt --out-dir out --bands mean,deviation plain.tif
--grid grid.txt --out-dir out --bands mean, plain.tif
--grid grid.txt --out-dir out --unknown plain.tif
END
    [ ! -e out ]
}
