# Makes a bash completion of the options of a tool and of its commands: their names, the
# words that values may be, one or a comma list of them, folders, and files by their endings.
#
#     awk -v tool=TOOL -f bash.awk LIST >TOOL
#
# LIST: see OPTION_LISTS in the Makefile.

BEGIN { FS = "\t" }
/^##command=/ { command = substr($0, 11); known = known " " command; next }
/^#/ { next }
$4 == "command" { commands = commands " " $1; next }
$4 == "operands" {
    gsub(/,/, " ", $5)
    operands[command] = $5
    next
}
{
    options[command] = options[command] " --" $1 ($2 == "NA" ? "" : " -" $2)
    if ($4 == "flag")
        next
    gsub(/,/, " ", $5)
    value = "kind='" $4 "'" ($5 == "NA" ? "" : " words='" $5 "'")
    if (!(value in names))
        order[++nvalues] = value
    names[value] = names[value] " | '" command " --" $1 "'" \
        ($2 == "NA" ? "" : " | '" command " -" $2 "'")
}
END {
    name = tool
    gsub(/[^a-z0-9]/, "_", name)
    printf "# Completion for %s, made from its --list-options.\n", tool
    printf "_%s() {\n", name
    print "    local word=$2 before=$3 command='' options='' operands='' words='' kind='' done=''"
    print "    # bash takes --option=value for three words."
    print "    [[ $before != = ]] || before=${COMP_WORDS[COMP_CWORD - 2]}"
    print "    [[ $word != = ]] || word=''"
    if (commands)
        print "    ((COMP_CWORD < 2)) || command=${COMP_WORDS[1]}"
    print "    case \"$command $before\" in"
    for (i = 1; i <= nvalues; i++)
        printf "    %s) %s ;;\n", substr(names[order[i]], 4), order[i]
    print "    esac"
    printf "    options='%s' operands='%s'\n", substr(options[""], 2), operands[""]
    n = split(known, each, " ")
    for (i = 1; i <= n; i++)
        printf "    [[ $command != %s ]] || options='%s' operands='%s'\n", each[i], \
            substr(options[each[i]], 2), operands[each[i]]
    print "    [[ $kind || $word == -* || ! $operands ]] || kind=file words=$operands"
    print "    COMPREPLY=()"
    print "    case $kind in"
    print "    word) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\") ;;"
    print "    list)"
    print "        [[ $word != *,* ]] || done=${word%,*},"
    print "        mapfile -t COMPREPLY < <(compgen -P \"$done\" -W \"$words\" -- \"${word##*,}\")"
    print "        compopt -o nospace 2>/dev/null"
    print "        ;;"
    print "    folder)"
    print "        mapfile -t COMPREPLY < <(compgen -d -- \"$word\")"
    print "        compopt -o filenames 2>/dev/null"
    print "        ;;"
    print "    file)"
    print "        # Where none ends so, bash finds all files itself."
    print "        for words in $words; do"
    print "            mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <("
    print "                compgen -f -X \"!*.$words\" -- \"$word\""
    print "                compgen -f -X \"!*.${words^^}\" -- \"$word\""
    print "            )"
    print "        done"
    print "        ((${#COMPREPLY[@]} == 0)) ||"
    print "            mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- \"$word\")"
    print "        compopt -o filenames 2>/dev/null"
    print "        ;;"
    print "    text) compopt +o default 2>/dev/null ;;"
    print "    '')"
    print "        if [[ $word == -* ]]; then"
    print "            mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")"
    if (commands) {
        print "        elif ((COMP_CWORD == 1)); then"
        printf "            mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\")\n", substr(commands, 2)
    }
    print "        fi"
    print "        ;;"
    print "    esac"
    print "    return 0"
    print "}"
    printf "complete -o default -F _%s %s\n", name, tool
}
