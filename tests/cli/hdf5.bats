# HDF5 files as ECOSTRESS has them: layers, HDF-EOS5 grids, and what is wrong with files.
# The oracle is GDAL, of the same numbers written as GeoTIFF with the grid's corners.

load ../lib/common
load ../lib/pixels

L2G=ECOv003_L2G_LSTE_28116_018_20230621T202153_01
FIELDS='/HDFEOS/GRIDS/ECO_L2G_LSTE_70m/Data Fields'
COLUMNS=60 ROWS=40

setup() {
    [ -x "$BUILD/unit/lib/hdf5-make" ] || skip "no hdf5-make: make check builds it"
    cd "$BATS_TEST_TMPDIR" || return
}

# Lines of a list for hdf5-make, of fields.
line() {
    local IFS=$'\t'
    echo "$*"
}

make_hdf5() {
    "$BUILD/unit/lib/hdf5-make" "$1"
}

# StructMetadata.0 of a grid: NAME COLUMNS ROWS UPPER-LEFT LOWER-RIGHT [MORE LINES]
struct_of() {
    printf '%s' "GROUP=SwathStructure\nEND_GROUP=SwathStructure\nGROUP=GridStructure\n\tGROUP=GRID_1\n" \
        "\t\tGridName=\"$1\"\n\t\tXDim=$2\n\t\tYDim=$3\n\t\tUpperLeftPointMtrs=($4)\n" \
        "\t\tLowerRightMtrs=($5)\n\t\tProjection=HE5_GCTP_GEO\n${6-}\t\tGROUP=Dimension\n" \
        "\t\t\tOBJECT=Dimension_1\n\t\t\t\tDimensionName=\"XDim\"\n\t\t\t\tSize=7\n\t\t\tEND_OBJECT=Dimension_1\n" \
        "\t\tEND_GROUP=Dimension\n\t\tGROUP=DataField\n\t\tEND_GROUP=DataField\n\t\tGROUP=MergedFields\n" \
        "\t\tEND_GROUP=MergedFields\n\tEND_GROUP=GRID_1\nEND_GROUP=GridStructure\nGROUP=PointStructure\n" \
        "END_GROUP=PointStructure\nEND\n"
}

# The layers of Collection 3's L2G. 0.0006 degrees: 118 12' W to 118 9' 50.4'' W.
lst='ramp 7400 7 3000 fill 100 130 0'
qc='ramp 0 1 4'
grid_layers() {
    line dataset "$FIELDS/LST" u2 ${ROWS}x$COLUMNS chunk=8x16,deflate=9 "$lst"
    line attribute "$FIELDS/LST" _FillValue u2 0
    line attribute "$FIELDS/LST" scale_factor f8 0.02
    line attribute "$FIELDS/LST" add_offset f8 0
    line attribute "$FIELDS/LST" valid_range u2 '7500 65535'
    line attribute "$FIELDS/LST" units text K
    line dataset "$FIELDS/QC" u2 ${ROWS}x$COLUMNS chunk=8x16,deflate=9 "$qc"
    line attribute "$FIELDS/QC" valid_range u2 '0 65535'
    line attribute "$FIELDS/QC" units text n/a
    line dataset "$FIELDS/EmisWB" u1 ${ROWS}x$COLUMNS chunk=8x16,deflate=9 'ramp 0 1 256'
    line attribute "$FIELDS/EmisWB" _FillValue u1 0
    line attribute "$FIELDS/EmisWB" scale_factor f8 0.002
    line attribute "$FIELDS/EmisWB" add_offset f8 0.49
    line attribute "$FIELDS/EmisWB" valid_range u1 '1 255'
    line dataset "$FIELDS/height" f4 ${ROWS}x$COLUMNS - 'ramp 0.1 0.3 900 fill 5 9 nan'
    line attribute "$FIELDS/height" _FillValue f4 nan
    line dataset "$FIELDS/water_mask" u1 ${ROWS}x$COLUMNS - 'ramp 0 1 2'
    line text /HDFEOS/ADDITIONAL/FILE_ATTRIBUTES/StandardMetadata/StartOrbitNumber variable 28116
    line text /HDFEOS/ADDITIONAL/FILE_ATTRIBUTES/StandardMetadata/SceneID variable 018
    line text /HDFEOS/ADDITIONAL/FILE_ATTRIBUTES/StandardMetadata/RangeBeginningDate fixed 2023-06-21
    line text /HDFEOS/ADDITIONAL/FILE_ATTRIBUTES/StandardMetadata/RangeBeginningTime fixed 20:21:53.123456
}

