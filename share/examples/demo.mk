# What `make demo` runs in demo/: two made-up sites, temperature and greenness. All layers of a
# site lie in one folder, as AppEEARS delivers them; NDVI-UQ is there and not asked for.

SITES := Campina Serra
VARS  := LST NDVI

SCENES   := input/scenes/{site}/*.tif
POLYGON  := input/polygons/{site}.geojson
CLASSMAP := input/classes/{site}/{year}.tif
CLASSES  := 3,4,5,6
FALLBACK := 2023=2022

RES := 2000

# Each site's tower, whose clock is four hours behind UTC. It reads 1.5 K less than the scenes.
TOWER      := input/towers/AMF_{site}_*.csv
TOWER_VARS := LST=T_CANOPY
TOWER_OFFSET     := -4
TOWER_AT.Campina := -59.005,-2.148
TOWER_AT.Serra   := -60.09,-2.609

REPORT := yes
