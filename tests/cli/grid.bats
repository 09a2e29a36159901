# eco-grid: grids around areas and places, within bounds, like rasters.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

# The value of a grid file's ##key.
item() {
    sed -n "s/^##$1=//p" "${2:-grid.txt}"
}

# The grid without where it comes from.
cells() {
    grep -E '^##(crs|x0|y0|dx|dy|columns|rows)=' "$1"
}

# layer NAME GEOMETRY [CRS-CODE]: a GeoJSON file of one feature, from WKT.
layer() {
    printf 'id,WKT\n1,"%s"\n' "$2" >"$1.csv"
    ogr2ogr -q -a_srs "EPSG:${3:-4326}" "$1" "$1.csv" -nln area
    rm "$1.csv"
}

# from LONGITUDE LATITUDE CRS: x and y.
from() {
    echo "$1 $2" | cs2cs -f %.9f +proj=longlat +datum=WGS84 +to "$3"
}

SQUARE='POLYGON((-60.3 -3.1,-60.1 -3.1,-60.1 -2.9,-60.3 -2.9,-60.3 -3.1))'

@test "--center: the place is the middle of the middle cell" {
    eco-grid --center -60.2092,-2.6091 --res 2200,1660 --radius 35000 >grid.txt
    read -r x y _ <<<"$(from -60.2092 -2.6091 EPSG:32720)"
    [ "$(item crs)" = EPSG:32720 ]
    # ceil(35000 / 2200) and ceil(35000 / 1660) cells to each side.
    [ "$(item columns) $(item rows)" = "33 45" ]
    [ "$(item dx) $(item dy)" = "2200 1660" ]
    near "$(awk "BEGIN { printf \"%.9f\", $(item x0) + 16.5 * 2200 }")" "$x" 1e-6
    near "$(awk "BEGIN { printf \"%.9f\", $(item y0) - 22.5 * 1660 }")" "$y" 1e-6
}

@test "a radius of whole cells gives that many, and no more" {
    eco-grid --center -60,-2 --res 1000 --radius 5000 >grid.txt
    [ "$(item columns) $(item rows)" = "11 11" ]
    eco-grid --center -60,-2 --res 1000 --radius 5001 >grid.txt
    [ "$(item columns) $(item rows)" = "13 13" ]
    eco-grid --center -60,-2 --res 1000 --radius 1 >grid.txt
    [ "$(item columns) $(item rows)" = "3 3" ]
}

@test "UTM zones: each, both hemispheres, at their edges, across the date line" {
    while read -r lon lat code; do
        eco-grid --center "$lon,$lat" --res 10 --radius 10 >grid.txt
        [ "$(item crs)" = "EPSG:$code" ] || { echo "$lon $lat: $(item crs)"; return 1; }
    done <<'END'
-180 10 32601
-177 -10 32701
-174 10 32602
-174.000001 10 32601
-60 -3 32721
-60.000001 -3 32720
-57 0 32621
-57 -0.000001 32721
0 51 32631
-0.000001 51 32630
5.5 60 32631
179.999999 -45 32760
180 -45 32701
190 20 32602
-106.7019 34.3623 32613
13 -80 32733
13 84 32633
END
    run --separate-stderr eco-grid --center 13,84.1 --res 10 --radius 10
    [ "$status" -eq 1 ]
    one_message 'no UTM zone'
    [ -z "$output" ]
}

@test "--around: the zone is that of the centroid, not of the bounds' middle" {
    # The middle of its bounds is at 60.05 W, most of it is east of 60 W.
    layer area.geojson 'POLYGON((-60.2 -3,-59.99 -3.001,-59.9 -3.1,-59.9 -2.9,-59.99 -2.999,-60.2 -3))'
    eco-grid --around area.geojson --res 1000 >grid.txt
    [ "$(item crs)" = EPSG:32721 ]
}

@test "--around: cells lie about the centroid as another program finds it, holes and all" {
    ogrinfo -q --formats | grep -q SQLite || skip "no SQLite in this GDAL"
    layer plain.geojson "$SQUARE"
    layer holed.geojson 'POLYGON((-60.3 -3.1,-60.1 -3.1,-60.1 -2.9,-60.3 -2.9,-60.3 -3.1),(-60.28 -3.08,-60.28 -3,-60.2 -3,-60.28 -3.08))'
    layer turned.geojson 'POLYGON((-60.3 -3.1,-60.3 -2.9,-60.1 -2.9,-60.1 -3.1,-60.3 -3.1),(-60.28 -3.08,-60.2 -3,-60.28 -3,-60.28 -3.08))'
    layer many.geojson 'MULTIPOLYGON(((-60.3 -3.1,-60.2 -3.1,-60.2 -3.05,-60.3 -3.1)),((-60.1 -3,-60 -3,-60 -2.9,-60.1 -2.9,-60.1 -3),(-60.08 -2.98,-60.02 -2.98,-60.05 -2.92,-60.08 -2.98)))'
    for area in plain holed turned many; do
        # Edges are straight in longitude and latitude: many points on them for the
        # other program, which moves points only.
        ogr2ogr -q -segmentize 0.0005 fine.geojson $area.geojson
        read -r x y <<<"$(ogr2ogr -q -f CSV /vsistdout/ fine.geojson -dialect sqlite -sql \
            'SELECT ST_X(c), ST_Y(c) FROM (SELECT ST_Centroid(ST_Transform(geometry, 32720)) c FROM area)' |
            sed -n '2s/,/ /p')"
        [ -n "$x" ] || skip "no SpatiaLite in this GDAL"
        eco-grid --around $area.geojson --res 700,900 --radius 20000 >grid.txt
        near "$(awk "BEGIN { printf \"%.9f\", $(item x0) + $(item columns) * 350 }")" "$x" 0.1
        near "$(awk "BEGIN { printf \"%.9f\", $(item y0) - $(item rows) * 450 }")" "$y" 0.1
        [ "$(item clip)" = $area.geojson ]
        rm fine.geojson
    done
}

