# eco-regrid --device: the same bits as on the processor. The device is PoCL, OpenCL on the
# processor itself, or what ECO_DEVICE names; without one these tests skip.
load ../lib/common
load ../lib/pixels

setup() {
    cd "$BATS_TEST_TMPDIR"
    DEVICE=${ECO_DEVICE:-portable computing language}
}

need_device() {
    eco-regrid --list-devices 2>/dev/null | cut -f 1,2 | grep -qi -- "$DEVICE" || skip "no device here: $DEVICE"
}

# Values that repeat nowhere, with holes; in zone 21 south, or as longitudes and latitudes.
scene() {
    # shellcheck disable=SC2016
    make_raster "${1:-scene.tif}" 90 80 Float32 -9 "${3:-500000,100,3,9700000,2,-100}" "${2:-EPSG:32721}" \
        'dice() < 0.1 ? -9 : 280 + 30 * dice() + $c * 0.01 - $r * $r * 0.003'
}

# Both ways the same file: same GRID [OPTION]... SCENE
same() {
    local grid=$1
    shift
    eco-regrid --grid "$grid" --dtype Float64 -o cpu.tif "$@" >cpu.tsv
    eco-regrid --grid "$grid" --dtype Float64 --device "$DEVICE" -o device.tif "$@" >device.tsv
    cmp cpu.tif device.tif
    cmp <(grep -v '^##' cpu.tsv) <(grep -v '^##' device.tsv | sed 's/device\.tif/cpu.tif/')
    grep -q "ok" cpu.tsv
}

SUMS=mean,coverage,n,sum
ALL=$SUMS,stddev,rms,min,max,range

# A raster of the whole Earth, from 180 W.
earth() {
    # shellcheck disable=SC2016
    make_raster earth.tif 180 90 Float32 -9 '-180,2,0,90,0,-2' EPSG:4326 '$c == 3 ? -9 : $c + 0.01 * $r'
}

@test "areas and sums are the processor's: cells large and small, means alone and all statistics" {
    need_device
    scene
    make_grid large.txt EPSG:4326 -57 -2.70 0.013 0.011 7 7
    make_grid small.txt EPSG:4326 -57 -2.70 0.0007 0.0009 120 90
    for grid in large.txt small.txt; do
        same $grid --bands $SUMS scene.tif
        same $grid --bands $ALL --min-coverage 0.2 scene.tif
    done
}

@test "pixels that lie in many cells go to the processor, and their sums keep the order" {
    need_device
    scene coarse.tif EPSG:32721 '500000,900,0,9700000,0,-900'
    make_grid fine.txt EPSG:4326 -57 -2.70 0.002 0.0014 150 170
    same fine.txt --bands $ALL coarse.tif
    # Some of both: pixels of about two and a half cells.
    make_grid middle.txt EPSG:4326 -57 -2.70 0.0037 0.0029 90 90
    same middle.txt --bands $ALL coarse.tif
}

@test "so it is whatever is counted: classes, weights, clip, denominators" {
    need_device
    scene
    # shellcheck disable=SC2016
    make_raster classes.tif 300 300 Byte 0 '499500,33,0,9700500,0,-33' EPSG:32721 '1 + int($c / 7 + $r / 11) % 5'
    make_grid grid.txt EPSG:4326 -57 -2.70 0.004 0.003 20 24
    same grid.txt --mask classes.tif --classes 2,3 --bands $ALL scene.tif
    same grid.txt --mask classes.tif --classes 2,3 --mask-weight --bands $ALL scene.tif
    for denominator in source mask; do
        same grid.txt --mask classes.tif --classes 2,3 --denominator $denominator --bands $ALL scene.tif
    done
    echo '{"type":"Polygon","coordinates":[[[-56.99,-2.72],[-56.93,-2.71],[-56.95,-2.76],[-56.99,-2.72]]]}' >clip.geojson
    eco-grid --around clip.geojson --crs EPSG:4326 --res 0.004,0.003 >clip.txt
    same clip.txt --bands $ALL scene.tif
    same clip.txt --denominator source --bands $ALL scene.tif
}

