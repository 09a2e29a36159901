# jobs.sh: how many jobs at once?
#
# usage: jobs.sh [JOBS]
#
# Prints two words: how many jobs (what was asked for, at most the cores that there are;
# or `given` under a make that hands out jobs itself), how many plots (one less than the
# cores, at least one). Cores are what nproc counts, else
# getconf, else 4, and no more than a cgroup's quota of CPU time allows.
# shellcheck shell=bash
set -u

cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 4)
cgroups=${ECO_CGROUPS:-/sys/fs/cgroup}
group=$(sed -n 's/^0:://p' /proc/self/cgroup 2>/dev/null)
# Quotas and periods, in microseconds, of this group and of all above; of cgroups' old version.
quotas() {
    cat "$cgroups$group/cpu.max"
    while [[ $group == */* ]]; do
        group=${group%/*}
        cat "$cgroups$group/cpu.max"
    done
    paste -d ' ' "$cgroups"/cpu/cpu.cfs_{quota,period}_us
}
cores=$(quotas 2>/dev/null | awk -v cores="$cores" '
    $1 > 0 && $2 > 0 && $1 < cores * $2 { cores = $1 < $2 ? 1 : int($1 / $2) }
    END { print cores + 0 ? cores : 4 }')

jobs=${1:-$cores}
if ! [[ $jobs =~ ^[1-9][0-9]{0,5}$ ]]; then
    echo "eco: JOBS: not a number of jobs: \"$jobs\"" >&2
    exit 2
fi
if ((jobs > cores)); then
    echo "eco: JOBS=$jobs: there are $cores cores here, so $cores jobs" >&2
    jobs=$cores
fi
plots=$jobs
((jobs < cores || cores == 1)) || plots=$((cores - 1))
[[ ${MAKEFLAGS-} == *--jobserver-auth* ]] && jobs=given
echo "$jobs $plots"
