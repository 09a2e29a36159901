# The flow's match-up with towers and its pages: numbers against GDAL's tools and awk, the page
# in a real browser.
load ../lib/common
load ../lib/flow

write_towers() {
    cat >>config.mk <<'END'
TOWER      := input/towers/AMF_{site}_*.csv
TOWER_VARS := LST=T_CANOPY
TOWER_OFFSET     := -4
TOWER_AT.Campina := -59.005,-2.148
TOWER_AT.Serra   := -60.09,-2.609
END
}

setup_file() {
    unset MAKEFLAGS MFLAGS MAKELEVEL
    "$BUILD/demo-scenes" --size 120 --scenes 6 "$BATS_FILE_TMPDIR/input"
    cd "$BATS_FILE_TMPDIR" || return 1
    write_config
    write_towers
    flow REPORT=yes >/dev/null
}

setup() {
    begin_flow
    write_towers
    sed -i '/^CLASS\|^FALLBACK/d' config.mk
}

# The table below a legend, with columns by name: column NAME FILE
column() {
    awk -F '\t' -v name="$1" '/^##/ { next } /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' "$2"
}

@test "a match-up is as GDAL, date and awk make it, and has the bias that the tower was given" {
    flow out/Campina/LST.skill.tsv out/Serra/LST.skill.tsv VARS=LST >/dev/null
    local site place path
    for site in Campina Serra; do
        place=$(sed -n "s/^TOWER_AT.$site *:= //p" config.mk)
        for path in input/scenes/"$site"/*_LST_*.tif; do
            # The pixel of the tower and its eight neighbours.
            read -r x y < <(gdallocationinfo -wgs84 "$path" ${place/,/ } | sed -n 's/.*(\([0-9]*\)P,\([0-9]*\)L).*/\1 \2/p')
            for dx in -1 0 1; do for dy in -1 0 1; do echo $((x + dx)) $((y + dy)); done; done |
                gdallocationinfo -valonly "$path" | grep -v nan | sort -g >values || true
            n=$(wc -l <values)
            [ "$n" -gt 0 ] || continue
            seen=$(awk -v n="$n" '{ v[NR] = $1 } END { print n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2 }' values)
            # The half hour of the tower that holds it; its clock is four hours behind.
            when=$(sed 's/.*doy\(....\)\(...\)\(..\)\(..\)\(..\).*/\1-01-01 \3:\4:\5 UTC \2/' <<<"$path")
            s=$(date -u -d "${when% *} + $((10#${when##* } - 1)) days - 4 hours" +%s)
            end=$(date -u -d "@$(((s + 1799) / 1800 * 1800))" +%Y%m%d%H%M)
            echo "$seen $(awk -F, -v end="$end" '$2 == end { print $3 + 273.15 }' CONVFMT=%.10g OFMT=%.10g input/towers/AMF_"$site"_*.csv)"
        done >pairs
        awk 'NF != 2 { bad = 1 } { d = $1 - $2; n++; b += d; a += d < 0 ? -d : d; r += d * d } END { print n, b / n, a / n, sqrt(r / n); exit bad }' OFMT=%.10g pairs >exact
        [ "$(wc -l <pairs)" -ge 2 ]
        read -r n bias mae rmse <exact
        [ "$(column season out/$site/LST.skill.tsv | head -n 1)" = all ]
        [ "$(column n out/$site/LST.skill.tsv | head -n 1)" = "$n" ]
        near "$(column bias out/$site/LST.skill.tsv | head -n 1)" "$bias" 1e-6
        near "$(column mae out/$site/LST.skill.tsv | head -n 1)" "$mae" 1e-6
        near "$(column rmse out/$site/LST.skill.tsv | head -n 1)" "$rmse" 1e-6
        # The scenes' grain, of which a median is left.
        near "$bias" 1.5 0.3
        # Seasons part the pairs.
        [ "$(column n out/$site/LST.skill.tsv | tail -n +2 | awk '{ sum += $1 } END { print sum }')" = "$n" ]
        [ "$(column season out/$site/LST.pairs.tsv | sort -u | tr '\n' ' ')" = "$(column time out/$site/LST.pairs.tsv |
            awk '{ m = substr($0, 6, 2); print m ~ /12|01|02/ ? "DJF" : m ~ /03|04|05/ ? "MAM" : m ~ /06|07|08/ ? "JJA" : "SON" }' | sort -u | tr '\n' ' ')" ]
    done
    grep -qx '##unit.T_CANOPY=K' out/Campina/LST.pairs.tsv
    # Place and offset may stand in a table of sites.
    printf 'site,Longitude,Latitude,radius,UTC_OFFSET\nCampina,-59.005,-2.148,4000,-4\nSerra,-60.09,-2.609,4000,-4\n' >sites.csv
    { grep -v '^SITES\|^POLYGON\|^TOWER_OFFSET\|^TOWER_AT' config.mk; echo 'SITES_FILE := sites.csv'; } >table.mk
    flow CONFIG=table.mk OUT=other VARS=LST other/Serra/LST.skill.tsv >/dev/null
    diff <(column bias other/Serra/LST.skill.tsv) <(column bias out/Serra/LST.skill.tsv)
    # What counts in coarse rasters counts here.
    flow VARS=LST REGRID="--mask input/classes/Campina/2021.tif --classes 99" out/Campina/LST.seen.tsv >/dev/null
    [ "$(column n out/Campina/LST.seen.tsv | sort -u)" = 0 ]
}

