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

cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null) || cores=4
[[ $cores =~ ^[1-9][0-9]*$ ]] || cores=4

# limit QUOTA PERIOD, in microseconds
limit() {
    [[ $1 =~ ^[1-9][0-9]*$ && $2 =~ ^[1-9][0-9]*$ ]] || return 0
    local whole=$(($1 / $2))
    ((whole >= 1)) || whole=1
    ((whole >= cores)) || cores=$whole
}

cgroups=${ECO_CGROUPS:-/sys/fs/cgroup}
own=
while IFS=: read -r id _ path; do
    [[ $id == 0 ]] && own=$path
done 2>/dev/null </proc/self/cgroup
while :; do # a limit of any group above holds too
    if read -r quota period 2>/dev/null <"$cgroups$own/cpu.max"; then
        limit "$quota" "$period"
    fi
    [[ $own == */* ]] || break
    own=${own%/*}
done
if read -r quota 2>/dev/null <"$cgroups/cpu/cpu.cfs_quota_us" &&
    read -r period 2>/dev/null <"$cgroups/cpu/cpu.cfs_period_us"; then
    limit "$quota" "$period"
fi

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
