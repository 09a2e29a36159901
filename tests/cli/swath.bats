# eco-regrid and eco-sample of swaths: against brute force, and bad input.

setup() {
    load ../lib/common
    load ../lib/swath
    swath_needs
    mkdir -p "$BATS_TEST_TMPDIR/of/it"
    cd "$BATS_TEST_TMPDIR/of/it" # nothing of other tests lies beside it
}

BANDS=mean,coverage,coverage_raw,n,sum,variance,min,max,nearest
UTM='+proj=utm +zone=16 +datum=WGS84'

@test "areas, statistics and nearest of a swath are those of rational numbers" {
    grid grid EPSG:4326 9.98 50.05 0.03 0.025 8 13
    for seed in 1 2; do
        swath mesh swath.h5 3 4 8 10 50 $seed
        for overlap in all first nadir; do
            swath area grid $BANDS swath.h5 4 $overlap >exact
            regrid ours.tif --grid grid --rows-per-scan 4 --overlap $overlap --bands $BANDS \
                swath.h5:value
            swath same ours.tif.txt exact 1e-9
        done
    done
}

@test "a grid finer than the pixels has each cell in a pixel, and none beyond the swath" {
    swath mesh swath.h5 2 4 6 10 50 5
    grid grid EPSG:4326 9.97 50.02 0.004 0.005 70 60
    swath area grid mean,coverage,nearest swath.h5 4 >exact
    regrid ours.tif --grid grid --rows-per-scan 4 --bands mean,coverage,nearest swath.h5:value
    swath same ours.tif.txt exact 1e-9
    regrid alone.tif --grid grid --rows-per-scan 4 --method nearest swath.h5:value
    cut -d' ' -f3 ours.tif.txt | cmp - alone.tif.txt
}

@test "a granule of JPL's layout finds its geolocation, and has the areas of its footprints" {
    granule 3 5386 14
    grid grid EPSG:32616 307000 2421000 500 500 60 60
    for overlap in all first nadir; do
        swath area grid mean,coverage,coverage_raw,n,min,max,nearest "$GEO,$LSTE" 128 $overlap \
            "$UTM" >exact
        regrid ours.tif --grid grid --overlap $overlap --tolerance 0 \
            --bands mean,coverage,coverage_raw,n,min,max,nearest "$LSTE:LST"
        swath same ours.tif.txt exact 1e-7
    done
    run gdalinfo ours.tif
    [[ $output == *"ECO_GEOLOCATION=$GEO"* && $output == *ECO_OVERLAP=nadir* ]]
}

@test "centres are interpolated to within --tolerance, the same in parts of the grid" {
    granule 3 5300 100
    grid grid EPSG:32616 300000 2421000 500 500 80 80
    local bands=mean,coverage,coverage_raw,n
    for tolerance in 0 0.01 1e-9; do
        regrid $tolerance.tif --grid grid --tolerance $tolerance --bands $bands "$LSTE:LST"
    done
    regrid default.tif --grid grid --bands $bands "$LSTE:LST"
    cmp default.tif.txt 0.01.tif.txt
    cmp 0.tif.txt 1e-9.tif.txt # nothing errs by so little
    run cmp -s 0.tif.txt 0.01.tif.txt
    [ "$status" -eq 1 ]
    # Some 28 pixels lie on a cell's sides; by 0.00004 pixels, of what it has, they move.
    swath same 0.01.tif.txt 0.tif.txt 1e-4
    # By parts and in little memory it is the same, to the last bit.
    grid grid EPSG:32616 300000 2421000 50 50 512 768
    regrid whole.tif --grid grid --bands $bands "$LSTE:LST"
    for part in 1/3 2/3 3/3; do
        regrid part.tif --memory 9M --part $part --grid grid --bands $bands "$LSTE:LST"
        cat part.tif.txt >>parts
    done
    cmp parts whole.tif.txt
}

@test "a scan without geolocation leaves its neighbours as they are" {
    granule 3 5370 30 1
    grid grid EPSG:32616 307000 2421000 500 500 60 60
    swath area grid mean,coverage,nearest "$GEO,$LSTE" 128 all "$UTM" >exact
    regrid ours.tif --grid grid --tolerance 0 --bands mean,coverage,nearest "$LSTE:LST"
    swath same ours.tif.txt exact 1e-7
}

@test "coverage is at most 1, and coverage_raw is what scans that overlap add up to" {
    granule 3 5340 60
    grid grid EPSG:32616 307000 2421000 500 500 60 60
    regrid ours.tif --grid grid --bands coverage,coverage_raw "$LSTE:LST"
    awk '$1 > 1 || ($2 <= 1 && $1 != $2) { exit 1 } $2 > 1.5 { n++ } END { exit !n }' ours.tif.txt
}

