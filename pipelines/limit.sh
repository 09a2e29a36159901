# limit.sh: averages a scene by a process that may take so long and so much, and no more.
#
# usage: limit.sh LOCK SECONDS MEMORY RECORD COMMAND...    (0: no limit)
#
# One that was ended is tried once more while no other is at work: it may have lacked what
# they had. If it is ended again, RECORD.ended (for .tsv) says why.
# shellcheck shell=sh
set -u
lock=$1 seconds=$2 memory=$3 record=$4
shift 4
note=${record%.tsv}.ended
[ "$memory" = 0 ] || set -- prlimit --data="$(numfmt --from=iec "$memory")" "$@"
[ "$seconds" = 0 ] || set -- timeout -k 5 "$seconds" "$@"

[ ! -e "$note" ] || rm -f "$note"
status=0
flock -s "$lock" "$@" || status=$?
if [ $status -gt 2 ]; then
    echo "eco: $record: ended ($status), so tried again alone" >&2
    status=0
    flock -x "$lock" "$@" || status=$?
fi
[ $status -gt 2 ] || exit $status
case $status in
124 | 137) why="not done within TIMEOUT=$seconds s" ;;
*) why="ended with $status under MEM_PER_JOB=$memory" ;;
esac
echo "$why, twice" >"$note"
exit 1
