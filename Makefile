# Recoup in two commands: `make run` and `make test`. With DATABASE_URL set, both use that server.

PORT ?= 8501
export PORT

BIN := .venv/bin
SOURCES := $(wildcard core loaders pages app.py tests)

.PHONY: run test test-fast test-exhaustive test-postgres check check-a11y format bench bench-load bench-detect bench-access bench-data bench-pages bench-sql bench-app demo-reset lock clean
.DEFAULT_GOAL := run

# Opens the dashboard on http://localhost:$(PORT). Ctrl-C stops all of it.
run: .venv/installed
	@exec $(BIN)/python -m core run

# A process more than there are cores, since some tests wait for what time or another process does; each has files of its
# own. For all tests alone: a few are sooner done by one process.
PROCESSES = $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
SIDE_BY_SIDE = --numprocesses $(PROCESSES) --maxprocesses 8 --dist loadfile --no-loadscope-reorder

# Tests start some hundred processes of Recoup: what these share is compiled once, whatever the environment says.
test test-fast test-exhaustive test-postgres: export PYTHONDONTWRITEBYTECODE =

# Every test, or those that ARGS chooses: make test ARGS='tests/core -k window'
test: .venv/installed-dev
	@$(BIN)/python -m tests.browser
	@$(BIN)/pytest $(or $(ARGS),$(SIDE_BY_SIDE))

# What is pure or cheap, for each change: no browser, no database, nothing that is marked slow.
test-fast: .venv/installed-dev
	@$(BIN)/pytest $(SIDE_BY_SIDE) -m "not browser and not database and not slow" $(ARGS)

# The long variants of tests of which `make test` runs a short one.
test-exhaustive: .venv/installed-dev
	@$(BIN)/pytest $(SIDE_BY_SIDE) -m exhaustive $(ARGS)

# What touches the database, once more on the oldest PostgreSQL that is supported. Every detection runs the queries of all
# detectors, so their own tests need not run again.
test-postgres: .venv/installed-dev
	@$(BIN)/python -m tests.other_server $(BIN)/pytest $(SIDE_BY_SIDE) -m "database and not browser and not slow" \
		--ignore tests/core/database/test_embedded.py --ignore tests/loaders/demo --ignore tests/core/detect \
		tests/core tests/loaders

# Format, lint (of Python and of SQL), types, and whether a package has a known weakness. AUDIT=--where-reached for a machine that can not ask.
check: .venv/installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar --nocolor core
	@$(BIN)/mypy $(SOURCES)
	@$(BIN)/python -m tests.dependency_audit $(AUDIT)

# Accessibility (WCAG 2.2 AA, by axe-core) of every page for every role, in light and dark, on a desk and on a phone.
check-a11y: .venv/installed-dev
	@$(BIN)/python -m tests.browser
	@RECOUP_A11Y=every RECOUP_PICTURES=all $(BIN)/pytest tests/browser_journeys/test_accessibility.py $(ARGS)

format: .venv/installed-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# The benchmarks: ratios measured in one run, with the target beside each. ROWS=100000 for a quick look.
bench: bench-load bench-detect bench-access bench-data bench-pages bench-sql bench-app

bench-load: .venv/installed-dev
	@$(BIN)/python -m tests.bench.load $(if $(ROWS),--rows $(ROWS) --memory-rows $(ROWS))

bench-detect: .venv/installed-dev
	@$(BIN)/python -m tests.bench.detect $(if $(ROWS),--rows $(ROWS) --accounts 100 --worlds 2) $(ARGS)

# What row security costs; ITEMS=100000 for a quick look.
bench-access: .venv/installed-dev
	@$(BIN)/python -m tests.bench.access $(if $(ITEMS),--items $(ITEMS))

# The 10,000,000 items that the two below read: made once, in tests/artefacts, in some minutes and 10 GB.
bench-data: .venv/installed-dev
	@$(BIN)/python -m tests.bench.many_items $(if $(ITEMS),--items $(ITEMS))

# Each question of each page, for four visitors; ITEMS=1000000 for a quick look.
bench-pages: .venv/installed-dev
	@$(BIN)/python -m tests.bench.pages $(if $(ITEMS),--items $(ITEMS))

# The schema `reporting` as other tools ask it; ITEMS=1000000 for a quick look.
bench-sql: .venv/installed-dev
	@$(BIN)/python -m tests.bench.sql $(if $(ITEMS),--items $(ITEMS))

# The dashboard itself: processor time, many visitors, a cold browser; MINUTES=60 to judge its memory.
bench-app: .venv/installed-dev
	@$(BIN)/python -m tests.bench.dashboard $(if $(ITEMS),--items $(ITEMS)) $(if $(MINUTES),--minutes $(MINUTES))

# Throws the embedded server's data away and loads the demo anew.
demo-reset: .venv/installed
	@$(BIN)/python -m core.commands.demo_reset

# The data in .recoup stays.
clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Renews the locked versions within the ranges of requirements*.txt, with their hashes, for Python 3.11 and later on every
# system. ARGS=--no-upgrade changes only what the ranges no longer allow.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock" $(or $(ARGS),--upgrade)

lock: .venv/installed-dev
	@$(LOCK) requirements.txt --output-file requirements.lock
	@$(LOCK) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock

# The stamps keep pip out of the way until a lock file changes.
.venv/installed: requirements.lock
	@$(find_python); \
	test -x $(BIN)/python || "$$python" -m venv .venv
	@echo "Installing what Recoup needs, once. This takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Sets $$python to the first Python that is new enough, and can make environments: Debian ships that part apart.
define find_python
is_new='import sys; sys.exit(sys.version_info < (3, 11))'; python=; without=; \
for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c "$$is_new" 2>/dev/null || continue; \
	if $$name -c 'import ensurepip, venv' 2>/dev/null; then python=$$name; break; fi; \
	without=$${without:-$$name}; \
done; \
if [ -z "$$python" ] && [ -z "$$without" ]; then \
	echo "Recoup needs Python 3.11 or newer. If it is not on the PATH: make run PYTHON=/path/to/python3" >&2; exit 1; \
fi; \
if [ -z "$$python" ]; then \
	package=$$($$without -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$$package" || exit 1; \
		python=$$without; \
	else \
		echo "Python can not make environments here. On Debian and Ubuntu: sudo apt install $$package" >&2; exit 1; \
	fi; \
fi
endef
