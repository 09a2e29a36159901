# share.sh: makes a share of what is due, on the host where it runs.
#
# usage: share.sh RUN NAME ECO OUT ECO_BIN SUM JOBS MEM_PER_JOB [ROOT CONFIG]
#
# RUN/NAME has the records to be made, a line each; RUN/plan what make would find out by
# itself; RUN/flags what was set for make. It is the flow itself that makes them. In the end
# RUN/NAME.done has those that are there and were not before; a share without it was lost.
# A host whose tools are others says so in RUN/NAME.refused, and does nothing.
#
# With ROOT, all files were carried here (hosts.sh): what is /x there is ROOT/x here.
# shellcheck shell=sh
set -u
run=$1 name=$2 eco=$3 out=$4 bin=$5 sum=$6 jobs=$7 memory=$8 root=${9-}
if [ "$(sh "$eco/hosts/host.sh" "$bin")" != "$sum" ]; then
    echo "eco: $(hostname): has another version of eco, and was given nothing to do" >"$run/$name.refused"
    exit 1
fi
# As long as anything of this is at work, other runs wait; see eco.mk.
mkdir -p "$out/.eco"
exec 9>>"$out/.eco/away" && flock -s 9

# The jobs that HOSTS names for this one; no more than there is memory for.
own=$(sed -n "s/^${PARALLEL_SSHLOGIN:-none} //p" "$run/jobs" 2>/dev/null)
jobs=${own:-$jobs}
if [ -n "$memory" ]; then
    fit=$(($(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo) * 1024 / $(numfmt --from=iec "$memory")))
    [ "$fit" -ge 1 ] || fit=1
    cores=${jobs:-$(nproc)}
    jobs=$((fit < cores ? fit : cores))
fi

# By inode and time: a file that appears by rename has others, at least one of them, since the
# number of one that was removed before may come again. An empty record is none; rules.mk.
present() {
    xargs -d '\n' stat -c '%s %i.%.9Z %n' 2>/dev/null <"$run/$name" | sed '/^0 /d; s/^[^ ]* //' | sort
}
present >"$run/$name.before"
set -- OUT="$out" ENGINE=here LOCKED=yes PLAN="$run/plan" TMP="$run/$name" JOBS="$jobs" ECO_BIN="$bin" \
    ${root:+UNDER="$root" CONFIG="${10-}"}
MAKEFLAGS=$(cat "$run/flags") MAKELEVEL=1 \
    xargs -d '\n' make -f "$eco/eco.mk" --no-print-directory -s "$@" <"$run/$name"
present | comm -13 "$run/$name.before" - | sed 's/^[^ ]* //' >"$run/$name.part"
mv "$run/$name.part" "$run/$name.done"
