# Longitudes wind: sources, grids, clips and class maps that lie turns apart, or whose ends
# run through one another, give what the same earth gives laid out flat: a raster that has its
# columns again and again, from 400 degrees west to 800 east, so that nothing needs a turn.
load ../lib/common
load ../lib/pixels

BANDS=mean,coverage,n,stddev,sum,min,max,range,median,q1,q3,mode,p90,whisker_high,nearest,bilinear,cubic,cubicspline,lanczos

# The values of earth, from 150 E to 150 W only.
# shellcheck disable=SC2016
VALUE='my $v = ($l * $l * 31 + $l * 7 + $r * $r * 13) % 23; $v == 5 ? -9 : $v'
# shellcheck disable=SC2016
PART='my $p = $l * 360 / $n; return -9 if $p < 150 || $p >= 210; '$VALUE

# Classes from 0 to 4 that hang on the longitude, in half degrees; and those from 150 E to
# 150 W only.
# shellcheck disable=SC2016
CLASS='($l * 13 + int($l * $l / 7) + $r * 11) % 5'
# shellcheck disable=SC2016
PART_CLASS='my $p = $l * 360 / $n; return 0 if $p < 150 || $p >= 210; '$CLASS

setup() {
    cd "$BATS_TEST_TMPDIR"
    mkdir flat turned
}

# earth FILE WEST COLUMNS [CRS [EXPRESSION [STEP]]]: pixels of STEP degrees, from WEST on and
# from 60 N to 36 N, whose values hang on the longitude ($l, from 0 to 359 in steps) and row.
earth() {
    local crs=${4:-EPSG:4326} value=${5:-$VALUE} step=${6:-1}
    make_raster "$1" "$3" "$(awk -v s="$step" 'BEGIN { print 24 / s }')" Float32 -9 \
        "$2,$step,0,60,0,-$step" "$crs" "
        use POSIX; my \$n = 360 / $step; my \$l = (\$c + floor($2 / $step) + 3 * \$n) % \$n; $value"
}

# Whether two runs say the same of a raster, but for names, times and rounding.
same_record() {
    paste <(grep -v '^#' "$1" | cut -f1-7) <(grep -v '^#' "$2" | cut -f1-7) | awk -F'\t' '
        function differ(a, b) { return a != b && !((a - b) ^ 2 <= 1e-20 * b ^ 2) }
        $2 != "ok" || $9 != "ok" { bad = 1 }
        { for (i = 4; i <= 7; i++) if (differ($i, $(i + 7))) bad = 1 }
        END { exit bad || NR != 1 }' || { cat "$1" "$2"; return 1; }
}

# Both ways the same bytes: same GRID [OPTION]...
same() {
    local grid=$PWD/$1 way
    shift
    for way in flat turned; do
        (cd $way && eco-regrid --grid "$grid" --min-coverage 0.01 "$@" -o ../$way.tif scene.tif >../$way.tsv)
    done
    cmp flat.tif turned.tif
    same_record flat.tsv turned.tsv
}

# Whether two rasters of float32 have the same values but for rounding: alike A B [PIXELS];
# each band has a value in some pixels, at least one.
alike() {
    local file
    for file in "$1" "$2"; do
        gdal_translate -q -of ENVI "$file" alike.raw
        od -An -v -tf4 -w4 alike.raw | sed 's/^ *//; s/-nan/nan/' >"${file##*/}.values"
    done
    paste "${1##*/}.values" "${2##*/}.values" | awk '
        $1 != $2 && !(($1 - $2) ^ 2 <= 1e-10 * (1 + $1 ^ 2)) { if (bad++ < 5) print NR, $0 }
        $1 != "nan" { there++ }
        END { exit bad || !there }'
}

# Grids around the earth: a site, some that a seam of a source runs through, the whole earth,
# turns away, and more than one turn. Cells are whole pixels, shares of them, and smaller; in
# powers of 2, for which no turn rounds anything.
make_grids() {
    make_grid site.txt EPSG:4326 -62.25 58 0.5 0.5 14 12
    make_grid dateline.txt EPSG:4326 170 59 1 1 20 20
    make_grid west.txt EPSG:4326 -190.5 59 0.25 0.25 60 40
    make_grid greenwich.txt EPSG:4326 -9.5 59 2 2 11 10
    make_grid earth.txt EPSG:4326 -180 60 8 8 45 3
    make_grid pacific.txt EPSG:4326 0.25 60 8 4 45 6
    make_grid away.txt EPSG:4326 530 60 4 2 6 12
    make_grid wide.txt EPSG:4326 -300.5 60 2 8 350 3
    GRIDS='site dateline west greenwich earth pacific away wide'
}

