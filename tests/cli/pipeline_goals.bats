# What one may ask of the flow besides files, and what bounds it.
load ../lib/common
load ../lib/flow

setup_file() {
    make_finished
}

setup() {
    begin_flow
}

teardown() {
    ! mountpoint -q "$BATS_TEST_TMPDIR/out" || umount -l "$BATS_TEST_TMPDIR/out"
}

@test "status, retry and verify" {
    finished
    echo "no raster" >"$(scene Serra LST 1)"
    touch "$(scene Serra NDVI 1)"
    run_flow status
    [ "$(awk '$1 == "Serra/LST" { print $3 } $1 == "Serra/NDVI" { print $3 }' <<<"$output" | paste -sd ' ')" = "1 1" ]
    flow >/dev/null 2>&1 || true
    run_flow status
    [ "$(awk '$1 == "Serra/LST" { print $5 }' <<<"$output")" -eq 1 ]
    mark
    flow retry >/dev/null
    [ -z "$(made '*.tif')" ]
    run_flow verify SAMPLE=all
    [ "$status" -eq 0 ]
    cp "$(coarse Serra NDVI 0)" "$(coarse Serra NDVI 1)"
    run_flow verify SAMPLE=all
    [ "$status" -eq 2 ]
    [[ $stderr == *"$(coarse Serra NDVI 1): its scene gives other bits now"* ]]
}

@test "summary: where the time went, as the log of jobs adds up" {
    finished
    echo "no raster" >"$(scene Serra LST 1)"
    flow >/dev/null 2>&1 || true
    flow summary >got
    command -v python3 >/dev/null || skip "no python3"
    python3 - <<'END'
import csv
log = [r for r in csv.reader(open("out/.eco/joblog.tsv"), delimiter="\t")]
at = {n.lstrip("#"): i for i, n in enumerate(log[0])}
log = [r for r in log[1:] if not r[0].startswith("#")]
got = {r[0]: r[1:] for r in csv.reader(open("got"), delimiter="\t")}
assert got.pop("#task") == "averaged failed seconds mean longest memory slowest".split()
assert sorted(got) == ["Campina/LST", "Campina/NDVI", "Serra/LST", "Serra/NDVI"], got
for task, (n, failed, seconds, mean, longest, memory, slowest) in got.items():
    site, var = task.split("/")
    of = [r for r in log if "/%s/" % site in r[at["path"]] and "_%s_doy" % var in r[at["path"]]]
    s = [float(r[at["seconds"]]) for r in of]
    assert int(n) == len(of) == (5 if task == "Serra/LST" else 4), (task, n, of)
    assert int(failed) == sum(r[at["status"]] == "failed" for r in of) == (task == "Serra/LST"), task
    assert abs(float(seconds) - sum(s)) < 0.006 and abs(float(mean) - sum(s) / len(s)) < 6e-5
    assert abs(float(longest) - max(s)) < 6e-5
    assert slowest in [r[at["path"]] for r in of if float(r[at["seconds"]]) == max(s)]
    assert abs(float(memory) - max(float(r[at["memory"]]) for r in of)) < 0.06
END
}

@test "clean-coarse, clean-tables, clean-pictures remove these, and the next run makes them again" {
    flow PLOTS=yes OUT=clean >/dev/null
    cp -a clean out
    flow clean-tables
    [ "$(count out/*/*.csv out/*/*.scenes.tsv)" -eq 0 ]
    mark
    flow PLOTS=yes >/dev/null
    [ "$(count_made 'Regrid_*.tif')" -eq 0 ]
    same_results out clean
    flow clean-pictures
    [ "$(count out/*/*.png)" -eq 0 ]
    mark
    flow PLOTS=yes >/dev/null
    [ "$(made)" = "$(ls out/*/*.png)" ]
    same_results out clean
    flow clean-coarse
    [ -z "$(find out -name 'Regrid_*')" ]
    [ "$(count out/*/*.csv)" -eq 4 ]
    flow PLOTS=yes >/dev/null
    same_results out clean
    run_flow PLOTS=yes
    nothing_done
    # Of some sites, if only these are named.
    flow clean-coarse SITES=Serra
    [ "$(count out/Serra/*/coarse/*)" -eq 0 ]
    [ "$(count out/Campina/*/coarse/*.tif)" -eq 8 ]
}

