# eco-regrid --join overpass: the rasters of an overpass as one. The oracle is a scene that
# was cut into tiles: joined, they give what the scene gives.
load ../lib/common

TIME=20200808T094621
tile() { # tile NUMBER [LAYER [TIME [ORBIT]]]: a tile's name
    echo "ECOv002_L2T_LSTE_${4:-11822}_001_21M$1_${3:-$TIME}_0710_01_${2:-LST}.tif"
}

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

# scene FILE TYPE SEED EXPRESSION [gdal_translate option]...: 120 x 110 pixels of 70 m with
# their corner at 250000 9750000, from numbers of the row r, the column c and the dice d.
scene() {
    local file=$1 type=$2
    awk -v s="$3" "BEGIN {
        srand(s)
        printf \"ncols 120\nnrows 110\nxllcorner 250000\nyllcorner %d\ncellsize 70\nnodata_value -9999\n\", 9750000 - 7700
        for (r = 0; r < 110; r++) { for (c = 0; c < 120; c++) { d = rand(); printf \"%s \", ($4) }
            print \"\" } }" >scene.asc
    gdal_translate -q -ot "$type" -a_srs EPSG:32721 -co TILED=YES -co BLOCKXSIZE=32 -co BLOCKYSIZE=16 "${@:5}" scene.asc "$file"
    rm scene.asc
}
noise='d < 0.2 ? -9999 : 280 + 40 * d'

grids() {
    printf '{"type":"Polygon","coordinates":[[[-59.245,-2.26],[-59.17,-2.265],[-59.18,-2.325],[-59.24,-2.33],[-59.245,-2.26]]]}' >area.geojson
    eco-grid --around area.geojson --clip area.geojson --res 700,500 --crs EPSG:32721 >same.txt
    eco-grid --around area.geojson --res 0.007 --crs EPSG:4326 >degrees.txt
    eco-grid --around area.geojson --res 700,500 --crs EPSG:32720 >zone.txt
}

# tiles WHOLE LAYER [SHARED]: four tiles of a scene whose edges share so many pixels.
tiles() {
    local o=${3:-0}
    gdal_translate -q -srcwin 0 0 $((51 + o)) $((47 + o)) "$1" "$(tile AA "$2")"
    gdal_translate -q -srcwin 51 0 69 $((47 + o)) "$1" "$(tile BA "$2")"
    gdal_translate -q -srcwin 0 47 $((51 + o)) 63 "$1" "$(tile AB "$2")"
    gdal_translate -q -srcwin 51 47 69 63 "$1" "$(tile BB "$2")"
}

# values RASTER: its bands' bytes, and how it says them.
values() {
    gdal_translate -q -of ENVI "$1" "$1.bytes" && sha256sum <"$1.bytes"
    gdalinfo -json "$1" | jq -c '[.bands[] | .type, .noDataValue, .description], .geoTransform, .size'
}
same_values() {
    diff <(values "$1") <(values "$2")
}
columns() {
    grep -v '^##' | cut -f "$1"
}

bands='mean,coverage,n,stddev,rms,sum,min,max,range,median,q1,q3,mode,nearest,bilinear,cubic'

@test "a scene cut into tiles, with and without overlap: the scene's raster, bit for bit" {
    grids
    scene whole.tif Float32 1 "$noise"
    for shared in 0 9; do
        tiles whole.tif LST $shared
        for grid in same degrees zone; do
            for denominator in cell source; do
                options=(--grid "$grid.txt" --bands "$bands" --denominator "$denominator")
                eco-regrid "${options[@]}" -o whole.out.tif whole.tif | columns 2,4-7 | sed 's/$/\t4/;1s/4$/rasters/' >whole.tsv
                eco-regrid "${options[@]}" --join overpass -o joined.tif ECOv002*_LST.tif | columns 2,4-8 >joined.tsv
                same_values whole.out.tif joined.tif
                diff whole.tsv joined.tsv
            done
        done
    done
    # Not so by themselves: cells at the seams have a part of their pixels.
    eco-regrid --grid same.txt --out-dir each ECOv002*_LST.tif >/dev/null
    [ "$(find each -name '*.tif' | wc -l)" -eq 4 ]
}

@test "the form of the output is the scene's too: integers, a scale, a palette's nodata" {
    grids
    scene whole.tif UInt16 2 'd < 0.2 ? 0 : int(14000 + 2000 * d)' -a_nodata 0 -a_scale 0.02
    tiles whole.tif LST 5
    for given in --bands=$bands --method=nearest '--method=mode --raw'; do
        # shellcheck disable=SC2086 # options
        eco-regrid --grid same.txt $given -o whole.out.tif whole.tif >/dev/null
        # shellcheck disable=SC2086
        eco-regrid --grid same.txt $given --join overpass -o joined.tif ECOv002*_LST.tif >/dev/null
        same_values whole.out.tif joined.tif
    done
}

@test "masks, their cache and companions work as for the scene" {
    grids
    scene whole.tif Float32 1 "$noise"
    cp whole.tif "$(tile XX LST)"
    tiles whole.tif LST 9
    scene cloud.tif Byte 3 'd < 0.3' -a_nodata 255
    tiles cloud.tif cloud 9
    cp cloud.tif "$(tile XX cloud)"
    mkdir one && mv ./*21MXX* one
    awk 'BEGIN { print "ncols 300\nnrows 300\nxllcorner -59.26\nyllcorner -2.34\ncellsize 0.0003\nnodata_value 0"
        for (i = 0; i < 300; i++) { for (j = 0; j < 300; j++) printf "%d ", int(i / 7 + j / 5) % 4 + 1; print "" } }' >map.asc
    gdal_translate -q -ot Byte -a_srs EPSG:4326 map.asc map.tif
    for weight in '' --mask-weight; do
        for denominator in cell mask; do
            options=(--grid same.txt --mask map.tif --classes "2,3" --keep cloud=0 --denominator "$denominator"
                --bands "mean,coverage,n,sum" ${weight:+"$weight"} --mask-cache cache)
            eco-regrid "${options[@]}" -o whole.out.tif "one/$(tile XX LST)" >/dev/null
            for _ in 1 2; do
                eco-regrid "${options[@]}" --join overpass -o joined.tif ECOv002*_LST.tif >/dev/null
                same_values whole.out.tif joined.tif
            done
        done
    done
}

@test "the first in the order of names is taken, and of those with a value that passes" {
    grids
    scene a.tif Float32 1 'c < 60 ? 290 : -9999'
    scene b.tif Float32 1 '300'
    cp a.tif "$(tile AA)"
    cp b.tif "$(tile BA)"
    scene want.tif Float32 1 'c < 60 ? 290 : 300'
    eco-regrid --grid same.txt -o want.out.tif want.tif >/dev/null
    eco-regrid --grid same.txt --join overpass -o got.tif "$(tile BA)" "$(tile AA)" >/dev/null
    same_values want.out.tif got.tif
    # Where the first is cloudy, the second is not.
    scene "$(tile AA cloud)" Byte 1 'c < 30' -a_nodata 255
    scene "$(tile BA cloud)" Byte 1 '0' -a_nodata 255
    scene want.tif Float32 1 'c >= 30 && c < 60 ? 290 : 300'
    eco-regrid --grid same.txt -o want.out.tif want.tif >/dev/null
    eco-regrid --grid same.txt --keep cloud=0 --join overpass -o got.tif "$(tile BA)" "$(tile AA)" >/dev/null
    same_values want.out.tif got.tif
}

@test "the same bits and records, whatever the order of inputs" {
    grids
    scene whole.tif Float32 1 "$noise"
    tiles whole.tif LST 9
    # One of another lattice, and one of another zone.
    gdalwarp -q -t_srs EPSG:32720 -tr 70 70 -r near whole.tif "$(tile ZZ)"
    gdal_translate -q -a_ullr 250030 9750000 258430 9742300 whole.tif "$(tile YY)"
    for rule in first mean; do
        eco-regrid --grid same.txt --bands $bands --join overpass --overlap $rule --out-dir one ECOv002*_LST.tif | columns 2- | sed s/one/DIR/ >one.tsv
        printf '%s\n' ECOv002*_LST.tif | shuf --random-source=area.geojson |
            eco-regrid --grid same.txt --bands $bands --join overpass --overlap $rule --out-dir two | columns 2- | sed s/two/DIR/ >two.tsv
        diff -r one two
        diff one.tsv two.tsv
        # However little memory there is.
        eco-regrid --grid same.txt --bands $bands --join overpass --overlap $rule --memory 12M --out-dir two ECOv002*_LST.tif >/dev/null
        diff -r one two
    done
}

# A scene and its like in the neighbouring zone, as halves that overlap: everything is seen,
# once. The numbers are a plane's, so that means are right wherever a pixel lies.
halves_of_zones() {
    grids
    eco-grid --bounds -59.24,-2.32,-59.18,-2.28 --res 0.005 --crs EPSG:4326 >degrees.txt
    scene whole.tif Float32 1 '300'
    gdal_translate -q -srcwin 0 0 70 110 whole.tif "$(tile AA)"
    gdal_translate -q -srcwin 50 0 70 110 whole.tif right.tif
    gdalwarp -q -t_srs EPSG:32720 -tr 70 70 -r near right.tif "$(tile BB)"
}

@test "other zones: each place counts once, and coverage is judged after joining" {
    halves_of_zones
    for rule in first mean; do
        eco-regrid --grid degrees.txt --min-coverage 0.9 --join overpass --overlap $rule -o joined.tif ECOv002*_LST.tif >/dev/null
        # Where two zones' pixels part, a place is right to half a pixel of 8.
        gdal_translate -q -b 2 -of XYZ joined.tif /vsistdout/ |
            awk '{ if ($3 < 0.94 || $3 > 1.06) { print; bad = 1 } } END { exit bad || NR != 96 }'
        gdal_translate -q -b 1 -of XYZ joined.tif /vsistdout/ | awk '$3 != 300 { exit 1 }'
        gdalinfo joined.tif | grep -qx "  ECO_OVERLAP=$rule"
    done
    # Neither half fills the cells of the seam.
    eco-regrid --grid degrees.txt --min-coverage 0.9 --out-dir each ECOv002*_LST.tif >/dev/null
    gdal_translate -q -of XYZ each/Regrid_"$(tile AA)" /vsistdout/ | grep -q nan
}

@test "--overlap first or mean: which values are taken where two lattices overlap" {
    grids
    scene a.tif Float32 1 '290'
    scene b.tif Float32 1 'c < 60 ? 300 : -9999'
    cp a.tif "$(tile AA)"
    gdal_translate -q -a_ullr 250035 9750035 258435 9742335 b.tif "$(tile BB)"
    cell() { # of the left, and of the right
        gdal_translate -q -b "$2" -of XYZ "$1" /vsistdout/ | awk -v want="$3" '$1 > 251000 && $1 < 253000 && $2 < 9748000 && $2 > 9744000 { print $3; exit }'
    }
    eco-grid --bounds 250700,9743000,257700,9749000 --res 700,500 --crs EPSG:32721 >grid.txt
    eco-regrid --grid grid.txt --bands mean,coverage,n,nearest --join overpass -o first.tif ECOv002*_LST.tif >/dev/null
    eco-regrid --grid grid.txt --bands mean,coverage,n,nearest --join overpass --overlap mean -o mean.tif ECOv002*_LST.tif >/dev/null
    eco-regrid --grid grid.txt -o alone.tif a.tif >/dev/null
    [ "$(cell first.tif 1)" = 290 ]
    near "$(cell mean.tif 1)" 295 1e-5
    [ "$(cell first.tif 4)" = 290 ]
    [ "$(cell mean.tif 4)" = 295 ]
    for band in 2 3; do
        near "$(cell first.tif $band)" "$(cell alone.tif $band)" 1e-5
        near "$(cell mean.tif $band)" "$(cell alone.tif $band)" 1e-5
    done
    # With names the other way round it is the other one.
    mv "$(tile AA)" "$(tile CC)"
    eco-regrid --grid grid.txt --join overpass -o first.tif ECOv002*_LST.tif >/dev/null
    near "$(cell first.tif 1)" 300 1e-5
}

@test "overpasses: by orbit, by minutes, across midnight; two satellites are two" {
    grids
    scene whole.tif Float32 1 "$noise"
    for name in "$(tile AA LST 20200808T235930 11822)" "$(tile AA LST 20200809T000022 11822)" \
        "$(tile AA LST 20200809T013022 11823)" \
        ECO_L2T_LSTE.002_LST_doy2020221235930_aid0001_21S.tif ECO_L2T_LSTE.002_LST_doy2020222000022_aid0001_21S.tif \
        ECO_L2T_LSTE.002_LST_doy2020222013022_aid0001_21S.tif MOD11A1.061_LST_doy2020221235930_aid0001_21S.tif \
        ECO_L2T_LSTE.002_LST_err_doy2020221235930_aid0001_21S.tif; do
        cp whole.tif "$name"
    done
    printf '%s\n' *_21*.tif | shuf --random-source=area.geojson >names
    eco-index --overpass <names | columns 1,10 >index.tsv
    diff - <(sort index.tsv) <<END
#path	overpass
ECO_L2T_LSTE.002_LST_doy2020221235930_aid0001_21S.tif	ECO_20200808T235930
ECO_L2T_LSTE.002_LST_doy2020222000022_aid0001_21S.tif	ECO_20200808T235930
ECO_L2T_LSTE.002_LST_doy2020222013022_aid0001_21S.tif	ECO_20200809T013022
ECO_L2T_LSTE.002_LST_err_doy2020221235930_aid0001_21S.tif	ECO_20200808T235930
ECOv002_L2T_LSTE_11822_001_21MAA_20200808T235930_0710_01_LST.tif	ECO_11822
ECOv002_L2T_LSTE_11822_001_21MAA_20200809T000022_0710_01_LST.tif	ECO_11822
ECOv002_L2T_LSTE_11823_001_21MAA_20200809T013022_0710_01_LST.tif	ECO_11823
MOD11A1.061_LST_doy2020221235930_aid0001_21S.tif	MOD_20200808T235930
END
    # In the order of the paths that were given.
    diff <(tail -n +2 index.tsv | cut -f 1) names
    eco-regrid --grid same.txt --join overpass --out-dir out <names | columns 3,8 | sort >out.tsv
    diff - out.tsv <<END
out/Regrid_ECO_L2T_LSTE.002_LST_ECO_11822.tif	2
out/Regrid_ECO_L2T_LSTE.002_LST_ECO_11823.tif	1
out/Regrid_ECO_L2T_LSTE.002_LST_ECO_20200808T235930.tif	2
out/Regrid_ECO_L2T_LSTE.002_LST_ECO_20200809T013022.tif	1
out/Regrid_ECO_L2T_LSTE.002_LST_err_ECO_20200808T235930.tif	1
out/Regrid_MOD11A1.061_LST_MOD_20200808T235930.tif	1
output	rasters
END
    # A raster of a tile that follows after midnight has the first's date.
    gdalinfo out/Regrid_ECO_L2T_LSTE.002_LST_ECO_11822.tif | grep -qx '  ECO_TIME=2020-08-08T23:59:30Z'
}

@test "a tile that is truncated: the others are used, and record and raster say so" {
    grids
    scene whole.tif Float32 1 "$noise"
    tiles whole.tif LST
    scene right.tif Float32 1 "c < 51 && r >= 47 ? -9999 : ($noise)"
    eco-regrid --grid same.txt -o want.tif right.tif >/dev/null
    bad=$(tile AB)
    for size in 0 300 9000; do
        tiles whole.tif LST
        truncate -s $size "$bad"
        for form in '' --records; do
            run --separate-stderr eco-regrid --grid same.txt --join overpass $form -o joined.tif ECOv002*_LST.tif
            [ "$status" -eq 1 ]
            [[ $stderr == *"$bad"* ]]
            [ "$(columns 2,3,8 <<<"$output" | tail -1)" = $'partial\tjoined.tif\t3' ]
            [[ $output == *"$bad"* ]]
            same_values want.tif joined.tif
            gdalinfo joined.tif | grep -qx "  ECO_MISSING=$bad"
        done
        [ "$(columns 2 <joined.tsv | tail -1)" = partial ]
        rm joined.t*
    done
    # None is left: as with one.
    for name in ECOv002*_LST.tif; do truncate -s 300 "$name"; done
    run --separate-stderr eco-regrid --grid same.txt --join overpass -o joined.tif ECOv002*_LST.tif
    [ "$status" -eq 1 ]
    [ ! -e joined.tif ]
    [ "$(columns 2,3 <<<"$output" | tail -1)" = $'failed\tNA' ]
}

@test "what does not go together is told" {
    grids
    scene "$(tile AA)" Float32 1 "$noise"
    cp "$(tile AA)" "$(tile AA LST 20200809T094621 11838)"
    run --separate-stderr eco-regrid --grid same.txt --join overpass -o x.tif ECOv002*_LST.tif
    [ "$status" -eq 2 ]
    one_message "--output is for one overpass"
    run --separate-stderr eco-regrid --grid same.txt --overlap mean -o x.tif "$(tile AA)"
    [ "$status" -eq 2 ]
    one_message "--overlap mean is for --join"
    run --separate-stderr eco-regrid --grid same.txt --join overpass --overlap mean --denominator source -o x.tif "$(tile AA)"
    [ "$status" -eq 2 ]
    one_message "--overlap mean goes with"
    run --separate-stderr eco-regrid --grid same.txt --join scene -o x.tif "$(tile AA)"
    [ "$status" -eq 2 ]
    [ ! -e x.tif ]
}
