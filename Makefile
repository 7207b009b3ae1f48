# make run    compare the four scenarios on all 42 areas, with DRAWS=64 draws of what nobody knows (DRAWS=off: none);
#             the last line is the path of the report
# make test   run the tests            make check   ruff and mypy            make lock   renew requirements.lock
# make pooling-picture    the study of pooling in the README and its picture, results/published/pooling.svg
# make published    what stands in results/published of today, a rota in every ICB and regional rotas: see there
#
# The first call makes .venv from the lock file (with uv when it is there, else with pip); later calls install nothing
# until pyproject.toml or requirements.lock changes. Another Python: make run PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DRAWS ?= 64
SCENARIOS := current_patchwork,goodwill_withdrawn,icb_rota,regional_rota

DECISION := current_patchwork,icb_rota,regional_rota

.PHONY: run test check lock clean pooling-picture published

run: $(READY)
	@printed=$$($(BIN)/oncall-sim compare 'scenarios=[$(SCENARIOS)]' uncertainty=$(DRAWS) $(ARGS)) || exit $$?; \
	printf '%s\n' "$$printed"; \
	printf '%s/report.html\n' "$$(printf '%s\n' "$$printed" | tail -n 1)"

pooling-picture: $(READY)  # the study of the README, and its picture
	@$(BIN)/oncall-sim pool scenario=regional_rota_existing_people 'role=[consultant,specialist_nurse]' \
		out=results/pooling overwrite=true $(ARGS)
	@mkdir -p results/published && cp results/pooling/charts/pooling_families.svg results/published/pooling.svg

published: $(READY)  # an hour on two free cores; the page there, results/published/README.md, is written by hand
	@$(BIN)/oncall-sim compare 'scenarios=[$(DECISION)]' uncertainty=256 out=results/decision $(ARGS)
	@$(BIN)/oncall-sim decide results/decision value_per_child_kept_at_home=50000 overwrite=true
	@$(BIN)/oncall-sim compare 'scenarios=[$(DECISION)]' structure=all out=results/structure $(ARGS)
	@$(BIN)/oncall-sim tornado 'scenarios=[icb_rota,regional_rota]' measure=unmet_demand_share replications=8 \
		out=results/tornado $(ARGS)
	@mkdir -p results/published && cd results && cp decision/uncertainty.csv decision/decides.csv \
		decision/acceptability.csv decision/information.csv decision/cost_per_gain.csv decision/acceptability.svg \
		decision/information.svg structure/structure.csv tornado/tornado.csv tornado/tornado.svg published/

test: $(READY)
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --quiet \
		--custom-compile-command 'make lock' --output-file requirements.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo 'Python 3.11, 3.12 or 3.13 is needed; say which with PYTHON=python3.12' >&2; exit 1; }
	@echo 'installing into .venv (once)' >&2
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" .venv && \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
		$(PYTHON) -m venv .venv && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@
