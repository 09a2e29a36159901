# engine.mk: `make all` on other machines. What is due is found here, as ever; shares of it
# are made there, by this flow (share.sh); tables and pictures are made here.
#
# engine.sh is the order of events. It runs hosts.sh (GNU parallel over ssh) or slurm.sh (an
# array of jobs), and believes neither: what is done is what make finds done.

ifeq ($(ENGINE),hosts)
$(if $(strip $(HOSTS)),,$(error eco: ENGINE=hosts: which? Say HOSTS=FILE, a host a line))
endif

# Companions go where scenes go, where rules ask for some.
REGRIDS := $(foreach v,$(filter REGRID REGRID.%,$(.VARIABLES)),$($v))
$(shell rm -f $(TMP).*)
ifeq ($(ENGINE)/$(TRANSFER),slurm/yes)
$(error eco: TRANSFER=yes serves HOSTS; Slurm needs a file system that all nodes share)
endif

$(foreach s,ENGINE SSH RETRIES TIMEOUT MEM_PER_JOB JOBS SHARE LATE KEEP_GOING CONFIG CONFIGS, \
	$(eval export ECO_$s := $$(strip $$($s))))
export ECO_HOSTS      := $(call of,HOSTS)
export ECO_TRANSFER   := $(filter yes,$(TRANSFER))
export ECO_COMPANIONS := $(findstring -keep,$(REGRIDS))
export ECO_GOALS      := $(filter all report,$(GOALS))
export MAKE

# A command that make starts without a shell, so that a signal to make reaches it.
.PHONY: all report
report: all
all:
	@bash $(call quote,$(ECO)/hosts/engine.sh) $(call quote,$(abspath $(ECO))) $(OUT) $(call quote,$(abspath $(ECO_BIN)))
