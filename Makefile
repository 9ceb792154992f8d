# `make demo` shows the main job on the example mappings; `make test` checks everything.
# Both set up what they need in .venv from the package index and need nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint goldens simulate honesty peers browser corpus linted runaway mutants coverage pythons lock clean

demo: $(READY)
	@echo "\n$$ segfn generate"
	@$(BIN)/segfn generate
	@echo "\n$$ segfn test"
	@$(BIN)/segfn test
	@echo "\n$$ segfn generate --steps mappings/novu-guide.yaml"
	@$(BIN)/segfn generate --steps mappings/novu-guide.yaml

test: lint
	@$(BIN)/pytest -n auto --dist worksteal

lint: $(READY)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

# The goldens in tests/cases/ anew; the difference is reviewed like code.
goldens: $(READY)
	@$(BIN)/python tests/cases/goldens.py

# Segment and Novu around the generated file under every fault: the whole table.
simulate: $(READY)
	@$(BIN)/python -m tests.simulation.simulate 20000

# Random mutations of mappings: no difference between requests goes unsaid.
honesty: $(READY)
	@$(BIN)/python tests/changes/honesty.py 2000

# Small changes that break a promise, each with the test that notices it; NAMES="key body" tries
# those whose names hold one of the words.
mutants: $(READY)
	@$(BIN)/python tests/mutants/mutants.py $(NAMES)

# The same bytes from every Python that is installed, each with segfn as a user installs it.
pythons: $(READY)
	@$(BIN)/python tests/cases/pythons.py

# How many branches of generator/ the tests reach, child processes counted; Node.js helps.
coverage: $(READY)
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -n auto --dist worksteal
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report
	@$(BIN)/python tests/branches.py 95

# The languages against Segment's own libraries from npm: 100,000 cases each. SEGFN_SEED=2 makes
# other cases.
peers: $(READY)
	@SEGFN_REQUIRE=node SEGFN_CASES=100000 $(BIN)/pytest -n auto tests/reference/test_against_peers.py

# The page and the diagrams of `segfn show` in Chromium, which must be installed. It adds
# playwright to the virtual environment, so from then on `make test` runs these tests too.
browser: $(VENV)/.browser
	@SEGFN_REQUIRE=chromium,node $(BIN)/pytest tests/browser

$(VENV)/.browser: requirements-browser.txt $(READY)
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Hand-written functions of every style, each event under each fault: V8 beside Node.js.
corpus: $(READY)
	@SEGFN_REQUIRE=node SEGFN_CORPUS=all $(BIN)/pytest -n auto tests/sandbox/test_corpus.py

# All that is generated, in dist/ and from tests/cases/, run by `segfn lint`: it has nothing to say.
linted: $(READY)
	@SEGFN_LINT=all $(BIN)/pytest tests/lint -k generated

# Programs that run away, 50 times each: stopped in time, and no process left.
runaway: $(READY)
	@$(BIN)/python tests/sandbox/runaway.py 50

# A virtual environment with the locked dependencies and segfn itself, editable.
$(READY): requirements-dev.txt pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# The locks for development; users get the ranges of pyproject.toml.
LOCK := uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-header
lock:
	@$(LOCK) --group dev pyproject.toml -o requirements-dev.txt
	@$(LOCK) --group browser -c requirements-dev.txt -o requirements-browser.txt

clean:
	@rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/*/node_modules
