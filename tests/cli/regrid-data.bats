# eco-regrid on real scenes: against the program that it replaces, and against other
# programs on the same data.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

# values FILE [BAND]: x, y and value of every cell, rows from the first.
values() {
    gdal_translate -q -b "${2:-1}" -of XYZ "$1" /vsistdout/
}

# The bounds and the size of a raster, as gdalwarp wants them.
extent() {
    gdalinfo "$1" | awk -F'[(),]' '/^Size is/ { split($0, s, /[ ,]+/) }
        /^Lower Left/ { a = $2 " " $3 } /^Upper Right/ { b = $2 " " $3 }
        END { print "-te", a, b, "-ts", s[3], s[4] }'
}

# The six numbers that place a raster.
geotransform() {
    gdalinfo -json "$1" | awk '/"geoTransform"/ { for (i = 0; i < 6; i++) { getline
        gsub(/[ ,]/, ""); printf "%s ", $0 } }'
}

# apart A B: cells with a value in both, in A alone, in B alone, and the largest
# difference, cell by cell of rasters whose cells have the same centres.
apart() {
    awk 'FNR == NR { if ($3 != "nan") v[sprintf("%.2f %.2f", $1, $2)] = $3; next }
        $3 != "nan" { k = sprintf("%.2f %.2f", $1, $2)
            if (!(k in v)) { b++; next }
            both++; d = v[k] - $3; d = d < 0 ? -d : d; if (d > most) most = d; delete v[k] }
        END { for (k in v) a++; print both + 0, a + 0, b + 0, most + 0 }' \
        <(values "$1") <(values "$2")
}

# python_way SITE MASK: what the Python program does, into out/.
python_way() {
    local a=$DATA/amazon
    eco-grid --around "$a/Buffers/$1_buffer_30km" --res 2200,1660 --radius 35000 \
        --crs EPSG:32721 >grid.txt
    eco-regrid --grid grid.txt --out-dir out --mask "$2" --classes 3,4,5,6 \
        --denominator source "$a/Rasters_buffers_data/LST_$1_ECOSTRESS"/*.tif >records.tsv
}

# agreement SITE: apart, added up over the site's four scenes.
agreement() {
    for f in out/*.tif; do
        apart "$f" "$DATA/amazon/expected/Output_Regrid_OCO3_Multi/$1/LST/${f##*/}"
    done | awk '{ a += $1; b += $2; c += $3; if ($4 > d) d = $4 } END { print NR, a, b, c, d }'
}

@test "ATTO as the Python program has it: 3 of 1,761 cells differ, means by 0.007 K" {
    need_data amazon
    python_way ATTO "$DATA/amazon/Coverage_mapbiomas_cut/ATTO/{year}_coverage_ATTO.tif"
    read -r scenes both ours theirs most <<<"$(agreement ATTO)"
    echo "$scenes scenes: $both cells in both, $ours in ours, $theirs in theirs, $most K"
    [ "$scenes" -eq 4 ]
    [ $((both + theirs)) -eq 1761 ]
    [ $((ours + theirs)) -le 3 ]
    near "$most" 0 0.007
}

@test "with the class map as the Python program misplaces it, ATTO is the same to 4e-5 K" {
    # It looks classes up through a transform that is off by up to an eighth of a pixel,
    # gdalwarp's default, on the pixels under the polygon's bounds.
    need_data amazon
    ogr2ogr -q -t_srs EPSG:32721 buffer.geojson "$DATA/amazon/Buffers/ATTO_buffer_30km"
    read -r west south east north <<<"$(ogrinfo -al -so buffer.geojson |
        sed -n 's/^Extent: (\(.*\), \(.*\)) - (\(.*\), \(.*\))/\1 \2 \3 \4/p')"
    bounds=$(awk -v w="$west" -v s="$south" -v e="$east" -v n="$north" 'BEGIN {
        x = 245480; y = 9794220 # the corner of these scenes
        print x + 70 * int((w - x) / 70), y - 70 * (int((y - s) / 70) + 1),
            x + 70 * (int((e - x) / 70) + 1), y - 70 * int((y - n) / 70) }')
    for year in 2018 2019 2020 2021; do
        # shellcheck disable=SC2086 # four numbers
        gdalwarp -q -r near -et 0.125 -t_srs EPSG:32721 -tr 70 70 -te $bounds \
            "$DATA/amazon/Coverage_mapbiomas_cut/ATTO/${year}_coverage_ATTO.tif" "map_$year.tif"
    done
    python_way ATTO 'map_{year}.tif'
    read -r scenes both ours theirs most <<<"$(agreement ATTO)"
    echo "$scenes scenes: $both cells in both, $ours in ours, $theirs in theirs, $most K"
    [ "$scenes $both $ours $theirs" = "4 1761 0 0" ]
    near "$most" 0 4e-5
}