@test "so it is where every corner is transformed, in any memory, in shares, and in tiles" {
    need_device
    scene
    make_grid grid.txt EPSG:4326 -57 -2.70 0.0012 0.0009 60 80
    same grid.txt --tolerance 0 --bands $ALL scene.tif
    same grid.txt --memory 8M --bands $ALL scene.tif
    same grid.txt --part 2/3 --bands $ALL scene.tif
    make_grid wide.txt EPSG:4326 -57 -2.70 0.0001 0.0001 700 700
    same wide.txt --bands mean scene.tif
}

@test "so it is across the antimeridian, at a pole, and where the plane breaks off" {
    need_device
    earth
    make_grid pacific.txt EPSG:3832 -2000000 2000000 300000 300000 14 14
    make_grid arctic.txt EPSG:3995 -3000000 3000000 500000 500000 12 12
    make_grid utm.txt EPSG:32601 -400000 9000000 100000 100000 15 40
    for grid in pacific.txt arctic.txt utm.txt; do
        same $grid --min-coverage 0.01 --bands $ALL earth.tif
    done
}

@test "infinite and tiny values, and values of one pixel, are the same" {
    need_device
    # shellcheck disable=SC2016
    make_raster odd.tif 30 30 Float64 -9 '500000,100,0,9700000,0,-100' EPSG:32721 \
        '(1e308, -1e308, 4.9e-324, -0.0, 0.0, 1e-300)[($c * 7 + $r) % 6]'
    make_grid grid.txt EPSG:4326 -57 -2.70 0.003 0.003 10 10
    same grid.txt --bands $ALL odd.tif
}

@test "what needs all values at once is done by the processor" {
    need_device
    scene
    make_grid grid.txt EPSG:4326 -57 -2.70 0.004 0.003 20 24
    same grid.txt --bands mean,median,p90,mode scene.tif
}

@test "a source in the grid's CRS needs no device, and is the same" {
    need_device
    scene scene.tif EPSG:32721 '500000,100,0,9700000,0,-100'
    make_grid grid.txt EPSG:32721 500010 9699930 370 290 20 20
    same grid.txt --bands $ALL scene.tif
}

CENTRES=nearest,bilinear,cubic,cubicspline,lanczos

@test "values at centres are the processor's: each method, strict or not, with holes and over the edges" {
    need_device
    scene
    make_grid small.txt EPSG:4326 -57.01 -2.69 0.0007 0.0009 150 110
    make_grid large.txt EPSG:4326 -57.01 -2.69 0.004 0.005 27 21
    for grid in small.txt large.txt; do
        for missing in renormalise strict; do
            same $grid --bands $CENTRES --missing $missing scene.tif
            same $grid --bands $CENTRES --missing $missing --antialias no scene.tif
        done
        for method in nearest bilinear cubic; do
            same $grid --method $method scene.tif
        done
    done
    same small.txt --bands mean,nearest,n,cubic scene.tif
}

@test "values at centres are the processor's for pixels of any type" {
    need_device
    make_grid grid.txt EPSG:4326 -57 -2.70 0.0007 0.0009 110 80
    # shellcheck disable=SC2016
    {
        make_raster Byte.tif 90 80 Byte 0 '500000,100,3,9700000,2,-100' EPSG:32721 'int(256 * dice())'
        make_raster Int16.tif 90 80 Int16 -9 '500000,100,3,9700000,2,-100' EPSG:32721 'dice() < 0.1 ? -9 : int(3000 * dice()) - 1500'
        make_raster Float64.tif 90 80 Float64 -9 '500000,100,3,9700000,2,-100' EPSG:32721 \
            '(1e308, -1e308, 4.9e-324, -0.0, 0.0, 1e-300, -9)[int(7 * dice())]'
    }
    for type in Byte Int16 Float64; do
        same grid.txt --bands $CENTRES $type.tif
    done
}