UL=-118012000.000000,34030000.000000 LR=-118009050.400000,34028033.600000

make_grid() {
    {
        grid_layers
        line text '/HDFEOS INFORMATION/StructMetadata.0' fixed \
            "${2-$(struct_of ECO_L1CG_RAD_70m $COLUMNS $ROWS $UL $LR)}"
    } | make_hdf5 "${1-$L2G.h5}"
}

# The same LST as a GeoTIFF, whose corners GDAL divides.
make_tif() {
    make_raster raw.tif $COLUMNS $ROWS Float64 none '0,1,0,0,0,-1' EPSG:4326 \
        '{ my $i = $r * 60 + $c; my $v = 7400 + 7 * ($i % 3000); $v = 0 if $i >= 100 && $i < 130;
           $v < 7500 || $v > 65535 ? $nan : $v * 0.02 }'
    gdal_translate -q -a_srs EPSG:4326 -a_ullr -118.2 34.5 -118.164 34.476 raw.tif "${1-lst.tif}"
}

@test "a layer of an HDF-EOS5 grid lies where GDAL lays its corners, and has its values" {
    make_grid
    make_tif
    eco-grid --like $L2G.h5:LST >grid.txt
    eco-grid --like lst.tif >grid_tif.txt
    diff <(grep -v '##cmd' grid.txt) <(grep -v '##cmd' grid_tif.txt)
    [ "$(sed -n 's/^##x0=//p; s/^##y0=//p' grid.txt | xargs)" = '-118.2 34.5' ]
    near "$(sed -n 's/^##dx=//p' grid.txt)" 0.0006 1e-12
    # Every pixel: raw values at the least end of the valid range, fill, and beyond it.
    eco-sample --no-provenance --cells $L2G.h5:LST | grep -v '^#' | cut -f 2,3,7 >h5
    eco-sample --no-provenance --cells lst.tif | grep -v '^#' | cut -f 2,3,7 >tif
    [ "$(wc -l <h5)" -gt 2000 ]
    paste h5 tif | awk -F'\t' '$1 != $4 || $2 != $5 || $3 - $6 > 1e-9 || $6 - $3 > 1e-9 { print; bad = 1 } END { exit bad }'
    gdal_translate -q -of XYZ lst.tif xyz
    [ "$(grep -vc -i nan xyz)" -eq "$(wc -l <h5)" ]
}

