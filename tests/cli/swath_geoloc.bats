# eco-regrid of swaths beside gdalwarp -geoloc: how often both take the same pixel, and why not.
#
# gdalwarp makes a coarse map from places to pixels of all centres, across the ends of scans,
# and looks a cell's pixel up in it: exact to a part of a pixel where the swath is one mesh;
# within the bow tie of scans that overlap it is a mean of what two scans say, so that it
# takes a pixel of the right scan some rows off, or of either scan, and leaves holes.

setup() {
    load ../lib/common
    load ../lib/swath
    swath_needs
    gdalinfo --formats | grep -q '  HDF5 -' || skip 'no GDAL with HDF5 here'
    cd "$BATS_TEST_TMPDIR" || return
}

geoloc() { "$PYTHON" "$ROOT/tests/lib/geoloc.py" "$@"; }

# beside LAYER.H5 LAYER CRS X0 Y0 DX DY COLUMNS ROWS METHOD ROWS-PER-SCAN: ours and theirs
beside() {
    local x1 y1
    read -r x1 y1 < <(awk -v x="$4" -v y="$5" -v dx="$6" -v dy="$7" -v c="$8" -v r="$9" \
        'BEGIN { printf "%.10g %.10g\n", x + c * dx, y - r * dy }')
    grid grid "${@:3:7}"
    geoloc vrt "$1" "$2" in.vrt
    rm -f theirs.tif
    gdalwarp -q -geoloc -r "${10}" -et 0 -t_srs "$3" -te "$4" "$y1" "$x1" "$5" \
        -ts "$8" "$9" -dstnodata nan in.vrt theirs.tif 2>gdal.txt
    swath raster theirs.tif >theirs
    regrid ours.tif --grid grid --rows-per-scan "${11}" --method "${10}" "$1:$2"
    mv ours.tif.txt ours
}

@test "one mesh: the same pixels, but for a few on the edge to the next" {
    geoloc mesh mesh.h5
    beside mesh.h5 value EPSG:4326 9.9 50.3 0.005 0.005 320 240 near 40
    # 40685 of 40690 cells, the others by one pixel
    geoloc picks ours theirs 40 0.999 0.999 1 0.0005
}

@test "one mesh: means of a slope are those of gdalwarp to a part of a pixel's step" {
    geoloc mesh mesh.h5
    beside mesh.h5 slope EPSG:4326 9.9 50.3 0.1 0.1 16 12 average 40
    regrid covered.tif --grid grid --rows-per-scan 40 --bands coverage mesh.h5:slope
    # The slope is known: a cell's mean is its middle's value. gdalwarp's weights are of the
    # rows and columns around a cell, which lie aslant. A step of a row is 1, of a column 2.
    paste -d' ' ours theirs covered.tif.txt | awk '{
        x = 9.95 + 0.1 * ((NR - 1) % 16); y = 50.25 - 0.1 * int((NR - 1) / 16)
        true = 100 * x + 50 * y
        if ($3 < 0.9999) next
        n++; e = $1 - true; f = $1 - $2; worst = f * f > worst ? f * f : worst
        if (e * e > 0.01 ^ 2 || f * f > 0.1 ^ 2) { print $0, true; exit 1 }
    } END { print n, sqrt(worst); exit !(n > 60) }'
}

@test "a real orbit next to the pole, rows that are scans: the same pixels" {
    need_data swath
    "$PYTHON" -c 'import netCDF4' 2>/dev/null || skip 'no python3-netcdf4 here'
    geoloc real "$DATA/swath/ascat_winds.nc" left.h5 0 1632 0 21
    beside left.h5 value EPSG:3413 -2400000 2400000 12000 12000 400 400 near 1632
    # 13826 of 13842 cells, the others by one pixel
    geoloc picks ours theirs 1632 0.998 0.998 1 0.001
}

@test "real scans that overlap: pixels of either scan, some rows off, and holes" {
    need_data swath
    "$PYTHON" -c 'import netCDF4' 2>/dev/null || skip 'no python3-netcdf4 here'
    geoloc real "$DATA/swath/viirs_sst_window.nc" window.h5 320 80 1100 200
    beside window.h5 value EPSG:4326 -167.05 66 0.01 0.01 440 235 near 16
    # 16476 of 34751 cells, of those of one scan 16476 of 21232, four rows off at most;
    # 934 of 35685 that a pixel covers are holes of gdalwarp's
    geoloc picks ours theirs 16 0.45 0.75 4 0.03
    # It has none that no pixel covers.
    paste -d' ' ours theirs | awk '$1 == "nan" && $2 != "nan" { n++ } END { exit n > 10 }'
}
