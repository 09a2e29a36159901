# draw.sh: the picture of a gnuplot script that a command writes, on stdout.
#
# usage: draw.sh COMMAND...
#
# gnuplot makes an empty picture of an empty script and calls it good, and a picture that
# it could not write, too: cat tells. One that was interrupted ends as a whole one does: its
# status tells. The script has no name any more when it is written,
# so that whatever ends this leaves none.
# shellcheck shell=bash
set -u -o pipefail
script=$(mktemp) || exit 3
exec 3>"$script"
exec 4<"$script"
rm -f "$script"
"$@" >&3 || exit
gnuplot -d <&4 | cat