@test "--around the Amazon's buffers is the Python program's grid, to the last digit" {
    need_data amazon
    for site in ATTO K34; do
        eco-grid --around "$DATA/amazon/Buffers/${site}_buffer_30km" --res 2200,1660 \
            --radius 35000 --crs EPSG:32721 >grid.txt
        [ "$(item columns) $(item rows)" = "33 45" ]
        # Theirs is cut to the polygon: whole cells less.
        for f in "$DATA/amazon/expected/Output_Regrid_OCO3_Multi/$site"/LST/*.tif; do
            gdalinfo "$f" | sed -n 's/^Origin = (\(.*\),\(.*\))/\1 \2/p'
        done | awk -v x0="$(item x0)" -v y0="$(item y0)" '
            { c = ($1 - x0) / 2200; r = (y0 - $2) / 1660; n++
              if (c - int(c + 0.5) > 1e-11 || int(c + 0.5) - c > 1e-11) exit 1
              if (r - int(r + 0.5) > 1e-11 || int(r + 0.5) - r > 1e-11) exit 1 }
            END { exit n != 4 }'
    done
}

@test "without a radius the cells hold the whole polygon, and no row or column too many" {
    layer area.geojson "$SQUARE"
    eco-grid --around area.geojson --res 1000 >grid.txt
    grep -v '^#' grid.txt | awk -v x0="$(item x0)" -v y0="$(item y0)" -v n="$(item columns)" \
        -v m="$(item rows)" '
        NR == 1 { l = r = $2; b = t = $3 }
        { if ($2 < l) l = $2; if ($2 > r) r = $2; if ($3 < b) b = $3; if ($3 > t) t = $3 }
        END { print x0, l, r, x0 + 1000 * n; print y0 - 1000 * m, b, t, y0
            exit !(l >= x0 && r <= x0 + 1000 * n && t <= y0 && b >= y0 - 1000 * m &&
                (l < x0 + 1000 || r > x0 + 1000 * (n - 1)) &&
                (t > y0 - 1000 || b < y0 - 1000 * (m - 1))) }'
}

@test "the clip is the polygon in the grid's plane: its area, its holes, its edges" {
    layer area.geojson 'POLYGON((-60.3 -3.1,-60.1 -3.1,-60.1 -2.9,-60.3 -2.9,-60.3 -3.1),(-60.28 -3.08,-60.28 -3,-60.2 -3,-60.28 -3.08))'
    eco-grid --around area.geojson --res 1000 --crs EPSG:32721 >grid.txt
    # The shoelace formula over all rings; holes run the other way round.
    ours=$(grep -v '^#' grid.txt | awk '
        function add() { if (n) s += px * fy - fx * py }
        $1 != ring { add(); ring = $1; n = 0 }
        { x = $2 - 160000; y = $3 - 9660000
          if (!n++) { fx = x; fy = y } else s += px * y - x * py; px = x; py = y }
        END { add(); printf "%.3f", s / 2 }')
    ogr2ogr -q -segmentize 0.0001 fine.geojson area.geojson
    theirs=$(ogr2ogr -q -t_srs EPSG:32721 /vsistdout/ -f CSV -lco GEOMETRY=AS_WKT -select id fine.geojson |
        tr -d '"' | sed -n '2s/.*POLYGON *((\(.*\))).*/\1/p' | sed 's/),(/\n/g' |
        awk -F, '{ s = 0; for (i = 1; i < NF; i++) { split($i, a, " "); split($(i + 1), b, " ")
            s += (a[1] - 160000) * (b[2] - 9660000) - (b[1] - 160000) * (a[2] - 9660000) }
            s = s < 0 ? -s / 2 : s / 2; t += NR == 1 ? s : -s } END { printf "%.3f", t }')
    echo "$ours $theirs"
    # 480 square kilometres; edges are followed to a ten-thousandth of a cell.
    near "$ours" "$theirs" 5000
    [ "$(grep -v '^#' grid.txt | cut -f 1 | sort -u | wc -l)" -eq 2 ]
}

