# plan.mk: what there is to do, with which tools, on how many cores. All of it is found
# while make reads, by names alone, so that `make -n` tells what a run would do.

# Installed, the tools lie in PREFIX/bin; in a source tree in build/bin.
ECO_BIN := $(patsubst %/eco-regrid,%,$(firstword \
	$(wildcard $(ECO)/../../../bin/eco-regrid $(ECO)/../build/bin/eco-regrid)))
ifeq ($(ECO_BIN),)
$(error eco: there are no tools beside $(ECO); 'make' builds them, ECO_BIN=FOLDER names others)
endif
export PATH := $(abspath $(ECO_BIN)):$(PATH)

# ---- Jobs ------------------------------------------------------------------------------

# Jobs at once, plots at once, and a name for this run.
START := $(shell bash $(ECO)/jobs.sh $(call quote,$(JOBS)))
ifeq ($(START),)
$(error eco: nothing was done)
endif
PLOT_JOBS := $(word 2,$(START))
RUN       := $(word 3,$(START))
# Under a make that hands out jobs itself, its number holds.
ifneq ($(word 1,$(START)),given)
MAKEFLAGS += -j$(word 1,$(START))
endif

# ---- Scenes ----------------------------------------------------------------------------

# What a site lacks is said before anything is done.
lacks = $(if $(call of,$1,$2),,$(error eco: $1: not set for $2))
$(foreach s,$(SITES), \
	$(call lacks,SCENES,$s) \
	$(if $(call of,GRID,$s),,$(call lacks,POLYGON,$s)$(call lacks,RES,$s)) \
	$(if $(call of,CLASSMAP,$s),$(call lacks,CLASSES,$s)))

# The file whose area decides where a site's cells lie.
area = $(or $(call at,GRID,$1),$(call at,POLYGON,$1))

# Writes $(OUT)/.eco/plan.mk, which has
#     SUM.TOOL     what a tool's bytes amount to; SUM.palettes, those of all palettes
#     READY        sites whose area is there
#     TASKS        SITE/VAR, of those that have scenes
#     YEARS.SITE   the years of a site's scenes; MAP.SITE.YEAR is the class map for one
#     PARTS        SITE/VAR/N: scenes that lie in one folder and use one map, so that one
#                  process can average them. Of a part, PART.from is the folder, PART.year
#                  the year, PART.ext what ends the names, PART.names the names between,
#                  PART.outside those of scenes known to lie outside of the grid, and
#                  PART.again those whose record is lost
#     PROBLEMS     not empty when something stands in $(OUT)/.eco/problems
LOOKING := $(COUNTING)$(findstring n,$(firstword -$(MAKEFLAGS)))$(findstring q,$(firstword -$(MAKEFLAGS)))
PLANNED := $(shell bash $(ECO)/plan.sh $(if $(LOOKING),--look) $(call quote,$(OUT)) \
	$(call quote,$(ECO)) $(call quote,$(abspath $(ECO_BIN))) $(call quote,$(BATCH)) \
	$(foreach s,$(SITES),$(foreach v,$(VARS), \
		$(call quote,$s) $(call quote,$(call var,$v)) $(call quote,$(call layer,$v)) \
		$(call quote,$(call at,SCENES,$s,$v)) $(call quote,$(call area,$s)) \
		$(call quote,$(subst {site},$s,$(call of,CLASSMAP,$s))) $(call quote,$(call of,FALLBACK,$s)))) \
	&& echo yes)
ifneq ($(PLANNED),yes)
$(error eco: nothing was done)
endif
include $(OUT)/.eco/plan.mk