@test "layers are named in every way, and listed as records with what the file says" {
    make_grid
    eco-index --no-provenance --open $L2G.h5 >all
    [ "$(grep -v '^#' all | cut -f 1)" = "$(printf "$L2G.h5:%s\n" EmisWB LST QC height water_mask)" ]
    [ "$(awk -F'\t' '$4 == "LST"' all | cut -f 2-13)" = \
        $'ECO_L2G_LSTE\t003\tLST\t2023-06-21T20:21:53Z\t28116\t018\tNA\tNA\t60\t40\t1\tEPSG:4326' ]
    [ "$(awk -F'\t' '$4 == "EmisWB"' all | cut -f 16-)" = $'Byte\t0\t0.002\t0.49' ]
    # A name that says nothing: the file does.
    cp $L2G.h5 x.h5
    [ "$(eco-index --no-provenance --open --layer LST x.h5 2>err | tail -1 | cut -f 1,4-7)" = \
        $'x.h5:LST\tLST\t2023-06-21T20:21:53Z\t28116\t018' ]
    for name in $L2G.h5:LST "HDF5:\"$L2G.h5\":/$FIELDS/LST" "HDF5:$L2G.h5:/$FIELDS/LST" \
        "HDF5:\"$L2G.h5\"://HDFEOS/GRIDS/ECO_L2G_LSTE_70m/Data_Fields/LST" "$L2G.h5:$FIELDS/LST"; do
        printf '#lon\tlat\n-118.1983\t34.4998\n' >p
        eco-sample --no-provenance --points p "$name" | tail -1 | cut -f 5,6 >>values
        echo "$name" >>list
    done
    [ "$(sort -u values)" = $'LST\tNaN' ]
    [ "$(eco-sample --no-provenance --points p <list | grep -vc '^#')" -eq 5 ]
    printf '#lon\tlat\n-118.1983\t34.49\n' >p
    # Raw 7400 + 7 * (16 * 60 + 2).
    [ "$(eco-sample --no-provenance --points p --layer LST $L2G.h5 | tail -1 | cut -f 6)" = 282.68 ]
    [ "$(eco-sample --no-provenance --points p --raw $L2G.h5:LST | tail -1 | cut -f 6)" = 14134 ]
    [ "$(eco-sample --no-provenance --points p --layer water,LST $L2G.h5 | grep -v '^#' | cut -f 5,6)" = \
        $'water_mask\t0\nLST\t282.68' ]
    eco-sample --points p $L2G.h5:LST | grep '^##unit.LST=K'
}

@test "GDAL reads the same raw numbers from the same file" {
    make_grid
    gdal=$(gdalinfo "$L2G.h5" | sed -n 's/.*_NAME=\(.*Data_Fields\/QC\)$/\1/p')
    [ -n "$gdal" ] || skip "this GDAL does not read HDF5"
    for layer in LST QC EmisWB height; do
        gdal_translate -q -of XYZ "${gdal%QC}$layer" gdal.xyz
        awk '{ print $3 + 0 }' gdal.xyz | grep -vi nan >gdal_values
        # Rows from the north.
        eco-sample --no-provenance --cells --raw $L2G.h5:$layer | grep -v '^#' | sort -k3,3gr -k2,2g | cut -f 7 >eco_values
        case $layer in
        LST) awk '$1 >= 7500' gdal_values >g ;;
        EmisWB) awk '$1 > 0' gdal_values >g ;;
        *) cp gdal_values g ;;
        esac
        # GDAL's text of a float32 has six digits.
        paste eco_values g | awk '{ e = $1 - $2; if (e > 1e-4 * $2 + 1e-4 || -e > 1e-4 * $2 + 1e-4 || NF != 2) { print; exit 1 } }'
        [ "$(wc -l <eco_values)" -eq "$(wc -l <g)" ]
    done
}

@test "quality rules find their layer in the same file" {
    make_grid
    make_tif ECO_L2_LSTE.002_LST_doy2023172202153_aid0001.tif
    make_raster qc.tif $COLUMNS $ROWS UInt16 none '0,1,0,0,0,-1' EPSG:4326 '($r * 60 + $c) % 4'
    gdal_translate -q -a_srs EPSG:4326 -a_ullr -118.2 34.5 -118.164 34.476 qc.tif \
        ECO_L2_LSTE.002_QC_doy2023172202153_aid0001.tif
    eco-grid --bounds -118.2,34.476,-118.164,34.5 --res 0.006 --crs EPSG:4326 >g.txt
    mkdir h5 tif
    for rule in 'QC:mandatory<=1' 'QC:mandatory=2'; do
        eco-regrid --no-provenance --grid g.txt --min-coverage 0 --keep "$rule" --out-dir h5 $L2G.h5:LST 2>err |
            grep -v '^#' | cut -f 4-8 >a
        eco-regrid --no-provenance --grid g.txt --min-coverage 0 --keep "$rule" --out-dir tif \
            ECO_L2_LSTE.002_LST_doy2023172202153_aid0001.tif 2>err | grep -v '^#' | cut -f 4-8 >b
        paste a b | awk '{ for (i = 1; i <= 5; i++) { e = $i - $(i + 5); if (e > 1e-5 || -e > 1e-5) bad = 1 } } END { if (bad) print; exit bad }'
    done
    [ -f h5/Regrid_${L2G}_LST.tif ]
    [ "$(gdalinfo -json h5/Regrid_${L2G}_LST.tif | jq -r '.metadata[""] | .ECO_LAYER, .ECO_TIME, .ECO_SOURCE, .ECO_PRODUCT' | xargs)" = \
        "LST 2023-06-21T20:21:53Z $L2G.h5:LST ECO_L2G_LSTE" ]
    eco-grid --like $L2G.h5 --layer LST | diff - <(eco-grid --like $L2G.h5:LST) | grep -v cmd | grep '^[<>]' && false
    eco-plotspec panels --source $L2G.h5 --layer LST --result h5/Regrid_${L2G}_LST.tif --grid g.txt \
        --keep 'QC:mandatory=2' | grep -q set
    # By another name that means the same; and one that is nowhere.
    eco-regrid --grid g.txt --keep water=0 --out-dir h5 "HDF5:\"$L2G.h5\":/$FIELDS/LST" >out
    [ "$(tail -1 out | cut -f 2,8)" = $'ok\t1178' ]
    run --separate-stderr eco-regrid --grid g.txt --keep nothing=0 --out-dir h5 $L2G.h5:LST
    [ "$status" -eq 1 ]
    one_message "$L2G.h5:LST: no nothing layer for nothing=0"
}