@test "values at centres are the processor's on a clip, with every centre transformed, in any memory, tiles and shares" {
    need_device
    scene
    make_grid grid.txt EPSG:4326 -57.01 -2.69 0.0007 0.0009 150 110
    for tolerance in 0 0.01 0.125 1e-9; do
        same grid.txt --tolerance $tolerance --bands $CENTRES scene.tif
    done
    same grid.txt --part 2/3 --bands $CENTRES scene.tif
    echo '{"type":"Polygon","coordinates":[[[-56.99,-2.72],[-56.93,-2.71],[-56.95,-2.76],[-56.99,-2.72]]]}' >clip.geojson
    eco-grid --around clip.geojson --crs EPSG:4326 --res 0.0007,0.0009 >clip.txt
    same clip.txt --bands $CENTRES scene.tif
    make_grid wide.txt EPSG:4326 -57 -2.70 0.0001 0.0001 700 700
    same wide.txt --memory 8M --method cubic scene.tif
    same wide.txt --memory 8M --bands mean,bilinear scene.tif
    same wide.txt --cog --bands bilinear,nearest scene.tif
}

@test "values at centres are the processor's across the antimeridian, at a pole, and in the plane of the source" {
    need_device
    earth
    make_grid pacific.txt EPSG:3832 -2000000 2000000 100000 100000 40 40
    make_grid arctic.txt EPSG:3995 -3000000 3000000 100000 100000 60 60
    make_grid utm.txt EPSG:32601 -400000 9000000 100000 100000 15 40
    make_grid turned.txt EPSG:4326 170 10 0.7 0.7 40 40
    make_grid plain.txt EPSG:4326 -20 10 5 3 10 10
    for grid in pacific.txt arctic.txt utm.txt turned.txt plain.txt; do
        same $grid --bands $CENTRES earth.tif
    done
}

@test "devices are listed; one that is not there is told; auto works with none" {
    scene
    make_grid grid.txt EPSG:4326 -57 -2.70 0.004 0.003 20 24
    eco-regrid --grid grid.txt --device auto -o auto.tif scene.tif
    eco-regrid --grid grid.txt --device cpu -o cpu.tif scene.tif
    cmp auto.tif cpu.tif
    run --separate-stderr eco-regrid --grid grid.txt --device no-such-device -o none.tif scene.tif
    [ "$status" -eq 2 ]
    one_message "--device no-such-device: there is no such device"
    [ ! -e none.tif ]
    need_device
    eco-regrid --list-devices >list
    [ "$(head -1 list)" = $'#name\tplatform\tkind\tbytes\tlacks' ]
    awk -F'\t' '!/^#/ && (NF != 5 || $4 <= 0) { exit 1 }' list
}

@test "auto looks for a GPU where there are cells enough to make up for its start" {
    scene
    make_grid few.txt EPSG:4326 -57 -2.70 0.004 0.003 20 24
    make_grid many.txt EPSG:4326 -57 -2.70 0.004 0.003 8000 4000
    loads() { LD_DEBUG=files eco-regrid --device auto --method nearest -o out.tif scene.tif "$@" 2>&1 | grep -q eco-opencl; }
    run ! loads --grid few.txt
    run ! loads --grid many.txt --part 1/2
    loads --grid many.txt
}

@test "without the module a device is an error that names it, and the processor works on" {
    scene
    make_grid grid.txt EPSG:4326 -57 -2.70 0.004 0.003 20 24
    mkdir -p lame/bin lame/lib/eco
    cp "$BUILD/bin/eco-regrid" lame/bin
    lame/bin/eco-regrid --grid grid.txt -o cpu.tif scene.tif
    run --separate-stderr lame/bin/eco-regrid --grid grid.txt --device gpu -o gpu.tif scene.tif
    [ "$status" -eq 3 ]
    one_message eco-opencl.so
}

@test "no tool loads OpenCL unless a device is asked for" {
    need_device
    scene
    make_grid grid.txt EPSG:4326 -57 -2.70 0.004 0.003 20 24
    run ! sh -c 'LD_DEBUG=files eco-regrid --grid grid.txt -o cpu.tif scene.tif 2>&1 | grep -i opencl'
    LD_DEBUG=files eco-regrid --grid grid.txt --device "$DEVICE" -o device.tif scene.tif 2>&1 | grep -qi libopencl
}
