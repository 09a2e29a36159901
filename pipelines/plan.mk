# plan.mk: what there is to do, with which tools, on how many cores. All of it is found
# while make reads, by names alone, so that `make -n` tells what a run would do.

# ---- Jobs -------------------------------------------------------------------------------

# Jobs at once, and plots at once.
START := $(shell bash $(ECO)/checks/jobs.sh $(call quote,$(JOBS)))
ifeq ($(START),)
$(error eco: nothing was done)
endif
PLOT_JOBS := $(word 2,$(START))
# Under a make that hands out jobs itself, its number holds.
ifneq ($(word 1,$(START)),given)
MAKEFLAGS += -j$(word 1,$(START))
endif

# ---- Scenes -----------------------------------------------------------------------------

# The file whose area decides where a site's cells lie; a place has none.
area = $(or $(call at,GRID,$1),$(if $(call of,CENTER,$1),,$(or $(call at,POLYGON,$1),$(call of,POLYGONS,$1))))

# plan.sh writes a makefile, which has
#     SUM.TOOL     what a tool's bytes amount to; SUM.palettes, those of all palettes
#     READY        sites whose area is there
#     TASKS        SITE/VAR, of those that have scenes
#     YEARS.SITE   the years of a site's scenes; MAP.SITE.YEAR is the class map for one
#     KINDS        SITE/VAR/N: scenes that lie in one folder, use one map, and end alike. Of
#                  a kind, KIND.from is the folder, KIND.year the year, KIND.ext what ends
#                  the names, KIND.names the names between; of files that have several layers
#                  KIND.inside is :LAYER or :LAYER:TIME, and KIND.step _TIME. KIND.again are the
#                  names of scenes that are not the files that their records tell of, or have
#                  failed; KIND.due is how many must be averaged though no setting has changed.
#                  Overpasses, of which several scenes are made as one, have no KIND.from:
#     PARTS.SITE/VAR/NAME  the overpass's scenes, FILE or FILE:LAYER
#     CHANGED      what would be written, were it not only to look
#     FAILED       the records that say that a scene has failed
#     PROBLEMS     not empty when something stands in $(OUT)/.eco/problems
ifeq ($(PLAN),)
task = $1$(tab)$(call var,$2)$(tab)$(call layer,$2)$(tab)$(call at,SCENES,$1,$2)$(tab)$(call area,$1)$(tab)$(subst {site},$1,$(call of,CLASSMAP,$1))$(tab)$(call of,FALLBACK,$1)$(tab)$(call of,JOIN,$1)$(tab)$(line)
$(file >$(TMP).tasks,$(foreach s,$(SITES),$(foreach v,$(VARS),$(call task,$s,$v))))
PLANNED := $(shell CHOOSE=$(call quote,$(CHOOSE)) bash $(ECO)/plan.sh $(if $(LOOKING),$(if $(filter status,$(GOALS)),--look=status,--look)) $(call quote,$(OUT)) $(TMP) $(call quote,$(ECO)) $(call quote,$(abspath $(ECO_BIN))) && echo yes)
ifneq ($(PLANNED),yes)
$(error eco: nothing was done)
endif
# What is read is removed, which make takes from -include alone.
-include $(TMP).plan
$(if $(PLAN_TO),$(shell cat /dev/null $(wildcard $(TMP).sites) $(TMP).plan >$(PLAN_TO)))
$(shell rm -f $(addprefix $(TMP).,settings table sites tasks matched names index plan new))
endif
