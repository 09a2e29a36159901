# The build and the tests themselves: flags, installing, counting, the looks of sources.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
    unset MAKEFLAGS MFLAGS MAKELEVEL
}

# What a build needs of the project, in a folder of its own.
copy() {
    mkdir -p "$1"
    cp -R "$ROOT"/{Makefile,include,tools,share} "$1"
}

# Every source of the project through a compiler's warnings, made errors.
no_warnings() {
    local cc=$1 cxx=$2 f bad=0
    local flags=(-fsyntax-only -Werror -Wall -Wextra -Wpedantic -Wshadow -I"$ROOT/include" -I"$ROOT/tools"
        -I"$ROOT/tests/lib" -isystem /usr/include/gdal -isystem /usr/include/hdf5/serial)
    for f in "$ROOT"/tools/*.c "$ROOT"/tools/*/*.c "$ROOT"/tests/unit/*.c; do
        "$cc" -std=c17 -D_POSIX_C_SOURCE=200809L -DECO_VERSION='""' -DPROJ_SONAME='""' -Wmissing-prototypes \
            -Wstrict-prototypes "${flags[@]}" "$f" || bad=1
    done
    for f in "$ROOT"/tests/fuzz/*.c; do
        "$cc" -std=c17 -D_GNU_SOURCE "${flags[@]}" "$f" || bad=1
    done
    for f in "$ROOT"/tools/*/*.cc; do
        "$cxx" -std=c++17 "${flags[@]}" "$f" || bad=1
    done
    for f in "$ROOT"/include/*/*.h; do
        # Who includes it uses what it defines.
        "$cc" -std=c17 -D_POSIX_C_SOURCE=200809L "${flags[@]}" -Wno-unused-function -Wno-unused-const-variable \
            -x c "$f" || bad=1
    done
    return $bad
}

@test "gcc warns of nothing" {
    no_warnings gcc g++
}

@test "clang warns of nothing" {
    no_warnings clang clang++
}

@test "the sources are in the project's format" {
    clang-format --version | grep -q 'version 14' || skip "not the clang-format that the format is of"
    make -C "$ROOT" --no-print-directory format-check
}

@test "the scripts are clean under shellcheck, the sources under cppcheck" {
    make -C "$ROOT" --no-print-directory lint
}

# One file of the tree with a line more, which the check of the house must name.
breaks_the_house() {
    cp -R tree broken
    printf '%s\n' "$2" >>"broken/$1"
    run make -C broken --no-print-directory house
    rm -rf broken
    [ "$status" -ne 0 ] && [[ $output == *"$3"* ]] || { echo "$1: $2: $output"; return 1; }
}

@test "an include that goes up, sideways, in a circle or into a private header is told" {
    copy tree
    mkdir -p tree/tests
    cp -R "$ROOT/tests/lib" tree/tests
    make -C tree --no-print-directory house
    breaks_the_house tools/base/buf.c '#include "geo/crs.h"' "tools/base/buf.c: base lies below geo"
    breaks_the_house tools/sample/cells.c '#include "regrid/regrid_run.h"' "wings do not use each other"
    breaks_the_house tools/eco-index.c '#include "mask/quality_parts.h"' "private to mask"
    breaks_the_house include/geo/grid.h '#include "crs_private.h"' "a face includes a private header"
    breaks_the_house tools/gdal/area.c '#include "mask/classmap.h"' "tools/gdal/area.c: gdal lies below mask"
    breaks_the_house include/base/msg.h '#include "base/buf.h"' ": a circle of includes"
    breaks_the_house tools/base/mem.c "$(printf '; \n%.0s' {1..450})" "tools/base/mem.c: 5"
    breaks_the_house tools/base/mem.c "{$(printf '; \n%.0s' {1..62})
}" "a function of 6"
}

@test "a second make has nothing to do; another flag or a header builds again" {
    copy "a tree"
    cd "a tree"
    make -j2 >/dev/null
    run make
    [ "$output" = "make: Nothing to be done for 'all'." ]
    # Asked, and asked again: a dry run must not count as the build.
    local i sources
    sources=$(find tools -name '*.c' -o -name '*.cc' | wc -l)
    for i in 1 2; do
        [ "$(make -n CFLAGS=-O1 | grep -cE ' -O1 .*tools/[^ ]+\.cc?( |$)')" -eq "$sources" ]
    done
    run make
    [ "$output" = "make: Nothing to be done for 'all'." ]
    touch include/base/num.h
    make -n >plan
    grep -q 'tools/base/num.cc' plan
    run ! grep -q 'tools/base/mem.c' plan
}

@test "a build without compiler or libraries says what to do" {
    copy tree
    run --separate-stderr make -C tree CC=no-such-cc
    [ "$status" -ne 0 ]
    [[ $stderr == *"no no-such-cc here; 'make deps'"* ]]
    run --separate-stderr make -C tree CPPFLAGS='-include no/such.h'
    [ "$status" -ne 0 ]
    [[ $stderr == *"'make deps' installs them"* ]]
    [ ! -e tree/build/libeco.a ]
}

# A dpkg-query that knows all packages but one, and no way to install it.
fake_machine() {
    mkdir fake
    cat >fake/dpkg-query <<'END'
#!/bin/bash
for p; do case $p in -*|*{*) ;; bats) ;; *) printf 'installed:%s ' "$p" ;; esac; done
exit 1
END
    local c
    for c in bash printf env; do
        ln -s "$(command -v $c)" fake/
    done
    chmod +x fake/dpkg-query
}

@test "deps names what is missing where it cannot install" {
    fake_machine
    run --separate-stderr env PATH="$PWD/fake" "$(command -v make)" -C "$ROOT" --no-print-directory deps
    [ "$status" -ne 0 ]
    [[ $stderr == *"missing and cannot be installed from here"*": bats"$'\n'* ]]
    [ "$(grep -c eco: <<<"$stderr")" -eq 1 ]
    [ -z "$output" ]
}

@test "deps installs what is missing, and no more" {
    fake_machine
    printf '#!/bin/bash\necho "$@" >>"%s/calls"\n' "$PWD" >fake/apt-get
    # For whoever is not root.
    printf '#!/bin/bash\nif [ "$1" = -n ]; then shift; fi\nexec "$@"\n' >fake/sudo
    chmod +x fake/apt-get fake/sudo
    run --separate-stderr env PATH="$PWD/fake" "$(command -v make)" -C "$ROOT" --no-print-directory deps
    [ "$status" -eq 0 ]
    [ "$output" = "eco: installing Debian packages: bats" ]
    [ "$(head -1 calls)" = "-q update" ]
    [[ $(tail -1 calls) == *"install bats" ]]
    [ "$(wc -l <calls)" -eq 2 ]
}

@test "deps says what is missing when installing fails" {
    fake_machine
    printf '#!/bin/bash\nexit 1\n' >fake/apt-get
    chmod +x fake/apt-get
    run --separate-stderr env PATH="$PWD/fake" "$(command -v make)" -C "$ROOT" --no-print-directory deps
    [ "$status" -ne 0 ]
    [ "$(grep -c 'missing and .* not install.*: bats$\|cannot be installed.*: bats$' <<<"$stderr")" -eq 1 ]
}

@test "deps needs rights, and says so" {
    [ "$EUID" -eq 0 ] && command -v setpriv >/dev/null || skip "cannot give up rights here"
    # The folders of bats are closed to others.
    local open
    open=$(mktemp -d)
    cd "$open"
    fake_machine
    printf '#!/bin/bash\n' >fake/apt-get
    cp "$ROOT/Makefile" .
    chmod -R a+rX .
    chmod a+x fake/apt-get .
    run --separate-stderr setpriv --reuid 65534 --clear-groups env PATH="$open/fake" \
        "$(command -v make)" deps
    rm -rf "$open"
    [ "$status" -ne 0 ]
    [[ $stderr == *"takes apt-get, and root or sudo): bats"* ]]
}

# All commands but the compilers, which apt-get brings.
@test "check installs first, then builds, then tests" {
    copy tree
    mkdir -p tree/tests tools
    printf '#!/bin/bash\necho "1 passed, 0 failed"\n' >tree/tests/run
    chmod +x tree/tests/run
    ln -s /usr/bin/* tools/
    rm -f tools/{gcc,g++,ar,dpkg-query,apt-get}
    printf '%s\n' '#!/bin/bash' 'for p; do' 'case $p in -*|*{*) continue ;; esac' \
        '[[ $p == gcc && ! -e ${0%/*}/gcc ]] || printf "installed:%s " "$p"' 'done' >tools/dpkg-query
    printf '%s\n' '#!/bin/bash' 'if [[ $* == *install* ]]; then ln -s /usr/bin/{gcc,g++,ar} "${0%/*}/"; fi' \
        >tools/apt-get
    printf '%s\n' '#!/bin/bash' 'if [ "$1" = -n ]; then shift; fi' 'exec "$@"' >tools/mysudo
    chmod +x tools/{dpkg-query,apt-get,mysudo}
    [ "$EUID" -eq 0 ] || ln -sf mysudo tools/sudo
    run --separate-stderr env PATH="$PWD/tools" make -C tree --no-print-directory check
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "eco: installing Debian packages: gcc" ]
    [ "${lines[-1]}" = "1 passed, 0 failed" ]
    [ -x tree/build/bin/eco-index ]
}

@test "the demo installs what it runs, and nothing that only tests want" {
    fake_machine
    PATH=$PWD/fake run "$(command -v make)" -C "$ROOT" --no-print-directory deps-run
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "the version is one, wherever it stands" {
    version=$(sed -n 's/^VERSION := //p' "$ROOT/Makefile")
    grep -qx "version: $version" "$ROOT/CITATION.cff"
    grep -qx "## $version" "$ROOT/CHANGELOG.md"
    grep -qx "date-released: $(sed -n 's/^DATE *:= //p' "$ROOT/Makefile")" "$ROOT/CITATION.cff"
}

@test "the citation has what its schema wants" {
    python3 -c 'import yaml' 2>/dev/null || skip "no python3-yaml here"
    python3 - "$ROOT/CITATION.cff" <<'EOF'
import datetime, sys, yaml
c = yaml.safe_load(open(sys.argv[1]))
assert {"cff-version", "message", "title", "authors"} <= set(c)
assert c["cff-version"] == "1.2.0" and c["type"] in ("software", "dataset")
assert c["authors"] and all(set(a) <= {"name", "given-names", "family-names", "orcid"} for a in c["authors"])
assert isinstance(c["date-released"], datetime.date) and isinstance(c["version"], str)
EOF
}

@test "the manual becomes HTML, and its pages find each other" {
    local make=(make -C "$ROOT" --no-print-directory -s BUILD="${BUILD#"$ROOT"/}")
    "${make[@]}" -q all || skip "what is built has other flags than a plain make gives"
    "${make[@]}" doc
    for page in "$BUILD"/doc/*.html; do
        for ref in $(grep -o 'href="eco[^"#]*' "$page" | sed 's/href="//'); do
            [ -e "$BUILD/doc/$ref" ] || { echo "$page: $ref"; return 1; }
        done
    done
    [ -e "$BUILD/doc/eco.7.html" ]
}

@test "deps is silent when all is there" {
    fake_machine
    sed -i 's/ bats) ;;//' fake/dpkg-query
    run make -C "$ROOT" --no-print-directory deps
    PATH=$PWD/fake run "$(command -v make)" -C "$ROOT" --no-print-directory deps
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "help lists every target that has a comment" {
    run make -C "$ROOT" --no-print-directory help
    [ "$status" -eq 0 ]
    for target in all deps check install uninstall format format-check lint help clean; do
        grep -q "^  make $target  " <<<"$output"
    done
    [ "${#lines[@]}" -eq "$(grep -c '^## ' "$ROOT/Makefile")" ]
}

@test "what is installed works, and is removed again" {
    local at=$PWD/to/opt/eco make=(make -C "$ROOT" BUILD="${BUILD#"$ROOT"/}" "DESTDIR=$PWD/to" PREFIX=/opt/eco)
    [[ $BUILD != *-san ]] || make+=(SAN=1)
    # Other tests are using what is built.
    "${make[@]}" -q all || skip "what is built has other flags than a plain make gives"
    "${make[@]}" install >/dev/null
    for tool in "$BUILD"/bin/*; do
        "$at/bin/${tool##*/}" --version
        [ -s "$at/share/man/man1/${tool##*/}.1" ]
        [ -s "$at/share/bash-completion/completions/${tool##*/}" ]
        [ -s "$at/share/zsh/site-functions/_${tool##*/}" ]
        [ -s "$at/share/fish/vendor_completions.d/${tool##*/}.fish" ]
    done
    [ -s "$at/share/man/man7/eco-records.7" ]
    # One file that the module reads.
    printf 'ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2\n' >small.asc
    "$at/bin/eco-index" --open small.asc 2>/dev/null | grep -q $'\t2\t1\t1\t'
    "${make[@]}" uninstall >/dev/null
    [ -z "$(find to -type f)" ]
}