@test "a tower is looked for in all tiles of an overpass" {
    # Two halves of a scene without a cloud; the tower is in the one that comes last by name.
    whole=$(scene Serra LST 4)
    rm -rf tiles && mkdir tiles
    gdal_translate -q -srcwin 0 0 120 50 "$whole" tiles/ECOv002_L2T_LSTE_26860_001_20MQA_20220209T223247_0712_01_LST.tif
    gdal_translate -q -srcwin 0 50 120 70 "$whole" tiles/ECOv002_L2T_LSTE_26860_001_20MQB_20220209T223247_0712_01_LST.tif
    sed -i '/Campina :=/d' config.mk
    flow SITES=Serra VARS=LST SCENES='tiles/*.tif' out/Serra/LST.pairs.tsv >/dev/null
    [ "$(grep -vc '^#' out/Serra/LST.scenes.tsv)" -eq 1 ]
    read -r x y < <(gdallocationinfo -wgs84 "$whole" -60.09 -2.609 | sed -n 's/.*(\([0-9]*\)P,\([0-9]*\)L).*/\1 \2/p')
    median=$(for dx in -1 0 1; do for dy in -1 0 1; do echo $((x + dx)) $((y + dy)); done; done | gdallocationinfo -valonly "$whole" | sort -g | sed -n 5p)
    near "$(column LST out/Serra/LST.pairs.tsv)" "$median" 1e-6
    [ "$(column reason out/Serra/LST.unmatched.tsv)" = repeat ]
}

@test "what a tower tells is made again when it changes, and no more" {
    finished
    write_config
    write_towers
    flow REPORT=yes >/dev/null || true
    mark
    run_flow REPORT=yes
    nothing_done
    sed -i '$s/,[^,]*$/,20.00/' input/towers/AMF_Serra_BASE_HH_1-1.csv
    flow REPORT=yes >/dev/null
    [ "$(made | tr '\n' ' ')" = "out/Serra/LST.pairs.tsv out/Serra/LST.skill.tsv out/Serra/LST.tower.tsv out/Serra/LST.unmatched.tsv out/Serra/report.html out/Serra/skill.csv out/report.html " ]
    mark
    flow REPORT=yes WINDOW=5 >/dev/null
    [ "$(made 'LST.seen.tsv' | tr '\n' ' ')" = "out/Campina/LST.seen.tsv out/Serra/LST.seen.tsv " ]
    [ -z "$(made 'NDVI*')$(made 'LST.tower.tsv')" ]
    # Without a tower the page has the satellite's side alone.
    mark
    flow report TOWER.Serra=none TOWER_AT.Serra= >/dev/null
    grep -q 'No tower was named' out/Serra/report.html
    run ! grep -q 'Skill against' out/Serra/report.html
    grep -q 'Skill against' out/Campina/report.html
    flow clean-reports
    [ "$(find out -name '*.html' | wc -l)" -eq 0 ]
    # And no page where none is asked for.
    flow >/dev/null
    [ "$(find out -name '*.html' | wc -l)" -eq 0 ]
}

@test "all pictures of a page have the unit that is set" {
    finished
    write_config
    write_towers
    flow REPORT=yes UNIT.LST=kelvins UNIT.NDVI='its "unit' >/dev/null || true
    local page=out/Serra/report.html words
    for words in 'error (kelvins)' 'RMSE = [0-9.]* kelvins' 'IQR = [0-9.]* kelvins' 'aria-label="Scatter[^"]* kelvins' 'mean [0-9.]* kelvins'; do
        grep -q "$words" $page || { echo "no $words"; false; }
    done
    # What comes before the panels: a scatter, the means over time; and the panels.
    awk '/id="v-LST"/ { on = 1 } /The best, the median/ { on = 0 } on' $page | grep -q 'LST (kelvins)'
    awk '/id="v-NDVI"/ { on = 1 } /The best, the median/ { on = 0 } on' $page | grep -q 'NDVI (its .*unit)'
    awk '/id="v-LST"/ { on = 0 } /The best, the median/ { on = 1 } on' $page | grep -q 'LST (kelvins)'
    grep -q '^##unit.LST=K$' out/Serra/LST.pairs.tsv
}