@test "a layer in another file of the scene is found by what the names say" {
    make_grid
    cloud=ECOv003_L2G_CLOUD_28116_018_20230621T202153_01.h5
    {
        line dataset "/HDFEOS/GRIDS/ECO_L2G_CLOUD_70m/Data Fields/Cloud_final" u1 ${ROWS}x$COLUMNS - 'ramp 0 1 3'
        line text '/HDFEOS INFORMATION/StructMetadata.0' fixed "$(struct_of ECO_L2G_CLOUD_70m $COLUMNS $ROWS $UL $LR)"
    } | make_hdf5 $cloud
    # Of another time, which must not be taken.
    cp $cloud ECOv003_L2G_CLOUD_28116_017_20230621T202101_01.h5
    eco-grid --like $L2G.h5:LST >g.txt
    eco-regrid --grid g.txt --min-coverage 0 --keep Cloud_final=0 --out-dir . $L2G.h5:LST >out
    # Two thirds of the pixels that have a value.
    [ "$(tail -1 out | cut -f 2,8)" = $'ok\t1570' ]
}

@test "corners: sixty seconds, other origins, and the grid's own name among several" {
    make_grid a.h5 "$(struct_of ECO_L2G_LSTE_70m $COLUMNS $ROWS -118011060.000000,34030000.000000 $LR)"
    [ "$(eco-grid --like a.h5:LST | sed -n 's/^##x0=//p')" = -118.2 ]
    make_grid b.h5 "$(struct_of x $COLUMNS $ROWS $UL $LR '\t\tGridOrigin=HE5_HDFE_GD_LL\n\t\tPixelRegistration=HE5_HDFE_CORNER\n\t\tSphereCode=12\n')"
    make_grid c.h5
    printf '#lon\tlat\n-118.1983\t34.4998\n' >top
    printf '#lon\tlat\n-118.1983\t34.4762\n' >bottom
    [ "$(eco-sample --no-provenance --raw --points bottom b.h5:EmisWB | tail -1 | cut -f 6)" = \
        "$(eco-sample --no-provenance --raw --points top c.h5:EmisWB | tail -1 | cut -f 6)" ]
    two=$(struct_of first 5 5 $UL $LR | sed 's/\\tEND_GROUP=GRID_1\\n.*//')
    two+='\tEND_GROUP=GRID_1\n\tGROUP=GRID_2\n\t\tGridName="ECO_L2G_LSTE_70m"\n'
    two+="\t\tXDim=$COLUMNS\n\t\tYDim=$ROWS\n\t\tUpperLeftPointMtrs=($UL)\n\t\tLowerRightMtrs=($LR)\n\t\tProjection=HE5_GCTP_GEO\n"
    two+='\tEND_GROUP=GRID_2\nEND_GROUP=GridStructure\n'
    make_grid d.h5 "$two"
    diff <(eco-grid --like d.h5:LST | grep -v cmd) <(eco-grid --like c.h5:LST | grep -v cmd)
    # South-west of Greenwich and the equator; minus is of the whole.
    make_grid e.h5 "$(struct_of x $COLUMNS $ROWS -30000.000000,-20000.000000 1000000.000000,-1000000.000000)"
    [ "$(eco-grid --like e.h5:LST | sed -n 's/^##x0=//p; s/^##y0=//p' | xargs)" = "-0.5 -0.3333333333333333" ]
}

