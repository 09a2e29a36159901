# Swaths for tests, by tests/lib/swath.py.

# The python that has what writes HDF5, or a skip.
swath_needs() {
    for PYTHON in python3 /usr/bin/python3; do
        "$PYTHON" -c 'import h5py, numpy' 2>/dev/null && return
    done
    skip 'no python3 with h5py and numpy here'
}

swath() { "$PYTHON" "$ROOT/tests/lib/swath.py" "$@"; }

# granule [SCANS COLUMN COLUMNS [MISSING]]: makes one here, as $GEO and $LSTE
granule() {
    read -r GEO LSTE < <(swath granule . "$@")
}

# grid FILE CRS X0 Y0 DX DY COLUMNS ROWS
grid() {
    printf '%s\n' '##eco.grid=1' "##crs=$2" "##x0=$3" "##y0=$4" "##dx=$5" "##dy=$6" \
        "##columns=$7" "##rows=$8" '##vertices=0' '#ring	x	y' >"$1"
}

# regrid OUT OPTION...: doubles, every cell; the values are then in OUT.txt
regrid() {
    eco-regrid --min-coverage 0 --dtype Float64 -o "$1" "${@:2}" >/dev/null || return
    swath raster "$1" >"$1.txt"
}
