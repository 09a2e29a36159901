# page.sh: a site's page, or the index of all sites' pages, as HTML on stdout.
#
# usage: page.sh OUT SITE HOW-MANY-SITES VAR[=COLUMN]... -- CONFIG... -- [SETTING=VALUE]...
#        page.sh OUT SITE/VAR[=COLUMN]...
#
# COLUMN is the tower's that tells of the variable.
# The page needs nothing else: style and script stand in it, pictures are SVG in its text, and
# its policy forbids to load anything. Sections come from section.sh.
# shellcheck shell=sh
set -u
here=${0%/*} out=$1
shift
ECO_PAGE_STYLE=$(cat "$here/page.css") && ECO_PAGE_SCRIPT=$(cat "$here/page.js") || exit
export ECO_PAGE_STYLE ECO_PAGE_SCRIPT
# What made it.
version=$(eco-regrid --version) || exit
ECO_PAGE_VERSIONS="eco ${version##* }; $(gnuplot --version 2>/dev/null | head -n 1); $(gdalinfo --version 2>/dev/null | head -n 1)"
export ECO_PAGE_VERSIONS
writer=page
case $1 in */*) writer=index ;; esac # a site's name has no slash
exec awk -v out="$out" -f "$here/html.awk" -f "$here/$writer.awk" -- "$@"
