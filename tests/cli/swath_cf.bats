# Swaths whose places stand in their own file, as CF's `coordinates` name them. The oracles:
# each pixel's centre is in that pixel, with the value that netCDF4-python unpacks; brute
# force (tests/lib/swath.py).

setup() {
    load ../lib/common
    load ../lib/swath
    swath_needs
    "$PYTHON" -c 'import netCDF4' 2>/dev/null || skip 'no python3-netcdf4 here'
    cd "$BATS_TEST_TMPDIR" || return
}

# centres FILE LAYER LAT LON: each pixel's place, row, column and value
centres() {
    "$PYTHON" - "$@" <<'END'
import sys
import netCDF4
import numpy as np
with netCDF4.Dataset(sys.argv[1]) as f:
    v, lat, lon = (np.ma.filled(f[name][:].astype("f8"), np.nan) for name in sys.argv[2:5])
print("#lon\tlat\tr\tc\tv")
for (r, c), y in np.ndenumerate(lat):
    print(f"{lon[r, c]:.7f}\t{y:.7f}\t{r}\t{c}\t{v[r, c]:.10g}")
END
}

# What eco-sample --pixel says of a list of centres: "same", "none" or "other" for each.
told() {
    grep -v '^#' "$1" | awk -F'\t' '{ same = $10 == $3 && $11 == $4 &&
            ($9 == $5 || tolower($9 $5) == "nannan" || ($9 - $5) ^ 2 < 1e-12)
        print $4, $10 == "NaN" ? "none" : same ? "same" : "other" }'
}

@test "a real orbit of ASCAT: each centre is in its pixel, but beside the gap at nadir" {
    need_data swath
    file=$DATA/swath/ascat_winds.nc
    [ "$(eco-index --no-provenance "$file" 2>err | grep -v '^#' | cut -f 4 | xargs)" = \
        'time wvc_index model_speed model_dir ice_prob ice_age wvc_quality_flag wind_speed wind_dir bs_distance' ]
    centres "$file" wind_speed lat lon >centres.tsv
    eco-sample --no-provenance --points centres.tsv --pixel "$file:wind_speed" >records
    grep '^##unit.wind_speed=m s-1' records
    told records | sort | uniq -c >counts
    # 1632 rows of 42; the beams beside the gap, columns 20 and 21, have no footprint.
    [ "$(awk '{ n[$3] += $1 } END { print n["same"], n["none"], n["other"] + 0 }' counts)" = '65280 3264 0' ]
    [ "$(awk '$3 == "none" { print $2 }' counts | xargs)" = '20 21' ]
}

@test "the same orbit on a grid: nearest is that of a k-d tree, and its rows are no scans" {
    need_data swath
    "$PYTHON" -c 'import scipy' 2>/dev/null || skip 'no python3-scipy here'
    file=$DATA/swath/ascat_winds.nc
    grid grid EPSG:3413 -2400000 2400000 80000 80000 60 60
    regrid ours.tif --grid grid --method nearest "$file:wind_speed"
    [ "$(gdalinfo -json ours.tif | jq -r '.metadata[""] | .ECO_ROWS_PER_SCAN, .ECO_GEOLOCATION, .units' | xargs)" = \
        '1632 ascat_winds.nc m s-1' ]
    regrid said.tif --grid grid --method nearest --rows-per-scan 1632 "$file:wind_speed"
    cmp ours.tif.txt said.tif.txt
    "$PYTHON" - "$file" orbit.h5 <<'END'
import sys
import h5py
import netCDF4
import numpy as np
with netCDF4.Dataset(sys.argv[1]) as src, h5py.File(sys.argv[2], "w") as f:
    for name, of in (("lat", "lat"), ("lon", "lon"), ("value", "wind_speed")):
        f[name] = np.ma.filled(src[of][:].astype("f8"), np.nan)
END
    swath near grid orbit.h5 '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +datum=WGS84' 12500 >theirs
    paste -d' ' ours.tif.txt theirs | awk '$1 != "nan" && $2 != "nan" { n++; same += ($1 - $2) ^ 2 < 1e-12 }
        END { print n, same; exit !(n > 50 && same > 0.97 * n) }'
}

# A file of one swath: shape of the layer by dimensions, what is said of the places.
curved() {
    "$PYTHON" - "$@" <<'END'
import sys
import netCDF4
import numpy as np
path, dims, names, say = sys.argv[1:5]
dims, (a, b) = dims.split(","), names.split(",")
size = {"down": 12, "across": 9, "band": 2}
r, c = np.mgrid[0:12, 0:9].astype(float)
with netCDF4.Dataset(path, "w") as f:
    for d, n in size.items():
        f.createDimension(d, n)
    place = ("across", "down") if say == "turned" else ("down", "across")
    for name, v, unit in ((a, 50 - 0.1 * r + 0.02 * c, "degrees_north"),
                          (b, (179.8 + 0.1 * c + 0.03 * r) % 360, "degrees_east")):
        g = f
        for folder in name.split("/")[1:-1]:
            g = g.createGroup(folder)
        var = g.createVariable(name.split("/")[-1], "f8", place)
        if say != "bare":
            var.units = unit
        var[:] = v.T if say == "turned" else v
    # Another pair, of other pixels, that nothing names.
    f.createDimension("fine", 5)
    for name in ("lat", "lon"):
        if name not in names.split(","):
            f.createVariable(name, "f8", ("fine", "fine"))[:] = 0
    v = f.createVariable("v", "i4", dims, fill_value=-1)
    v.coordinates = f"{b} nothing {a}"
    at = np.zeros([size[d] for d in dims], int)
    for i in np.ndindex(*at.shape):
        k = dict(zip(dims, i))
        at[i] = 1000 * k.get("band", 0) + 20 * k["down"] + k["across"]
    v[:] = at
    f.createVariable("aside", "i4", ("band", "fine"))[:] = 0
END
}