@test "StructMetadata.0 that lies is told, and so is none" {
    n=0
    while IFS='|' read -r text message; do
        make_grid bad$((++n)).h5 "$text"
        run --separate-stderr eco-index --no-provenance --open bad$n.h5:LST
        [ "$status" -eq 1 ]
        [[ $stderr == *"bad$n.h5: StructMetadata.0, which says where the grid lies: $message"* ]] ||
            { echo "$n: $stderr"; false; }
    done < <(
        good() { struct_of x $COLUMNS $ROWS $UL $LR | sed "$1"; }
        echo "$(good 's/XDim=60/XDim=61/')|its grid has 61 x 40 pixels, but LST has 60 x 40"
        echo "$(good 's/XDim=60/XDim=0/')|XDim is no size: \"0\""
        echo "$(good 's/YDim=40/YDim=1e3/')|YDim is no size: \"1e3\""
        echo "$(good 's/118012000/118075000/')|UpperLeftPointMtrs is no corner"
        echo "$(good 's/34028033.6/nan/')|LowerRightMtrs is no corner"
        echo "$(good 's/34030000/134030000/')|it is larger than the earth, or beyond a pole"
        echo "$(good 's/118009050/118013050/')|the upper left corner is not above and left"
        echo "$(good 's/HE5_GCTP_GEO/HE5_GCTP_SNSOID/')|Projection is neither HE5_GCTP_GEO nor HE5_GCTP_UTM"
        echo "$(struct_of x 60 40 $UL $LR '\t\tSphereCode=0\n')|SphereCode is not that of WGS 84"
        echo "$(struct_of x 60 40 $UL $LR '\t\tGridOrigin=MIDDLE\n')|GridOrigin is no corner"
        echo "$(good 's/.tEND_GROUP=GRID_1.*//')|it ends within a group"
        echo "$(good 's/GridStructure/GradStructure/g')|there is no grid in it"
        echo "END_GROUP=x\\n$(good '')|more groups end in it than begin"
    )
    [ "$n" -eq 13 ]
    grid_layers | make_hdf5 none.h5
    run --separate-stderr eco-index --no-provenance --open none.h5:LST
    [ "$status" -eq 1 ]
    [[ $stderr == *'none.h5: StructMetadata.0, which says where the grid lies: there is none'* ]]
}

@test "UTM grids lie in metres" {
    make_grid u.h5 "$(struct_of x $COLUMNS $ROWS 300000.0,9700000.0 306000.0,9696000.0 '\t\tZoneCode=-21\n' | sed s/HE5_GCTP_GEO/HE5_GCTP_UTM/)"
    [ "$(eco-index --no-provenance --open u.h5:LST 2>err | tail -1 | cut -f 13-15)" = $'EPSG:32721\t100\t100' ]
}

