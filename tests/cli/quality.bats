# eco-regrid --keep: pixels kept by each rule, against counts by awk on gdal_translate's
# text; companions and where they are found; fields of quality values against NASA's tables.
load ../lib/common
load ../lib/pixels

PLACE=500000,70,0,9700000,0,-70
NAME=ECO_L2T_LSTE.002_%s_doy2020221094621_aid0001_21S.tif

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# layer FOLDER LAYER TYPE EXPRESSION [PLACE]: a small layer of the made-up scene.
layer() {
    mkdir -p "$1"
    # shellcheck disable=SC2059
    make_raster "$1/$(printf "$NAME" "$2")" 40 30 "$3" none "${5:-$PLACE}" EPSG:32721 "$4"
}

# A scene of 40 x 30 pixels, clouds in its first 10 columns, bad quality in its last 5.
scene() {
    layer "${1:-.}" LST Float32 '300 + $c + $r / 100'
    layer "${1:-.}" cloud Byte '$c < 10'
    layer "${1:-.}" QC UInt16 '$c >= 35 ? 2 : $c % 2'
    make_grid g.txt EPSG:32721 500000 9700000 70 70 40 30
    # shellcheck disable=SC2059
    LST=$(printf "$NAME" LST)
}

# The value of a column, by its name, in the last record of eco-regrid's.
column() {
    awk -F '\t' -v name="$1" '/^#path/ {for (i = 1; i <= NF; i++) if ($i == name) c = i}
        !/^#/ {v = $c} END {print v}' out.tsv
}

