# goals.mk: what one may ask of the flow besides files.

.PHONY: status due retry summary verify clean-coarse clean-tables clean-pictures

## tell, of each site and variable, how many scenes are done, due, or failed and why
status: $(RECORDS)
	@awk -v coarse=$(OUT) -v due=$(TMP).due -f $(ECO)/status.awk $(TASKS:%=$(OUT)/.eco/site/%/list)
	@rm -f $(TMP).due

## list the records that are due, one a line
due: $(RECORDS)
	@cat $(TMP).due; rm -f $(TMP).due

## average again the scenes that failed, and nothing else; tables are left to make all
retry: $(FAILED)
	@echo 'eco: $(words $(FAILED)) scenes tried again: make status tells what became of them'

## tell where the time of all runs went (OUT/.eco/joblog.tsv)
summary:
	@awk -v out=$(OUT) -f $(ECO)/summary.awk $(wildcard $(OUT)/.eco/joblog.tsv)

## average SAMPLE scenes of each site and variable (10, or all) anew, and compare the bits
verify: $(OUT)/.eco/tmp/verified
.PHONY: $(OUT)/.eco/tmp/verified
$(OUT)/.eco/tmp/verified:
	@:

## remove all coarse rasters and records, all tables, or all pictures
clean-coarse:
	@rm -rf $(TASKS:%=$(OUT)/%/coarse) $(OUT)/.eco/complete
clean-tables:
	@rm -f $(TABLES) $(OUT)/.eco/complete
clean-pictures:
	@rm -f $(PICTURES) $(OUT)/.eco/complete
