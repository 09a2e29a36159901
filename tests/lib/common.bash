# What every bats file loads: the tools on the PATH, the data when it is there.

ROOT=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
BUILD=${ECO_BUILD:-$ROOT/build}
PATH=$BUILD/bin:$PATH
DATA=${ECO_DATA:-$ROOT/../shared/data}
export LC_ALL=C.UTF-8
bats_require_minimum_version 1.5.0

# Skips a test that needs the real data, where they are not.
need_data() {
    [ -d "$DATA/$1" ] || skip "no data: $DATA/$1"
}

# $output and $stderr hold one message that names what it should; no more.
one_message() {
    [ "$(wc -l <<<"$stderr")" -eq 1 ] || { echo "messages: $stderr"; return 1; }
    [[ $stderr == *"$1"* ]] || { echo "message: $stderr"; return 1; }
}

# ends STATUS TEXT COMMAND...: the command ends so, and its one message has that text.
ends() {
    local status_wanted=$1 text=$2
    shift 2
    run --separate-stderr "$@"
    [ "$status" -eq "$status_wanted" ] || { echo "$*: status $status: $stderr"; return 1; }
    one_message "$text"
}

# Whether two numbers are within a distance: near A B DISTANCE
near() {
    awk -v a="$1" -v b="$2" -v d="$3" 'BEGIN { e = a - b; exit !(e <= d && -e <= d) }' ||
        { echo "$1 is not within $3 of $2"; return 1; }
}