@test "files of several layers, layers that are not there, and files that are none" {
    make_grid
    eco-grid --like $L2G.h5:LST >g.txt
    list='EmisWB, LST, QC, height, water_mask'
    run --separate-stderr eco-regrid --no-provenance --grid g.txt -o o.tif $L2G.h5
    [ "$status" -eq 1 ]
    one_message "$L2G.h5: it has 5 layers, and nothing says which is meant, as $L2G.h5:LAYER or --layer do: $list"
    [ ! -e o.tif ]
    for name in "--layer PWV $L2G.h5" "$L2G.h5:PWV"; do
        run --separate-stderr eco-regrid --no-provenance --grid g.txt -o o.tif $name
        [ "$status" -eq 1 ]
        one_message "$L2G.h5: there is no layer \"PWV\" in it; there are: $list"
    done
    run --separate-stderr eco-regrid --grid g.txt -o o.tif --layer LST,QC $L2G.h5
    [ "$status" -eq 2 ]
    line dataset /a f4 3 - '1 2 3' | make_hdf5 line.h5
    run --separate-stderr eco-sample --cells line.h5
    [ "$status" -eq 1 ]
    one_message 'line.h5: there is no raster in it, as far as HDF5 goes'
    line dataset /a f4 3x3 - 1 | make_hdf5 plain.h5
    run --separate-stderr eco-sample --cells plain.h5
    [ "$status" -eq 1 ]
    one_message 'plain.h5: it has no geotransform'
    printf '\211HDF\r\n\032\nand no more of it' >head.h5
    run --separate-stderr eco-sample --cells head.h5
    [ "$status" -eq 1 ]
    one_message 'head.h5: damaged or cut short, as HDF5'
}

@test "files of any name, and a chunk that is larger than what goes over at once" {
    make_grid
    for name in 'a b#c%20.h5' 'back\slash.h5' 'co:lon.h5' './-x.h5' 'http:x.h5' '{a,b}[c].h5'; do
        cp $L2G.h5 "$name"
        [ "$(eco-index --no-provenance --layer LST -- "$name" 2>err | tail -1 | cut -f 4)" = LST ]
        [ "$(eco-sample --no-provenance --cells -- "$name:water_mask" | grep -vc '^#')" -eq 2400 ]
    done
    {
        line dataset "$FIELDS/big" f8 1500x1200 chunk=1500x1200,deflate=1 'ramp 0 1 1800000'
        line text '/HDFEOS INFORMATION/StructMetadata.0' fixed \
            "$(struct_of x 1200 1500 0.0,15000000.0 12000000.0,0.0)"
    } | make_hdf5 big.h5
    awk 'BEGIN { print "#lon\tlat"; for (i = 0; i < 400; i++) print (i * 37 % 1200 + 0.5) / 100 "\t" 15 - (i * 613 % 1500 + 0.5) / 100 }' >p
    awk 'BEGIN { for (i = 0; i < 400; i++) print i * 613 % 1500 * 1200 + i * 37 % 1200 }' >expected
    eco-sample --no-provenance --points p big.h5:big | grep -v '^#' | cut -f 6 | diff expected -
}

@test "a file that is cut off fails by name, wherever, and the batch goes on" {
    make_grid
    eco-grid --like $L2G.h5:LST >g.txt
    size=$(stat -c %s $L2G.h5)
    for cut in 1 7 100 $(seq 1000 2500 "$size"); do
        head -c -"$cut" $L2G.h5 >cut$cut.h5
    done
    ls cut*.h5 >list
    printf '%s\n' $L2G.h5 >>list
    run --separate-stderr eco-regrid --no-provenance --grid g.txt --layer LST --out-dir out <list
    [ "$status" -eq 1 ]
    [ "$(grep -c failed <<<"$output")" -eq "$(ls cut*.h5 | wc -l)" ]
    [ "$(tail -1 <<<"$output" | cut -f 1,2)" = $L2G.h5:LST$'\tok' ]
    [ "$(ls out)" = Regrid_${L2G}_LST.tif ]
    [ "$(wc -l <<<"$stderr")" -eq "$(ls cut*.h5 | wc -l)" ]
    # Without --open, too, where layers would be listed.
    run --separate-stderr eco-index --no-provenance cut100.h5
    [ "$status" -eq 1 ]
    [[ $stderr == *'cut100.h5: damaged or cut short'* ]]
}

@test "samples that a filter packed which is not installed, and values in other files" {
    {
        line dataset /packed u2 10x10 chunk=5x5,filter=32099 'ramp 1 1 100'
        line dataset /apart u1 10x10 external=secret 'ramp 65 1 20'
        line dataset /text u1 10x10 - 1
    } | make_hdf5 x.h5
    run --separate-stderr eco-sample --cells x.h5:packed
    [ "$status" -eq 1 ]
    one_message 'x.h5:packed: /packed: it is compressed by HDF5 filter 32099, which is not installed'
    run --separate-stderr eco-sample --cells x.h5:apart
    [ "$status" -eq 1 ]
    one_message 'x.h5:apart: /apart: its values lie in other files'
}

