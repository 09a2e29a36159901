# slurm.sh: shares as the tasks of a Slurm job array.
#
# usage: slurm.sh settings|check RUN ECO OUT ECO_BIN
#        slurm.sh run RUN ECO OUT ECO_BIN NAME...
#
# Partition, account and the like are sbatch's own variables: SBATCH_PARTITION=long make ...
# The array has ended when each share has, by its file, or when Slurm knows of none any more.
# shellcheck shell=sh
set -u
what=$1 run=$2 eco=$3 out=$4 bin=$5
shift 5
if [ "$what" = settings ]; then
    for program in sbatch squeue scancel; do
        command -v $program >/dev/null || { echo "eco: ENGINE=slurm: there is no $program here" >&2; exit 2; }
    done
    exit 0
fi
if [ "$what" = check ]; then
    nodes=$(sinfo --noheader --Node --responding 2>&1 | wc -l)
    [ "$nodes" -ge 1 ] || { echo "eco: ENGINE=slurm: sinfo knows no node" >&2; exit 2; }
    echo "$nodes" >"$run/workers"
    exit 0
fi

cpus=${ECO_JOBS:-1}
first=$1
printf '%s\n' "$@" >"$run/names"
memory=
[ -z "$ECO_MEM_PER_JOB" ] || memory=--mem=$(($(numfmt --from=iec "$ECO_MEM_PER_JOB") * cpus / 1048576 + 64))M
minutes=
[ -z "$ECO_TIMEOUT" ] || minutes=--time=$((ECO_TIMEOUT * 2 * $(wc -l <"$run/$first") / 60 + 2))
exclude=$(sed -n 's/^eco: \([^:]*\): has another version.*/\1/p' "$run/refused" 2>/dev/null | sort -u | paste -sd, -)
cat >"$run/job" <<'EOF'
#!/bin/sh
name=$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$1/names")
exec sh "$2/hosts/share.sh" "$1" "$name" "$2" "$3" "$4" "$5" "$6" "$7"
EOF
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
# shellcheck disable=SC2086
job=$(sbatch --parsable --array=1-$# --no-requeue --cpus-per-task="$cpus" $memory $minutes \
    ${exclude:+--exclude=$exclude} --job-name="eco-$$" --chdir="$PWD" --output="$run/slurm-%a.log" \
    "$run/job" "$run" "$eco" "$out" "$bin" "$ECO_SUM" "$cpus" "$ECO_MEM_PER_JOB") || exit 1
job=${job%%;*}
trap 'scancel "$job"; exit 143' INT TERM HUP

left() {
    for name; do
        [ -e "$run/$name.done" ] || [ -e "$run/$name.refused" ] || return 0
    done
    return 1
}
pause=1 silent=0
while left "$@"; do
    sleep $pause &
    wait $!
    [ $pause -ge 5 ] || pause=$((pause + 1))
    ls "$run" >/dev/null
    if queue=$(squeue --noheader --array --job "$job" --states=PENDING,CONFIGURING,RUNNING,SUSPENDED,STOPPED 2>"$run/squeue"); then
        silent=0
        [ -n "$queue" ] || break
    elif grep -q 'Invalid job id' "$run/squeue"; then
        break
    elif [ $((silent += 1)) -ge 30 ]; then
        echo "eco: ENGINE=slurm: Slurm does not answer any more: $(tail -n 1 "$run/squeue")" >&2
        scancel "$job"
        break
    fi
done
cat "$run"/slurm-*.log >&2
