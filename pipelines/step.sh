# step.sh: puts what a command writes into a file, which appears when it is whole.
#
# usage: step.sh [--soft] NOTE TARGET COMMAND...
#
# A picture is whole when it ends as its format says, whatever its command said: gnuplot
# ends with 0 on a full disk, and where it was killed it can say nothing.
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

# Of part, which target is to become.
whole()
{
    case $target in
        *.png) set -- IEND ;;
        *.svg) set -- '</svg>' ;;
        *.pdf) set -- %%EOF ;;
        *) return ;;
    esac
    tail -c 12 "$part" | LC_ALL=C grep -aq "$1" || { said="$said${said:+; }the picture is not whole"; false; }
}

part=$note.part$$
trap 'rm -f "$part"' EXIT
said=$("$@" 2>&1 >"$part")
status=$?
if [ $status -eq 0 ]; then whole || status=1; fi
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
said="$target: ${said:-"$1" ended with $status}"
{ printf '%s\n' "$said" >"$note.failed"; } 2>/dev/null || soft=
[ -z "$soft" ] || exit 0
printf '%s\n' "$said" >&2
exit 1
