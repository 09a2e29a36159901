# step.sh: puts what a command writes into a file, which appears when it is whole.
#
# usage: step.sh [--soft] NOTE TARGET COMMAND...
#
# When the command fails, TARGET is removed and NOTE.failed holds what it said. Then --soft
# ends with 0 all the same: make goes on, and the report tells. A command that ends with 77
# had nothing to make TARGET from: it is removed, and NOTE.none stands for it.
# shellcheck shell=sh
set -u
soft=
if [ "$1" = --soft ]; then
    soft=yes
    shift
fi
note=$1 target=$2
shift 2

part=$note.part$$
trap 'rm -f "$part"' EXIT
said=$("$@" 2>&1 >"$part")
status=$?
if [ $status -eq 0 ] && said="$said$(mv -f "$part" "$target" 2>&1)"; then
    [ -z "$said" ] || printf '%s\n' "$said" >&2
    if [ -e "$note.failed" ] || [ -e "$note.none" ]; then
        rm -f "$note.failed" "$note.none"
    fi
    exit 0
fi
rm -f "$target" "$note.failed" "$note.none"
if [ $status -eq 77 ]; then
    : >"$note.none"
    exit
fi
printf '%s: %s\n' "$target" "${said:-"$1" ended with $status}" >"$note.failed" || exit 1
[ -z "$soft" ] || exit 0
cat "$note.failed" >&2
exit 1
