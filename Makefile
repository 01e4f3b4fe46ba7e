# The two to know: `make run` (the demo) and `make test` (everything, before a change lands).

.PHONY: help run test models dist bench fuzz fmt tidy pictures clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build everything and start the demo; Ctrl-C ends it
	@exec scripts/run.sh

test: ## format, lints, all tests on both engines, console, journeys in a browser
	@exec scripts/test.sh

models: ## what faces are recognised with, fetched and verified: .tools/models
	@exec scripts/models.sh models

dist: ## dist/fugong-VERSION-x86_64-linux.tar.gz
	@exec scripts/dist.sh

bench: ## load the release binary; figures go to docs/operations.md
	@exec scripts/bench.sh

fuzz: ## decoders against libFuzzer, or the seeded mutator on stable
	@exec scripts/fuzz.sh

fmt: ## format the Rust code
	@cargo fmt --all

tidy: ## the repository's own rules
	@cargo xtask tidy

pictures: ## docs/pictures/*.png from a running demo
	@exec scripts/pictures.sh

clean: ## remove what was built, keep data/
	@cargo clean
	@rm -rf dist console/dist console/test-results .tools/console-bundle
