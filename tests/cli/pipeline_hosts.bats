# The flow on other hosts: GNU parallel over ssh.
load ../lib/common
load ../lib/flow
load ../lib/hosts

setup_file() {
    [ -z "$(hosts_lack)" ] || return 0
    make_finished
    make_hosts a b c
    make_host closed 4 -o AuthorizedKeysFile=none
    make_waiting
}

teardown_file() {
    end_hosts
}

setup() {
    need_hosts
    begin_flow
}

# The flow on the hosts of a file.
away() {
    flow_away HOSTS="$HOSTS_FILE" SSH="$HOSTS_SSH" "$@"
}

@test "hosts make what one machine makes, bit for bit, and a second run makes nothing" {
    go_to_odd_folder
    run --separate-stderr away SHARE=4
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    as_on_one_machine
    [ "$(machines_at_work)" = "a b c" ]
    [ -z "$(find out/.eco/tmp -name 'engine*')" ]
    run --separate-stderr away
    [ "$status" -eq 0 ]
    [[ $output == *"Nothing to be done"* ]]
    [ "$(grep -vc '^#' out/.eco/joblog.tsv)" -eq 16 ]
    # Pages are made here, of what hosts have made.
    rm out/Campina/LST/coarse/*.tsv
    away report >/dev/null
    [ "$(grep -vc '^#' out/.eco/joblog.tsv)" -eq 20 ]
    rm out/report.html out/Campina/report.html out/Serra/report.html
    as_on_one_machine
}

@test "hosts that are cut off and killed in the middle lose nothing" {
    touch wait-b wait-c
    away ECO_BIN="$WAITING" SHARE=3 >said 2>&1 3>&- &
    run=$!
    until_true 30 test -e waits-b
    until_true 30 test -e waits-c
    cut_host b
    kill_host c
    wait $run || { cat said; false; }
    cat said
    as_on_one_machine
    [ "$(machines_at_work)" = a ]
    # What the host does that was cut off is waited for by the next run.
    rm wait-b
    run --separate-stderr flow ECO_BIN="$WAITING"
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    as_on_one_machine
    mend_host b
}

@test "files are carried to hosts that do not see them, and nothing is left there" {
    on_host a mount -t tmpfs none "$BATS_TEST_TMPDIR"
    on_host b mount -t tmpfs none "$BATS_TEST_TMPDIR"
    printf 'a\nb\n' >two
    run --separate-stderr away HOSTS=two SHARE=8
    echo "$output" "$stderr"
    [ "$status" -eq 2 ]
    [[ $stderr == *"HOSTS: a: does not see out (TRANSFER=yes carries files): does without it"* ]]
    [[ $stderr == *"no host can be used"* ]]
    # One has no room for them.
    on_host a mount -t tmpfs -o size=40k none /root
    run --separate-stderr away HOSTS=two SHARE=8 TRANSFER=yes
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    as_on_one_machine
    [ "$(machines_at_work)" = b ]
    [ -z "$(on_host a find /root -type f)$(on_host b find /root -type f)" ]
    on_host a umount /root
}

@test "names that make takes go through ssh, rsync and parallel as they are" {
    mkdir -p "place/São_Paulo,a+b@c^1!"
    cp -a input/scenes/Serra "place/São_Paulo,a+b@c^1!/Île-1.0"
    local serra=(SITES=Île-1.0 SCENES='place/São_Paulo,a+b@c^1!/{site}/*.tif' POLYGON=input/polygons/Serra.geojson
        CLASSMAP='input/classes/Serra/{year}.tif')
    echo a >one
    away HOSTS=one SHARE=4 "${serra[@]}" OUT=aus,gabe
    on_host a mount -t tmpfs none "$BATS_TEST_TMPDIR"
    away HOSTS=one SHARE=4 TRANSFER=yes "${serra[@]}"
    local folder
    for folder in out aus,gabe; do
        same_results "$folder/Île-1.0/LST" "$BATS_FILE_TMPDIR/out/Serra/LST"
        same_results "$folder/Île-1.0/NDVI" "$BATS_FILE_TMPDIR/out/Serra/NDVI"
    done
    [ "$(machines_at_work)" = a ]
}

@test "a scene whose process is killed on every host has failed, though it has an older record" {
    local one transfer
    one=$(basename "$(coarse Serra LST 1)" .tif)
    own_regrid "case \"\$*\" in *$one*) kill -KILL \$\$ ;; esac"
    mkdir tools
    mv bin tools
    ln -s "$BUILD/lib" tools
    flow MIN_COVERAGE=0.9 OUT=clean >/dev/null
    for transfer in no yes; do
        rm -rf out
        finished
        run --separate-stderr away ECO_BIN=tools/bin MIN_COVERAGE=0.9 RETRIES=1 TRANSFER=$transfer
        echo "$output" "$stderr"
        [ "$status" -eq 2 ]
        [[ $stderr == *"1 scenes were lost with their hosts, and RETRIES=1 is used up"* ]]
        [[ $stderr == *"$(scene Serra LST 1): not averaged"* ]]
        flow MIN_COVERAGE=0.9 >/dev/null
        same_results out clean
    done
}

@test "a host that hangs holds its share no longer than TIMEOUT lets it" {
    # As long as two tries of each of its scenes, and a minute; the test shortens that.
    mkdir bin
    printf '#!/bin/bash\nprintf "%%s\\n" "$*" >>asked\nexec %s "${@/#68/6}"\n' "$(command -v parallel)" >bin/parallel
    chmod +x bin/parallel
    printf 'a\nb\n' >two
    touch wait-b
    # Not one scene hangs, but all that is at work for the share.
    (until_true 30 test -e waits-b && on_host b pkill -STOP -f 'share.sh|^make|limit.sh|timeout|regrid') &
    PATH=$PWD/bin:$PATH away ECO_BIN="$WAITING" HOSTS=two SHARE=4 TIMEOUT=1
    grep -q -e '--timeout 68' asked
    rm wait-b
    as_on_one_machine
    on_host b pkill -KILL -f 'share.sh|^make|limit.sh|timeout|regrid' || true
}

@test "what is carried may have absolute names, companions, and a configuration in parts" {
    mkdir conf
    sed "s|input/|$PWD/input/|; /^VARS/d" config.mk >conf/own.mk
    echo 'include conf/more.mk' >>conf/own.mk
    printf 'VARS := NDVI\nREGRID := --keep "NDVI-UQ<=0.05"\n' >conf/more.mk
    flow CONFIG="$PWD/conf/own.mk" OUT="$PWD/out"
    mv out here
    on_host a mount -t tmpfs none "$BATS_TEST_TMPDIR"
    echo 1/a >one
    # What a host could not give back, and what is another's.
    on_host a mkdir -p /root/.parallel/tmp/{x,y}/0.in
    echo "$(hostname):$PWD/out" >from
    on_host a sh -c 'cat >/root/.parallel/tmp/x/0.in/from' <from
    on_host a sh -c 'echo other >/root/.parallel/tmp/y/0.in/from'
    away HOSTS=one TRANSFER=yes CONFIG="$PWD/conf/own.mk" OUT="$PWD/out"
    diff -r --exclude=.eco here out
    [ "$(machines_at_work)" = a ]
    [ "$(on_host a find /root -type f)" = /root/.parallel/tmp/y/0.in/from ]
}

@test "what is wrong with hosts is one message, before anything is done" {
    printf 'a\n\n' >again
    echo '2/a # twice' >>again
    echo '# none' >none
    echo 'a b' >odd
    for case in "no-such-file:there is no such file" "none:names no host" "again:again:3: a is already on line 1" \
        'odd:odd:1: not a host: "a b"'; do
        run --separate-stderr away HOSTS="${case%%:*}"
        echo "$stderr"
        [ "$status" -eq 2 ]
        [[ ${stderr%%$'\n'*} == "eco: HOSTS: "*"${case#*:}" ]]
        [ ! -e out/Campina ]
    done
    for case in RETRIES=some TIMEOUT=soon MEM_PER_JOB=much SHARE=0 LATE=-1 TRANSFER=maybe ENGINE=cloud; do
        run --separate-stderr flow "$case"
        echo "$stderr"
        [ "$status" -eq 2 ]
        [[ ${stderr%%$'\n'*} == "eco: ${case/=*}=${case#*=}: not "* ]]
    done
    run --separate-stderr flow ENGINE=hosts
    [[ $stderr == *"ENGINE=hosts: which? Say HOSTS=FILE"* ]]
    run --separate-stderr flow ENGINE=slurm TRANSFER=yes
    [[ $stderr == *"TRANSFER=yes serves HOSTS"* ]]
    [ ! -e out/Campina ]
}

@test "hosts that refuse our key, have other tools or too little memory are done without" {
    printf 'closed\nb\n2/a\n' >three
    on_host b mount --bind "$WAITING/eco-regrid" "$BUILD/bin/eco-regrid"
    run --separate-stderr away HOSTS=three
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    [[ $stderr == *"eco: HOSTS: closed: "*"Permission denied"*": does without it"* ]]
    [[ $stderr == *"eco: HOSTS: b: has another version of eco: does without it"* ]]
    [ "$(machines_at_work)" = a ]
    as_on_one_machine
    touch -d 2001-01-01 out/*/grid.txt
    rm out/Serra/LST/coarse/*.tsv
    run --separate-stderr away HOSTS=three MEM_PER_JOB=65536G
    echo "$output" "$stderr"
    [ "$status" -eq 2 ]
    [[ $stderr == *"eco: HOSTS: a: has less free memory than MEM_PER_JOB: does without it"*"no host can be used"* ]]
    on_host b umount "$BUILD/bin/eco-regrid"
}

@test "a host's clock decides nothing" {
    touch yesterday
    echo a >one
    away ECO_BIN="$WAITING" HOSTS=one MEM_PER_JOB=100M
    as_on_one_machine
    rm yesterday
    run --separate-stderr flow ECO_BIN="$WAITING" MEM_PER_JOB=100M
    nothing_done
    # A scene that fails does so once a run, wherever.
    echo no raster >"$(scene Serra LST 1)"
    run --separate-stderr away ECO_BIN="$WAITING" HOSTS=one MEM_PER_JOB=100M
    echo "$output" "$stderr"
    [ "$status" -eq 2 ]
    [[ $output == *"Serra/LST: 4 scenes: 2 ok, 1 empty, 1 failed"* ]]
    [[ $stderr == *"not all could be done"*"$(scene Serra LST 1)"* && $stderr != *"lost with"* ]]
    [ "$(grep -c failed out/.eco/joblog.tsv)" -eq 1 ]
}

@test "a run that is ended ends what it has begun on hosts, and the next one finishes" {
    touch wait-a
    echo a >one
    nsenter --net="/proc/$(inside driver)/ns/net" "${FLOW[@]}" ECO_BIN="$WAITING" \
        HOSTS=one SSH="$HOSTS_SSH" LATE=2 >said 2>&1 3>&- &
    run=$!
    until_true 30 test -e waits-a
    kill -TERM $run
    status=0
    wait $run || status=$?
    [ "$status" -ne 0 ]
    until_true 20 nothing_at_work_on a
    rm wait-a
    flow ECO_BIN="$WAITING"
    as_on_one_machine
}

nothing_at_work_on() {
    ! on_host "$1" pgrep -f share.sh >/dev/null
}