@test "a source of the whole earth under grids in any turn" {
    make_grids
    for half in 0 0.5; do
        earth flat/scene.tif "$(awk -v h=$half 'BEGIN { print -400 - h }')" 1200
        for west in 0 -180 -360 175; do
            earth turned/scene.tif "$(awk -v h=$half -v w=$west 'BEGIN { print w - h }')" 360
            for grid in $GRIDS; do
                echo "$west - $half, $grid"
                same $grid.txt --bands $BANDS
            done
        done
    done
}

@test "a source whose ends run through the grid, and that does not go around" {
    make_grids
    earth flat/scene.tif -400 1200 '' "$PART"
    for west in 150 -210; do
        earth turned/scene.tif $west 60
        for grid in earth dateline west wide; do
            echo "$west, $grid"
            (cd flat && eco-regrid --grid ../$grid.txt --min-coverage 0.01 --bands $BANDS -o ../flat.tif scene.tif)
            (cd turned && eco-regrid --grid ../$grid.txt --min-coverage 0.01 --bands $BANDS -o ../turned.tif scene.tif)
            alike flat.tif turned.tif
        done
    done
}

# Judged by a source that has no ends there, and by gdalwarp with that one.
@test "grids in other planes across the ends of a source" {
    make_grid utm.txt EPSG:32601 200000 6500000 40000 40000 20 50
    make_grid datum.txt EPSG:4269 172 59 0.75 0.75 20 24
    earth flat/scene.tif 20 320 # not all of it: neither of its ends is near
    for west in 0 -180; do
        earth "turned$west.tif" $west 360
        for grid in utm datum; do
            echo "$west, $grid"
            eco-regrid --grid $grid.txt --tolerance 0 --bands $BANDS -o turned.tif "turned$west.tif"
            eco-regrid --grid $grid.txt --tolerance 0 --bands $BANDS -o flat.tif flat/scene.tif
            alike flat.tif turned.tif
        done
    done
    for method in nearest bilinear cubic; do
        gdalwarp -q -overwrite -et 0 -r ${method/nearest/near} -wo XSCALE=1 -wo YSCALE=1 -t_srs EPSG:32601 \
            -te 200000 4500000 1000000 6500000 -tr 40000 40000 -dstnodata nan flat/scene.tif warped.tif
        eco-regrid --grid utm.txt --method $method --nodata nan --tolerance 0 -o ours.tif turned-180.tif
        alike warped.tif ours.tif
    done
}

# Around a pole there is no way to be far from all ends: where they are hangs on the middle of
# the grid, so that grids with the same cells but other middles judge each other.
@test "grids around a pole" {
    make_grid a.txt EPSG:3413 -4000000 4000000 200000 200000 40 40
    make_grid b.txt EPSG:3413 -4000000 4000000 200000 200000 60 40
    make_grid c.txt EPSG:3413 -4000000 6000000 200000 200000 40 50
    earth at0.tif 0 360
    earth at-180.tif -180 360
    eco-regrid --grid a.txt --tolerance 0 --bands $BANDS -o a.tif at0.tif
    for west in 0 -180; do
        eco-regrid --grid b.txt --tolerance 0 --bands $BANDS -o b.tif at$west.tif
        eco-regrid --grid c.txt --tolerance 0 --bands $BANDS -o c.tif at$west.tif
        gdal_translate -q -srcwin 0 0 40 40 b.tif b40.tif
        gdal_translate -q -srcwin 0 10 40 40 c.tif c40.tif
        alike a.tif b40.tif
        alike a.tif c40.tif
    done
    # A scene there, and a map whose ends run through it, wherever they are.
    make_raster scene.tif 40 40 Float32 none -4000000,200000,0,4000000,0,-200000 EPSG:3413 'int(20 * dice())'
    earth map0.tif 0 720 '' "$CLASS" 0.5
    earth map-180.tif -180 720 '' "$CLASS" 0.5
    earth map90.tif -180 720 '+proj=longlat +datum=WGS84 +pm=90 +no_defs +type=crs' "\$l = (\$l + \$n / 4) % \$n; $CLASS" 0.5
    for how in '' --mask-weight; do
        for map in 0 -180 90; do
            # shellcheck disable=SC2086
            eco-regrid --grid a.txt --bands n,sum,median --mask map$map.tif --classes 1,3 $how -o by$map.tif scene.tif
        done
        alike by0.tif by-180.tif
        alike by0.tif by90.tif
    done
}

