# The folders of the Python program that eco replaces, with its grid, its classes, its
# threshold and its idea of coverage:
#
#     make run CONFIG=share/examples/python-layout.mk DATA=/FOLDER

DATA := .

SITES := ATTO K34
VARS  := LST

SCENES   := $(DATA)/Rasters_buffers_data/{var}_{site}_ECOSTRESS/*.tif
POLYGON  := $(DATA)/Buffers/{site}_buffer_30km/buffer_30km_{site}.shp
CLASSMAP := $(DATA)/Coverage_mapbiomas_cut/{site}/{year}_coverage_{site}.tif
CLASSES  := 3,4,5,6
FALLBACK := 2025=2024

# Cells like OCO-3's.
RES          := 2200,1660
RADIUS       := 35000
CRS          := EPSG:32721
DENOMINATOR  := source
MIN_COVERAGE := 0.5
