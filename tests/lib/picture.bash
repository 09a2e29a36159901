# What the tests of charts share: drawing picture.gp, and looking at what came of it.

# What gnuplot makes of picture.gp; it must have nothing to say.
draw() {
    gnuplot -d picture.gp >"$1" 2>err || { echo "gnuplot failed: $(cat err)"; return 1; }
    [ ! -s err ] || { echo "gnuplot said: $(cat err)"; return 1; }
    [ -s "$1" ]
}

# The colour of a picture at a place in the units of its axes, or so many rows lower:
# and columns to the right: color FILE X Y [ROWS [COLUMNS]]
color() {
    local n
    n=$(awk -v x="$2" -v y="$3" -v lower="${4:-0}" -v right="${5:-0}" '
        /^set terminal/ { match($0, /size [0-9]*,[0-9]*/); split(substr($0, RSTART + 5, RLENGTH - 5), s, ",") }
        /^set [lrbt]margin/ { m[substr($2, 1, 1)] = $NF }
        /^set [xy]range/ { split(substr($3, 2), r, /[:\]]/); from[$2] = r[1]; to[$2] = r[2] }
        /^plot/ { exit }
        END {
            printf "%d %d\n", (m["l"] + (m["r"] - m["l"]) * (x - from["xrange"]) / (to["xrange"] - from["xrange"])) * s[1] + right,
                (1 - (m["b"] + (m["t"] - m["b"]) * (y - from["yrange"]) / (to["yrange"] - from["yrange"]))) * s[2] + lower
        }' picture.gp)
    # shellcheck disable=SC2086
    gdallocationinfo -valonly "$1" $n | head -3 | paste -s -d ' '
}

# Whether there is a line, and not the paper or the grid, within a pixel: dark FILE X Y
dark() {
    for lower in -1 0 1; do
        color "$@" "$lower"
    done | awk 'NF == 3 && $1 + $2 + $3 < 480 { found = 1 } END { exit !found }'
}

# Whether a bar stands there, or just beside: darker than the grid, which may be under it:
# bar FILE X Y
bar() {
    for right in -2 -1 0 1 2; do
        color "$@" 0 "$right"
    done | awk 'NF == 3 && $1 + $2 + $3 < 560 { found = 1 } END { exit !found }'
}

# The label of picture.gp that begins so, without its beginning.
label() {
    grep -a "^set label [0-9]* '$1" picture.gp | sed "s/^set label [0-9]* '$1\([^']*\)'.*/\1/"
}

# refused STATUS WORD ARGUMENT...: one message with the word, and no script.
refused() {
    local code=$1 word=$2
    shift 2
    run --separate-stderr eco-plotspec "$@"
    [ "$status" -eq "$code" ] || { echo "ended with $status: $*"; return 1; }
    [ -z "$output" ] || { echo "wrote something: $*"; return 1; }
    one_message "$word"
}
