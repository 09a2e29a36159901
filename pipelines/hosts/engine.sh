# engine.sh: has what is due made by other machines, a share at a time.
#
# usage: engine.sh ECO OUT ECO_BIN        (settings as ECO_ENGINE, ECO_HOSTS, ECO_RETRIES...)
#
# A round: make tells which records are due (and what they are made from); they are split
# into shares; the engine has them made; what share.sh says was made is waited for, since a
# network shows names late, and dated here, since clocks differ. Then make is asked again.
# What is still due although its record is new has failed. What was lost with its host goes
# into the next round, in smaller shares, ECO_RETRIES times.
# shellcheck shell=bash
set -u
eco=$1 out=$2 bin=$3
here=${0%/*}
run=$out/.eco/tmp/engine.${HOSTNAME:-here}.$$
most=200 least=8 # scenes a share, where SHARE does not say

inner() {
    "$MAKE" --no-print-directory -f "$eco/eco.mk" ENGINE=here LOCKED=yes "$@"
}

engine=
ended() {
    trap '' INT TERM HUP
    [[ -z $engine ]] || kill -TERM "$engine" 2>/dev/null
    wait
    rm -rf "$run"
    exit "$1"
}
trap 'ended 130' INT
trap 'ended 143' TERM HUP

mkdir -p "$run" || exit 2
sh "$here/$ECO_ENGINE.sh" settings "$run" "$eco" "$out" "$bin" || ended 2
: >>"$out/.eco/away"
# What was set on the command line holds there, too.
[[ ${MAKEFLAGS-} != *'-- '* ]] || printf '%s' "-- ${MAKEFLAGS#*-- }" >"$run/flags"
cat /dev/null >>"$run/flags"
silent=
[[ ${MAKEFLAGS%% *} != *s* ]] || silent=yes
ECO_SUM=$(sh "$here/host.sh" "$bin") || ended 2
export ECO_SUM

# Records that are due and that this run has not made yet.
due() {
    : >"$run/inputs"
    inner due PLAN_TO="$run/plan" INPUTS_TO="$run/inputs" >"$run/all" || ended 2
    sort "$run/all" | comm -23 - <(sort -u "$run/tried") >"$run/due"
    count=$(wc -l <"$run/due")
}

# shares SIZE: into $run/ROUND.NUMBER
shares() {
    split -l "$1" -d -a 5 "$run/due" "$run/$round."
    names=("$run/$round".?????)
    names=("${names[@]##*/}")
}

# Waits for what those that have ended have made; dates it.
settle() {
    local end=$((SECONDS + ECO_LATE)) name
    for name in "${names[@]}"; do
        until [[ -e $run/$name.done || -e $run/$name.refused ]]; do
            ((SECONDS < end)) || break
            ls "$run" >/dev/null
            sleep 0.2
        done
        if [[ -e $run/$name.done ]]; then
            cat "$run/$name.done" >>"$run/made"
            while IFS= read -r record; do # limit.sh has given these up
                [[ ! -e ${record%.tsv}.ended ]] || echo "$record" >>"$run/tried"
            done <"$run/$name"
        elif [[ -e $run/$name.refused ]]; then
            cat "$run/$name.refused"
        fi
    done | sort -u | tee -a "$run/refused" >&2
    while IFS= read -r name; do
        until [[ -e $name ]]; do
            ((SECONDS < end)) || break
            ls "${name%/*}" >/dev/null
            sleep 0.2
        done
    done <"$run/made"
    cat "$run/made" >>"$run/tried"
    xargs -r -d '\n' touch -c <"$run/made"
}

: >"$run/tried"
inner prepare || ended 2
round=0
due
((count == 0)) || sh "$here/$ECO_ENGINE.sh" check "$run" "$eco" "$out" "$bin" || ended 2
workers=$(cat "$run/workers" 2>/dev/null || echo 1)
size=${ECO_SHARE:-$((count / (workers * 4) + 1))}
[[ -n $ECO_SHARE ]] || size=$((size < least ? least : size > most ? most : size))
while ((count > 0)); do
    shares "$size"
    : >"$run/made"
    [[ -n $silent ]] || echo "eco: $count scenes in ${#names[@]} shares"
    sh "$here/$ECO_ENGINE.sh" run "$run" "$eco" "$out" "$bin" "${names[@]}" &
    engine=$!
    wait "$engine"
    engine=
    settle
    due
    ((count > 0)) || break
    [[ $ECO_KEEP_GOING = yes ]] || break
    if ((round++ >= ECO_RETRIES)); then
        echo "eco: $count scenes were lost with their hosts, and RETRIES=$ECO_RETRIES is used up" >&2
        break
    fi
    size=$((size / 8 + 1))
    echo "eco: $count scenes were lost with their hosts: again" >&2
done
# For what was not made no older record may stand.
((count == 0)) || xargs -d '\n' truncate -c -s 0 <"$run/due"
rm -rf "$run"
# shellcheck disable=SC2086 # one goal or two
exec "$MAKE" --no-print-directory -f "$eco/eco.mk" ENGINE=here LOCKED=yes AVERAGED=yes $ECO_GOALS