# kept SCENE RULE:EXPRESSION...: keeps by the rules, onto the scene's own pixels, and checks
# each pixel and each rule's count. The expression is awk's, of v, the companion's raw
# value; the companions' files come as LAYER=FILE in $files.
kept() {
    local scene=$1 options=() paste=("$1") n=1 tests=""
    shift
    for pair; do
        local rule=${pair%%|*} expression=${pair##*|} layer
        layer=${rule%%[:<>=!]*}
        options+=(--keep "$rule")
        n=$((n + 1))
        paste+=("${files[$layer]}")
        tests+=" v = \$$n; if (!($expression)) {good = 0; if (\$1 != none) removed[$n]++}"
    done
    eco-grid --like "$scene" >g.txt
    eco-regrid --grid g.txt --method nearest --raw "${options[@]}" -o out.tif "$scene" >out.tsv
    local none columns=()
    none=$(gdalinfo -json "$scene" | jq -r '.bands[0].noDataValue' | sed 's/NaN/nan/')
    for f in "${paste[@]}"; do
        [ -e "$f.txt" ] || pixels "$f" >"${f##*/}.txt"
        columns+=("${f##*/}.txt")
    done
    paste "${columns[@]}" | awk -v none="$none" -v n="$n" "
        function bits(v, shift, count) {return int(v / 2 ^ shift) % 2 ^ count}
        {good = 1; $tests; print good ? \$1 : none}
        END {for (i = 2; i <= n; i++) print removed[i] + 0 >\"removed.txt\"}" >expected.txt
    cmp <(pixels out.tif) expected.txt
    [ "$(grep -c -v -x -e "$none" expected.txt)" -eq "$(column cells)" ]
    [ "$(awk -F '\t' '!/^#/ {for (i = 8; i <= NF - 3; i++) print $i}' out.tsv)" = "$(cat removed.txt)" ]
}

@test "Collection 1: every rule keeps what awk keeps, on all dates" {
    need_data region4
    local n=0 sum=0 cells=0
    declare -A files
    for scene in "$DATA"/region4/ECO2LSTE.001_SDS_LST_doy*.tif; do
        local time=${scene##*_doy}
        for layer in QC LST_err EmisWB; do
            files[$layer]=$DATA/region4/ECO2LSTE.001_SDS_${layer}_doy$time
        done
        files[CloudMask]=$DATA/region4/ECO2CLD.001_SDS_CloudMask_doy$time
        kept "$scene" 'QC:mandatory<=1|v != -99999 && bits(v, 0, 2) <= 1' \
            'QC:lst_accuracy>=2|v != -99999 && bits(v, 14, 2) >= 2' \
            'QC:data_quality=0|v != -99999 && bits(v, 2, 2) == 0' \
            'QC:mmd!=2|v != -99999 && bits(v, 10, 2) != 2' \
            'CloudMask:determined=1|v != -999 && bits(v, 0, 1) == 1' \
            'CloudMask:cloud=0|v != -999 && v % 4 == 1' \
            'LST_err<1.2|v != 0 && v * 0.04 < 1.2' \
            'EmisWB>=0.95|v != 0 && v * 0.002 + 0.49 >= 0.95'
        cells=$((cells + $(column cells)))
        sum=$((sum + $(paste -sd+ removed.txt)))
        n=$((n + 1))
    done
    [ "$n" -eq 6 ]
    [ "$sum" -gt 1000 ]
    [ "$cells" -gt 1000 ]
}

@test "Collection 2 swath: cloud means cloud_mask, water water_mask; scales are no matter" {
    need_data la2023
    local n=0
    declare -A files
    for scene in "$DATA"/la2023/*_LST_*.tif; do
        local time=${scene##*_doy}
        # A part of each, or this takes minutes; all of the files go through the next test.
        for layer in LST QC cloud_mask water_mask; do
            gdal_translate -q -srcwin 100 300 400 250 "$DATA/la2023/ECO_L2_LSTE.002_${layer}_doy$time" \
                "ECO_L2_LSTE.002_${layer}_doy$time"
        done
        files=([QC]=ECO_L2_LSTE.002_QC_doy$time [cloud]=ECO_L2_LSTE.002_cloud_mask_doy$time
            [water_mask]=ECO_L2_LSTE.002_water_mask_doy$time)
        kept "ECO_L2_LSTE.002_LST_doy$time" 'QC:lst_accuracy>=2|v != -99999 && bits(v, 14, 2) >= 2' \
            'cloud=0|v == 0' 'water_mask=0|v == 0'
        n=$((n + 1))
    done
    [ "$n" -eq 4 ]
}

@test "Collection 2 swath: pixels of each value, by gdalinfo's histogram" {
    need_data la2023
    for layer in cloud_mask water_mask; do
        local mask=$DATA/la2023/ECO_L2_LSTE.002_${layer}_doy2023173193326_aid0001.tif
        rm -f copy.tif*
        eco-grid --like "$mask" >g.txt
        eco-regrid --grid g.txt --method nearest --keep "$layer=0" -o out.tif "$mask" >out.tsv
        # A copy, since gdalinfo writes what it counts beside the file, also through a VRT.
        gdal_translate -q "$mask" copy.tif
        gdalinfo -json -hist copy.tif >hist.json
        [ "$(column "removed:$layer=0")" -eq "$(jq '.bands[0].histogram.buckets | .[1:] | add' hist.json)" ]
        [ "$(column cells)" -eq "$(jq '.bands[0].histogram.buckets[0]' hist.json)" ]
    done
}

@test "Collection 2 tiles, from AppEEARS and from LP DAAC" {
    need_data appeears_L2T
    declare -A files
    local f=$DATA/appeears_L2T/ECO_L2T_LSTE.002_%s_doy2023012222450_aid0001_30N.tif
    # shellcheck disable=SC2059
    files=([QC]=$(printf "$f" QC) [water]=$(printf "$f" water))
    # shellcheck disable=SC2059
    kept "$(printf "$f" LST)" 'water=0|v == 0' 'QC:mandatory=0|v != -99999 && bits(v, 0, 2) == 0' \
        'QC:opacity>=2|v != -99999 && bits(v, 8, 2) >= 2'
    [ "$(column cells)" -gt 0 ]
    f=ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_01_%s.tif
    for layer in LST cloud LST_err; do
        local name=${f/\%s/$layer}
        gdal_translate -q -srcwin 600 500 400 300 "$DATA/cog_32UPU/$name" "$name"
    done
    files=([cloud]=${f/\%s/cloud} [LST_err]=${f/\%s/LST_err})
    kept "${f/\%s/LST}" 'cloud=0|v == 0' 'LST_err<1.5|v != "nan" && v < 1.5'
    [ "$(column cells)" -gt 0 ]
}

@test "NASA's own counts of cloud masks are those of the rules" {
    need_data region4
    local n=0
    for mask in "$DATA"/region4/ECO2CLD.001_SDS_CloudMask_doy*.tif; do
        local day=${mask##*_doy}
        eco-grid --like "$mask" >g.txt
        eco-regrid --grid g.txt --method nearest --keep CloudMask:determined=1 \
            --keep CloudMask:water=0 --keep CloudMask:cloud=0 -o out.tif "$mask" >out.tsv
        # Columns of the table are values of the mask: what the bits of each say, counted. What
        # was not determined is not clear, whatever its cloud bit is (the table has 2 and 14).
        awk -F , -v day="CloudMask_${day:0:7}_" '
            FNR == 1 {for (i = 7; i <= NF; i++) v[i] = $i; next}
            index($1, day) {
                for (i = 7; i <= NF; i++) {
                    undetermined += v[i] % 2 == 0 ? $i : 0
                    water += int(v[i] / 32) % 2 ? $i : 0
                    unclear += v[i] % 4 != 1 ? $i : 0
                    n++
                }
                print undetermined + 0, water + 0, unclear + 0
            }' "$DATA/region4/ECO2CLD-001-SDS-CloudMask-Statistics-QA.csv" >expected
        [ "$(column removed:CloudMask:determined=1) $(column removed:CloudMask:water=0) $(column removed:CloudMask:cloud=0)" = "$(cat expected)" ]
        n=$((n + 1))
    done
    [ "$n" -eq 6 ]
}

# table CSV COLUMN: the table's values, a number and a text a line.
table() {
    perl -e '
        my ($column, @name) = shift;
        while (<STDIN>) {
            s/\r?\n//;
            my @field;
            push @field, defined $1 ? $1 : $2 while /\G(?:"([^"]*)"|([^,"]*))(?:,|$)/g;
            if (!@name) {@name = @field; next}
            my ($i) = grep {$name[$_] eq $column} 0 .. $#name;
            die "no column $column" unless defined $i;
            print "$field[0]\t$field[$i]\n";
        }' "$2" <"$1"
}

@test "every field of every value in NASA's table of QC" {
    need_data region4
    local csv=$DATA/region4/ECO2LSTE-001-SDS-QC-lookup.csv
    table "$csv" Value | cut -f 1 >values
    [ "$(wc -l <values)" -eq 143 ]
    while read -r v; do
        eco-index --no-provenance --explain-qc "$v" | awk -v v="$v" -F '\t' '!/^#/ {print $2 "\t" v "\t" $3}'
    done <values >ours
    # What a text of the table says, by the words in it.
    while IFS='|' read -r field column words; do
        table "$csv" "$column" | awk -F '\t' -v field="$field" -v words="$words" '
            BEGIN {n = split(words, word, ";")}
            {
                for (i = 1; i <= n && !index($2, word[i]); i++);
                print field "\t" $1 "\t" i - 1
            }' >theirs
        grep "^$field	" ours | cmp - theirs
        # All that a field can be and the table has, not one number throughout.
        [ "$(cut -f 3 theirs | sort -u | wc -l)" -ge 3 ]
    done <<'END'
mandatory|Mandatory QA flags|best quality;nominal quality;but cloud;not produced
data_quality|Data quality flag|Good;Missing stripe;Not set;Missing/bad
opacity|Atmospheric Opacity|>=3;0.2 - 0.3;0.1 - 0.2;<0.1
mmd|MMD|>0.15;0.1 - 0.15;0.03 - 0.1;<0.03
emissivity_accuracy|Emissivity accuracy|>0.02;0.015 - 0.02;0.01 - 0.015;<0.01
lst_accuracy|LST accuracy|>2 K;1.5 - 2 K;1 - 1.5 K;<1 K
END
    # The table says nominal for two values of iterations.
    table "$csv" Iterations | awk -F '\t' '{print "iterations\t" $1 "\t" $2}' >theirs
    grep '^iterations	' ours | awk -F '\t' '{split("Slow convergence,Nominal,Nominal,Fast", t, ",");
        print $1 "\t" $2 "\t" t[$3 + 1]}' | cmp - theirs
}

@test "every field of every value in NASA's table of cloud masks" {
    need_data region4
    local csv=$DATA/region4/ECO2CLD-001-SDS-CloudMask-lookup.csv
    table "$csv" Value | cut -f 1 >values
    [ "$(wc -l <values)" -eq 14 ]
    while read -r v; do
        eco-index --no-provenance --qc-layer CloudMask --explain-qc "$v" |
            awk -v v="$v" -F '\t' '!/^#/ {print $2 "\t" v "\t" $3}'
    done <values >ours
    while IFS='|' read -r field column yes; do
        table "$csv" "$column" | awk -F '\t' -v field="$field" -v yes="$yes" \
            '{print field "\t" $1 "\t" ($2 == yes)}' >theirs
        grep "^$field	" ours | cmp - theirs
    done <<'END'
determined|Cloud Mask Flag|determined
cloud|Final Cloud Plus Region-growing|yes
any_test|Final Cloud, either one of bits 2, 3 ,or 4 set|yes
brightness_test|band 4 Brightness Threshold Test|yes
thermal_test|Band 4-5 Thermal Difference test|yes
water|Land/Water Mask|water
END
}

@test "several rules on one scene: all must hold, and each is counted by itself" {
    scene
    eco-regrid --grid g.txt --method nearest --keep cloud=0 --keep 'QC:mandatory<=1' \
        --keep QC:mandatory=0 --keep 'LST<335' -o out.tif "$LST" >out.tsv
    [ "$(column removed:cloud=0)" -eq 300 ]
    [ "$(column 'removed:QC:mandatory<=1')" -eq 150 ]
    [ "$(column removed:QC:mandatory=0)" -eq 660 ]
    [ "$(column 'removed:LST<335')" -eq 150 ]
    [ "$(column cells)" -eq 390 ]
    pixels out.tif | awk '{c = (NR - 1) % 40; good = c >= 10 && c < 35 && c % 2 == 0
        if (good != ($1 != "nan")) exit 1}'
    gdalinfo out.tif | grep -F 'ECO_KEEP=cloud=0 QC:mandatory<=1 QC:mandatory=0 LST<335'
}

@test "every operator" {
    scene
    while read -r rule cells; do
        eco-regrid --grid g.txt --method nearest --keep "$rule" -o out.tif "$LST" >out.tsv
        [ "$(column cells)" -eq "$cells" ]
    done <<'END'
QC<1 540
QC<=1 1050
QC=1 510
QC==1 510
QC!=1 690
QC>=1 660
QC>1 150
END
}

@test "0 is a value of QC, and a companion's nodata is none" {
    scene
    layer . QC UInt16 '$c < 4 ? 7 : 0'
    eco-regrid --grid g.txt --method nearest --keep QC:mandatory=0 -o out.tif "$LST" >out.tsv
    [ "$(column cells)" -eq 1080 ]
    gdal_edit=$(printf '%s' "$NAME" | sed 's/%s/QC/')
    gdal_translate -q -a_nodata 0 "$gdal_edit" q.tif
    eco-regrid --grid g.txt --method nearest --keep 'QC:mandatory<=3' --companion QC=q.tif \
        -o out.tif "$LST" >out.tsv
    [ "$(column cells)" -eq 120 ]
}

@test "rules apply alike to means, to values at centres, and with little memory" {
    # More pixels than an eighth of the memory has bits: companions are read again.
    make_raster ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif 3000 3000 Byte none \
        500000,10,0,9700000,0,-10 EPSG:32721 '($c * 7 + $r * 3) % 200' -co TILED=YES -co COMPRESS=DEFLATE
    make_raster ECO_L2T_LSTE.002_cloud_doy2020221094621_aid0001_21S.tif 3000 3000 Byte none \
        500000,10,0,9700000,0,-10 EPSG:32721 '($c + $r) % 3 == 0' -co BLOCKYSIZE=7 -co COMPRESS=DEFLATE
    make_grid g.txt EPSG:32721 499990 9700030 125 125 241 241
    LST=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    for memory in 1G 7M; do
        eco-regrid --no-provenance --grid g.txt --bands mean,n,nearest,bilinear --dtype Float64 \
            --keep cloud=0 --memory $memory -o $memory.tif "$LST" | cut -f 4-8 >$memory.tsv
    done
    [ "$(bits 7M.tif)" = "$(bits 1G.tif)" ]
    cmp 7M.tsv 1G.tsv
    [ "$(tail -1 7M.tsv | cut -f 5)" -eq 3000000 ]
}

@test "companions lie beside the scene, or in a folder named alike" {
    scene data/LST_ATTO_ECOSTRESS
    mkdir data/cloud_ATTO_ECOSTRESS data/QC_ATTO_ECOSTRESS
    for layer in cloud QC; do
        mv data/LST_ATTO_ECOSTRESS/*_${layer}_* data/${layer}_ATTO_ECOSTRESS/
    done
    eco-regrid --grid g.txt --method nearest --keep cloud=0 --keep 'QC:mandatory<=1' \
        -o out.tif "data/LST_ATTO_ECOSTRESS/$LST" >out.tsv
    [ "$(column cells)" -eq 750 ]
    # The nearer one is taken.
    layer data/LST_ATTO_ECOSTRESS cloud Byte '$c < 20'
    eco-regrid --grid g.txt --method nearest --keep cloud=0 -o out.tif "data/LST_ATTO_ECOSTRESS/$LST" >out.tsv
    [ "$(column cells)" -eq 600 ]
    # The layer's name may stand in the folder's more than once, or in another word.
    mkdir "data/my LSTE of LST" "data/my LSTE of cloud"
    mv data/LST_ATTO_ECOSTRESS/*_LST_* "data/my LSTE of LST/"
    mv data/cloud_ATTO_ECOSTRESS/* "data/my LSTE of cloud/"
    eco-regrid --grid g.txt --method nearest --keep cloud=0 -o out.tif "data/my LSTE of LST/$LST" >out.tsv
    [ "$(column cells)" -eq 900 ]
}

@test "companions in folders of any name, numbered copies, other iterations" {
    regrid() {
        run --separate-stderr eco-regrid --grid g.txt --method nearest "$@"
        echo "$output" >out.tsv
    }
    # Beside, in and above the scene's folder.
    scene data/scenes
    for folder in data/quality data/scenes/masks data; do
        mkdir -p $folder
        mv "$(find data -name '*_cloud_*')" $folder/
        regrid --keep cloud=0 -o out.tif "data/scenes/$LST"
        [ "$status" -eq 0 ] && [ -z "$stderr" ]
        [ "$(column cells)" -eq 900 ]
    done
    (cd data/scenes && eco-regrid --grid ../../g.txt --method nearest --keep cloud=0 -o out.tif "$LST" >../../out.tsv)
    [ "$(column cells)" -eq 900 ]
    # Two of one name, far: which?
    mkdir data/quality2
    cp data/*_cloud_* data/quality2
    mv data/*_cloud_* data/quality
    regrid --keep cloud=0 -o out.tif "data/scenes/$LST"
    [ "$status" -eq 1 ]
    one_message "--companion says which"
    [[ $stderr == *data/quality/* && $stderr == *data/quality2/* ]]
    # Other scenes' companions are none: another time, zone, collection, layer.
    rm -r data/quality2
    mkdir plain && cp "data/scenes/$LST" plain
    for other in "${LST/094621/094713}" "${LST/21S/20S}" "${LST/.002/.003}" "${LST/LST/MASK}"; do
        cp data/quality/*_cloud_* "plain/${other/_LST_doy/_cloud_doy}"
        regrid --keep cloud=0 -o out.tif "plain/$LST"
        [ "$status" -eq 1 ]
        rm plain/*_cloud_*
    done
    # A browser's numbers, on either side; the file itself before a copy of it.
    local numbered=${LST%.tif}"(1).tif"
    mv "plain/$LST" "plain/$numbered"
    cp data/quality/*_cloud_* "plain/${LST/_LST_doy/_cloud_doy}"
    regrid --keep cloud=0 -o out.tif "plain/$numbered"
    [ "$(column cells)" -eq 900 ]
    mv "plain/${LST/_LST_doy/_cloud_doy}" "plain/${numbered/_LST_doy/_cloud_doy}"
    regrid --keep cloud=0 -o out.tif "plain/$numbered"
    [ "$(column cells)" -eq 900 ]
    mv "plain/$numbered" "plain/$LST"
    regrid --keep cloud=0 -o out.tif "plain/$LST"
    [ "$(column cells)" -eq 900 ]
    layer plain cloud Byte '$c < 20'
    regrid --keep cloud=0 -o out.tif "plain/$LST"
    [ "$(column cells)" -eq 600 ]
}

@test "companions of tiles: what was done with a scene, and QC of other products" {
    local tile=ECOv002_L2T_LSTE_26214_003_32UPU_20230219T061752_0710_0
    make_raster ${tile}1_LST.tif 40 30 Float32 none "$PLACE" EPSG:32632 300
    make_raster ${tile}1_QC.tif 40 30 UInt16 none "$PLACE" EPSG:32632 '$c < 7 ? 3 : 0'
    make_raster ${tile}1_cloud.tif 40 30 Byte none "$PLACE" EPSG:32632 '$c < 9'
    eco-grid --like ${tile}1_LST.tif >g.txt
    kept_cells() {
        eco-regrid --grid g.txt --method nearest --keep 'QC:mandatory<=1' --keep cloud=0 -o out.tif "$1" >out.tsv
        column cells
    }
    [ "$(kept_cells ${tile}1_LST.tif)" -eq 930 ]
    for name in LST_UTM LST_dangermond 'LST(1)' 'LST_UTM (3)'; do
        cp ${tile}1_LST.tif "${tile}1_$name.tif"
        [ "$(kept_cells "${tile}1_$name.tif")" -eq 930 ]
    done
    # Its own, done likewise, comes first.
    make_raster ${tile}1_cloud_UTM.tif 40 30 Byte none "$PLACE" EPSG:32632 '$c < 20'
    [ "$(kept_cells ${tile}1_LST_UTM.tif)" -eq 600 ]
    [ "$(kept_cells ${tile}1_LST.tif)" -eq 930 ]
    # ET has its scene's QC in another product, of another iteration.
    local et=ECOv002_L3T_JET_26214_003_32UPU_20230219T061752_0711_01_ETdaily.tif
    cp ${tile}1_LST.tif $et
    [ "$(kept_cells $et)" -eq 930 ]
    mv ${tile}1_QC.tif ${tile}2_QC.tif
    [ "$(kept_cells $et)" -eq 930 ]
}

@test "layers answer to their names in any collection" {
    local c1=ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001.tif
    make_raster $c1 40 30 UInt16 none "$PLACE" EPSG:32721 '15000 + $c'
    make_raster ${c1/LST_doy/LST_err_doy} 40 30 UInt16 none "$PLACE" EPSG:32721 '$c'
    make_raster ${c1/ECO2LSTE.001_SDS_LST/ECO2CLD.001_SDS_CloudMask} 40 30 Byte none "$PLACE" EPSG:32721 '$c < 10 ? 3 : $c < 12 ? 2 : 1'
    eco-grid --like $c1 >g.txt
    for rule in 'LST<15020' 'SDS_LST<15020' 'LST_err<20' 'SDS_LST_err<20'; do
        eco-regrid --grid g.txt --method nearest --keep "$rule" -o out.tif $c1 >out.tsv
        [ "$(column cells)" -eq 600 ]
    done
    for rule in 'CloudMask:cloud=0 840' 'SDS_CloudMask:cloud=0 840' 'CloudMask:cloud=1 300' \
        'CloudMask:cloud!=1 840' 'CloudMask:determined=0 60'; do
        eco-regrid --grid g.txt --method nearest --keep "${rule% *}" -o out.tif $c1 >out.tsv
        [ "$(column cells)" -eq "${rule#* }" ]
    done
    local et=ECO3ETPTJPL.001_EVAPOTRANSPIRATION_PT_JPL_ETinst_doy2020270224300_aid0001.tif
    make_raster $et 40 30 Float32 none "$PLACE" EPSG:32721 '$c'
    make_raster ${et/ETinst/ETinstUncertainty} 40 30 Float32 none "$PLACE" EPSG:32721 '-$c'
    for layers in LST SDS_LST ETinst EVAPOTRANSPIRATION_PT_JPL_ETinst ETinstUncertainty; do
        eco-sample --cells --no-provenance --layer $layers $c1 $et ${et/ETinst/ETinstUncertainty} |
            awk -F '\t' '/^#/ {for (i = 1; i <= NF; i++) if ($i == "layer") k = i; next} {n[$k]++} END {for (l in n) print n[l], "_" l}' >got
        [ "$(awk '{print $1}' got)" = 1200 ]
        grep -q "_${layers#SDS_}\$" got
    done
    # Collection 3's names, and Collection 2's.
    local c3=ECOv003_L2T_LSTE_26214_003_32UPU_20230219T061752_01_LST.tif
    make_raster $c3 40 30 Float32 none "$PLACE" EPSG:32632 300
    for mask in cloud cloud_mask; do
        rm -f ./*_01_cloud*
        make_raster ${c3/LST.tif/$mask.tif} 40 30 Byte none "$PLACE" EPSG:32632 '$c < 4'
        for rule in cloud=0 cloud_mask=0; do
            eco-grid --like $c3 >g.txt
            eco-regrid --grid g.txt --method nearest --keep $rule -o out.tif $c3 >out.tsv
            [ "$(column cells)" -eq 1080 ]
            eco-regrid --grid g.txt --method nearest --keep $rule --companion cloud_mask=${c3/LST.tif/$mask.tif} \
                -o out.tif $c3 >out.tsv
            [ "$(column cells)" -eq 1080 ]
        done
    done
}

@test "a rule that leaves nothing is told, with the fields of bits" {
    scene
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep 'LST>400' -o out.tif "$LST"
    [ "$status" -eq 0 ]
    one_message "$LST: LST>400 leaves none of its 1200 pixels"
    run --separate-stderr eco-sample --cells --keep 'LST>400' "$LST"
    one_message "$LST: LST>400 leaves none of its 1200 pixels"
    local c1=ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001.tif
    make_raster $c1 40 30 UInt16 none "$PLACE" EPSG:32721 '15000 + $c'
    make_raster ${c1/ECO2LSTE.001_SDS_LST/ECO2CLD.001_SDS_CloudMask} 40 30 Byte none "$PLACE" EPSG:32721 '1 + $c % 2 * 2'
    eco-grid --like $c1 >g.txt
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep CloudMask=0 -o out.tif $c1
    one_message "$c1: CloudMask=0 leaves none of its 1200 pixels: that compares all bits, whose fields are determined, cloud, any_test"
    # Some is not nothing; a scene without values loses none.
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep CloudMask=1 -o out.tif $c1
    [ -z "$stderr" ]
    make_raster $c1 40 30 UInt16 0 "$PLACE" EPSG:32721 0
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep CloudMask=0 -o out.tif $c1
    [ -z "$stderr" ]
}

@test "clouds by QC: told, once, where a collection's QC has none" {
    scene
    local two=${LST/094621/104621}
    for layer in LST QC cloud; do
        cp "${LST/_LST_doy/_${layer}_doy}" "${two/_LST_doy/_${layer}_doy}"
    done
    for rule in 'QC:mandatory<=1' QC:mandatory=0 'QC:mandatory!=2' 'SDS_QC:mandatory<2' QC=0; do
        run --separate-stderr eco-regrid --grid g.txt --method nearest --keep "$rule" --out-dir o "$LST" "$two"
        one_message "$LST: QC of Collection 2 says nothing of clouds, so $rule lets them through"
    done
    for rules in 'QC:mandatory<=1 cloud=0' 'QC:lst_accuracy>=0' 'QC:mandatory<=2' cloud=0; do
        # shellcheck disable=SC2046
        run --separate-stderr eco-regrid --grid g.txt --method nearest $(printf -- '--keep %s ' $rules) --out-dir o "$LST" "$two"
        [ -z "$stderr" ]
    done
    local c1=ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001.tif
    cp "$LST" $c1
    cp "${LST/_LST_doy/_QC_doy}" ${c1/SDS_LST/SDS_QC}
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep 'QC:mandatory<=1' -o out.tif $c1
    [ -z "$stderr" ]
}

@test "what QC means is said by collection" {
    meaning() {
        eco-index --no-provenance --explain-qc "$@" | awk -F '\t' '$2 == "mandatory" {print $4}'
    }
    [ "$(meaning 2 --collection 1)" = 'produced, but cloud detected' ]
    for collection in 2 3; do
        [ "$(meaning 2 --collection $collection)" = 'not set: clouds are in the cloud layer' ]
        [ "$(meaning 0 --collection $collection)" = "$(meaning 0 --collection 1)" ]
    done
    [[ $(meaning 0xC042) == 'produced, but cloud detected (Collection 1); not set'*'(Collections 2 and 3)' ]]
    for v in 0 1 3; do
        [ "$(meaning $v)" = "$(meaning $v --collection 1)" ]
    done
    run --separate-stderr eco-index --explain-qc 1 --qc-layer CloudMask --collection 2
    [ "$status" -eq 2 ]
    one_message 'CloudMask is of Collection 1'
    run --separate-stderr eco-index --explain-qc 1 --collection 4
    [ "$status" -eq 2 ]
    one_message --collection
}

@test "a missing companion is an error that names it, or a warning and no filter" {
    scene
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep water=0 -o out.tif "$LST"
    [ "$status" -eq 1 ]
    one_message "$LST: no water layer for water=0: ${LST/_LST_doy/_water_doy}"
    [[ ${lines[-1]} == "$LST"$'\t'failed$'\t'* ]]
    [[ $stderr == *"in its folder or one in or beside it; --companion says where it lies" ]]
    [ ! -e out.tif ]
    local c1=ECO2LSTE.001_SDS_LST_doy2020270224300_aid0001.tif
    cp "$LST" $c1
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep cloud=0 -o out.tif $c1
    [ "$status" -eq 1 ]
    one_message "Collection 1 has it in CloudMask: CloudMask:cloud=0; "
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep water_mask!=1 -o out.tif $c1
    one_message "Collection 1 has it in CloudMask: CloudMask:water!=1; "
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep water=0 --keep cloud=0 \
        --missing-companion warn -o out.tif "$LST"
    [ "$status" -eq 0 ]
    one_message "$LST: no water layer, so water=0 was not applied: ${LST/_LST_doy/_water_doy}"
    echo "$output" >out.tsv
    [ "$(column removed:water=0)" = NaN ]
    [ "$(column removed:cloud=0)" -eq 300 ]
    [ "$(column cells)" -eq 900 ]
    # A file of no known name.
    cp "$LST" plain.tif
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep cloud=0 -o out.tif plain.tif
    [ "$status" -eq 1 ]
    one_message "plain.tif: no cloud layer for cloud=0: its name tells no layer to replace"
    eco-regrid --grid g.txt --method nearest --keep cloud=0 --companion "cloud=${LST/_LST_doy/_cloud_doy}" \
        -o out.tif plain.tif >out.tsv
    [ "$(column cells)" -eq 900 ]
}

@test "the date of la2023 that has no LST says so" {
    need_data la2023
    local qc=$DATA/la2023/ECO_L2_LSTE.002_QC_doy2023172121314_aid0001.tif
    eco-grid --like "$qc" >g.txt
    run --separate-stderr eco-regrid --grid g.txt --method nearest --keep 'LST>280' -o out.tif "$qc"
    [ "$status" -eq 1 ]
    one_message "no LST layer for LST>280: $DATA/la2023/ECO_L2_LSTE.002_LST_doy2023172121314_aid0001.tif"
}

@test "a companion with other pixels is refused" {
    scene
    local cloud=${LST/_LST_doy/_cloud_doy}
    refused() {
        run --separate-stderr eco-regrid --grid g.txt --method nearest --keep cloud=0 -o out.tif "$LST"
        [ "$status" -eq 1 ]
        one_message "$cloud: it has not the pixels of $LST"
        [ ! -e out.tif ]
    }
    layer . cloud Byte 0 500035,70,0,9700000,0,-70
    refused
    layer . cloud Byte 0 500000,70.5,0,9700000,0,-70
    refused
    gdal_translate -q -outsize 80 60 "$LST" "$cloud"
    refused
    gdal_translate -q -a_srs EPSG:32720 "$LST" "$cloud"
    refused
    # The same place as doubles of another program have it.
    layer . cloud Byte 0 500000.0000001,70,0,9700000,0,-70.0000000001
    eco-regrid --grid g.txt --method nearest --keep cloud=0 -o out.tif "$LST"
}

@test "rules that are none, and unknown fields, which come with the known ones" {
    scene
    for rule in '' QC 'QC:mandatory' '=1' 'QC=' 'QC=x' 'QC=NaN' 'QC:mandatory=<1' 'QC!1'; do
        run --separate-stderr eco-regrid --grid g.txt --keep "$rule" -o out.tif "$LST"
        [ "$status" -eq 2 ]
        one_message "--keep: not a rule such as QC:mandatory<=1: \"$rule\""
    done
    run --separate-stderr eco-regrid --grid g.txt --keep QC:cloud=0 -o out.tif "$LST"
    [ "$status" -eq 2 ]
    one_message "--keep: QC has no field \"cloud\" but mandatory, data_quality, iterations, opacity, mmd, emissivity_accuracy, lst_accuracy"
    run --separate-stderr eco-regrid --grid g.txt --keep SDS_CloudMask:clouds=0 -o out.tif "$LST"
    [ "$status" -eq 2 ]
    one_message "determined, cloud, any_test, brightness_test, thermal_test, water"
    run --separate-stderr eco-regrid --grid g.txt --keep LST:good=1 -o out.tif "$LST"
    [ "$status" -eq 2 ]
    one_message "--keep: LST is no layer with fields (QC and CloudMask are)"
    for companion in QC =x QC=; do
        run --separate-stderr eco-regrid --grid g.txt --companion "$companion" -o out.tif "$LST"
        [ "$status" -eq 2 ]
        one_message "--companion: not LAYER=FILE: \"$companion\""
    done
}