@test "a layer in any CRS and format is the same grid" {
    layer area.geojson "$SQUARE"
    ogr2ogr -q area.gpkg area.geojson
    ogr2ogr -q area.shp area.geojson
    ogr2ogr -q area.gml area.geojson -f GML
    ogr2ogr -q area.kml area.geojson -f KML
    eco-grid --around area.geojson --res 1000 >expected.txt
    for f in area.gpkg area.shp area.gml area.kml; do
        eco-grid --around $f --res 1000 >grid.txt
        diff <(cells expected.txt) <(cells grid.txt)
    done
    # In Web Mercator straight edges along parallels and meridians stay straight; in
    # EPSG:3035 the authority has northing first.
    ogr2ogr -q -t_srs EPSG:3857 mercator.gpkg area.geojson
    eco-grid --around mercator.gpkg --res 1000 --radius 9000 --crs EPSG:32720 >grid.txt
    eco-grid --around area.geojson --res 1000 --radius 9000 --crs EPSG:32720 >expected.txt
    for k in x0 y0; do
        near "$(item $k)" "$(item $k expected.txt)" 0.5
    done
    layer europe.gpkg 'POLYGON((4300000 3100000,4350000 3100000,4350000 3160000,4300000 3160000,4300000 3100000))' 3035
    eco-grid --around europe.gpkg --res 1000 >grid.txt
    [ "$(item crs)" = EPSG:32632 ]
    eco-grid --around europe.gpkg --res 1000 --crs EPSG:3035 >grid.txt
    [ "$(item x0) $(item y0) $(item columns) $(item rows)" = "4299500 3160500 51 61" ]
}

@test "one of several areas is chosen by its field, or all are joined" {
    printf 'site_id,n,WKT\nTré,1,"%s"\nB=C,2,"%s"\nB=C,3,"%s"\n,4,\n' 'POLYGON((0 1,1 1,1 2,0 2,0 1))' \
        'POLYGON((0.5 1,2 1,2 2,0.5 2,0.5 1))' 'POLYGON((5 1,6 1,6 2,5 2,5 1))' >three.csv
    ogr2ogr -q -a_srs EPSG:4326 -oo EMPTY_STRING_AS_NULL=YES three.gpkg three.csv
    printf '#site_id\nTré\nB=C\nB=C\nNA\n' >expected
    eco-grid --around three.gpkg --list-areas site_id | diff - expected
    layer one.geojson 'POLYGON((0 1,1 1,1 2,0 2,0 1))'
    eco-grid --around one.geojson --res 0.1 --crs EPSG:4326 >expected
    for which in site_id=Tré n=1; do
        eco-grid --around three.gpkg --area "$which" --res 0.1 --crs EPSG:4326 >grid.txt
        diff <(cells grid.txt) <(cells expected)
        diff <(grep -v '^#' grid.txt | sort) <(grep -v '^#' expected | sort)
    done
    layer far.geojson 'POLYGON((5 1,6 1,6 2,5 2,5 1))'
    diff <(eco-grid --around three.gpkg --area n=3 --res 0.1 --crs EPSG:4326 | cells -) \
        <(eco-grid --around far.geojson --res 0.1 --crs EPSG:4326 | cells -)
    for bad in 'n=7|no feature has the n "7"' 'site_id=B=C|2 features have the site_id "B=C"' \
        'site_id=NA|the feature of the site_id "NA" has no area' 'tower=A|its features have no field "tower"'; do
        run --separate-stderr eco-grid --around three.gpkg --area "${bad%|*}" --res 0.1
        [ "$status" -eq 1 ]
        [[ $stderr == *"eco-grid: three.gpkg: ${bad#*|}"* ]] || { echo "$bad: $stderr"; false; }
        [ -z "$output" ]
    done
    run --separate-stderr eco-grid --around three.gpkg --list-areas tower
    [ "$status" -eq 1 ]
    one_message 'three.gpkg: its features have no field "tower"'
    run --separate-stderr eco-grid --around three.gpkg --res 0.1
    [ "$status" -eq 1 ]
    [[ $stderr == *"three.gpkg: 3 areas in it: --area FIELD=NAME takes one, --area all joins them" ]]
    # A clip may be of several.
    eco-grid --around one.geojson --clip three.gpkg --res 0.1 --crs EPSG:4326 >grid.txt
    [ "$(grep -v '^#' grid.txt | cut -f 1 | sort -u | wc -l)" -eq 2 ]
}