@test "settings of towers and pages that cannot be are told" {
    refuses() {
        run_flow "${@:2}"
        [ "$status" -eq 2 ]
        [[ $stderr == *"$1"* ]] || { echo "$stderr"; return 1; }
        [ ! -e out/Campina/LST.seen.tsv ]
    }
    refuses 'REPORT=maybe: not yes or no' REPORT=maybe
    refuses 'WINDOW=4: not an odd number of pixels' WINDOW=4
    refuses 'TOWER_OFFSET=CET: not hours ahead of UTC' TOWER_OFFSET=CET
    refuses 'TOWER_AT=here: not LON,LAT' TOWER_AT=here
    refuses 'TOWER_VARS=LST: not pairs such as ET=LE' TOWER_VARS=LST
    refuses 'TOWER_VARS: not set for Campina' TOWER_VARS=
    refuses 'TOWER_AT: not set for Serra' TOWER_AT.Serra=
    refuses 'TOWER: no file for Campina/LST matches nowhere/*.csv; TOWER.Campina := none if it has no tower' TOWER='nowhere/*.csv'
    # A clock without an offset, a variable that is not there: told at the end, and all else is made.
    run_flow TOWER_OFFSET=
    [ "$status" -eq 2 ]
    [[ $stderr == *'out/Campina/LST.tower.tsv: eco-tower: '*'--utc-offset'* ]]
    [ -s out/Campina/LST.csv ] && [ ! -e out/Campina/LST.skill.tsv ]
    run_flow TOWER_VARS=LST=TS REPORT=yes
    [ "$status" -eq 2 ]
    [[ $stderr == *'there is no variable "TS"'* ]]
    [ ! -e out/Campina/LST.skill.tsv ]
    grep -q 'could not be made' out/Campina/report.html
}

@test "a page tells how many scenes were used" {
    finished
    local site table
    for site in Campina Serra; do
        for table in out/$site/LST.scenes.tsv out/$site/NDVI.scenes.tsv; do
            awk -F '\t' '!/^#/ { all++; used += $2 == "ok" || $2 == "partial" } END { print used " of " all }' "$table"
        done >counted
        [ "$(wc -l <counted)" -eq 2 ]
        grep -o '<p class="lead"><strong>[0-9]*</strong> of [0-9]* scenes\{0,1\} used' out/$site/report.html |
            sed 's/<[^>]*>//g; s/ scenes* used//' | diff - counted
    done
}

@test "the best, the median and the worst scene are those of a sort" {
    local n
    for n in 0 1 2 3 4 5 8; do
        awk -v n="$n" -v OFS='\t' 'BEGIN { srand(3); print "#path", "status", "output", "cells", "coverage", "message"
            for (i = 0; i < n; i++) print "p" i, "ok", "c" i, int(5 * rand()), int(4 * rand()) / 4, "NA"
            print "q", "empty", "cq", 9, 1, "NA"; print "r", "failed", "NA", "NaN", "NaN", "why" }' >x.scenes.tsv
        grep -P '\tok\t' x.scenes.tsv | sort -t $'\t' -k 4,4nr -k 5,5nr -k 1,1 | cut -f 1 >sorted || true
        {
            [ "$n" -lt 1 ] || echo "best $(sed -n 1p sorted)"
            [ "$n" -lt 3 ] || echo "median $(sed -n $(((n + 1) / 2))p sorted)"
            [ "$n" -lt 2 ] || echo "worst $(tail -n 1 sorted)"
        } >expected
        sh "$ROOT/pipelines/pictures/picks.sh" x.scenes.tsv | awk -F '\t' '{ print $1, $2 }' | diff - expected
    done
}

@test "the table of skill is one CSV, with all digits" {
    finished
    diff <(tail -n +2 out/Serra/skill.csv | tr -d '\r' | cut -d, -f 4-7) <(grep -v '^#' out/Serra/LST.skill.tsv | cut -f 3-6 | tr '\t' ,)
    [ "$(head -n 1 out/Serra/skill.csv | cut -d, -f 1-4)" = site,season,model,n ]
    # The link in the page holds the same.
    sed -n 's/.*href="data:text\/csv;charset=utf-8,\([^"]*\)".*/\1/p' out/Serra/report.html | sed 's/%0D%0A/\n/g; s/%0A/\n/g' |
        sed 's/%20/ /g; s/%22/"/g; s/%25/%/g' | diff - <(tr -d '\r' <out/Serra/skill.csv; echo)
}