@test "the result does not depend on --memory, and rasters of tiles are as those of strips" {
    granule 2 5300 90
    grid grid EPSG:32616 300000 2421000 60 60 620 430
    for overlap in all first nadir; do
        eco-regrid --grid grid --overlap $overlap --bands mean,coverage,median,nearest -o a.tif \
            "$LSTE:LST" >/dev/null
        swath raster a.tif >a
        for memory in 6M 1G; do
            eco-regrid --memory $memory --grid grid --overlap $overlap \
                --bands mean,coverage,median,nearest -o b.tif "$LSTE:LST" >/dev/null
            swath raster b.tif >b
            cmp a b
        done
    done
    grep -qv nan a
    run --separate-stderr eco-regrid --memory 100K --grid grid -o c.tif "$LSTE:LST"
    [ "$status" -eq 1 ]
    one_message '--memory is too small'
    [ ! -e c.tif ]
}

@test "places across 180 degrees and next to the poles" {
    swath mesh swath.h5 3 4 8 179.95 50 3
    for west in 179.9 -180.1; do
        grid grid EPSG:4326 $west 50.05 0.03 0.025 12 13
        regrid ours.tif --grid grid --rows-per-scan 4 --bands mean,coverage,nearest swath.h5:value
        cp ours.tif.txt "west$west"
    done
    swath same west179.9 west-180.1 1e-9
    swath mesh plain.h5 3 4 8 9.95 50 3
    grid grid EPSG:4326 9.9 50.05 0.03 0.025 12 13
    swath area grid mean,coverage,nearest plain.h5 4 >exact
    swath same west179.9 exact 1e-9
    # Around the pole: in a plane where it is a place like any, and in degrees, where the
    # pixels around it are none.
    swath mesh pole.h5 2 10 12 0 0 4
    "$PYTHON" - <<'END'
import h5py, numpy as np
with h5py.File("pole.h5", "r+") as f:
    x, y = f["longitude"][()] - 0.2, f["latitude"][()] + 0.15
    good = abs(f["latitude"][()]) <= 90
    f["longitude"][...] = np.degrees(np.arctan2(x, -y))
    f["latitude"][...] = np.where(good, 90 - np.hypot(x, y), -9999)
END
    grid grid EPSG:3413 -30000 30000 4000 5000 15 12
    swath area grid mean,coverage,nearest pole.h5 10 all \
        '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +datum=WGS84' >exact
    regrid ours.tif --grid grid --rows-per-scan 10 --bands mean,coverage,nearest pole.h5:value
    swath same ours.tif.txt exact 1e-7
    grid grid EPSG:4326 -180 90 10 0.02 36 20
    regrid ours.tif --grid grid --rows-per-scan 10 --bands coverage pole.h5:value
    awk '$1 > 1 { exit 1 } $1 > 0.5 { n++ } END { exit !(n > 20) }' ours.tif.txt
}

@test "the real VIIRS window has the means that were worked out for it" {
    need_data swath
    swath window "$DATA/swath/viirs_sst_window.nc" window.h5
    grid grid EPSG:4326 -167.05 66 0.05 0.05 88 47
    regrid ours.tif --grid grid --rows-per-scan 16 --bands mean,coverage_raw window.h5:value
    awk 'FNR == NR { at[FNR - 1] = $0; next } FNR > 1 {
        split(at[$1 * 88 + $2], ours, " "); n++
        e = ours[1] - $3; f = ours[2] - $4
        if (e * e > 1e-10 || f * f > 1e-12) { print $0, ours[1], ours[2]; exit 1 }
        # On the sphere cells and pixels have other areas: cdo is right there.
        g = ours[1] - $7; worst = g * g > worst ? g * g : worst
    } END { exit !(n == 1564 && worst > 0.018 ^ 2 && worst < 0.0188 ^ 2) }' \
        ours.tif.txt FS=, "$DATA/swath/viirs_expected.csv"
}