@test "KEEP_GOING=no: the first scene that fails ends the run" {
    echo "no raster" >"$(scene Campina LST 0)"
    run_flow KEEP_GOING=no JOBS=1
    [ "$status" -eq 2 ]
    [ "$(grep -c "^eco-regrid: $(scene Campina LST 0): " <<<"$stderr")" -eq 1 ] || { echo "$stderr"; false; }
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -lt 15 ]
    [ "$(count out/*/*.csv)" -eq 0 ]
    run_flow
    [ "$status" -eq 2 ]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 15 ]
}

@test "a scene that takes too long is ended, tried alone, and reported" {
    mkdir bin
    ln -s "$BUILD"/bin/* bin
    rm bin/eco-regrid
    printf '#!/bin/sh\ncase "$*" in *LST*doy2021152*) sleep 60 ;; esac\nexec "%s" "$@"\n' "$BUILD/bin/eco-regrid" >bin/eco-regrid
    chmod +x bin/eco-regrid
    run_flow ECO_BIN=bin SITES=Serra TIMEOUT=1
    [ "$status" -eq 2 ]
    [[ $stderr == *"not done within TIMEOUT=1 s, twice"* ]]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 7 ]
}

@test "a scene that takes too much is ended, tried alone, and reported" {
    own_regrid '
    echo "+ $$" >>log
    trap "echo \"- $$\" >>log" EXIT
    case "$*" in *LST*doy2021152*)
        echo "big $$" >>log
        perl -e "\$a = \"x\" x (1 << 28); print STDERR \"has it\n\"" || exit 3
    esac'
    run_flow ECO_BIN=bin SITES=Serra MEM_PER_JOB=200M
    [ "$status" -eq 2 ] || { echo "$output" "$stderr"; false; }
    [[ $stderr == *"$(scene Serra LST 0): "*"ended with 3 under MEM_PER_JOB=200M, twice"* ]] || { echo "$stderr"; false; }
    [[ $stderr != *"has it"* ]]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 7 ]
    # Twice, and the second time alone.
    awk '$1 == "+" { at_work++ } $1 == "-" { at_work-- } $1 == "big" && ++n == 2 { alone = at_work == 1 }
        END { exit !(n == 2 && alone) }' log
    # Where it has what it needs all is as without a bound.
    rm -rf out
    run_flow ECO_BIN=bin MEM_PER_JOB=1G
    [ "$status" -eq 0 ]
    same_results out "$BATS_FILE_TMPDIR/out"
    # The tool itself, where there is not enough for it: exit 3.
    rm -rf out
    run_flow VARS=LST MEM_PER_JOB=300K
    [ "$status" -eq 2 ]
    [ "$(grep -c "under MEM_PER_JOB=300K, twice" <<<"$stderr")" -ge 1 ] || { echo "$stderr"; false; }
    [ -z "$(find out -name 'Regrid_*.tif')" ]
}

@test "too little room: how much is missing is told before a scene is averaged" {
    mkdir out
    mount -t tmpfs -o size=600k tmpfs out 2>/dev/null || skip "no tmpfs can be mounted here"
    run_flow RES=100
    [ "$status" -eq 2 ]
    [ "$(grep -c '^eco: out: 0.[0-9]* MiB are free, and 16 scenes take about [0-9.]*: [0-9.]* MiB are missing; CHECK_ROOM=no tries all the same$' <<<"$stderr")" -eq 1 ] ||
        { echo "$stderr"; false; }
    [ -z "$(find out -name 'Regrid_*')" ]
    # What is missing, with what is free, is what they take; and they take no more than that.
    sed -n 's/^eco: out: \([0-9.]*\) MiB.* about \([0-9.]*\): \([0-9.]*\) MiB.*/\1 \2 \3/p' <<<"$stderr" >told
    awk '{ d = $1 + $3 - $2; exit !(d > -0.11 && d < 0.11) }' told
    run_flow RES=100 CHECK_ROOM=no
    [ -n "$(find out -name 'Regrid_*')" ]
    mount -o remount,size=64m out
    run_flow RES=100
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    [ "$(du -sk out/*/*/coarse | awk '{ n += $1 } END { print n }')" -le "$(awk '{ printf "%d", $2 * 1024 + 100 }' told)" ]
    flow RES=100 OUT=clean >/dev/null
    same_results out clean
}