# clipped GRID NEW X,Y...: the grid with a clip that has these corners, and a hole.
clipped() {
    local grid=$1 new=$2
    shift 2
    {
        cat "$grid"
        printf '#ring\tx\ty\n'
        printf '0\t%s\n' "${@/,/$'\t'}"
        awk -v x="${1%,*}" -v y="${1#*,}" 'BEGIN {
            print "1\t" x + 2 "\t" y - 2 "\n1\t" x + 3 "\t" y - 2 "\n1\t" x + 3 "\t" y - 5 }'
    } >"$new"
}

@test "a clip in any turn against the source" {
    make_grids
    clipped site.txt a.txt -62,57.5 -56.5,57.6 -55,55 -58.3,52.1 -62.1,53
    clipped dateline.txt b.txt 172.3,58 187,57 189.1,41 171,40
    clipped west.txt c.txt -190,58.9 -178,58 -176.3,51 -190.2,49.3
    clipped earth.txt d.txt -8.5,59.5 25.5,58 13,39 -9,45
    clipped pacific.txt e.txt 172.3,59 200,57 213.1,41 171,37
    earth flat/scene.tif -400 1200
    for west in 0 -180 175; do
        earth turned/scene.tif $west 360
        for grid in a b c d e; do
            for denominator in cell source; do
                echo "$west, $grid, $denominator"
                same $grid.txt --bands $BANDS --denominator $denominator
            done
        done
    done
    # One that nearly goes around, across whose ends the clip of a grid in another plane lies.
    make_grid utm.txt EPSG:32631 -100000 6500000 40000 40000 20 40
    clipped utm.txt f.txt -60000,6400000 620000,6310000 600000,5300000 20000,5200000
    earth flat/scene.tif -179 358 '' "return -9 if \$l >= 359; $VALUE"
    earth turned/scene.tif 0 359
    # Kernels that reach beyond the ends find nothing there.
    for way in flat turned; do
        eco-regrid --grid f.txt --tolerance 0 --bands "${BANDS%,cubicspline*}" -o $way.tif $way/scene.tif
    done
    alike flat.tif turned.tif
    # A clip around the earth: few long edges, or many short ones.
    make_grid world.txt EPSG:3857 -20000000 8400000 400000 400000 100 12
    {
        cat world.txt
        printf '#ring\tx\ty\n0\t-19000000\t8300000\n0\t19500000\t8300000\n0\t19500000\t5000000\n0\t-19000000\t5000000\n'
    } >few.txt
    {
        cat world.txt
        printf '#ring\tx\ty\n'
        seq -f '0%%%.0f%%8300000' -19000000 500000 19500000 | tr '%' '\t'
        seq -f '0%%%.0f%%5000000' 19500000 -500000 -19000000 | tr '%' '\t'
    } >many.txt
    for grid in few many; do
        eco-regrid --grid $grid.txt --tolerance 0 --bands $BANDS --denominator source -o $grid.tif turned/scene.tif
    done
    alike few.tif many.tif
    # One that does not go around: its denominators are of its own pixels.
    earth flat/scene.tif -400 1200 '' "$PART"
    earth turned/scene.tif 150 60
    for grid in b c e; do
        (cd flat && eco-regrid --grid ../$grid.txt --min-coverage 0.01 --bands $BANDS -o ../flat.tif scene.tif)
        (cd turned && eco-regrid --grid ../$grid.txt --min-coverage 0.01 --bands $BANDS -o ../turned.tif scene.tif)
        alike flat.tif turned.tif
    done
}

@test "class maps in any turn against the source" {
    make_grids
    earth flat/scene.tif -400 1200
    earth flat/map.tif -399.75 2400 '' "$CLASS" 0.5
    for map in 0.25 -179.75 -300.25 175.25; do
        earth turned/map.tif $map 720 '' "$CLASS" 0.5
        for west in 0 -180; do
            earth turned/scene.tif $west 360
            for grid in $GRIDS; do
                echo "map $map, $west, $grid"
                same $grid.txt --bands $BANDS --mask map.tif --classes 1,3 --denominator mask
                same $grid.txt --bands ${BANDS%%,near*} --mask map.tif --classes 1,3 --mask-weight
            done
        done
    done
}