@test "pages and match-ups are the same with every awk" {
    finished
    written() {
        sh "$ROOT/pipelines/report/page.sh" out Serra 2 LST=T_CANOPY NDVI -- config.mk --
        sh "$ROOT/pipelines/report/page.sh" out Serra/LST=T_CANOPY Serra/NDVI
        sh "$ROOT/pipelines/report/section.sh" out/Serra/LST.scenes.tsv T_CANOPY --grid out/Serra/grid.txt --site Serra -- 2>/dev/null
        sh "$ROOT/pipelines/report/section.sh" out/Serra/NDVI.scenes.tsv - --grid out/Serra/grid.txt --site Serra -- 2>/dev/null
        sh "$ROOT/pipelines/towers/seen.sh" out/Serra/LST.scenes.tsv out/.eco/site/Serra/LST/list Serra LST LST -60.09,-2.609 3 --
        sh "$ROOT/pipelines/towers/match.sh" pairs out/Serra/LST.seen.tsv out/Serra/LST.tower.tsv LST T_CANOPY
        awk -v site=Serra -f "$ROOT/pipelines/report/skill-csv.awk" out/Serra/LST.skill.tsv
    }
    written >usual
    mkdir awk
    for other in 'gawk --posix' mawk original-awk 'busybox awk'; do
        command -v "${other%% *}" >/dev/null || continue
        printf '#!/bin/sh\nexec %s "$@"\n' "$other" >awk/awk
        chmod +x awk/awk
        PATH=$PWD/awk:$PATH written | cmp - usual || { echo "^ $other"; return 1; }
    done
}

@test "a page in a browser: pictures, widths, sorting, silence, and texts that stay texts" {
    command -v chromium >/dev/null || skip 'no chromium here'
    finished
    # A site, a message, a path and a configuration as an enemy would write them.
    bad='<hurt onclick="x">&amp;'"'"
    mkdir -p "out/$bad" "out/.eco/site/$bad/LST"
    cp -r out/Serra/LST out/Serra/LST.* out/Serra/grid.txt out/Serra/skill.csv "out/$bad"
    awk -F '\t' -v OFS='\t' '/^#/ { print; next } { n++ } n == 1 { $2 = "failed"; $NF = "<script>hurt = 1</script>" } n == 2 { $2 = "outside"; $1 = "x/<img class=hurt src=x onerror=hurt=1>.tif" } { print }' \
        out/Serra/LST.scenes.tsv >"out/$bad/LST.scenes.tsv"
    sh "$ROOT/pipelines/report/section.sh" "out/$bad/LST.scenes.tsv" T_CANOPY --grid out/Serra/grid.txt --site "$bad" -- >"out/.eco/site/$bad/LST/section.html"
    echo "$bad: <script>hurt = 1</script>" >out/.eco/problems
    echo '# </pre><script>hurt = 1</script>' >>config.mk
    sh "$ROOT/pipelines/report/page.sh" out "$bad" 2 LST=T_CANOPY -- config.mk -- 'REGRID=<hurt>' >page.html
    sh "$ROOT/pipelines/report/page.sh" out Serra/LST=T_CANOPY Serra/NDVI "$bad/LST=T_CANOPY" >index.html
    echo '<!DOCTYPE html><title>frames</title><pre id="result"></pre>' >frame.html
    for page in page index; do
        { cat $page.html; echo '<script>'; cat "$ROOT/tests/lib/page.js"; echo '</script>'; } >looked-$page.html
        echo "<iframe src=\"looked-$page.html\" style=\"width: 360px; height: 800px; border: 0\"></iframe>" >>frame.html
    done
    HOME=$PWD timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$PWD/profile" \
        --allow-file-access-from-files --enable-logging=stderr --dump-dom "file://$PWD/frame.html" >dom 2>log 3>&-
    sed -n '/<pre id="result">/,$p' dom >result
    run ! grep '^not ok' result
    [ -z "$output" ]
    [ "$(grep -c '^0 of [1-9][0-9]* not ok' result)" -eq 2 ]
    [ "$(grep -c '^ok shows: ' result)" -eq 6 ]
    grep -q '^ok [1-9][0-9]* images of pixels' result
    run ! grep -a CONSOLE log
}
