# config.mk: reads the configuration and gives what it leaves out.
#
# A configuration is a few lines of make; share/examples has some. It sets, for all sites,
#
#     SITES         names of sites, as they shall stand in OUT
#     VARS          layers as eco-index reads them, or NAME=LAYER to call one otherwise
#     SCENES        the scenes' paths, with * and **, and {site}, {var} and {layer} for the
#                   site, the variable and its layer. Scenes are told apart by the layer in
#                   their names, so that one folder may hold many layers
#     POLYGON       the area around a site, in any vector format; {site}
#     RES           DX or DX,DY: a cell's size in units of CRS
#
# and, where the default does not serve,
#
#     CRS           of the cells: auto (the site's UTM zone), or one such as EPSG:32721
#     RADIUS        how far cells go from the polygon's centre, in m (as the polygon)
#     LAYER_CRS     CRS of a polygon that names none
#     CLIP          another area than POLYGON in which pixels and cells count, or none
#     GRID          a grid file instead of POLYGON, RES, CRS, RADIUS and CLIP; {site}
#     CLASSMAP      the class map, with {site} and {year} (none: all pixels count)
#     CLASSES       its classes that count, such as 3,4,10-15
#     FALLBACK      whose year's map to use where one is missing: 2025=2024 2026=2024
#     MIN_COVERAGE  least coverage of a cell that is written (0.5)
#     DENOMINATOR   what coverage is a share of: cell, source or mask (cell)
#     BANDS         of the coarse rasters (mean,coverage,n)
#     REGRID        more options for eco-regrid, as a shell reads them, with their whole
#                   names; files that they name are not watched
#     PLOTS         yes or no (yes)
#     BATCH         how many scenes one process averages at most (16)
#
# NAME.SITE sets NAME for one site. `make NAME=VALUE` goes before the file.

SETTINGS := SITES VARS SCENES POLYGON RES CRS RADIUS LAYER_CRS CLIP GRID CLASSMAP CLASSES \
	FALLBACK MIN_COVERAGE DENOMINATOR BANDS REGRID PLOTS BATCH

# What the environment happens to hold is no setting.
$(foreach s,$(SETTINGS),$(if $(filter environment,$(origin $s)),$(eval undefine $s)))

comma := ,
default = $(if $(filter undefined,$(origin $1)),$(eval $1 := $2))
$(call default,CRS,auto)
$(call default,MIN_COVERAGE,0.5)
$(call default,DENOMINATOR,cell)
$(call default,BANDS,mean$(comma)coverage$(comma)n)
$(call default,PLOTS,yes)
$(call default,BATCH,16)
$(call default,OUT,out)

ifeq ($(strip $(CONFIG)),)
$(error eco: which configuration? Say CONFIG=FILE)
endif
ifeq ($(wildcard $(CONFIG)),)
$(error eco: $(CONFIG): there is no such configuration)
endif
include $(CONFIG)

# of: a setting as it stands for a site. at: the same with {site}, {var} and {layer}
# replaced, for a variable of that site.
of = $(strip $(if $(filter undefined,$(origin $1.$2)),$($1),$($1.$2)))
at = $(subst {layer},$(call layer,$3),$(subst {var},$(call var,$3),$(subst {site},$2,$(call of,$1,$2))))

# Of an entry of VARS: the variable's name, and its layer.
var   = $(firstword $(subst =, ,$1))
layer = $(lastword $(subst =, ,$1))

# Text as one word of a shell's.
quote = '$(subst ','\'',$1)'