@test "K34, from one UTM zone onto another: 2 of 1,724 cells differ, means by 0.026 K" {
    need_data amazon
    python_way K34 "$DATA/amazon/Coverage_mapbiomas_cut/K34/{year}_coverage_K34.tif"
    read -r scenes both ours theirs most <<<"$(agreement K34)"
    echo "$scenes scenes: $both cells in both, $ours in ours, $theirs in theirs, $most K"
    [ "$scenes" -eq 4 ]
    [ $((both + ours + theirs)) -eq 1724 ]
    [ $((ours + theirs)) -le 2 ]
    near "$most" 0 0.026
}

@test "classes are those that gdalwarp finds with an exact transform" {
    need_data amazon
    a=$DATA/amazon scene=ECO_L2T_LSTE.002_LST_doy2019330144900_aid0001_21S.tif
    map=$a/Coverage_mapbiomas_cut/ATTO/2019_coverage_ATTO.tif
    lst=$a/Rasters_buffers_data/LST_ATTO_ECOSTRESS/$scene
    # shellcheck disable=SC2046
    gdalwarp -q -r near -et 0 -t_srs EPSG:32721 $(extent "$lst") "$map" near.tif
    eco-grid --around "$a/Buffers/ATTO_buffer_30km" --res 2200,1660 --crs EPSG:32721 >grid.txt
    for m in "$map" near.tif; do
        eco-regrid --grid grid.txt -o "${m##*/}.out.tif" --mask "$m" --classes 3,4,5,6 \
            --bands mean,coverage,n,stddev --denominator mask "$lst" >/dev/null
    done
    for band in 1 2 3 4; do
        cmp <(values near.tif.out.tif $band) <(values 2019_coverage_ATTO.tif.out.tif $band)
    done
    [ "$(values near.tif.out.tif | grep -vc nan)" -gt 500 ]
}

@test "every pixel of a land cover map as another program put it on the scenes' grid" {
    # One cell a pixel, so that n is 1 where the pixel's class is wanted. The other map's
    # codes stand for many classes each; what eco selects must be whole codes.
    need_data region4
    other=$DATA/region4/CDL_2020_reclassify.tif
    eco-grid --like "$other" >grid.txt
    for class in 152 176; do
        eco-regrid --raw --bands n --min-coverage 0 --grid grid.txt -o "n$class.tif" \
            --mask "$DATA/region4/CDL_2020.tif" --classes "$class" "$other" >/dev/null
    done
    paste <(values n152.tif) <(values n176.tif) <(values "$other") |
        awk '{ if ($3 != int($3) || $6 != int($6)) exit 1; c[$3 " " $6 " " $9]++ }
            END { for (k in c) print k, c[k] }' | sort >counts
    cat counts
    [ "$(awk '{ n += $4 } END { print n }' counts)" -eq 226576 ]
    # A wanted class has one code, and no pixel of that code has another class of the two.
    [ "$(grep -c '^1 0 ' counts)" -eq 1 ]
    [ "$(grep -c '^0 1 ' counts)" -eq 1 ]
}

# ---- Collection 1: longitude and latitude, whole numbers, nodata 0, scale in metadata ----

# A polygon about the tower: a circle of 11 km, with a corner cut out of it as a hole.
tower() {
    awk 'BEGIN { pi = atan2(0, -1); x = -106.7019; y = 34.3623
        printf "{\"type\":\"Polygon\",\"coordinates\":[["
        for (i = 0; i <= 90; i++) { a = 2 * pi * (i % 90) / 90
            printf "%s[%.9f,%.9f]", i ? "," : "", x + 0.1196 * cos(a), y + 0.0992 * sin(a) }
        printf "],[[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]}", x + .01, y + .01, x + .04, y + .01,
            x + .02, y + .05, x + .01, y + .01 }' >tower.geojson
}