@test "bytes that were changed anywhere end no batch" {
    make_grid
    eco-grid --like $L2G.h5:LST >g.txt
    size=$(stat -c %s $L2G.h5)
    for i in $(seq 60); do
        cp $L2G.h5 hurt$i.h5
        for k in 1 2 3; do
            printf '%b' "\\x$(printf %x $(((i * 37 + k * 101) % 256)))" |
                dd of=hurt$i.h5 bs=1 seek=$(((i * 7919 + k * 104729) % size)) conv=notrunc status=none
        done
    done
    ls hurt*.h5 >list
    echo $L2G.h5 >>list
    run --separate-stderr timeout 120 eco-regrid --no-provenance --grid g.txt --layer LST --out-dir out <list
    [ "$status" -le 1 ]
    [ "$(grep -v '^#' <<<"$output" | wc -l)" -eq 61 ]
    [ "$(tail -1 <<<"$output" | cut -f 1,2)" = $L2G.h5:LST$'\tok' ]
    [ "$(grep -c 'failed' <<<"$output")" -eq "$(wc -l < <(printf '%s\n' "$stderr" | grep -v warning | grep -c . | xargs seq))" ]
}

@test "a crash of the library is the file's, and told" {
    make_grid
    eco-grid --like $L2G.h5:LST >g.txt
    # A plug-in that crashes as it opens files of a name.
    cat >crash.c <<'END'
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
int nc_open(const char *path, int mode, int *id);
int nc_open(const char *path, int mode, int *id)
{
    int (*real)(const char *, int, int *) = (int (*)(const char *, int, int *))dlsym(dlopen(LIBRARY, RTLD_LAZY), "nc_open");
    if (strstr(path, "crash"))
        abort();
    return real(path, mode, id);
}
END
    library=$(ldd "$BUILD/lib/eco/eco-hdf5.so" | awk '/libnetcdf/ { print $3 }')
    gcc -shared -fPIC -DLIBRARY="\"$library\"" -o crash.so crash.c -ldl
    cp $L2G.h5 crash.h5
    run --separate-stderr env ASAN_OPTIONS="verify_asan_link_order=0:${ASAN_OPTIONS-}" LD_PRELOAD="$PWD/crash.so" \
        eco-regrid --no-provenance --grid g.txt --layer LST --out-dir out crash.h5 $L2G.h5
    [ "$status" -eq 1 ]
    one_message 'crash.h5: damaged: the library that reads it crashed (Aborted)'
    [ "$(tail -1 <<<"$output" | cut -f 1,2)" = $L2G.h5:LST$'\tok' ]
}

