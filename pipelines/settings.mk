# settings.mk: reads the configuration, gives what it leaves out, and checks all of it.
#
# A configuration is a few lines of make; share/examples has some, and eco-flow(7) tells
# of each setting. A path in it that does not begin with / is relative to its own folder;
# one on the command line is relative to where make runs.
#
# NAME.SITE sets NAME for one site, and UNIT.VAR the unit of a variable. `make NAME=VALUE`
# goes before the file.

FILES    := SCENES POLYGON POLYGONS CLIP GRID CLASSMAP SITES_FILE TOWER OUT HOSTS
SETTINGS := $(FILES) SITES VARS SITE_FIELD CENTER RES CRS RADIUS LAYER_CRS CLASSES \
	FALLBACK MIN_COVERAGE DENOMINATOR BANDS REGRID PLOTS UNIT REPORT TOWER_VARS TOWER_OFFSET \
	TOWER_AT TOWER_RULES WINDOW MATCH JOIN CHOOSE FORMAT TABLE_BY COLUMNS COMPOSE COMPOSE_RULES JOBS KEEP_GOING ALLOW_EMPTY \
	CHECK_ROOM TIMEOUT MEM_PER_JOB WAIT SAMPLE ENGINE SSH RETRIES SHARE LATE TRANSFER

empty :=
space := $(empty) $(empty)
comma := ,
tab   := $(empty)	$(empty)
define line :=


endef

# What the environment happens to hold is no setting.
$(foreach s,$(SETTINGS),$(if $(filter environment,$(origin $s)),$(eval undefine $s)))

ifeq ($(strip $(CONFIG)),)
$(error eco: which configuration? Say CONFIG=FILE)
endif
ifeq ($(wildcard $(CONFIG)),)
$(error eco: $(CONFIG): there is no such configuration)
endif
BEFORE  := $(.VARIABLES)
include $(CONFIG)
DEFINED := $(filter-out $(BEFORE) BEFORE,$(.VARIABLES))

default = $(if $(filter undefined,$(origin $1)),$(eval $1 := $2))
DEFAULTS := CRS=auto MIN_COVERAGE=0.5 DENOMINATOR=cell BANDS=mean,coverage,n PLOTS=yes REPORT=no \
	WINDOW=3 JOIN=tiles FORMAT=CSV KEEP_GOING=yes ALLOW_EMPTY=no CHECK_ROOM=yes WAIT=3600 \
	SAMPLE=10 RETRIES=2 LATE=10 TRANSFER=no
$(foreach d,$(DEFAULTS), \
	$(call default,$(firstword $(subst =, ,$d)),$(lastword $(subst =, ,$d))))
$(call default,ENGINE,$(if $(strip $(HOSTS)),hosts,here))

# of: a setting as it stands for a site; a path in the configuration begins with its folder.
# at: the same with {site}, {var} and {layer} replaced, for a variable of that site.
HERE    := $(filter-out ./,$(dir $(CONFIG)))
set_by   = $(if $(filter undefined,$(origin $1.$2)),$1,$1.$2)
from     = $(if $(and $(filter file,$(origin $1)),$(HERE)),$(foreach w,$($1),$(if $(filter none /%,$w),,$(HERE))$w),$(strip $($1)))
of       = $(if $(filter $1,$(FILES)),$(call from,$(set_by)),$(strip $($(set_by))))
at       = $(subst {layer},$(call layer,$3),$(subst {var},$(call var,$3),$(subst {site},$2,$(call of,$1,$2))))

# Of an entry of VARS: the variable's name, and its layer.
var   = $(firstword $(subst =, ,$1))
layer = $(lastword $(subst =, ,$1))

# Text as one word of a shell's.
quote = '$(subst ','\'',$1)'

$(if $(filter undefined,$(origin OUT)),$(eval OUT := out),$(eval OUT := $(call from,OUT)))
$(if $(word 2,$(OUT)),$(error eco: OUT: "$(OUT)": a name with a blank cannot go through make))
# What this make notes while it reads, and is gone when it has; named by its process.
TMP := $(shell mkdir -p -- $(call quote,$(OUT)/.eco/tmp) 2>/dev/null && cd $(call quote,$(OUT)/.eco/tmp) && test -w . && echo $(call quote,$(OUT)/.eco/tmp)/$$PPID)
ifeq ($(TMP),)
$(error eco: $(OUT): cannot be written)
endif