@test "region4: six dates of Collection 1 onto 1 km, without a nodata 0 in any mean" {
    need_data region4
    tower
    eco-grid --around tower.geojson --res 1000 >grid.txt
    grep -qx '##crs=EPSG:32613' grid.txt
    run --separate-stderr eco-regrid --grid grid.txt --out-dir out \
        --mask "$DATA/region4/CDL_2020.tif" --classes 152,176 "$DATA"/region4/ECO2LSTE.001_SDS_LST_doy*.tif
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(cut -f 2 <<<"$output" | grep -c ok)" -eq 6 ]
    for f in out/*.tif; do
        values "$f" | awk '$3 != "nan" { n++; if ($3 < 280 || $3 > 340) exit 1 }
            END { exit n < 100 }'
        gdalinfo "$f" | grep -q 'ECO_TIME=2020-'
        gdalinfo "$f" | grep -q 'units=K'
    done
    [ "$(find out -name '*.tif' | wc -l)" -eq 6 ]
}

@test "region4: a scene with clouds cut to 10 m by other programs has the same means" {
    need_data region4
    lst=$DATA/region4/ECO2LSTE.001_SDS_LST_doy2020274211057_aid0001.tif
    tower
    eco-grid --around tower.geojson --res 1000 >grid.txt
    eco-regrid --grid grid.txt -o eco.tif --mask "$DATA/region4/CDL_2020.tif" \
        --min-coverage 0 --classes 152,176 "$lst" >/dev/null
    # Classes at the pixels' centres; the polygon by centres; both into one raster.
    # shellcheck disable=SC2046
    gdalwarp -q -r near -et 0 -t_srs EPSG:4326 $(extent "$lst") "$DATA/region4/CDL_2020.tif" \
        class.tif
    gdal_translate -q -ot Byte -scale 0 1 0 0 "$lst" inside.tif -a_nodata none
    gdal_rasterize -q -burn 1 tower.geojson inside.tif
    {
        gdalinfo "$lst" | awk -F'[ ,()]+' '/^Size/ { print "ncols", $3; print "nrows", $4 }
            /^Lower Left/ { print "xllcorner", $3; print "yllcorner", $4 }'
        printf 'cellsize 1\nnodata_value -9999\n' # the true ones are set below
        paste <(values "$lst") <(values class.tif) <(values inside.tif) |
            awk '{ print ($3 > 0 && ($6 == 152 || $6 == 176) && $9 == 1 ? $3 * 0.02 : -9999) }'
    } >masked.asc
    read -r x dx _ y _ dy <<<"$(geotransform "$lst")"
    # shellcheck disable=SC2046
    gdal_translate -q -ot Float64 -a_srs EPSG:4326 masked.asc masked.tif -a_ullr \
        $(awk -v x="$x" -v y="$y" -v dx="$dx" -v dy="$dy" 'BEGIN {
            printf "%.15g %.15g %.15g %.15g", x, y, x + 476 * dx, y + 476 * dy }')
    # 100 x 100 points in each cell: some 40 in a pixel, hence the tolerances.
    extent eco.tif >e
    read -r _ x0 y0 x1 y1 _ columns rows <e
    gdalwarp -q -r near -et 0 -t_srs EPSG:32613 -te "$x0" "$y0" "$x1" "$y1" \
        -ts $((columns * 100)) $((rows * 100)) masked.tif fine.tif
    gdalwarp -q -r average -te "$x0" "$y0" "$x1" "$y1" -ts "$columns" "$rows" fine.tif mean.tif
    gdal_translate -q -b 1 -a_nodata none fine.tif plain.tif
    gdal_translate -q -ot Byte -scale -9999 0 0 1 -a_nodata none plain.tif ones.tif
    gdalwarp -q -ot Float64 -r average -te "$x0" "$y0" "$x1" "$y1" -ts "$columns" "$rows" \
        ones.tif coverage.tif
    paste <(values eco.tif) <(values eco.tif 2) <(values mean.tif) <(values coverage.tif) |
        awk '$6 != "nan" { cells++; d = $6 - $12; d = d < 0 ? -d : d; if (d > c) c = d }
            $6 > 0.2 && $6 != "nan" { n++; d = $3 - $9; d = d < 0 ? -d : d; if (d > m) m = d }
            $6 > 0.2 && $6 < 0.9 { part++ }
            END { print cells, n, part, m, c
                exit !(n > 300 && part > 40 && m < 0.02 && c < 0.01) }'
}

# ---- other programs that average by area ----

@test "gdalwarp -r average has the same means, as float32, away from the source's edge" {
    need_data amazon
    a=$DATA/amazon
    lst=$(echo "$a"/Rasters_buffers_data/LST_ATTO_ECOSTRESS/*doy2019*.tif)
    eco-grid --around "$a/Buffers/ATTO_buffer_30km" --res 2200,1660 --radius 35000 \
        --crs EPSG:32721 --clip none >grid.txt
    eco-regrid --grid grid.txt -o eco.tif --min-coverage 0 "$lst" >/dev/null
    # shellcheck disable=SC2046
    gdalwarp -q -r average $(extent eco.tif) "$lst" gdal.tif
    paste <(values eco.tif) <(values gdal.tif) |
        awk '$1 - 1100 > 245480 && $1 + 1100 < 308480 && $2 + 830 < 9794220 && $2 - 830 > 9731220 {
                if (($3 == "nan") != ($6 == "nan")) exit 1
                if ($3 != "nan") { n++; d = $3 - $6; d = d < 0 ? -d : d; if (d > m) m = d } }
            END { print n, m; exit !(n > 900 && m < 3.1e-5) }'
}

@test "cdo remapcon has the same means, as float32, from longitude and latitude" {
    need_data region4
    command -v cdo >/dev/null || skip "no cdo here"
    lst=$DATA/region4/ECO2LSTE.001_SDS_LST_doy2020274211057_aid0001.tif
    eco-grid --center -106.7019,34.3623 --res 1000 --radius 12000 >grid.txt
    eco-regrid --grid grid.txt -o eco.tif --min-coverage 0 "$lst" >/dev/null
    # Cells as quadrilaterals of longitude and latitude.
    degrees() {
        awk -F= -v OFS='\t' -v at="$1" '/^##(x0|y0|columns|rows)/ { g[substr($1, 3)] = $2 }
            END { n = split(at, o, " ")
                for (r = 0; r < g["rows"]; r++) for (c = 0; c < g["columns"]; c++)
                    for (k = 1; k < n; k += 2)
                        printf "%.9f %.9f\n", g["x0"] + 1000 * (c + o[k]), g["y0"] - 1000 * (r + o[k + 1]) }' \
            grid.txt | cs2cs -f %.12f EPSG:32613 +to EPSG:4326
    }
    degrees '.5 .5' >centres
    degrees '0 1 1 1 1 0 0 0' >corners
    {
        printf 'gridtype = curvilinear\ngridsize = 625\nxsize = 25\nysize = 25\nxvals = '
        awk '{ print $2 }' centres
        printf 'yvals = '
        awk '{ print $1 }' centres
        printf 'xbounds = '
        awk '{ print $2 }' corners
        printf 'ybounds = '
        awk '{ print $1 }' corners
    } >target
    geotransform "$lst" | awk '{ printf "gridtype = lonlat\nxsize = 476\nysize = 476\n"
        printf "xfirst = %.15g\nxinc = %.15g\n", $1 + $2 / 2, $2
        printf "yfirst = %.15g\nyinc = %.15g\n", $4 + $6 / 2, $6 }' >source
    values "$lst" | awk '{ print $3 ? $3 * 0.02 : -999 }' |
        cdo -s -f nc -b F64 input,source in.nc
    cdo -s -f nc -b F64 remapcon,target -setmissval,-999 in.nc out.nc
    paste <(values eco.tif) <(cdo -s outputf,%.9g,1 out.nc) |
        awk '{ if (($3 == "nan") != ($4 < 0)) exit 1 }
            $3 != "nan" { n++; d = $3 - $4; d = d < 0 ? -d : d; if (d > m) m = d }
            END { print n, m; exit !(n == 592 && m < 3.1e-5) }'
}