@test "a step of reading that never ends is ended, and told, and the batch goes on" {
    make_grid
    eco-grid --like $L2G.h5:LST >g.txt
    # A library that hangs as it opens one file, and as it reads from another.
    cat >hang.c <<'END'
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>
static int hangs;
int nc_open(const char *path, int mode, int *id);
int nc_get_vara(int group, int id, const size_t *start, const size_t *count, void *v);
int nc_open(const char *path, int mode, int *id)
{
    int (*real)(const char *, int, int *) = (int (*)(const char *, int, int *))dlsym(dlopen(LIBRARY, RTLD_LAZY), "nc_open");
    hangs = strstr(path, "reading") != NULL;
    while (strstr(path, "opening"))
        pause();
    return real(path, mode, id);
}
int nc_get_vara(int group, int id, const size_t *start, const size_t *count, void *v)
{
    int (*real)(int, int, const size_t *, const size_t *, void *) = (int (*)(int, int, const size_t *, const size_t *, void *))dlsym(dlopen(LIBRARY, RTLD_LAZY), "nc_get_vara");
    for (volatile int i = 0; hangs; i = !i)
        ;
    return real(group, id, start, count, v);
}
END
    library=$(ldd "$BUILD/lib/eco/eco-hdf5.so" | awk '/libnetcdf/ { print $3 }')
    gcc -shared -fPIC -DLIBRARY="\"$library\"" -o hang.so hang.c -ldl
    cp $L2G.h5 opening.h5
    cp $L2G.h5 reading.h5
    run --separate-stderr env ASAN_OPTIONS="verify_asan_link_order=0:${ASAN_OPTIONS-}" LD_PRELOAD="$PWD/hang.so" \
        ECO_READ_SECONDS=1 timeout 120 \
        eco-regrid --no-provenance --grid g.txt --out-dir out opening.h5:LST reading.h5:LST $L2G.h5:LST
    [ "$status" -eq 1 ]
    [ "$stderr" = 'eco-regrid: opening.h5: damaged: reading a part of it took more than 1 s
eco-regrid: reading.h5: damaged: reading a part of it took more than 1 s' ]
    [ "$(grep -v '^#' <<<"$output" | cut -f 1,2 | xargs)" = "opening.h5:LST failed reading.h5:LST failed $L2G.h5:LST ok" ]
    [ "$(ls out)" = Regrid_${L2G}_LST.tif ]
    for bad in 0 86401 1.5 soon; do
        run --separate-stderr env ECO_READ_SECONDS=$bad eco-sample --cells $L2G.h5:LST
        [ "$status" -eq 1 ]
        one_message "ECO_READ_SECONDS is no whole number of seconds from 1 to 86400: \"$bad\""
    done
}

@test "GeoTIFF is read without this library, and nothing is left running" {
    make_tif
    make_grid
    eco-grid --like lst.tif >g.txt
    command -v strace >/dev/null || LD_DEBUG=files true
    LD_DEBUG=files LD_DEBUG_OUTPUT=$PWD/tif eco-regrid --grid g.txt -o o.tif lst.tif >out
    run ! grep -q 'libnetcdf\|libhdf5' tif.*
    LD_DEBUG=files LD_DEBUG_OUTPUT=$PWD/h5 eco-regrid --grid g.txt -o o2.tif $L2G.h5:LST >out
    grep -q 'libnetcdf' h5.*
    run ! grep -q 'libgdal' h5.*
}

@test "the flow takes a layer of each file, once, and tells of those that are damaged" {
    mkdir -p in
    make_grid in/$L2G.h5
    later=ECOv003_L2G_LSTE_28117_018_20230621T215453_01
    cp in/$L2G.h5 in/$later.h5
    cat >config.mk <<'END'
SITES  := here
VARS   := LST water=water_mask
SCENES := in/*.h5
CENTER := -118.18,34.49
RADIUS := 500
RES    := 250
PLOTS  := no
END
    # shellcheck disable=SC2120
    flow() {
        make --no-print-directory -f "$ROOT/pipelines/eco.mk" ECO_BIN="$BUILD/bin" CONFIG=config.mk "$@"
    }
    unset MAKEFLAGS MFLAGS MAKELEVEL
    flow >said
    [ "$(cd out/here/LST/coarse && ls ./*.tif)" = "$(printf './Regrid_%s.tif\n' $L2G $later)" ]
    [ "$(grep -v '^#' out/here/LST.scenes.tsv | cut -f 1,2)" = \
        "$(printf '%s\tok\n' "in/$L2G.h5:LST" "in/$later.h5:LST")" ]
    grep -q 'water' <(head -n 1 out/here/water.csv)
    sleep 0.02
    touch mark
    flow >said
    [ -z "$(find out -newer mark -name '*.t??')" ]
    # One that is cut off fails, and is told; the others stay.
    head -c 9000 in/$later.h5 >in/ECOv003_L2G_LSTE_28118_018_20230621T232753_01.h5
    flow >said 2>err || true
    grep -q '28118.*none of its layers can be told' out/here/LST.scenes.tsv
    [ "$(grep -c ok out/here/LST.scenes.tsv)" -eq 2 ]
    # What is asked for and not there is told with what is.
    rm in/*28118*
    run flow VARS=PWV
    [[ $output == *'the layers there are EmisWB, LST, QC, height, water_mask'* ]]
}
