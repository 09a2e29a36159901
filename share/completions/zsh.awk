# Makes a zsh completion of the options of a tool and of its commands.
#
#     awk -v tool=TOOL -f zsh.awk LIST >_TOOL
#
# LIST: see OPTION_LISTS in the Makefile.

BEGIN { FS = "\t" }
/^##command=/ { command = substr($0, 11); next }
/^#/ { next }
$4 == "command" {
    commands = commands " " quoted($1 ":" $6)
    known[++nknown] = $1
    next
}
$4 == "operands" { operands[command] = $5; next }
{ options[command] = options[command] " \\\n        " option() }

function quoted(s) {
    gsub(/'/, "'\\''", s)
    return "'" s "'"
}

# What stands between brackets or colons of _arguments.
function escaped(s) {
    gsub(/\\/, "\\\\&", s)
    gsub(/\[/, "\\\\&", s)
    gsub(/\]/, "\\\\&", s)
    gsub(/:/, "\\\\&", s)
    return s
}

# An action: the files of these endings, where there are any, and folders.
function files(endings) {
    gsub(/,/, "|", endings)
    return "_files" (endings == "NA" ? "" : " -g \"*.(#i)(" endings ")(-.)\"")
}

function value(    words) {
    words = $5
    gsub(/,/, " ", words)
    return ":" escaped($3) ":" \
        ($4 == "word" ? "(" words ")" : \
         $4 == "list" ? " _values -s , " escaped($3) " " words : \
         $4 == "file" ? files($5) : \
         $4 == "folder" ? "_files -/" : "")
}

function option(    rest) {
    rest = "[" escaped($6) "]" ($4 == "flag" ? "" : value())
    if ($2 != "NA")
        return quoted("(-" $2 " --" $1 ")") "{-" $2 "+,--" $1 "=}" quoted(rest)
    return quoted("*--" $1 ($4 == "flag" ? "" : "=") rest)
}

function arguments(command) {
    return "_arguments -s -S" options[command] \
        (command in operands ? " \\\n        " quoted("*:file:" files(operands[command])) : "")
}

END {
    printf "#compdef %s\n# Completion for %s, made from its --list-options.\n\n", tool, tool
    if (!nknown) {
        print arguments("")
        exit
    }
    print "if ((CURRENT > 2)); then"
    print "    shift words"
    print "    ((CURRENT--))"
    print "    case $words[1] in"
    for (i = 1; i <= nknown; i++)
        print "    " known[i] ")\n        " arguments(known[i]) "\n        ;;"
    print "    esac"
    print "elif [[ $words[2] == -* ]]; then"
    print "    " arguments("")
    print "else"
    print "    local -a commands=(" substr(commands, 2) ")"
    print "    _describe command commands"
    print "fi"
}
