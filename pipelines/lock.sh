# lock.sh: one run at a time in a folder. Waits while another is at work there.
#
# usage: lock.sh OUT
#
# OUT/.eco/run names the make that is at work, by host, process and the time it began; so
# a run that was killed does not hold up the next. Called by make while it reads.
# shellcheck shell=bash
set -u
run=$1/.eco/run

# name_of PROCESS: its host, its number, and when it began.
name_of() {
    local stat fields
    read -r stat 2>/dev/null <"/proc/$1/stat" || return
    read -ra fields <<<"${stat##*) }"
    echo "${HOSTNAME:-here} $1 ${fields[19]}"
}

# The make that called: there may be a shell between.
caller=$PPID
while [[ $(<"/proc/$caller/comm") != *make* ]]; do
    read -r _ _ _ caller _ <"/proc/$caller/stat"
    ((caller > 1)) || exit 0
done 2>/dev/null
mine=$(name_of "$caller") || exit 0 # without /proc nobody can tell

waited=
while :; do
    exec {lock}>>"$run.lock" || exit 1
    flock "$lock"
    theirs=
    read -r theirs 2>/dev/null <"$run"
    read -r host process _ <<<"$theirs"
    if [[ -z $theirs || $theirs == "$mine" ]]; then
        break
    elif [[ $host == "${HOSTNAME:-here}" ]]; then
        [[ $(name_of "$process") == "$theirs" ]] || break
    else
        waited=elsewhere
    fi
    exec {lock}>&-
    if [[ -z $waited ]]; then
        echo "eco: $1: waiting for another run there (process $process)" >&2
        waited=yes
    elif [[ $waited == elsewhere ]]; then
        echo "eco: $1: a run on $host (process $process) is at work there; if it is gone, remove $run" >&2
        exit 1
    fi
    sleep 0.2
done
echo "$mine" >"$run"
