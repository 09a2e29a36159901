# Puts a tool's help into its man page.
#
#     TOOL --help-all | awk -v version=V -v date=D -f page.awk - TOOL.1.in >TOOL.1
#
# The help: lines "usage: NAME ..." (more of them begin with blanks), then prose, then
# sections that open with a word and a colon. In the page, a line @SYNOPSIS@ becomes the
# usage, @OPTIONS@ the section Options, @EXAMPLES@ the section Examples, and @VERSION@
# and @DATE@ inside of a line the version and its day. A page that has no tool gets a blank
# line for help.
#
# Behind the tool's help may stand that of its commands, "usage: NAME COMMAND ...": usage
# and examples are then theirs, and options that the tool's own help does not have stand
# under the command's name.

function escaped(s) {
    gsub(/\\/, "\\e", s)
    gsub(/-/, "\\-", s)
    gsub(/'/, "\\(aq", s)
    gsub(/`/, "\\(ga", s)
    gsub(/\^/, "\\(ha", s)
    gsub(/~/, "\\(ti", s)
    return s ~ /^\./ ? "\\&" s : s
}

# Prose: a hyphen between letters or digits stays one; everything else is as typed.
function prose(s,    out) {
    gsub(/\\/, "\\e", s)
    while (match(s, /[A-Za-z0-9]-[A-Za-z]/)) {
        out = out escaped_part(substr(s, 1, RSTART)) "-"
        s = substr(s, RSTART + 2)
    }
    out = out escaped_part(s)
    return out ~ /^[.']/ ? "\\&" out : out
}

function escaped_part(s) {
    gsub(/-/, "\\-", s)
    gsub(/`/, "\\(ga", s)
    gsub(/\^/, "\\(ha", s)
    gsub(/~/, "\\(ti", s)
    return s
}

# Usage and options: options in bold, words in capitals, which stand for something, in
# italics.
function marked(s,    out, word) {
    while (match(s, /--?[a-z][a-z0-9-]*|[A-Z][A-Z0-9_]*/)) {
        word = substr(s, RSTART, RLENGTH)
        out = out escaped(substr(s, 1, RSTART - 1)) \
            (word ~ /^-/ ? "\\fB" : "\\fI") escaped(word) "\\fR"
        s = substr(s, RSTART + RLENGTH)
    }
    return out escaped(s)
}

FNR == 1 { file++ }

file == 1 && /^usage: / {
    if (++helps == 2)
        nsynopsis = nexamples = 0
    tool = $2
    synopsis[++nsynopsis] = substr($0, 8)
    if (helps > 1)
        options[++noptions] = "." $3
    section = ""
    in_usage = 1
    next
}
file == 1 && in_usage && /^       / { synopsis[++nsynopsis] = substr($0, 8); next }
file == 1 { in_usage = 0 }
file == 1 && /^[A-Z][A-Za-z ]*:$/ { section = substr($0, 1, length($0) - 1); next }
file == 1 && section == "Options" {
    if (match($0, /^  ?-[^ ]+( [^ ]+)*/)) {
        known = substr($0, 1, RLENGTH) in shared
        if (helps == 1)
            shared[substr($0, 1, RLENGTH)]
    }
    if (helps == 1 || !known)
        options[++noptions] = $0
    next
}
file == 1 && section == "Examples" { examples[++nexamples] = $0; next }
file == 1 { next }

function print_synopsis(    i, s) {
    for (i = 1; i <= nsynopsis; i++) {
        s = synopsis[i]
        if (index(s, tool) == 1) {
            if (i > 1)
                print ".br"
            print ".B " escaped(tool)
            s = substr(s, length(tool) + 1)
        }
        sub(/^ +/, "", s)
        if (s != "")
            print marked(s)
    }
}

function print_options(    i, s, at) {
    for (i = 1; i <= noptions; i++) {
        s = options[i]
        if (s ~ /^\./) {
            print ".SS " substr(s, 2)
        } else if (s ~ /^  ?-/) {
            sub(/^ +/, "", s)
            at = match(s, /   *[^ ]/)
            print ".TP"
            print marked(at ? substr(s, 1, at - 1) : s)
            s = at ? substr(s, at) : ""
        } else if (s ~ /^[^ ]/) {
            print ".PP"
        }
        sub(/^ +/, "", s)
        if (s != "" && s !~ /^\./)
            print prose(s)
    }
}

function print_examples(    i) {
    print ".EX"
    while (nexamples && examples[nexamples] == "")
        nexamples--
    for (i = 1; i <= nexamples; i++)
        print escaped(examples[i])
    print ".EE"
}

{
    gsub(/@VERSION@/, version)
    gsub(/@DATE@/, date)
}
$0 == "@SYNOPSIS@" { print_synopsis(); next }
$0 == "@OPTIONS@" { print_options(); next }
$0 == "@EXAMPLES@" { print_examples(); next }
{ print }