# Installed, the tools lie in PREFIX/bin; in a source tree in build/bin.
ECO_BIN := $(patsubst %/eco-regrid,%,$(firstword \
	$(wildcard $(ECO)/../../../bin/eco-regrid $(ECO)/../build/bin/eco-regrid)))
ifeq ($(ECO_BIN),)
$(error eco: there are no tools beside $(ECO); 'make' builds them, ECO_BIN=FOLDER names others)
endif
export PATH := $(abspath $(ECO_BIN)):$(PATH)

# ---- Sites of a table, or of a layer ------------------------------------------------

SITES_FROM := $(or $(call of,SITES_FILE),$(call of,POLYGONS))
ifneq ($(PLAN),)
# Another make has found all this out, and what there is to do: share.sh.
include $(PLAN)
$(call default,SITES,$(SITES_FOUND))
else ifneq ($(SITES_FROM),)
$(if $(wildcard $(SITES_FROM)),,$(error eco: $(SITES_FROM): there is no such file of sites))
ifeq ($(call of,SITES_FILE),)
$(if $(SITE_FIELD),,$(error eco: SITE_FIELD: not set: which field of POLYGONS has the sites' names?))
list_sites = $(call quote,$(ECO_BIN)/eco-grid) --around $(call quote,$(SITES_FROM)) --list-areas $(call quote,$(SITE_FIELD))
else
list_sites = cat $(call quote,$(SITES_FROM))
endif
ifneq ($(shell $(list_sites) >$(TMP).table && awk -v file=$(call quote,$(SITES_FROM)) \
	-v layer=$(if $(call of,SITES_FILE),,yes) -f $(ECO)/checks/sites.awk $(TMP).table >$(TMP).sites && echo yes),yes)
$(shell rm -f $(TMP).*)
$(error eco: nothing was done)
endif
-include $(TMP).sites
$(call default,SITES,$(SITES_FOUND))
endif

# What was read to learn what was set: the configuration, and what it includes.
CONFIGS := $(filter-out $(ECO)/% $(TMP).% %/Makefile Makefile,$(MAKEFILE_LIST))

# ---- Checks -----------------------------------------------------------------------------

# All that was set, one a line: its name, whence, its value. What settings.awk finds wrong
# it says with the line of the configuration.
asked := $(foreach v,$(sort $(DEFINED) $(foreach v,$(.VARIABLES),$(if $(filter command,$(origin $v)),$v))),$v$(tab)$(origin $v)$(tab)$(strip $($v))$(line))
$(file >$(TMP).settings,$(asked))
ifneq ($(shell awk -v settings='$(SETTINGS) CONFIG ECO_BIN' -v sites=$(call quote,$(SITES)) -v level=$(MAKELEVEL) \
	-f $(ECO)/checks/settings.awk $(TMP).settings $(CONFIG) && echo yes),yes)
$(error eco: nothing was done)
endif

# What a site lacks is said before anything is done.
lacks = $(if $(call of,$1,$2),,$(error eco: $1: not set for $2))
$(foreach s,SITES VARS,$(if $(strip $($s)),,$(error eco: $s: the configuration names none)))
$(foreach s,$(SITES), \
	$(call lacks,SCENES,$s) \
	$(if $(call of,GRID,$s),,$(call lacks,RES,$s) \
		$(if $(call of,CENTER,$s),$(call lacks,RADIUS,$s),$(if $(call of,POLYGONS,$s),,$(call lacks,POLYGON,$s)))) \
	$(if $(call of,CLASSMAP,$s),$(call lacks,CLASSES,$s)) \
	$(if $(call of,CLASSES,$s),$(call lacks,CLASSMAP,$s)) \
	$(if $(filter-out none,$(call of,TOWER,$s)),$(call lacks,TOWER_VARS,$s) \
		$(if $(call of,CENTER,$s),,$(call lacks,TOWER_AT,$s))))

# GDAL makes some tables, where it can.
drivers := $(if $(filter parquet GPKG,$(foreach s,$(SITES),$(call of,FORMAT,$s))),$(shell ogr2ogr --formats 2>/dev/null | sed -n 's/ -.*rw.*//p'))
$(foreach s,$(SITES),$(foreach f,$(filter parquet GPKG,$(call of,FORMAT,$s)), \
	$(if $(filter $(subst parquet,Parquet,$f),$(drivers)),,$(error eco: FORMAT: $f: no ogr2ogr of GDAL here writes it))))