@test "OUT on a file system that is read-only, or that vanishes" {
    mkdir out store
    mount -t tmpfs -o ro tmpfs out 2>/dev/null || skip "no tmpfs can be mounted here"
    run_flow
    [ "$status" -eq 2 ]
    one_message_of_make "eco: out: cannot be written"
    umount out
    own_regrid 'sleep 0.2'
    mount -t tmpfs tmpfs store
    mount --bind store out
    flow ECO_BIN=bin >said 2>&1 &
    local run=$! status=0
    until_there out/Campina/LST/coarse/Regrid_*.tif
    umount -l out
    wait $run || status=$?
    [ "$status" -ne 0 ]
    [ -z "$(find out -name 'Regrid_*')" ]
    mount --bind store out
    run_flow ECO_BIN=bin
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    same_results out "$BATS_FILE_TMPDIR/out"
    umount -l out store
}

# One message, and what make adds.
# shellcheck disable=SC2154
one_message_of_make() {
    [[ $(sed 's/.*\*\*\* //; s/\.  Stop\.$//' <<<"$stderr") == "$1" ]] || { echo "$stderr"; return 1; }
}

until_there() {
    local end=$((SECONDS + 20))
    until [ -e "$1" ]; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.05
        set -- out/Campina/LST/coarse/Regrid_*.tif
    done
}

# The awks that are here, by name, each as awk in a folder of its own: awks/NAME.
make_awks() {
    local name
    for name in mawk gawk busybox original-awk; do
        command -v $name >/dev/null || continue
        mkdir -p awks/$name
        printf '#!/bin/sh\nexec %s "$@"\n' "$([ $name = busybox ] && echo busybox awk || echo $name)" >awks/$name/awk
        [ $name != gawk ] || printf '#!/bin/sh\nexec gawk --posix "$@"\n' >awks/$name/awk
        chmod +x awks/$name/awk
    done
}

@test "any awk will do" {
    make_awks
    printf 'SITE_ID,LOCATION_LAT,LOCATION_LONG,radius\n"A",-2.609,-60.09,3000\nB,-2.609,-60.09,2000\n' >towers.csv
    local awk old=$PATH
    local PATH=$PATH
    for awk in awks/*/; do
        awk=${awk%/}
        PATH=$PWD/$awk:$old
        echo "$awk"
        rm -rf out
        cp -a "$BATS_FILE_TMPDIR/input" .
        write_config
        run_flow
        [ "$status" -eq 0 ] && [ -z "$stderr" ] || { echo "$output" "$stderr"; false; }
        same_results out "$BATS_FILE_TMPDIR/out"
        run_flow
        nothing_done
        # Names that are patterns, scenes that fail, a table of sites, a setting that is none.
        echo "no raster" >"$(scene Serra LST 1)"
        run_flow SCENES='input/sc[!x]ne?/{site}/*.tif'
        [ "$status" -eq 2 ]
        [[ $output == *"Serra/LST: 4 scenes: 2 ok, 1 empty, 1 failed"* ]]
        flow status >$awk.status 2>/dev/null
        flow summary | cut -f 1-3 >$awk.summary
        flow due >$awk.due
        run_flow verify SAMPLE=2 VARS=NDVI
        [ "$status" -eq 0 ]
        sed -i '/^SITES/d; s/{site}\/\*/Serra\/*/; /^CLASS/d; /^FALLBACK/d' config.mk
        run_flow SITES_FILE=towers.csv VARS=NDVI OUT=$awk.towers
        [ "$status" -eq 0 ] || { echo "$output" "$stderr"; false; }
        run_flow SITES=Serra PLOTS=maybe RES=0.01
        [ "$(grep -c '^eco: [PR].*=.*: ' <<<"$stderr")" -eq 2 ] || { echo "$stderr"; false; }
    done
    # What each has printed is what the others have.
    cd awks
    local first=
    for awk in *.due; do
        awk=${awk%.due}
        : "${first:=$awk}"
        echo "$awk $first"
        cmp $awk.towers/A/NDVI.csv $first.towers/A/NDVI.csv
        cmp $awk.status $first.status
        cmp $awk.summary $first.summary
        cmp $awk.due $first.due
        [ "$(wc -l <$awk.due)" -eq 1 ]
    done
    [ -e mawk ] && [ -e gawk ] && [ -e busybox ] && [ -e original-awk ] || skip "not all of mawk, gawk, busybox and original-awk are here"
}