@test "a class map of a part of the earth, whose ends run through the source or whose source does" {
    make_grids
    earth flat/scene.tif -400 1200
    earth flat/map.tif -400 2400 '' "$PART_CLASS" 0.5
    for map in 150 -210; do
        earth turned/map.tif $map 120 '' "$CLASS" 0.5
        for west in 0 -180 175; do
            earth turned/scene.tif $west 360
            for grid in dateline west earth; do
                echo "map $map, $west, $grid"
                same $grid.txt --bands $BANDS --mask map.tif --classes 1,3
                same $grid.txt --bands ${BANDS%%,near*} --mask map.tif --classes 1,3 --mask-weight
            done
        done
    done
}

# In longitudes that are counted from the 180th meridian it runs through no seam.
@test "a scene across the 180th meridian, with a clip and a class map" {
    local from180='+proj=longlat +datum=WGS84 +pm=180 +no_defs +type=crs' zone west map how
    make_grid g.txt "$from180" -12 59 0.5 0.5 48 40
    clipped g.txt flat.txt -5.1,57 4.9,57.2 7.3,46.1 -6.2,45.3
    make_grid g.txt EPSG:4326 168 59 0.5 0.5 48 40
    clipped g.txt east.txt 174.9,57 184.9,57.2 187.3,46.1 173.8,45.3
    make_grid g.txt EPSG:4326 -192 59 0.5 0.5 48 40
    clipped g.txt west.txt -185.1,57 -175.1,57.2 -172.7,46.1 -186.2,45.3
    earth flat/map.tif -180 720 "$from180" "\$l = (\$l + \$n / 2) % \$n; $CLASS" 0.5
    for zone in 32660,300000 32601,100000; do
        make_raster scene.tif 30 70 Float32 -9 "${zone#*,},20000,0,6400000,0,-20000" "EPSG:${zone%,*}" \
            'int(20 * dice()) - ($c * $r % 11 == 3 ? 100 : 0)'
        for how in '--bands '$BANDS "--bands ${BANDS%%,near*} --mask-weight"; do
            # shellcheck disable=SC2086
            eco-regrid --grid flat.txt --tolerance 0 --mask flat/map.tif --classes 1,3 --denominator source $how -o flat.tif scene.tif
            for map in 0 -180 -90 179; do
                earth turned/map.tif $map 720 '' "$CLASS" 0.5
                for grid in east west; do
                    echo "$zone, map $map, $grid, $how"
                    # shellcheck disable=SC2086
                    eco-regrid --grid $grid.txt --tolerance 0 --mask turned/map.tif --classes 1,3 --denominator source $how -o turned.tif scene.tif
                    alike flat.tif turned.tif
                done
            done
        done
    done
}

# Enough pixels that what passes the rules does not fit, as well as few.
@test "companions of a source that is wound on" {
    make_grids
    earth flat/scene.tif -400 1200
    earth flat/cloud.tif -400 1200 '' '$l * $r % 3'
    earth turned/scene.tif 0 360
    earth turned/cloud.tif 0 360 '' '$l * $r % 3'
    for grid in dateline greenwich earth; do
        same $grid.txt --bands $BANDS --keep cloud=0 --companion cloud=cloud.tif
    done
    for layer in scene cloud; do
        gdal_translate -q -outsize 5760 960 turned/$layer.tif $layer.tif
        mv $layer.tif turned/$layer.tif
        gdal_translate -q -srcwin 380 0 140 24 -outsize 2240 960 flat/$layer.tif $layer.tif
        mv $layer.tif flat/$layer.tif
    done
    same greenwich.txt --bands mean,n,bilinear --memory 4M --keep cloud=0 --companion cloud=cloud.tif
}

@test "a source that is wound on, with little memory and in parts" {
    make_grids
    earth small.tif 0 360
    gdal_translate -q -outsize 7200 480 -co TILED=YES -co BLOCKXSIZE=128 -co BLOCKYSIZE=128 small.tif scene.tif
    clipped earth.txt clip.txt -170,59 170,57 120,40 -175,38
    for grid in earth dateline clip; do
        for bands in mean,stddev median,nearest bilinear,cubic; do
            eco-regrid --grid $grid.txt --bands $bands -o whole.tif scene.tif
            eco-regrid --grid $grid.txt --bands $bands --memory 8M -o little.tif scene.tif
            cmp whole.tif little.tif
            eco-regrid --grid $grid.txt --bands $bands --part 1/2 -o 1.tif scene.tif
            eco-regrid --grid $grid.txt --bands $bands --part 2/2 -o 2.tif scene.tif
            gdalbuildvrt -q -overwrite parts.vrt 1.tif 2.tif
            gdal_translate -q parts.vrt parts.tif
            cmp <(pixels whole.tif 1) <(pixels parts.tif 1)
            cmp <(pixels whole.tif 2) <(pixels parts.tif 2)
        done
    done
}