@test "a real orbit of ASCAT, longitudes from 0 to 360: both poles, and the nearest centres" {
    need_data swath
    "$PYTHON" -c 'import scipy' 2>/dev/null || skip 'no python3-scipy here'
    local polar='+proj=stere +lat_0=%s90 +lat_ts=%s +lon_0=%s +datum=WGS84' plane
    swath orbit "$DATA/swath/ascat_winds.nc" orbit.h5
    while read -r epsg sign latitude lon; do
        # shellcheck disable=SC2059
        plane=$(printf "$polar" "$sign" "$latitude" "$lon")
        grid grid "EPSG:$epsg" -2400000 2400000 80000 80000 60 60
        swath area grid mean,coverage,nearest orbit.h5 1632 all "$plane" >exact
        regrid ours.tif --grid grid --rows-per-scan 1632 --bands mean,coverage,nearest \
            orbit.h5:value
        swath same ours.tif.txt exact 1e-7
        # The nearest centre is most often that of the pixel around a place; a k-d tree has
        # one beyond the swath, too.
        swath near grid orbit.h5 "$plane" 25000 >theirs
        paste -d' ' ours.tif.txt theirs | awk '$3 != "nan" { n++; same += $3 == $4 }
            $3 == "nan" && $4 != "nan" { beyond++ }
            END { print n, same, beyond; exit !(n > 250 && same > 0.98 * n && beyond > 5) }'
    done <<'END'
3413 + 70 -45
3031 - -71 0
END
}

@test "cdo remapcon, given the footprints as bounds, differs by what the sphere makes" {
    need_data swath
    command -v cdo >/dev/null || skip 'no cdo here'
    "$PYTHON" -c 'import netCDF4' 2>/dev/null || skip 'no python3-netcdf4 here'
    swath window "$DATA/swath/viirs_sst_window.nc" window.h5
    swath cdo window.h5 16 bounds.nc
    printf '%s\n' gridtype=lonlat xsize=88 ysize=47 xfirst=-167.025 xinc=0.05 yfirst=65.975 \
        yinc=-0.05 >g.txt
    cdo -s -b F64 remapcon,g.txt bounds.nc out.nc 2>/dev/null
    grid grid EPSG:4326 -167.05 66 0.05 0.05 88 47
    regrid ours.tif --grid grid --rows-per-scan 16 --bands mean window.h5:value
    swath cdo-values out.nc >theirs
    paste -d' ' ours.tif.txt theirs | awk '$1 != "nan" && $2 != "nan" {
        n++; e = $1 - $2; worst = e * e > worst ? e * e : worst }
        END { exit !(n > 1500 && worst < 0.02 ^ 2) }'
}

@test "points: the pixel that holds each, its row, column and view zenith" {
    swath mesh swath.h5 3 4 8 179.95 50 3
    "$PYTHON" - >points <<'END'
import random
random.seed(3)
print("#lon\tlat")
for i in range(400):
    print(f"{random.uniform(179.9, 180.25)!r}\t{random.uniform(49.7, 50.1)!r}")
END
    swath points points swath.h5 4 >exact
    eco-sample --points points --points-crs EPSG:4326 --rows-per-scan 4 --pixel \
        swath.h5:value >records
    grep -v '^#' records | cut -f6-8 | awk '{ print $2, $3, $1 }' >ours
    swath same ours exact 1e-9
    # rows of a scan are seen the less aslant the nearer they are to its middle
    grep -v '^#' records | awk -F'\t' '$7 != "NaN" { n++; s = int($7 / 4); r = $7 - 4 * s - 1.5
        e = $9 - (10 + (r < 0 ? -r : r) + 0.1 * s); if (e * e > 1e-10) exit 1 }
        END { exit !(n > 50) }'
    run --separate-stderr eco-sample --points points --points-crs EPSG:4326 --rows-per-scan 4 \
        --window 3 swath.h5:value
    [ "$status" -eq 1 ]
    one_message 'no --window'
}

@test "a clip and a class map count by the pixels' centres" {
    swath mesh swath.h5 3 4 8 10 50 1
    grid grid EPSG:4326 9.98 50.05 0.03 0.025 8 13
    "$PYTHON" - <<'END'
import h5py, numpy as np
with h5py.File("swath.h5") as f, h5py.File("part.h5", "w") as g:
    x, y, v = f["longitude"][()], f["latitude"][()], f["value"][()]
    for name in ("longitude", "latitude", "view_zenith"):
        g[name] = f[name][()]
    inside = (x > 10.02) & (x < 10.15) & (y > 49.85) & (y < 50.0)
    wanted = (np.floor((x - 9.9) / 0.05) + np.floor((50.2 - y) / 0.05)) % 2 == 1
    g["value"] = np.where(inside & wanted, v, np.nan)
END
    echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
        {"type":"Polygon","coordinates":[[[10.02,49.85],[10.15,49.85],[10.15,50],[10.02,50],
        [10.02,49.85]]]}}]}' >clip.geojson
    load ../lib/raster
    load ../lib/pixels
    make_raster map.tif 12 12 Byte none '9.9,0.05,0,50.2,0,-0.05' EPSG:4326 '($c + $r) % 2 + 1'
    eco-grid --bounds 9.98,49.725,10.22,50.05 --crs EPSG:4326 --res 0.03,0.025 \
        --clip clip.geojson >clipped
    swath area grid mean,coverage,n part.h5 4 >exact
    regrid ours.tif --grid clipped --rows-per-scan 4 --mask map.tif --classes 2 \
        --bands mean,coverage,n swath.h5:value
    # cells with their centre outside have nothing
    paste -d' ' ours.tif.txt exact | awk '$2 != "nan" { n++; e = $2 - $5; f = $1 == "nan" ? 0 : $1 - $4
        if (e * e > 1e-14 || f * f > 1e-10) exit 1 } END { exit !(n > 10) }'
    run --separate-stderr eco-regrid --grid clipped --rows-per-scan 4 --mask map.tif \
        --classes 2 --mask-weight -o o.tif swath.h5:value
    [ "$status" -eq 1 ]
    one_message 'by the centres'
}

