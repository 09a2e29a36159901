# Makes a fish completion of the options of a tool and of its commands.
#
#     awk -v tool=TOOL -f fish.awk LIST >TOOL.fish
#
# LIST: see OPTION_LISTS in the Makefile.

BEGIN {
    FS = "\t"
    printf "# Completion for %s, made from its --list-options.\n", tool
}
/^##command=/ { command = substr($0, 11); next }
/^#/ { next }
$4 == "command" {
    commands = commands " " $1
    print "complete -c " tool " -n __fish_use_subcommand -x -a " $1 " -d " quoted($6)
    next
}
{
    condition = command != "" ? "__fish_seen_subcommand_from " command : \
        commands != "" ? "not __fish_seen_subcommand_from" commands : ""
    print "complete -c " tool (condition == "" ? "" : " -n " quoted(condition)) \
        ($2 == "NA" ? "" : " -s " $2) " -l " $1 value() " -d " quoted($6)
}

function quoted(s) {
    gsub(/[\\']/, "\\\\&", s)
    return "'" s "'"
}

function value(    words) {
    words = $5
    gsub(/,/, " ", words)
    return $4 == "word" ? " -x -a " quoted(words) : \
        $4 == "list" ? " -x -a " quoted("(__fish_append , " words ")") : \
        $4 == "file" ? " -r" : \
        $4 == "folder" ? " -x -a '(__fish_complete_directories)'" : \
        $4 == "text" ? " -x" : ""
}
