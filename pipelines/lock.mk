# lock.mk: one run at a time in a folder; tools/make/lock.c. The lock is held until the last
# process that this run has started is gone. Makes that a run starts itself are LOCKED=yes.

ifeq ($(LOOKING)$(LOCKED),)
LOCK := $(firstword $(wildcard $(dir $(realpath $(ECO_BIN)/eco-index))../lib/eco/eco-make.so \
	$(ECO)/../../../lib/eco/eco-make.so $(ECO)/../build/lib/eco/eco-make.so))
$(if $(and $(LOCK),$(filter load,$(.FEATURES))),,$(error eco: this make cannot lock $(OUT): it has no `load`, or there is no eco-make.so beside the tools))
load $(LOCK)(eco_make_setup)
$(if $(eco-lock $(OUT)/.eco/lock,$(WAIT),$(OUT)),,$(error eco: nothing was done))
# Other hosts hold a lock of their own (share.sh), as long as they are at work for a run
# that is gone itself.
ifneq ($(wildcard $(OUT)/.eco/away),)
ifneq ($(shell flock -n $(OUT)/.eco/away true || { echo 'eco: $(OUT): waiting for hosts that still work for another run' >&2; \
	flock -w $(WAIT) $(OUT)/.eco/away true; } && echo yes),yes)
$(error eco: $(OUT)/.eco/away: hosts are still at work there; nothing was done)
endif
endif
endif
