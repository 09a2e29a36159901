# Makes a bash completion of a tool's help: its options behind a dash, else files.
#
#     TOOL --help | awk -f bash.awk >TOOL
#
/^usage: / { tool = $2 }
/^Options:$/ { inside = 1; next }
/^[A-Z]/ { inside = 0 }
inside && /^  ?-/ {
    sub(/^ +/, "")
    sub(/  .*/, "")
    while (match($0, /--?[a-z][a-z0-9-]*/)) {
        options = options " " substr($0, RSTART, RLENGTH)
        $0 = substr($0, RSTART + RLENGTH)
    }
}
END {
    name = tool
    gsub(/[^a-z0-9]/, "_", name)
    printf "# Completion for %s, made from its --help.\n", tool
    printf "_%s() {\n", name
    printf "    COMPREPLY=()\n"
    printf "    [[ $2 != -* ]] || mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$2\")\n", \
        substr(options, 2)
    printf "}\n"
    printf "complete -o default -F _%s %s\n", name, tool
}