@test "several features are one area; a layer is chosen by name" {
    printf 'id,WKT\n1,"%s"\n2,"%s"\n' 'POLYGON((0 1,1 1,1 2,0 2,0 1))' \
        'POLYGON((0.5 1,2 1,2 2,0.5 2,0.5 1))' >two.csv
    ogr2ogr -q -a_srs EPSG:4326 two.gpkg two.csv
    layer one.geojson 'POLYGON((0 1,2 1,2 2,0 2,0 1))'
    eco-grid --around two.gpkg --area all --res 0.1 --crs EPSG:4326 >grid.txt
    eco-grid --around one.geojson --res 0.1 --crs EPSG:4326 >expected.txt
    diff <(cells grid.txt) <(cells expected.txt)
    layer other.geojson 'POLYGON((10 1,12 1,12 2,10 2,10 1))'
    ogr2ogr -q -update two.gpkg other.geojson -nln other
    eco-grid --around two.gpkg --layer other --res 0.1 --crs EPSG:4326 >grid.txt
    near "$(item x0)" 9.95 0.06
    run --separate-stderr eco-grid --around two.gpkg --layer none --res 1
    [ "$status" -eq 1 ]
    one_message two.gpkg
}

@test "a layer without a CRS needs --layer-crs; one that has its own does not take it" {
    printf 'id,WKT\n1,"%s"\n' "$SQUARE" >area.csv
    run --separate-stderr eco-grid --around area.csv --res 1000
    [ "$status" -eq 1 ]
    one_message area.csv
    [ -z "$output" ]
    layer area.geojson "$SQUARE"
    eco-grid --around area.csv --layer-crs EPSG:4326 --res 1000 >grid.txt
    eco-grid --around area.geojson --layer-crs EPSG:32721 --res 1000 >expected.txt
    diff <(cells grid.txt) <(cells expected.txt)
}

@test "what is no area is refused by its number; what has no geometry is left out" {
    printf 'id,WKT\n1,"%s"\n2,"POINT(1 1)"\n' "$SQUARE" >mixed.csv
    ogr2ogr -q -a_srs EPSG:4326 mixed.gpkg mixed.csv
    run --separate-stderr eco-grid --around mixed.gpkg --res 1000
    [ "$status" -eq 1 ]
    one_message 'mixed.gpkg: feature 2 is a Point'
    layer line.geojson 'LINESTRING(0 0,1 1)'
    run --separate-stderr eco-grid --around line.geojson --res 1000
    [ "$status" -eq 1 ]
    one_message line.geojson
    printf 'id,WKT\n1,"%s"\n2,""\n' "$SQUARE" >hollow.csv
    ogr2ogr -q -a_srs EPSG:4326 hollow.gpkg hollow.csv
    run --separate-stderr eco-grid --around hollow.gpkg --res 1000
    [ "$status" -eq 0 ]
    one_message 'hollow.gpkg: feature 2'
    echo '{"type":"FeatureCollection","features":[]}' >empty.geojson
    run --separate-stderr eco-grid --around empty.geojson --res 1000
    [ "$status" -eq 1 ]
    one_message empty.geojson
}

@test "a polygon that crosses itself is repaired, with a warning" {
    layer bow.geojson 'POLYGON((0 1,1 2,1 1,0 2,0 1))'
    run --separate-stderr eco-grid --around bow.geojson --res 0.05 --crs EPSG:4326 --no-provenance
    [ "$status" -eq 0 ]
    one_message bow.geojson
    layer two.geojson 'MULTIPOLYGON(((0 1,0.5 1.5,0 2,0 1)),((1 1,1 2,0.5 1.5,1 1)))'
    eco-grid --around two.geojson --res 0.05 --crs EPSG:4326 >expected.txt
    diff <(cells expected.txt) <(cells - <<<"$output")
}

@test "files that are missing, or text, or empty, are named" {
    echo text >text.geojson
    : >'no thing.gpkg'
    for f in missing.shp text.geojson 'no thing.gpkg' .; do
        run --separate-stderr eco-grid --around "$f" --res 1000
        [ "$status" -eq 1 ]
        one_message "$f"
        [ -z "$output" ]
        run --separate-stderr eco-grid --center 0,0 --radius 1000 --res 1000 --clip "$f"
        [ "$status" -eq 1 ]
        one_message "$f"
        [ -z "$output" ]
    done
    for f in missing.tif text.geojson; do
        run --separate-stderr eco-grid --like "$f"
        [ "$status" -eq 1 ]
        one_message "$f"
        [ -z "$output" ]
    done
}

@test "--clip: another polygon, or none, and the cells stay" {
    layer area.geojson "$SQUARE"
    layer 'other area.geojson' 'POLYGON((-60.3 -3.1,-60.1 -3.1,-60.1 -2.9,-60.3 -3.1))'
    eco-grid --around area.geojson --res 1000 >expected.txt
    eco-grid --around area.geojson --res 1000 --clip none >grid.txt
    diff <(cells expected.txt) <(cells grid.txt)
    [ -z "$(item clip)" ]
    [ "$(grep -vc '^#' grid.txt)" -eq 0 ]
    eco-grid --around area.geojson --res 1000 --clip 'other area.geojson' >grid.txt
    diff <(cells expected.txt) <(cells grid.txt)
    [ "$(item clip)" = 'other area.geojson' ]
    [ "$(grep -vc '^#' grid.txt)" -lt "$(grep -vc '^#' expected.txt)" ]
}