@test "the test runner counts crashes, lost tests and empty files as failed" {
    printf '@test "a" { true; }\n@test "b" { echo why; false; }\n@test "c" { skip "no c"; }\n' >mixed.bats
    printf '\n' >empty.bats
    printf '@test "x" {\n foo(\n}\n' >syntax.bats
    printf '#!/bin/sh\necho ok 1 - a\n' >unplanned
    printf '#!/bin/sh\necho ok 1 - a; echo 1..2\n' >lost
    printf '#!/bin/sh\necho ok 1 - a; echo 1..1; kill -SEGV $$\n' >crash
    printf '#!/bin/sh\necho not ok 1 - a; echo 1..1\n' >liar
    printf '#!/bin/sh\necho ok 1 - a; echo 1..1\n' >good
    chmod +x unplanned lost crash liar good
    local file
    for file in empty.bats syntax.bats unplanned lost crash liar absent; do
        run "$ROOT/tests/run" "$file"
        [ "$status" -eq 1 ] || { echo "$file: $status"; return 1; }
        [[ ${lines[-1]} =~ ^[01]\ passed,\ [12]\ failed$ ]] || { echo "$file: ${lines[-1]}"; return 1; }
    done
    run "$ROOT/tests/run" --jobs 2 good mixed.bats
    [ "$status" -eq 1 ]
    [ "${lines[-1]}" = "2 passed, 1 failed, 1 skipped" ]
    [[ $output == *"# why"* ]]
    run "$ROOT/tests/run" good
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = "1 passed, 0 failed" ]
}
