# sites.sh: the sites of a table of places, or of a layer of polygons, as settings.
#
# usage: sites.sh SITES_FILE POLYGONS SITE_FIELD LAYER_CRS    (one of the first two)
#
# A table is CSV, or records; sites.awk reads it. Of a layer each value of the field
# SITE_FIELD is a site. Prints SITES_FOUND, and what the table says of a site.
# shellcheck shell=sh
set -u
if [ -n "$1" ]; then
    [ -r "$1" ] || { echo "eco: SITES_FILE: $1: there is no such file" >&2; exit 2; }
    exec awk -f "${0%/*}/sites.awk" "$1"
fi
if [ -z "$3" ]; then
    echo "eco: POLYGONS: SITE_FIELD must name the field that holds the sites' names" >&2
    exit 2
fi
found=$(eco-grid --list-areas "$3" --around "$2") || exit 2
printf 'SITES_FOUND := %s\n' "$(printf '%s\n' "$found" | tr '\n' ' ')"
