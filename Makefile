# The whole interface for people and CI. Each line is thin: the work is in bin/.
.PHONY: run test soak check fix setup words stop clean lock bench bench-country
export PORT
# Compiled modules are kept, whatever the machine's rule, and beside nobody's sources: every start needs less than half.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
VENV := .venv/bin
TEMPLATES = $(shell find localgov -name '*.html')

run:            ## serve on http://127.0.0.1:$PORT (8000) with the embedded database, or with DATABASE_URL
	@bin/setup && exec $(VENV)/python bin/run.py

test:           ## every test, in parallel, the browser's too; ARGS are handed to pytest
	@bin/setup --tests && exec $(VENV)/pytest -n 2 --maxschedchunk 20 $(ARGS)

soak:           ## a season on the real server, killed KILLS=1000 times; goes on where it was broken off; result in var/soak.json
	@bin/setup --tests && exec $(VENV)/python -m tests.killing.soak --kills $(or $(KILLS),1000) $(ARGS)

check:          ## style, types, import contracts, migrations, deployment
	@bin/setup && exec $(VENV)/python bin/check.py

bench:          ## how fast the real server is: the table, and var/bench.json; ARGS are handed on
	@bin/setup --tests && exec $(VENV)/python -m bench $(ARGS)

bench-country:  ## the same with the whole country and ten years of figures made anew
	@bin/setup --tests && exec $(VENV)/python -m bench --country $(ARGS)

fix:            ## what check can mend by itself
	@bin/setup
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .
	@test -z "$(TEMPLATES)" || $(VENV)/djade --target-version 5.2 $(TEMPLATES)

words:          ## the texts of public pages into locale/en/LC_MESSAGES/django.po; lists those without English
	@bin/setup && exec $(VENV)/python manage.py write_words

setup:          ## .venv, page assets, browser and fonts for the tests
	@bin/setup --tests

stop:           ## stop the embedded databases
	@$(VENV)/python bin/cluster.py stop
	@$(VENV)/python bin/cluster.py stop --tests

clean:          ## remove all that set-up and the tests made; the data in var/pg stays
	@test ! -x $(VENV)/python || $(VENV)/python bin/cluster.py stop --tests
	rm -rf .venv node_modules assets/dist locale/en/LC_MESSAGES/django.mo var/pg-test var/installation var/pycache var/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results

lock:           ## requirements.lock from pyproject.toml, keeping what is pinned; UPGRADE=1 takes the newest
	@$(VENV)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet $(if $(UPGRADE),--upgrade) -o requirements.lock
