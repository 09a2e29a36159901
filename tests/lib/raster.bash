# A raster so small that its pixels are written out, for tests of eco-sample.

# raster FILE ROWS-OF-NUMBERS [gdal_translate option]...: a raster of 3 columns by 2 rows
# of 100 m with its corner at 250000 9750200, from numbers; -9999 is no value.
raster() {
    local file=$1 numbers=$2
    shift 2
    printf 'ncols 3\nnrows 2\nxllcorner 250000\nyllcorner 9750000\ncellsize 100\n%s\n%b\n' \
        'nodata_value -9999' "$numbers" >"$BATS_TEST_TMPDIR/raster.asc"
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 "$@" "$BATS_TEST_TMPDIR/raster.asc" "$file"
}