# What GeoJSON makes of a rectangle from 179 E to $1 W: two, cut at 180.
cut_in_two() {
    echo "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[179,1],[180,1],[180,2],[179,2],[179,1]]],
[[[-180,1],[-$1,1],[-$1,2],[-180,2],[-180,1]]]]}" >area.geojson
}

# A value of a grid file.
said() {
    sed -n "s/^##$1=//p" grid.txt
}

@test "a grid around an area that is cut at 180 degrees lies there" {
    gdal_create -q -of GTiff -ot Float32 -outsize 3600 100 -burn 7 -a_srs EPSG:4326 -a_ullr -180 5 180 -5 world.tif
    cut_in_two 178
    eco-grid --around area.geojson --res 2000 >grid.txt
    [ "$(said crs)" = EPSG:32601 ] # its centre is 179.5 W
    eco-regrid --no-provenance --grid grid.txt -o out.tif world.tif >record
    # The area in the zone's plane, by ogr.
    area=$(ogrinfo -q -dialect SQLite -sql 'SELECT ST_Area(ST_Transform(SetSRID(GEOMETRY, 4326), 32601)) AS a FROM area' \
        area.geojson | sed -n 's/.*a (Real) = //p')
    near "$(tail -1 record | awk -F'\t' -v a="$area" '{ print $4 * 4e6 / a }')" 1 0.02
    cut_in_two 179.5
    eco-grid --around area.geojson --res 2000 >grid.txt
    [ "$(said crs)" = EPSG:32660 ] # its centre is 179.75 E
    # In degrees, too: from 179 to 182, or from -181 to -178.
    cut_in_two 178
    for crs in EPSG:4326 EPSG:4674 EPSG:4807; do
        eco-grid --around area.geojson --crs $crs --res 0.1 >grid.txt
        near "$(said columns)" 31 1
        eco-regrid --no-provenance --grid grid.txt -o out.tif world.tif >record
        # 30 by 10 pixels, without those of cells that are half beside it.
        near "$(tail -1 record | cut -f 5)" 300 21
    done
    # A clip for cells that lie already.
    for bounds in 178,0,183,3 -182,0,-177,3 -180,0,180,3; do
        eco-grid --bounds $bounds --crs EPSG:4326 --res 0.1 --clip area.geojson >grid.txt
        eco-regrid --no-provenance --grid grid.txt -o out.tif world.tif >record
        [ "$(tail -1 record | cut -f 4)" -eq 300 ]
    done
}

@test "areas that are not cut stay where they are, to the last digit" {
    echo '{"type":"MultiPolygon","coordinates":[[[[-70.1,1],[-70,1],[-70,2],[-70.1,1]]],[[[100.3,1],[101,1],[101,2],[100.3,1]]]]}' >area.geojson
    eco-grid --around area.geojson --crs EPSG:4326 --res 1 >grid.txt
    [ "$(grep -v '^#' grid.txt | cut -f 2 | sort -un | xargs)" = '-70.1 -70 100.3 101' ]
    # 171 degrees are less than 189.
    near "$(said x0)" -70.1 1.5
}

@test "a polygon in a plane that crosses 180 degrees is whole on a raster in degrees" {
    gdal_create -q -of GTiff -ot Float32 -outsize 3600 100 -burn 7 -a_srs EPSG:4326 -a_ullr -180 5 180 -5 world.tif
    gdal_create -q -of GTiff -ot Float32 -outsize 3600 100 -burn 7 -a_srs EPSG:4326 -a_ullr 0 5 360 -5 pacific.tif
    cut_in_two 178
    eco-grid --around area.geojson --crs EPSG:32601 --res 1000 >grid.txt
    # A rectangle in zone 1 from 179.1 E to 178.9 W at the equator, a tenth of a degree high.
    # shellcheck disable=SC2046 # its words
    set -- $(printf '179.1 0\n181.1 0.1\n' | gdaltransform -s_srs EPSG:4326 -t_srs EPSG:32601 | cut -d' ' -f 1,2 | xargs)
    echo "{\"type\":\"Polygon\",\"coordinates\":[[[$1,$2],[$3,$2],[$3,$4],[$1,$4],[$1,$2]]]}" >plane.geojson
    ogr2ogr -q -f 'ESRI Shapefile' -a_srs EPSG:32601 plane.shp plane.geojson
    for raster in world.tif pacific.tif; do
        eco-sample --no-provenance --polygons plane.shp --stat n $raster >out
        near "$(tail -1 out | cut -f 4)" 20 0.1
    done
}
