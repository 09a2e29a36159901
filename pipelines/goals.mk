# goals.mk: what one may ask of the flow besides files.

.PHONY: report prepare status due retry summary verify clean-coarse clean-tables clean-composites clean-pictures clean-reports

## make all that is due, and a page a site that shows whether to trust it
report: $(OUT)/.eco/complete
	@ls $(PAGES)

## tell of each site and variable how many scenes are done, stale, missing or failed, and why
status: $(RECORDS)
	@awk -v due=$(TMP).due -f $(ECO)/status.awk $(TMP).status; rm -f $(TMP).*

## list the records that are due, one a line
due: $(RECORDS)
	@cat $(TMP).due; rm -f $(TMP).*

# What scenes need before they are averaged elsewhere.
prepare: $(READY:%=$(OUT)/%/grid.txt) $(STAMPS) $(ROOM)
	@:

## average the scenes that failed again, and nothing else
retry: $(FAILED)
	@echo 'eco: $(words $(FAILED)) scenes were tried again; make status tells what became of them'

## tell where the time of all runs went
summary:
	@awk -f $(ECO)/summary.awk $(TASKS:%=$(OUT)/.eco/site/%/list) $(wildcard $(OUT)/.eco/joblog.tsv)

# Rasters spread evenly over those of a table.
sampled = $(shell awk -F '\t' -v want=$(SAMPLE) '/^\#/ { for (i = 1; i <= NF; i++) if ($$i == "output") o = i; next } \
	$$o != "NA" { sub(/.*\//, "$(OUT)/$1/coarse/", $$o); r[n++] = $$o } \
	END { if (want == "all" || want > n) want = n; for (i = 0; i < want; i++) print r[int(i * n / want)] }' $(OUT)/$1.scenes.tsv)
define verify_rule
$(patsubst %,verify/%,$(filter $(patsubst %,$(OUT)/$(call task_of,$1)/coarse/Regrid_%.tif,$($1.names)),$2)): \
	verify/$(OUT)/$(call task_of,$1)/coarse/Regrid_%.tif: $(if $($1.from),$($1.from)/%$($1.ext))
	@sh $(ECO)/verify.sh $$(@:verify/%=%) $(call regrid,$(call site_of,$1)) --grid $(OUT)/$(call site_of,$1)/grid.txt $(if $($1.layer),--layer $($1.layer)) $(if $($1.from),$$<,$(call parts_of,$1))
endef
ifneq ($(filter verify,$(GOALS)),)
SAMPLED := $(foreach t,$(TASKS),$(if $(wildcard $(OUT)/$t.scenes.tsv),$(call sampled,$t)))
$(foreach k,$(KINDS),$(eval $(call verify_rule,$k,$(filter $(OUT)/$(call task_of,$k)/%,$(SAMPLED)))))
endif

## average SAMPLE scenes of each site and variable (10, or all) anew, and compare the bits
verify: $(SAMPLED:%=verify/%)
	@echo 'eco: $(words $(SAMPLED)) coarse rasters are what their scenes give'

## remove all coarse rasters and their records
clean-coarse:
	@rm -rf $(TASKS:%=$(OUT)/%/coarse) $(OUT)/.eco/complete

## remove all tables
clean-tables:
	@rm -f $(TABLES) $(foreach t,$(TASKS),$(if $(call by,$t),$(foreach f,$(call formats,$t),$(OUT)/$t.[12u]*.$f))) $(foreach t,$(MATCHED),$(foreach k,seen tower pairs unmatched skill,$(OUT)/$t.$k.tsv)) $(OUT)/.eco/complete

## remove all composites
clean-composites:
	@rm -rf $(TASKS:%=$(OUT)/%/compose) $(OUT)/.eco/complete

## remove all pictures
clean-pictures:
	@rm -f $(TASKS:%=$(OUT)/%.png) $(TASKS:%=$(OUT)/.eco/site/%/plot.none) $(OUT)/.eco/complete

## remove all pages
clean-reports:
	@rm -f $(foreach s,$(SITES),$(OUT)/$s/report.html $(OUT)/$s/skill.csv) $(OUT)/report.html $(TASKS:%=$(OUT)/.eco/site/%/section.html) $(OUT)/.eco/complete