@test "--bounds: cells from the north-west corner until the bounds are held" {
    eco-grid --bounds 0.5,10.25,3.5,12 --res 0.5,0.25 --crs EPSG:4326 >grid.txt
    [ "$(item crs) $(item x0) $(item y0) $(item columns) $(item rows)" = "EPSG:4326 0.5 12 6 7" ]
    eco-grid --bounds 0.5,10.25,3.5,12 --res 0.8 --crs EPSG:4326 >grid.txt
    [ "$(item x0) $(item y0) $(item columns) $(item rows)" = "0.5 12 4 3" ]
    # A cell that is touched by rounding alone (0.3 / 0.1 is more than 3) is none.
    eco-grid --bounds 0,0,0.3,0.7 --res 0.1 --crs EPSG:4326 >grid.txt
    [ "$(item columns) $(item rows)" = "3 7" ]
}

@test "--like: the cells of a raster, whichever way its rows and columns run" {
    gdal_create -q -of GTiff -ot Byte -outsize 7 5 -a_srs EPSG:32721 \
        -a_ullr 250000.25 9750000.5 250490.25 9749650.5 up.tif
    eco-grid --like up.tif >grid.txt
    printf '##%s\n' crs=EPSG:32721 x0=250000.25 y0=9750000.5 dx=70 dy=70 columns=7 rows=5 |
        diff - <(cells grid.txt)
    gdal_translate -q -a_ullr 250000.25 9749650.5 250490.25 9750000.5 up.tif south.tif
    gdal_translate -q -a_ullr 250490.25 9750000.5 250000.25 9749650.5 up.tif west.tif
    for f in south.tif west.tif; do
        gdalinfo $f | grep -q 'Pixel Size = (-70\|,70.0'
        eco-grid --like $f | diff <(cells grid.txt) <(cells -)
    done
    # Odd keys for a plain UTM zone, and a CRS that has no code.
    need_data cog_32UPU
    eco-grid --like "$DATA"/cog_32UPU/*_LST.tif >grid.txt
    [ "$(item crs) $(item columns) $(item rows)" = "EPSG:32632 1568 1568" ]
}

# gdalwarp's own grid for a raster, as the cells of a grid file.
warped_cells() {
    gdalwarp -q -overwrite "$@" warped.tif
    gdalinfo -json warped.tif | jq -r '[.geoTransform[0], .geoTransform[3], .geoTransform[1], -.geoTransform[5], .size[0], .size[1]] | map(tostring) | join(" ")'
}
ours_cells() {
    eco-grid "$@" >grid.txt
    echo "$(item x0) $(item y0) $(item dx) $(item dy) $(item columns) $(item rows)"
}
alike_cells() {
    paste <(tr ' ' '\n' <<<"$1") <(tr ' ' '\n' <<<"$2") | awk '($1 - $2) ^ 2 > 1e-18 * $2 ^ 2 {exit 1}' ||
        { echo "$1 is not $2"; false; }
}

@test "--like with a size, in another CRS, aligned: gdalwarp's cells" {
    gdal_create -q -of GTiff -ot Byte -outsize 700 500 -a_srs EPSG:32721 \
        -a_ullr 250000.25 9750000.5 299000.25 9715000.5 a.tif
    # It covers the raster, where gdalwarp rounds.
    [ "$(ours_cells --like a.tif --res 700)" = "250000.25 9750000.5 700 700 70 50" ]
    [ "$(ours_cells --like a.tif --res 720,900)" = "250000.25 9750000.5 720 900 69 39" ]
    [ "$(ours_cells --like a.tif --crs EPSG:32721 --res 720,900)" = "250000.25 9750000.5 720 900 69 39" ]
    # A size is chosen as gdalwarp does.
    for crs in EPSG:4326 EPSG:32720 EPSG:3857 "+proj=laea +lat_0=-3 +lon_0=-59"; do
        alike_cells "$(ours_cells --like a.tif --crs "$crs")" "$(warped_cells -t_srs "$crs" a.tif)"
        [ "$(item crs)" != EPSG:32721 ]
    done
    for res in 0.01 0.0037; do
        alike_cells "$(ours_cells --like a.tif --crs EPSG:4326 --res $res --align)" \
            "$(warped_cells -t_srs EPSG:4326 -tr $res $res -tap a.tif)"
        # All of the raster lies in it, and no column or row is too many.
        ours_cells --like a.tif --crs EPSG:4326 --res $res >ours.txt
        gdaltransform -s_srs EPSG:32721 -t_srs EPSG:4326 -output_xy <<<$'250000.25 9750000.5\n299000.25 9750000.5\n250000.25 9715000.5\n299000.25 9715000.5' |
            cat ours.txt - | awk '
                NR == 1 {x0 = $1; y0 = $2; d = $3; x1 = x0 + $5 * d; y1 = y0 - $6 * d; next}
                NR == 2 {w = e = $1; s = n = $2}
                {if ($1 < w) w = $1; if ($1 > e) e = $1; if ($2 < s) s = $2; if ($2 > n) n = $2}
                END {exit !(NR == 5 && w >= x0 - 1e-6 && e <= x1 && s >= y1 && n <= y0 + 1e-6 && x1 - e < d && s - y1 < d)}'
    done
    for res in 333 70; do
        alike_cells "$(ours_cells --like a.tif --res $res --align)" "$(warped_cells -tr $res $res -tap a.tif)"
    done
    [ "$(ours_cells --like a.tif --align)" = "249970 9750020 70 70 701 501" ]
    [ "$(ours_cells --bounds 3,-7,18,11 --res 5 --crs EPSG:32721 --align)" = "0 15 5 5 4 5" ]
    # What is a multiple but for rounding stays.
    [ "$(ours_cells --bounds 0.3,0.7,0.6,0.9 --res 0.1 --crs EPSG:4326 --align | cut -d' ' -f 5-)" = "3 2" ]
    run --separate-stderr eco-grid --like a.tif --crs "+proj=gnom +lat_0=90 +lon_0=0"
    [ "$status" -eq 1 ]
    one_message a.tif
    [ -z "$output" ]
}

@test "--from-grid: its cells and clip, other cells over them, another clip" {
    printf '%s' '{"type":"Polygon","coordinates":[[[-57.1,-3.1],[-56.9,-3.1],[-57,-2.9],[-57.1,-3.1]]]}' >area.geojson
    eco-grid --around area.geojson --res 1000 --no-provenance >one.txt
    eco-grid --from-grid one.txt --no-provenance | cmp one.txt -
    eco-grid --from-grid one.txt --res 300,450 --no-provenance >two.txt
    diff <(grep -v '^##d[xy]\|^##columns\|^##rows' one.txt) <(grep -v '^##d[xy]\|^##columns\|^##rows' two.txt)
    awk -F= '
        FNR == NR {one[$1] = $2; next}
        {two[$1] = $2}
        END {
            w = one["##dx"] * one["##columns"]; v = two["##dx"] * two["##columns"]
            h = one["##dy"] * one["##rows"]; u = two["##dy"] * two["##rows"]
            exit !(two["##dx"] == 300 && two["##dy"] == 450 && v >= w && v < w + 300 && u >= h && u < h + 450)
        }' one.txt two.txt
    eco-grid --from-grid one.txt --align --clip none >three.txt
    awk -F= '/##(x0|y0)=/ {if ($2 % 1000) exit 1; n++} END {exit n != 2}' three.txt
    [ "$(grep -vc '^#' three.txt)" -eq 0 ]
    eco-grid --from-grid <(cat one.txt) --no-provenance | cmp one.txt -
}

@test "a grid that could not be made leaves a file that is told to be empty" {
    run ! sh -c 'eco-grid --like missing.tif >empty.txt 2>said'
    [ ! -s empty.txt ]
    gdal_create -q -of GTiff -ot Byte -outsize 7 5 -a_srs EPSG:32721 -a_ullr 0 50 70 0 a.tif
    for command in "eco-regrid --grid empty.txt -o out.tif a.tif" "eco-grid --from-grid empty.txt"; do
        run --separate-stderr $command
        [ "$status" -eq 1 ]
        one_message "empty.txt: this grid file is empty: what was to write it failed"
        [ -z "$output" ]
    done
    run --separate-stderr eco-grid --from-grid missing.txt
    [ "$status" -eq 1 ]
    one_message missing.txt
    run --separate-stderr eco-grid --from-grid a.tif
    [ "$status" -eq 1 ]
    one_message a.tif
}

@test "--like what has no place, or a turned one, is refused" {
    gdal_create -q -of GTiff -ot Byte -outsize 7 5 plain.tif
    gdal_create -q -of GTiff -ot Byte -outsize 7 5 -a_ullr 0 5 7 0 nocrs.tif
    gdal_translate -q -of VRT -a_srs EPSG:32721 plain.tif turned.vrt
    sed -i 's|<SRS.*|&<GeoTransform>0, 10, 3, 0, 3, -10</GeoTransform>|' turned.vrt
    for f in plain.tif nocrs.tif turned.vrt; do
        run --separate-stderr eco-grid --like $f
        [ "$status" -eq 1 ]
        one_message $f
        [ -z "$output" ]
    done
}

@test "a grid file is read back to the same doubles" {
    # Through eco-regrid, whose output's corner and cell size are those that it read.
    eco-grid --center -60.2092,-2.6091 --res 333.3333333333333,1111.111 --radius 5000 >grid.txt
    gdal_create -q -of GTiff -ot Byte -outsize 10 10 -burn 7 -a_srs EPSG:4326 \
        -a_ullr -60.3 -2.5 -60.1 -2.7 scene.tif
    eco-regrid --grid grid.txt -o coarse.tif scene.tif >/dev/null
    eco-grid --like coarse.tif | diff <(cells grid.txt) <(cells -)
    # And with CRLF, a byte order mark and more comments.
    { printf '\357\273\277'; sed 's/$/\r/; 5a # a comment\r' grid.txt; } >dos.txt
    eco-regrid --grid dos.txt -o dos.tif scene.tif >/dev/null
    eco-grid --like dos.tif | diff <(cells grid.txt) <(cells -)
}

@test "a CRS without a code goes through a grid file and into the raster" {
    crs='+proj=laea +lat_0=-3 +lon_0=-60 +datum=WGS84 +units=m'
    eco-grid --center -60,-3 --res 1000 --radius 5000 --crs "$crs" >grid.txt
    [ "$(item x0) $(item y0)" = "-5500 5500" ]
    [ "$(item crs | wc -l)" -eq 1 ]
    gdal_create -q -of GTiff -ot Byte -outsize 10 10 -burn 7 -a_srs "$crs" \
        -a_ullr -5000 5000 5000 -5000 scene.tif
    eco-regrid --grid grid.txt -o coarse.tif scene.tif >/dev/null
    diff <(gdalsrsinfo -o proj4 coarse.tif) <(gdalsrsinfo -o proj4 scene.tif)
    for crs in EPSG:5070 EPSG:3413 EPSG:5880 ESRI:54008 EPSG:4674; do
        eco-grid --bounds 0,0,10,10 --res 1 --crs $crs >grid.txt
        [ "$(item crs)" = $crs ]
        gdal_create -q -of GTiff -ot Byte -outsize 10 10 -burn 7 -a_srs $crs \
            -a_ullr 0 10 10 0 scene.tif
        eco-regrid --grid grid.txt -o coarse.tif scene.tif >/dev/null
        diff <(gdalsrsinfo -o wkt2 coarse.tif) <(gdalsrsinfo -o wkt2 scene.tif)
    done
}

@test "wrong usage is told and ends with 2" {
    layer area.geojson "$SQUARE"
    while read -r args; do
        # shellcheck disable=SC2086 # these are words
        run --separate-stderr eco-grid $args
        [ "$status" -eq 2 ] || { echo "$args: $status"; return 1; }
        [ -z "$output" ]
        [ -n "$stderr" ]
    done <<'END'
--res 1000
--around area.geojson
--around area.geojson --center 0,0 --res 1000
--around area.geojson --res 1000 --area id
--around area.geojson --res 1000 --area =1
--center 0,0 --radius 1000 --res 1000 --area id=1
--like a.tif --list-areas id
--around area.geojson --res 0
--around area.geojson --res -5
--around area.geojson --res inf
--around area.geojson --res nan
--around area.geojson --res 1000m
--around area.geojson --res 1000,1000,1000
--around area.geojson --res 1000,
--around area.geojson --res 1,5e-7
--around area.geojson --res 1000 --radius 0
--around area.geojson --res 1000 --radius -1
--around area.geojson --res 1000 --radius inf
--around area.geojson --res 1000 extra
--around area.geojson --res 1000 --unknown
--around area.geojson --res 1000 --crs junk
--around area.geojson --res 1000 --crs EPSG:99999
--around area.geojson --res 1000 --crs EPSG:7030
--center 0 --res 1000 --radius 1000
--center 0,0 --res 1000
--center 0,91 --res 1000 --radius 1000
--center 0;0 --res 1000 --radius 1000
--center 0,5,0,5 --res 1000 --radius 1000
--bounds 0,0,10,10 --res 1
--bounds 0,0,10,10 --res 1 --crs auto
--bounds 0,0,10,10 --res 1 --crs junk
--bounds 0,0,10,10 --res 1 --crs EPSG:4326 --radius 5
--bounds 10,0,0,10 --res 1 --crs EPSG:4326
--bounds 0,0,0,10 --res 1 --crs EPSG:4326
--bounds 0,0,10 --res 1 --crs EPSG:4326
--bounds 0,0,1e30,10 --res 1 --crs EPSG:4326
--like a.tif --crs auto
--like a.tif --res 0
--like a.tif --align --res 0
--like a.tif --align --res -5
--from-grid g.txt --crs EPSG:4326
--from-grid g.txt --like a.tif
--from-grid g.txt --align --res 0
--around area.geojson --res 1000 --align
--center 0,5 --res 1000 --radius 1000 --align
--bounds 0,0,10,10 --res 0 --crs EPSG:4326 --align
--like a.tif --radius 5
END
}

@test "names with blanks and tabs; a full disk" {
    name=$'an area\tor two.geojson'
    layer area.geojson "$SQUARE"
    mv area.geojson "$name"
    run --separate-stderr eco-grid --around "$name" --res 1000 --radius 2000 --no-provenance
    [ "$status" -eq 0 ]
    grep -qxF '##clip=an area\tor two.geojson' <<<"$output"
    [[ $output != *'##cmd'* ]]
    run --separate-stderr bash -c 'eco-grid --center 0,0 --res 1000 --radius 1000 >/dev/full'
    [ "$status" -eq 3 ]
    one_message stdout
}

@test "a clip of all cells that are touched: gdal_rasterize -at, and the area's own sides" {
    gdal_create -q -of GTiff -ot Byte -outsize 60 50 -burn 1 -a_srs EPSG:32721 -a_ullr 300000 9700000 304200 9696500 ones.tif
    # A star with a hole, an island in it, slivers, and a square that meets another at a corner.
    cat >odd.csv <<'END'
id,WKT
1,"POLYGON((300111 9696611,301713 9698117,300222 9699817,302104 9698904,304011 9699911,302904 9698217,303897 9696703,302011 9697804,300111 9696611),(302011 9698011,302404 9698011,302404 9698404,302011 9698404,302011 9698011))"
2,"POLYGON((302151 9698151,302239 9698151,302239 9698240,302151 9698240,302151 9698151))"
3,"POLYGON((300080 9697215,300080.5 9698815,300081 9697215,300080 9697215))"
4,"POLYGON((300700 9699300,300770 9699300,300770 9699370,300700 9699370,300700 9699300))"
5,"POLYGON((300770 9699370,300840 9699370,300840 9699440,300770 9699440,300770 9699370))"
END
    ogr2ogr -q -a_srs EPSG:32721 odd.gpkg odd.csv
    gdal_create -q -of GTiff -ot Byte -outsize 60 50 -burn 0 -a_srs EPSG:32721 -a_ullr 300000 9700000 304200 9696500 at.tif
    gdal_rasterize -q -at -burn 1 -where 'fid < 4' odd.gpkg at.tif
    # Squares with the pixels' own sides cover just those; gdal_rasterize -at takes neighbours, too.
    gdal_rasterize -q -burn 1 -where 'fid >= 4' odd.gpkg at.tif
    eco-grid --like ones.tif --clip odd.gpkg --clip-touch all >g.txt
    eco-regrid --grid g.txt --method nearest --nodata 0 -o clipped.tif ones.tif
    gdal_translate -q -of XYZ at.tif want.xyz
    gdal_translate -q -of XYZ clipped.tif got.xyz
    cmp want.xyz got.xyz
    [ "$(awk '$3 == 1' got.xyz | wc -l)" -gt 700 ]
    # Its area is that of its cells, of whole sides alone.
    grep -v '^#' g.txt | awk -F '\t' -v n="$(awk '$3 == 1' got.xyz | wc -l)" '
        function side() {if (($2 != x) == ($3 != y)) bad = 1; a += x * $3 - $2 * y; x = $2; y = $3}
        BEGIN {ring = -1}
        function close_ring() {$2 = fx; $3 = fy; side()}
        $1 != ring {X = $2; Y = $3; if (NR > 1) close_ring(); ring = $1; fx = x = X; fy = y = Y; next}
        {side()}
        END {close_ring(); exit bad || (a / 2 / 4900 - n) ^ 2 > 1e-6}'
    eco-grid --like ones.tif --clip-touch center --clip odd.gpkg --no-provenance >center.txt
    eco-regrid --grid center.txt --method nearest --nodata 0 -o center.tif ones.tif
    [ "$(gdal_translate -q -of XYZ center.tif /vsistdout/ | awk '$3 == 1' | wc -l)" -lt "$(awk '$3 == 1' got.xyz | wc -l)" ]
    cmp <(eco-grid --like ones.tif --clip odd.gpkg --no-provenance) center.txt
    # Without a clip there is nothing to touch.
    cmp <(eco-grid --like ones.tif --no-provenance) <(eco-grid --like ones.tif --clip-touch all --no-provenance)
    run --separate-stderr eco-grid --like ones.tif --clip odd.gpkg --clip-touch some
    [ "$status" -eq 2 ]
    one_message --clip-touch
}

@test "centres on an edge are there by the edge, and not by rounding" {
    # The long side passes through the centres of 100 pixels: 4950 lie behind it.
    layer t.geojson 'POLYGON((10 50,14 50,14 54,10 50))'
    for extent in '10 54 14 50' '8 56 16 48' '-25 72 45 34'; do
        set -- $extent
        rm -f d.tif
        gdal_create -q -of GTiff -ot Byte -outsize $((($3 - $1) * 25)) $((($2 - $4) * 25)) -burn 1 -a_srs EPSG:4326 \
            -a_ullr "$1" "$2" "$3" "$4" d.tif
        eco-grid --like d.tif --clip t.geojson >g.txt
        [ "$(eco-regrid --grid g.txt --method nearest -o o.tif d.tif | grep -v '^#' | cut -f 4)" -eq 5050 ]
        [ "$(eco-sample --polygons t.geojson --touch center --stat n d.tif | grep -v '^#' | cut -f 4)" -eq 5050 ]
    done
}