@test "rules: the view zenith, layers beside, and what the metadata say of the scene" {
    granule 2 5300 60
    grid grid EPSG:32616 300000 2421000 1000 1000 40 40
    zenith() { "$PYTHON" -c "
import h5py, numpy as np
z = h5py.File('$GEO')['Geolocation/view_zenith'][()]
v = h5py.File('$LSTE')['SDS/LST'][()]
print(int(((v > 0) & ~(z <= 29.1)).sum()))"; }
    eco-regrid --grid grid --keep 'view_zenith<=29.1' -o a.tif "$LSTE:LST" >records
    [ "$(grep -v '^#' records | cut -f8)" = "$(zenith)" ]
    eco-regrid --grid grid --keep 'QC=1' -o a.tif "$LSTE:LST" >records
    grep -q '	ok	' records
    for rule in GeolocationAccuracyQA=Best,Good FieldOfViewObstruction=NO; do
        eco-regrid --grid grid --geolocation-rule $rule -o a.tif "$LSTE:LST" | grep -q '	ok	'
    done
    for rule in GeolocationAccuracyQA=Best Nothing=1; do
        run --separate-stderr eco-regrid --grid grid --geolocation-rule $rule -o a.tif "$LSTE:LST"
        [ "$status" -eq 0 ]
        one_message "none of its pixels counts"
        [[ $output == *'	empty	'* ]]
    done
}

# ---- bad input ---------------------------------------------------------------------------

# fails TEXT OPTION...: one message with that text, and no output
fails() {
    run --separate-stderr eco-regrid --grid grid -o out.tif "${@:2}"
    [ "$status" -eq 1 ]
    one_message "$1"
    [ ! -e out.tif ]
}

@test "no geolocation, one of another scene, time or size" {
    granule 2 5300 60
    grid grid EPSG:32616 300000 2421000 1000 1000 40 40
    mkdir -p deep/er other
    mv "$GEO" other/
    eco-regrid --grid grid -o out.tif "$LSTE:LST" | grep -q '	ok	'
    rm out.tif
    mv other/"$GEO" deep/er/
    fails 'no L1B_GEO of orbit 21485, scene 013' "$LSTE:LST"
    eco-regrid --grid grid --geolocation deep/er/"$GEO" -o out.tif "$LSTE:LST" | grep -q '	ok	'
    rm out.tif
    cp deep/er/"$GEO" "${GEO/T211350/T211442}"
    fails 'is of another' "$LSTE:LST"
    cp deep/er/"$GEO" "${GEO/_21485_/_21486_}"
    fails 'is the geolocation of another scene' --geolocation "${GEO/_21485_/_21486_}" "$LSTE:LST"
    rm ./*GEO*
    cp "$LSTE" kept.h5
    granule 3 5300 60
    mv kept.h5 "$LSTE"
    fails 'has 60 x 384 pixels, not its 60 x 256' "$LSTE:LST"
    fails "has no latitudes" --geolocation "$LSTE" "$LSTE:LST"
}

@test "latitudes that are all missing, rows that are no scans, files that are cut" {
    granule 2 5300 60
    grid grid EPSG:32616 300000 2421000 1000 1000 40 40
    fails 'are not scans of 100 rows' --rows-per-scan 100 "$LSTE:LST"
    fails 'there are statistics and nearest' --method bilinear "$LSTE:LST"
    cp "$GEO" kept
    "$PYTHON" -c "
import h5py
with h5py.File('$GEO', 'r+') as f: f['Geolocation/latitude'][...] = -9999"
    fails 'none of its pixels has a place' "$LSTE:LST"
    head -c 20000 kept >"$GEO"
    fails "$GEO" "$LSTE:LST"
    cp kept "$GEO"
    head -c 20000 "$LSTE" >part && mv part "$LSTE"
    fails "$LSTE" "$LSTE:LST"
}
