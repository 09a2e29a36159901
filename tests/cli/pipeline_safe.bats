# The flow when it is cut off, doubled, or run on more cores: always the same bytes.
load ../lib/common
load ../lib/flow

setup_file() {
    make_input
}

setup() {
    begin_flow
}

# Tools in bin, of which eco-regrid and eco-sample take their time.
slow_tools() {
    mkdir bin
    ln -s "$BUILD"/bin/* bin
    local tool
    for tool in eco-regrid eco-sample; do
        rm bin/$tool
        printf '#!/bin/sh\nsleep 0.2\nexec "%s" "$@"\n' "$BUILD/bin/$tool" >bin/$tool
        chmod +x bin/$tool
    done
}

@test "one job, two jobs: the same bytes" {
    flow OUT=one JOBS=1 >/dev/null
    flow OUT=two JOBS=2 >/dev/null
    [ "$(find one -name 'Regrid_*.tif' | wc -l)" -eq 16 ]
    same_results one two
    run_flow OUT=one JOBS=2
    nothing_done
}

@test "killed at any time, the next run ends with the same bytes" {
    slow_tools
    flow ECO_BIN=bin OUT=clean PLOTS=yes >/dev/null
    local wait
    for wait in 0.3 0.5 0.7 0.9 1.1 1.5; do
        rm -rf out
        setsid "${FLOW[@]}" ECO_BIN=bin PLOTS=yes >/dev/null 2>&1 &
        local pid=$!
        sleep $wait
        kill -KILL -- "-$pid" 2>/dev/null || true
        wait $pid || true
        # Nothing that is there is less than whole.
        find out -path out/.eco -prune -o -type f -print | while read -r path; do
            case $path in
            *.scenes.tsv) [ "$(wc -l <"$path")" -eq 5 ] ;;
            *.tsv) [ "$(wc -l <"$path")" -eq 2 ] ;;
            *) cmp "$path" "clean/${path#out/}" ;;
            esac || exit 1
        done
        flow ECO_BIN=bin PLOTS=yes >/dev/null
        same_results out clean
        run --separate-stderr flow ECO_BIN=bin PLOTS=yes
        nothing_done
    done
}

@test "ended by a signal, nothing of it goes on" {
    slow_tools
    setsid "${FLOW[@]}" ECO_BIN=bin >/dev/null 2>&1 &
    local pid=$! ended=0
    sleep 0.5
    kill -TERM -- "-$pid"
    wait $pid || ended=$?
    [ "$ended" -ne 0 ]
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        # The dead whom nobody has fetched do not count.
        left=$(ps -eo pgid=,stat=,args= | awk -v pid=$pid '$1 == pid && $2 !~ /^Z/')
        [ -n "$left" ] || break
        sleep 0.1
    done
    [ -z "$left" ] || { echo "$left"; false; }
    flow ECO_BIN=bin >/dev/null
    flow ECO_BIN=bin OUT=clean >/dev/null
    same_results out clean
}

@test "two runs at once take turns, and the second has nothing to do" {
    slow_tools
    flow OUT=clean >/dev/null
    flow ECO_BIN=bin >one 2>&1 &
    local first=$!
    while [ ! -s out/.eco/lock ]; do
        kill -0 $first # or it ended without a word of who it was
        sleep 0.05
    done
    # To look is no work.
    [ "$(flow ECO_BIN=bin -n | wc -l)" -gt 0 ]
    run_flow ECO_BIN=bin
    wait $first
    [ "$status" -eq 0 ]
    [ "$output" = "make: Nothing to be done for 'all'." ]
    one_message "eco: out: waiting for another run there"
    same_results out clean
}

@test "jobs: as many as there are cores, not more, and not more than a quota" {
    local cores quotas=$BATS_TEST_TMPDIR/cgroup
    cores=$(nproc)
    jobs() { run --separate-stderr env -u MAKEFLAGS ECO_CGROUPS="$quotas" bash "$ROOT/pipelines/checks/jobs.sh" "$@"; }
    mkdir -p "$quotas"
    jobs
    [[ $output == "$cores "* ]]
    [ -z "$stderr" ]
    jobs 1
    [ "$output" = "1 1" ]
    jobs 1000
    [[ $output == "$cores "* ]]
    one_message "there are $cores cores here"
    [ "$cores" -eq 1 ] || [ "$output" = "$cores $((cores - 1))" ]
    mkdir -p "$quotas/cpu"
    echo 150000 >"$quotas/cpu/cpu.cfs_quota_us"
    echo 100000 >"$quotas/cpu/cpu.cfs_period_us"
    jobs
    [ "$output" = "1 1" ]
    rm -r "$quotas/cpu"
    echo "50000 100000" >"$quotas/cpu.max"
    jobs
    [ "$output" = "1 1" ]
    echo "max 100000" >"$quotas/cpu.max"
    jobs
    [[ $output == "$cores "* ]]
}

@test "pictures: no more at once than cores less one" {
    local most
    most=$(bash "$ROOT/pipelines/checks/jobs.sh" | cut -d ' ' -f 2)
    mkdir bin
    ln -s "$BUILD"/bin/* bin
    rm bin/eco-plotspec
    printf '#!/bin/sh\necho 1 >>log\nsleep 0.2\n"%s" "$@"\necho -1 >>log\n' "$BUILD/bin/eco-plotspec" >bin/eco-plotspec
    chmod +x bin/eco-plotspec
    flow ECO_BIN=bin PLOTS=yes >/dev/null
    [ "$(count out/*/*.png)" -eq 4 ]
    [ "$(grep -c '^1' log)" -eq 4 ]
    awk -v most="$most" '{ n += $1; if (n > most) exit 1 }' log
}

@test "under a make that hands out jobs, its number holds, in silence" {
    cat >outer.mk <<END
all:
	+@\$(MAKE) --no-print-directory -f $ROOT/pipelines/eco.mk ECO_BIN=$BUILD/bin CONFIG=config.mk
END
    run --separate-stderr make --no-print-directory -j2 -f outer.mk
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
}

@test "progress is for a terminal; a log has one line a site and variable" {
    run_flow
    [ -z "$stderr" ]
    [ "${#lines[@]}" -eq 4 ]
    command -v script >/dev/null || skip "no script(1)"
    rm -rf out
    slow_tools
    sed -i 's/sleep 0.2/sleep 0.7/' bin/eco-sample # so that a look each second sees it
    script -qec "make -f '$ROOT/pipelines/eco.mk' ECO_BIN=bin CONFIG=config.mk JOBS=1" seen </dev/null >/dev/null
    grep -q ' of 16 scenes, [0-9.]* a second, about 0 min 0' seen
    grep -q '16 of 16 scenes.*; 4 tables and pictures' seen
    rm -rf out
    script -qec "make -s -f '$ROOT/pipelines/eco.mk' ECO_BIN=bin CONFIG=config.mk JOBS=1" seen </dev/null >/dev/null
    run ! grep -q 'of 16 scenes' seen
}

@test "installed, it works from anywhere" {
    # As `make install` lays it out.
    mkdir -p prefix/lib prefix/share/eco
    cp -R "$BUILD/bin" prefix
    cp -R "$BUILD/lib/eco" prefix/lib
    cp -R "$ROOT/pipelines" prefix/share/eco
    env -i PATH=/usr/bin:/bin make -s -f prefix/share/eco/pipelines/eco.mk CONFIG=config.mk >/dev/null
    flow OUT=tree >/dev/null
    same_results out tree
}
