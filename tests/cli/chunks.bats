# eco-regrid: the result does not depend on how the work was cut, bit for bit.
load ../lib/common
load ../lib/pixels

ALL=mean,coverage,n,stddev,sum,min,max,range,median,q1,q3,mode,p90,whisker_high,nearest,bilinear,cubic,cubicspline,lanczos

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    export BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
    # Real numbers with gaps, so that every order of adding would show in the last bit.
    make_raster source.tif 500 360 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        'dice() < 0.05 ? $nan : 300 + 20 * dice()' -co TILED=YES -co BLOCKXSIZE=64 \
        -co BLOCKYSIZE=64
    # In tiles and in many rectangles; in one piece; along the source's own axes.
    make_grid many.txt EPSG:4326 -57.003 -2.712 0.0006 0.0005 600 450
    make_grid few.txt EPSG:4326 -57.003 -2.712 0.009 0.011 38 22
    make_grid axes.txt EPSG:32721 499000 9701000 333 277 110 98
}

setup() {
    cd "$BATS_FILE_TMPDIR"
}

# regrid GRID OUT [OPTION]...: as float64, so that no bit hides.
regrid() {
    local grid=$1 out=$2
    shift 2
    eco-regrid --no-provenance --grid "$grid" -o "$out" --bands $ALL --dtype Float64 \
        --min-coverage 0 "$@" >"$out.tsv"
}

# The record without what differs from run to run.
record() {
    cut -f 4-7 "$1"
}

@test "memory does not change a bit of any band, nor of the record" {
    for grid in few axes many; do
        regrid $grid.txt whole.tif --memory 1G source.tif
        for memory in 64M 12M; do
            [ $grid$memory != many64M ] || continue
            regrid $grid.txt cut.tif --memory $memory source.tif
            [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
            cmp <(record cut.tif.tsv) <(record whole.tif.tsv)
        done
    done
}

@test "8 MiB and the least that works are enough for plain bands" {
    for method in mean nearest cubic; do
        regrid many.txt whole.tif --bands $method --memory 1G source.tif
        regrid many.txt cut.tif --bands $method --memory 8M source.tif
        [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
        run --separate-stderr regrid many.txt cut.tif --bands $method --memory 1 source.tif
        [ "$status" -eq 1 ]
        one_message "source.tif: --memory is too small for its blocks: at least "
        regrid many.txt cut.tif --bands $method --memory "${stderr##* }" source.tif
        [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
    done
}

@test "how the source is tiled does not change a bit" {
    local n=0
    regrid few.txt whole.tif source.tif
    for layout in "TILED=YES BLOCKXSIZE=16 BLOCKYSIZE=16" "BLOCKYSIZE=1" "BLOCKYSIZE=500 COMPRESS=DEFLATE" \
        "TILED=YES BLOCKXSIZE=1024 BLOCKYSIZE=1024 BIGTIFF=YES COMPRESS=ZSTD" \
        "TILED=YES BLOCKXSIZE=256 BLOCKYSIZE=64 COMPRESS=LZW ENDIANNESS=BIG"; do
        local options=()
        for o in $layout; do options+=(-co "$o"); done
        gdal_translate -q "${options[@]}" source.tif other.tif
        regrid few.txt cut.tif --memory 24M other.tif
        [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
        n=$((n + 1))
    done
    [ "$n" -eq 5 ]
}

# join OUT PART...: as a user would.
join() {
    local out=$1
    shift
    gdalbuildvrt -q joined.vrt "$@"
    gdal_translate -q joined.vrt "$out"
}

@test "parts joined by gdalbuildvrt are the whole, bit for bit" {
    # 600 rows: three rows of tiles; those in the north and in the south see no source.
    make_grid tall.txt EPSG:4326 -57.003 -2.3 0.0008 0.0016 448 600
    regrid tall.txt whole.tif source.tif
    for i in 1 2 3; do
        regrid tall.txt part$i.tif --part $i/3 --memory 24M source.tif
    done
    [ "$(cut -f 2 part?.tif.tsv | grep -v status | xargs)" = "empty ok empty" ]
    join joined.tif part1.tif part2.tif part3.tif
    [ "$(bits joined.tif)" = "$(bits whole.tif)" ]
    [ "$(gdalinfo joined.tif | grep -E '^(Size|Origin|Pixel)')" = "$(gdalinfo whole.tif | grep -E '^(Size|Origin|Pixel)')" ]
    # A grid that is written in strips is cut between any two rows.
    regrid few.txt whole.tif source.tif
    for n in 2 5 22; do
        local parts=()
        for i in $(seq $n); do
            regrid few.txt part$i.tif --part "$i/$n" source.tif
            parts+=("part$i.tif")
        done
        join joined.tif "${parts[@]}"
        [ "$(bits joined.tif)" = "$(bits whole.tif)" ]
    done
}

@test "parts can be made by parallel, and joined" {
    regrid few.txt whole.tif source.tif
    rm -f p*.tif
    seq 4 | parallel -j2 "eco-regrid --grid few.txt -o p{}.tif --bands $ALL \
        --dtype Float64 --min-coverage 0 --part {}/4 source.tif" >parts.tsv
    [ "$(grep -c -v '^#' parts.tsv)" -eq 4 ]
    join joined.tif p1.tif p2.tif p3.tif p4.tif
    [ "$(bits joined.tif)" = "$(bits whole.tif)" ]
}

@test "more parts than there are rows of tiles are refused, each of them" {
    for i in 1 2 3; do
        run --separate-stderr regrid many.txt part.tif --part $i/3 source.tif
        [ "$status" -eq 2 ]
        one_message "--part: the grid's 450 rows make at most 2 parts"
    done
    for part in 0/2 3/2 1 a/b 1/2/3 -1/2; do
        run --separate-stderr regrid few.txt part.tif --part $part source.tif
        [ "$status" -eq 2 ]
        one_message "--part: not a share such as 2/4: \"$part\""
    done
}

@test "inputs of one process that share their pixels, and some that do not" {
    # The second with more holes, so that what is kept of the first must serve all pixels.
    mkdir -p one many
    make_raster one/a.tif 500 360 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        'dice() < 0.4 ? $nan : 300 + 20 * dice()'
    make_raster one/b.tif 500 360 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        '$c > 40 && $c < 90 ? $nan : dice()'
    make_raster one/moved.tif 500 360 Float32 nan 500035,70,0,9700000,0,-70 EPSG:32721 'dice()'
    make_raster one/short.tif 500 200 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 'dice()'
    local inputs='one/a.tif source.tif one/moved.tif one/short.tif one/b.tif one/a.tif source.tif one/b.tif'
    for bands in mean,coverage,n $ALL; do
        for memory in 16M 128M; do
            for grid in few many; do
                # shellcheck disable=SC2086
                eco-regrid --no-provenance --grid $grid.txt --out-dir many --bands $bands --dtype Float64 \
                    --min-coverage 0 --memory $memory $inputs >/dev/null
                for input in one/a one/b one/short source; do
                    eco-regrid --no-provenance --grid $grid.txt -o one.out --bands $bands --dtype Float64 \
                        --min-coverage 0 $input.tif >/dev/null
                    [ "$(bits "many/Regrid_${input#one/}.tif")" = "$(bits one.out)" ]
                done
            done
        done
    done
}
