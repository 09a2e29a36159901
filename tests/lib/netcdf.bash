# NetCDF files for tests, from CDL through ncgen.

netcdf_needs() {
    command -v ncgen >/dev/null || skip "no ncgen (netcdf-bin)"
}

# CDL on stdin as FILE.nc, of KIND (classic, 64-bit offset, nc4, nc7): nc FILE.nc [KIND]
nc() {
    ncgen -k "${2-nc4}" -o "$1" -
}
