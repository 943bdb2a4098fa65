.DEFAULT_GOAL := help
.PHONY: help run demo setup setup-test test test-faults test-browser engines test-engines test-access test-api test-docker bench bench-engines check format contracts requirements sbom audit clean

# One place to choose which tests run: make test PYTEST="-m 'not slow'"
PYTEST ?=
# Which of the tests on real servers run: suites, kill points and faults, the chain; or what one names.
ENGINE_TESTS ?= tests/faults tests/engines tests/component/runtime/test_chains.py

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## install, start everything on this machine, load demo data
	@exec .venv/bin/ekel up --demo

demo: setup ## play one SKDOM and one SKTM against the running system
	@.venv/bin/ekel demo

setup: ## create or refresh .venv
	@scripts/setup

setup-test:
	@scripts/setup test production

# Tests wait now and then: one worker more than cores. The files of whole systems come first (tests/conftest.py).
WORKERS ?= $(shell expr 1 + $$(getconf _NPROCESSORS_ONLN))
SPREAD = --dist loadfile --no-loadscope-reorder -m "not needs_engines and not needs_docker and not needs_chromium"

test: setup-test check ## install what tests need, check the code, run the tests (those of the next four targets apart)
	@.venv/bin/pytest --ignore tests/faults --ignore tests/browser -n $(WORKERS) $(SPREAD) --durations=15 $(PYTEST)

test-faults: setup-test ## whole systems that are killed, poisoned, cut off, backed up and restored
	@.venv/bin/pytest tests/faults -n $(WORKERS) $(SPREAD) --durations=15 $(PYTEST)

test-browser: setup-test ## play the front end's pages in a real browser, every page judged by axe
	@.venv/bin/pytest tests/browser -n 2 --dist loadfile --no-loadscope-reorder --durations=10 -m needs_chromium $(PYTEST)

engines: setup-test ## fetch (once) and start Kafka, MongoDB, MinIO on this machine; print their addresses
	@.venv/bin/python -m tools.engines start

# Each of two workers has servers of its own. The long files come first, the short suites fill the rest.
test-engines: setup-test ## fetch the servers (once); run the engines' suites, the faults and the chain on them
	@.venv/bin/python -m tools.engines get
	@EKEL_TEST_REQUIRE=engines .venv/bin/pytest $(ENGINE_TESTS) -m "needs_engines and not access" -n 2 --dist loadfile \
		--no-loadscope-reorder --durations=15 $(PYTEST)

# Those of whole systems come first, as everywhere: each of two workers has servers, and a system, of its own.
ACCESS_TESTS = $(addprefix tests/component/,gateway pengajuan dokumen persetujuan notifikasi) tests/e2e \
	tests/faults/test_streams.py
test-access: setup-test ## who may do and hear what, on real servers: rights, sign-in, shares, streams, new offices
	@.venv/bin/python -m tools.engines get
	@EKEL_TEST_REQUIRE=engines .venv/bin/pytest $(ACCESS_TESTS) -m needs_engines -n 2 --dist loadfile \
		--no-loadscope-reorder --durations=15 $(PYTEST)

# Random cases of every operation beside the boundaries of its schema: enough for 20,000 in all.
test-api: setup-test ## ask every operation of every OpenAPI file 20,000 odd things, as every role (five minutes or more)
	@EKEL_API_CASES=$${EKEL_API_CASES:-70} .venv/bin/pytest tests/e2e/test_openapi.py -n 0; status=$$?; \
		cat build/api-tests.md; exit $$status

test-docker: setup-test ## build the images, bring docker-compose.yml up, play the chain, take it down
	@.venv/bin/pytest tests/deploy -n 0 -m needs_docker $(PYTEST)

# Which engines are measured: make bench BENCH=production
BENCH ?= embedded production
bench: setup-test ## measure a whole application on both kinds of engines, then with many in the store
	@.venv/bin/python -m tools.engines get
	@for engines in $(BENCH); do for stored in 0 10000 200000; do \
		EKEL_BENCH_ENGINES=$$engines EKEL_BENCH_STORED=$$stored PYTHONPATH=tests .venv/bin/python -m bench.lifecycle \
		|| exit 1; done; done

bench-engines: setup-test ## measure the production engines' adapters on fresh real servers (some five minutes)
	@for each in relay consumer upload stream offices; do PYTHONPATH=tests .venv/bin/python -m bench.$$each || exit 1; done

check: setup-test ## ruff, mypy --strict, import-linter
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

format: setup-test ## let ruff sort imports, mend what it can and format
	@.venv/bin/ruff check --fix-only
	@.venv/bin/ruff format

contracts: setup ## write the generated files under contracts/ and docs/
	@.venv/bin/ekel contracts

requirements: ## compile requirements/*.in to hash-locked files (needs uv)
	@scripts/lock

sbom: setup ## write build/sbom.cdx.json (CycloneDX) and build/licences.txt of the locked packages
	@scripts/setup production
	@scripts/sbom

audit: setup ## the same, and ask the package index for known flaws of the locked versions (needs network)
	@scripts/setup production
	@scripts/sbom audit

clean: ## remove .venv and caches; keeps data/
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -name '*.egg-info' -type d -prune -exec rm -rf {} +
