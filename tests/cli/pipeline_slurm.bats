# The flow as an array of Slurm's jobs.
load ../lib/common
load ../lib/flow
load ../lib/hosts
load ../lib/slurm

setup_file() {
    [ -z "$(hosts_lack "${SLURM[@]}")" ] || return 0
    make_finished
    make_slurm
    make_waiting
}

teardown_file() {
    end_hosts
}

setup() {
    need_hosts "${SLURM[@]}"
    begin_flow
}

array() {
    flow_away ENGINE=slurm "$@"
}

@test "an array of jobs makes what one machine makes, bit for bit" {
    go_to_odd_folder
    run --separate-stderr array SHARE=4
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    as_on_one_machine
    [ "$(machines_at_work)" = "n1 n2" ]
    run --separate-stderr array
    [[ $output == *"Nothing to be done"* ]]
}

@test "a node that has other tools is told by its name, and given nothing to do" {
    on_host n2 mount --bind "$WAITING/eco-regrid" "$BUILD/bin/eco-regrid"
    run --separate-stderr array SHARE=4
    on_host n2 umount "$BUILD/bin/eco-regrid"
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    [[ $stderr == *"eco: n2: has another version of eco"* ]]
    [ "$(machines_at_work)" = n1 ]
    as_on_one_machine
}

@test "a job that is ended for its memory loses its share, and the next round makes it" {
    touch swell
    run --separate-stderr array ECO_BIN="$WAITING" SHARE=8
    echo "$output" "$stderr"
    [ "$status" -eq 0 ]
    as_on_one_machine
    [[ $stderr == *"exceeded memory limit"*"lost with their hosts: again"* ]]
}

@test "a node that is killed loses nothing" {
    touch wait-n1
    array ECO_BIN="$WAITING" SHARE=4 >said 2>&1 3>&- &
    run=$!
    until_true 30 test -e waits-n1
    kill_node n1
    wait $run || { cat said; false; }
    cat said
    as_on_one_machine
    [ "$(machines_at_work)" = n2 ]
}

@test "where there is no Slurm, ENGINE=slurm says so before anything is done" {
    mkdir without
    ln -s /usr/bin/* without
    rm -f without/sbatch
    run --separate-stderr env PATH="$PWD/without" "${FLOW[@]}" ENGINE=slurm
    echo "$stderr"
    [ "$status" -eq 2 ]
    [[ ${stderr%%$'\n'*} == "eco: ENGINE=slurm: there is no sbatch here" ]]
    [ ! -e out/Campina ]
}
