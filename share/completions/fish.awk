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
$4 == "operands" {
    print "complete -c " tool (command == "" ? "" : " -n '__fish_seen_subcommand_from " command "'") \
        " -k -x -a " quoted(files($5))
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

# Folders and the files of these endings, or all where there are none of these; an --option=
# before them is not of their names.
function files(endings) {
    gsub(/,/, "|", endings)
    return "(set -l all (complete -C \"__fish_command_without_completions \"" \
        "(commandline -ct | string replace -r '^-[^=]*=' '')); " \
        "string match -rqi '\\.(" endings ")$' $all; " \
        "and string match -ri '.*(?:/|\\.(?:" endings "))$' $all; or printf '%s\\n' $all)"
}

function value(    words) {
    words = $5
    gsub(/,/, " ", words)
    return $4 == "word" ? " -x -a " quoted(words) : \
        $4 == "list" ? " -x -a " quoted("(__fish_append , " words ")") : \
        $4 == "file" ? ($5 == "NA" ? " -r" : " -k -x -a " quoted(files($5))) : \
        $4 == "folder" ? " -x -a '(__fish_complete_directories)'" : \
        $4 == "text" ? " -x" : ""
}