@test "places by whatever name, in groups, beside the dimensions of bands, either way round" {
    while read -r dims names say; do
        rm -f c.nc
        curved c.nc "$dims" "$names" "$say"
        [ "$(eco-index --no-provenance c.nc 2>err | grep -v '^#' | cut -f 4 | sort -u)" = v ]
        awk 'BEGIN { print "#lon\tlat\tr\tc"
            for (r = 1; r < 11; r++) for (c = 1; c < 8; c++)
                print 179.8 + 0.1 * c + 0.03 * r - 360 * (c % 2) "\t" 50 - 0.1 * r + 0.02 * c "\t" r "\t" c }' >points
        band=1
        [[ $dims != *band* ]] || band=2
        eco-sample --no-provenance --points points --pixel --band $band c.nc:v >out
        grep -v '^#' out | awk -F'\t' -v band=$band -v turned="$say" '{ n++
            row = turned == "turned" ? $4 : $3; column = turned == "turned" ? $3 : $4
            if ($8 != 1000 * (band - 1) + 20 * $3 + $4 || $9 != row || $10 != column) { print; exit 1 }
        } END { exit n != 70 }'
    done <<'END'
down,across XLAT,XLONG -
across,down a,b -
band,down,across nav_lat,nav_lon -
down,across,band lat,lon bare
across,band,down y,x -
down,across /geo/rows/la,/geo/rows/lo -
down,across latitude,longitude turned
END
}

@test "axes in no plane that is known, and a grid mapping that is none: the places lay it" {
    curved c.nc down,across la,lo -
    "$PYTHON" - <<'END'
import netCDF4
with netCDF4.Dataset("c.nc", "r+") as f:
    for d, n in (("down", 12), ("across", 9)):
        v = f.createVariable(d, "f8", (d,))
        v.axis, v.units, v[:] = "Y" if d == "down" else "X", "m", range(n)
    f["v"].grid_mapping = "m"
    f.createVariable("m", "i4").grid_mapping_name = "my own"
END
    printf '#lon\tlat\n-179.66\t49.57\n' >points # row 5, column 4 but 0.05 of its size
    [ "$(eco-sample --no-provenance --points points c.nc:v | tail -1 | cut -f 6)" = 104 ]
    run --separate-stderr eco-sample --cells c.nc:v
    [ "$status" -eq 1 ]
    one_message 'its grid mapping m is "my own"'
}

@test "how many rows a scan has, by where its rows step back" {
    swath mesh swath.h5 4 8 10 10 50 1
    grid grid EPSG:4326 9.98 50.05 0.03 0.025 12 20
    regrid told.tif --grid grid --rows-per-scan 8 --bands mean,coverage_raw swath.h5:value
    regrid ours.tif --grid grid --bands mean,coverage_raw swath.h5:value
    cmp told.tif.txt ours.tif.txt
    gdalinfo ours.tif | grep -q ECO_ROWS_PER_SCAN=8
    # The places of rows that were taken out: they step back, at no even distance.
    "$PYTHON" - <<'END'
import h5py
import numpy as np
with h5py.File("swath.h5") as f, h5py.File("odd.h5", "w") as g:
    for name in f:
        g[name] = np.delete(f[name][()], [3, 17], axis=0)
END
    run --separate-stderr eco-regrid --grid grid -o o.tif odd.h5:value
    [ "$status" -eq 1 ]
    one_message 'odd.h5:value: nothing says how many rows of this swath are seen at once, and 3 of them step back (the first is row 7)'
    [ ! -e o.tif ]
}

@test "what HDF5 fills a dataset with is a value, where no attribute says that it is none" {
    swath mesh swath.h5 2 4 8 10 50 1
    "$PYTHON" - <<'END'
import h5py
import numpy as np
with h5py.File("swath.h5", "r+") as f:
    x, y = f["longitude"][2, 3], f["latitude"][2, 3]
    q = f.create_dataset("flags", f["value"].shape, "u2", fillvalue=0)
    q[0, 0] = 1
    print(f"#lon\tlat\n{x!r}\t{y!r}", file=open("p", "w"))
END
    [ "$(eco-sample --no-provenance --points p swath.h5:flags | tail -1 | cut -f 6)" = 0 ]
}

@test "the real window of VIIRS shows its scans of 16 rows" {
    need_data swath
    grid grid EPSG:4326 -167.05 66 0.05 0.05 88 47
    regrid ours.tif --grid grid --bands mean "$DATA/swath/viirs_sst_window.nc:satellite_zenith_angle"
    gdalinfo ours.tif | grep -q ECO_ROWS_PER_SCAN=16
}
