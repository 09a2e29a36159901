# hosts.sh: shares on the hosts of a file, by GNU parallel over ssh, one at a time on each.
#
# usage: hosts.sh settings|check RUN ECO OUT ECO_BIN
#        hosts.sh run RUN ECO OUT ECO_BIN NAME...
#
# The file has a host a line, as ssh takes it, or N/HOST for N jobs at once there; # begins
# a comment. `settings` reads it. `check` asks each host once, and leaves in RUN/hosts those
# that have the same tools and can be used, and in RUN/workers their number; it fails where
# there is none.
# shellcheck shell=sh
# shellcheck disable=SC2015
set -u
what=$1 run=$2 eco=$3 out=$4 bin=$5
shift 5
PARALLEL_SSH="${ECO_SSH:-ssh} -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3"
there=$run # wherever one goes
[ "${run#/}" != "$run" ] || there=$PWD/$run
PARALLEL_HOME=$there/parallel
export PARALLEL_SSH PARALLEL_HOME
unset PARALLEL
mkdir -p "$PARALLEL_HOME"

if [ "$what" = settings ]; then
    [ -r "$ECO_HOSTS" ] && [ ! -d "$ECO_HOSTS" ] || { echo "eco: HOSTS: $ECO_HOSTS: there is no such file" >&2; exit 2; }
    for program in parallel ${ECO_TRANSFER:+rsync}; do
        command -v "$program" >/dev/null || { echo "eco: HOSTS: there is no $program here" >&2; exit 2; }
    done
    echo "$(hostname):$(realpath "$out")" >"$run/from"
    awk -v name="$ECO_HOSTS" -v jobs="$run/jobs" '
        { sub(/#.*/, ""); sub(/^[ \t\r]+/, ""); sub(/[ \t\r]+$/, "") }
        !length { next }
        function wrong(text) { printf "eco: HOSTS: %s:%d: %s\n", name, NR, text > "/dev/stderr"; bad = 1; exit }
        {
            n = ""
            if (match($0, /^[0-9]+\//)) { n = substr($0, 1, RLENGTH - 1); $0 = substr($0, RLENGTH + 1) }
            if ($0 !~ /^[A-Za-z0-9][A-Za-z0-9@._:-]*$/) wrong("not a host: \"" $0 "\"")
            if ($0 in at) wrong($0 " is already on line " at[$0])
            at[$0] = NR
            print "1/" $0
            print $0, n > jobs
        }
        END {
            if (!bad && !length(at)) { print "eco: HOSTS: " name ": names no host" > "/dev/stderr"; bad = 1 }
            exit bad
        }' "$ECO_HOSTS" >"$run/asked"
    exit
fi

if [ "$what" = check ]; then
    parallel --nonall --tag --timeout 60 --sshloginfile "$run/asked" --quote sh "$eco/hosts/host.sh" "$bin" "$there/flags" "${ECO_TRANSFER:+$(cat "$run/from")}" \
        >"$run/said" 2>&1 </dev/null
    memory=$(numfmt --from=iec "${ECO_MEM_PER_JOB:-0}")
    awk -v sum="$ECO_SUM" -v carried="$ECO_TRANSFER" -v memory="$memory" -v eco="$eco" -v out="$out" '
        NR == FNR { sub(/\r.*/, ""); k = index($0, "\t"); said[substr($0, 1, k - 1)] = substr($0, k + 1); next }
        {
            host = substr($0, 3)
            split(said[host], word, " ")
            if (said[host] ~ /host\.sh/) why = "there is no eco in " eco
            else if (length(word[1]) != 64) why = said[host] == "" ? "does not answer" : said[host]
            else if (word[1] != sum) why = "has another version of eco"
            else if (word[2] * 1024 < memory) why = "has less free memory than MEM_PER_JOB"
            else if (carried == "" && word[3] != "sees") why = "does not see " out " (TRANSFER=yes carries files)"
            else { print; next }
            print "eco: HOSTS: " host ": " why ": does without it" > "/dev/stderr"
        }' "$run/said" "$run/asked" >"$run/hosts"
    wc -l <"$run/hosts" >"$run/workers"
    [ -s "$run/hosts" ] || { echo "eco: HOSTS: $ECO_HOSTS: no host can be used" >&2; exit 2; }
    exit 0
fi

# Each host has one share at a time, and all of its cores for it; with TIMEOUT for as long as
# two tries of each scene, one after the other, and a minute. For the background alone.
# shellcheck disable=SC2086
shares() {
    exec parallel --sshloginfile "$run/hosts" --jobs 1 --retries 3 ${ECO_MEM_PER_JOB:+--memfree $ECO_MEM_PER_JOB} \
        ${ECO_TIMEOUT:+--timeout $((ECO_TIMEOUT * 2 * scenes + 60))} "$@" </dev/null
}
scenes=$(wc -l <"$run/$1")
if [ -z "$ECO_TRANSFER" ]; then
    shares --workdir "$PWD" --quote sh "$eco/hosts/share.sh" "$run" {} \
        "$eco" "$out" "$bin" "$ECO_SUM" "$ECO_JOBS" "$ECO_MEM_PER_JOB" ::: "$@" &
else
    for name; do
        # shellcheck disable=SC2086
        sh "$eco/hosts/carry.sh" pack "$run" "$name" $ECO_CONFIGS || exit 1
    done
    shares --workdir ... --rsync-opts '--protocol=31 -rlLtR' --transferfile "$run/./{}.in" --return "$run/./{}.out" --cleanup \
        --quote sh "$eco/hosts/carry.sh" make . {} "$PWD" \
        "$eco" "$out" "$bin" "$ECO_SUM" "$ECO_JOBS" "$ECO_MEM_PER_JOB" "$ECO_CONFIG" ::: "$@" &
fi
at_work=$!
trap 'kill -TERM $at_work; wait $at_work; exit 143' INT TERM HUP
wait $at_work
[ -n "$ECO_TRANSFER" ] || exit 0
for name; do
    sh "$eco/hosts/carry.sh" unpack "$run" "$name" "$out"
done
exit 0
